//! Pictures with one column a home: savings, deposits, payback.

use super::chart::{legend, Plot};
use super::section as frame;
use super::text::{amount, count, escape, money, percent, signed};
use crate::run::{Household, Run};
use gridpact_units::decimal::show_rounded;

/// What each home saved, or on an island what it earned less what it paid.
pub fn savings(run: &Run) -> String {
    let with_utility = run.options.utility.is_some();
    let value = |home: &Household| match home.utility {
        Some(bill) => bill.saved,
        None => signed(home.earned.base_units()) - signed(home.paid.base_units()),
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
    let body = legend(&[("shared", "gain"), ("loss", "loss")])
        + &columns(
            run,
            &homes,
            &run.currency.name,
            u32::from(run.currency.decimals),
            |value| money(value, &run.currency),
        );
    frame("savings", title, &lead, &body)
}

/// The deposit that would just have done.
pub fn deposits(run: &Run) -> String {
    let homes = ranked(run, |home| Some(signed(home.deposit_needed.base_units())));
    let highest = homes.first().map_or(0, |(_, value)| *value);
    let lead = format!(
        "Nobody ever owes: a home buys only what its account can pay, and what it sold becomes money when the window is \
         final. This is the most that was locked at once; the highest need was {}.",
        money(highest, &run.currency)
    );
    let body = columns(
        run,
        &homes,
        &run.currency.name,
        u32::from(run.currency.decimals),
        |value| money(value, &run.currency),
    );
    frame("deposits", "The deposit each home needs", &lead, &body)
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
    let median = homes[homes.len() / 2].1;
    let limit = (median * 3).max(1);
    let shown: Vec<(usize, i128)> = homes
        .iter()
        .copied()
        .filter(|(_, years)| *years <= limit)
        .rev()
        .collect();
    let never = run.households.len() - homes.len();
    let lead = format!(
        "Each home pledged {pledge}; at the saving of this run, extended to years, half of the homes that save have it back \
         within {} years ({} of all homes save).{}{}",
        show_rounded(median, 2, 1),
        percent(homes.len() as u128, run.households.len() as u128),
        if shown.len() < homes.len() { format!(" {} above the picture.", count(homes.len() - shown.len(), "home")) } else { String::new() },
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

fn columns(
    run: &Run,
    homes: &[(usize, i128)],
    unit: &str,
    scale: u32,
    show: impl Fn(i128) -> String,
) -> String {
    let one = 10_f64.powi(i32::try_from(scale).unwrap_or(0));
    let values = || homes.iter().map(|(_, value)| *value as f64 / one);
    let (low, high) = values().fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let mut plot = Plot::new(240.0, (0.0, homes.len() as f64), (low * 1.05, high * 1.05)).y_axis(unit);
    for (position, ((slot, exact), value)) in homes.iter().zip(values()).enumerate() {
        let class = if value < 0.0 { "loss" } else { "shared" };
        let title = format!("{}: {}", run.meters[*slot].name, show(*exact));
        plot.bar(
            (position as f64 + 0.06, position as f64 + 0.94),
            (0.0, value),
            class,
            &title,
        );
    }
    plot.x_labels(&[])
        .finish(&format!("One column a home, in {}", escape(unit)))
}
