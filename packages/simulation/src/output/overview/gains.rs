//! Money: who gained what, and what other rules would have come to.

use core::fmt::Write;

use gridpact_units::decimal::show_rounded;
use gridpact_units::Amount;

use super::words::{self, kwh};
use crate::run::{Household, Meter, Run};
use crate::sums::signed;

/// What moved and what was saved.
pub fn lines(run: &Run, text: &mut String) -> core::fmt::Result {
    let name = &run.currency.name;
    let money = |amount: Amount| words::money(signed(amount.0), &run.currency);
    let community = &run.community;
    writeln!(text)?;
    writeln!(
        text,
        "Money moved: {} {name} paid by buyers, {} earned by sellers, {} fees and rounding",
        money(community.debits),
        money(community.credits),
        money(community.income)
    )?;
    let needed = run.households.iter().map(|home| home.deposit_needed).max();
    writeln!(
        text,
        "Largest deposit a home needed: {} {name}",
        money(needed.unwrap_or_default())
    )?;
    let (cut, intervals) = run.cut();
    if intervals > 0 {
        writeln!(
            text,
            "Cut by balances: {} kWh of needs in {intervals} of {} intervals, which homes could not pay for; a larger deposit shares more",
            kwh(cut),
            run.intervals.len()
        )?;
    }
    let rounding = run.rounding.told(|amount| run.currency.exactly(amount));
    writeln!(text, "Told in advance: {rounding} that it pays and earns")?;
    let homes = run.meters.iter().zip(&run.households);
    let mut saved: Vec<Saved> = homes
        .filter_map(|(meter, home)| Some((home.utility?.saved, meter, home)))
        .collect();
    if saved.is_empty() {
        return Ok(());
    }
    let (gain, lose) = (
        saved.iter().filter(|(saved, ..)| *saved > 0).count(),
        saved.iter().filter(|(saved, ..)| *saved < 0).count(),
    );
    writeln!(
        text,
        "Saved versus the utility: {} {name}; {gain} of {} meters gained, {lose} lost",
        words::money(saved.iter().map(|(saved, ..)| saved).sum(), &run.currency),
        saved.len()
    )?;
    // Equal savings stay in the order of slots.
    saved.sort_by_key(|(saved, ..)| core::cmp::Reverse(*saved));
    homes_that_saved(run, &saved, text)
}

/// What a home saved, its meter, and the home.
type Saved<'r> = (i128, &'r Meter, &'r Household);

/// The first three, the middle one and the last two; all where there are few.
fn homes_that_saved(run: &Run, saved: &[Saved], text: &mut String) -> core::fmt::Result {
    const SHOWN: usize = 6;
    let money = |amount: i128| words::money(amount, &run.currency);
    writeln!(
        text,
        "  {:<24}{:>10}{:>10}{:>12}{:>12}{:>12}",
        "", "bought", "sold", "paid", "earned", "saved"
    )?;
    let few = saved.len() <= SHOWN;
    let shown: Vec<&Saved> = if few {
        saved.iter().collect()
    } else {
        let middle = saved.iter().skip(saved.len() / 2).take(1);
        let last = saved.iter().rev().take(2).rev();
        saved.iter().take(3).chain(middle).chain(last).collect()
    };
    for (saved, meter, home) in shown {
        let (bought, sold) = (kwh(home.bought), kwh(home.sold));
        let (paid, earned) = (money(signed(home.paid.0)), money(signed(home.earned.0)));
        writeln!(
            text,
            "  {:<24}{bought:>10}{sold:>10}{paid:>12}{earned:>12}{:>12}",
            meter.name,
            money(*saved)
        )?;
    }
    if !few {
        let name = &run.currency.name;
        writeln!(
            text,
            "  (the three that gained most, the middle one and the last two; kWh and {name})"
        )?;
    }
    Ok(())
}

/// The same readings under other rules.
pub fn rules(run: &Run, text: &mut String) -> core::fmt::Result {
    // A home with PV imports at night, when nobody has a surplus: it says little of a rule.
    let all_have_pv = run.meters.iter().all(|meter| meter.has_pv);
    writeln!(text)?;
    writeln!(
        text,
        "{:<24}{:>14}{:>20}{:>20}",
        "rules side by side", "shared kWh", "least covered*", "most covered*"
    )?;
    for outcome in &run.comparison {
        let covered = || {
            let homes = outcome.homes.iter().zip(&run.meters).zip(&run.households);
            let homes = homes.filter(|((_, meter), home)| meter.has_pv == all_have_pv && home.import.0 > 0);
            homes.map(|((outcome, _), _)| outcome.coverage_ppm)
        };
        let percent =
            |ppm: Option<u32>| format!("{} %", show_rounded(i128::from(ppm.unwrap_or_default()), 4, 1));
        let (least, most) = (percent(covered().min()), percent(covered().max()));
        writeln!(
            text,
            "{:<24}{:>14}{least:>20}{most:>20}",
            outcome.rule,
            kwh(outcome.shared)
        )?;
    }
    let which = if all_have_pv { "homes" } else { "homes without PV" };
    writeln!(
        text,
        "  (* of {which}: part of the import that came from neighbours)"
    )
}
