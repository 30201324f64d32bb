//! Pictures with one column a home: savings, deposits, payback.

use gridpact_units::decimal::show_rounded;

use super::charts::{self, Column};
use super::markup::{legend, section as frame};
use super::text::{amount, count, money, percent};
use crate::run::{Household, Run};
use crate::sums::signed;

/// What each home saved, or on an island what it earned less what it paid.
pub fn savings(run: &Run) -> String {
    let with_utility = run.options.utility.is_some();
    let value = |home: &Household| match home.utility {
        Some(bill) => bill.saved,
        None => signed(home.earned.0).saturating_sub(signed(home.paid.0)),
    };
    let homes = ranked(run, |home| Some(value(home)));
    let worse = homes.iter().filter(|(_, value)| *value < 0).count();
    let (title, lead) = if with_utility {
        let lead = format!(
            "The bill with neighbours against the bill with the utility alone, over the whole run. {}.",
            if worse == 0 {
                "Nobody is worse off".to_owned()
            } else {
                format!("{} worse off", count(worse, "home"))
            }
        );
        ("What each home saved", lead)
    } else {
        (
            "Who earned and who paid",
            "No utility here: what each home earned from neighbours less what it paid them.".to_owned(),
        )
    };
    let body = legend(&[("shared", "gain"), ("loss", "loss")]) + &in_money(run, &homes);
    frame("savings", title, &lead, &body)
}

/// The deposit that would just have done.
pub fn deposits(run: &Run) -> String {
    let homes = ranked(run, |home| Some(signed(home.deposit_needed.0)));
    let highest = homes.first().map_or(0, |(_, value)| *value);
    let lead = format!(
        "Nobody ever owes: a home buys only what its account can pay, and what it sold becomes money when the window is \
         final. This is the most that was locked at once; the highest need was {}.",
        money(highest, &run.currency)
    );
    frame(
        "deposits",
        "The deposit each home needs",
        &lead,
        &in_money(run, &homes),
    )
}

/// Years until the saving has paid the pledge back.
pub fn payback(run: &Run) -> String {
    let homes = ranked(run, |home| {
        home.payback_centiyears.map(|years| signed(years.into()))
    });
    let pledge = amount(run.options.pledge, &run.currency);
    if homes.is_empty() {
        return frame(
            "payback",
            "Years until the pledge is paid back",
            &format!("Each home pledged {pledge}. No saving can be stated here, so no time either."),
            "",
        );
    }
    // The longest columns would flatten all others: the picture ends at thrice the median.
    let median = homes.get(homes.len() / 2).map_or(0, |(_, years)| *years);
    let limit = median.saturating_mul(3).max(1);
    let shown: Vec<(usize, i128)> = homes
        .iter()
        .copied()
        .filter(|(_, years)| *years <= limit)
        .rev()
        .collect();
    let never = run.households.len().saturating_sub(homes.len());
    let above = homes.len().saturating_sub(shown.len());
    let lead = format!(
        "Each home pledged {pledge}; at the saving of this run, extended to years, half of the homes that save have it back \
         within {} years ({} of all homes save).{}{}",
        show_rounded(median, 2, 1),
        percent(homes.len() as u128, run.households.len() as u128),
        if above > 0 { format!(" {} above the picture.", count(above, "home")) } else { String::new() },
        if never > 0 { format!(" {} not by saving.", count(never, "home")) } else { String::new() },
    );
    let body = columns(run, &shown, "years", 2, |value| {
        format!("{} years", show_rounded(value, 2, 1))
    });
    frame("payback", "Years until the pledge is paid back", &lead, &body)
}

/// Homes that have a value, the highest first; equal values by slot, so that the page is always the same.
fn ranked(run: &Run, value: impl Fn(&Household) -> Option<i128>) -> Vec<(usize, i128)> {
    let mut homes: Vec<(usize, i128)> = run
        .households
        .iter()
        .enumerate()
        .filter_map(|(slot, home)| value(home).map(|value| (slot, value)))
        .collect();
    homes.sort_by_key(|(slot, value)| (core::cmp::Reverse(*value), *slot));
    homes
}

/// A column a home in the currency's main unit.
fn in_money(run: &Run, homes: &[(usize, i128)]) -> String {
    let currency = &run.currency;
    columns(run, homes, &currency.name, currency.scale(), |value| {
        money(value, currency)
    })
}

fn columns(
    run: &Run,
    homes: &[(usize, i128)],
    unit: &str,
    scale: u32,
    show: impl Fn(i128) -> String,
) -> String {
    let column = |(slot, value): &(usize, i128)| Column {
        value: *value,
        title: format!("{}: {}", run.meter_name(*slot), show(*value)),
    };
    let homes: Vec<Column> = homes.iter().map(column).collect();
    charts::columns(&homes, scale, unit)
}
