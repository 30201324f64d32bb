//! Money: who gained what, and what other rules would have come to.

use core::fmt::Write;

use super::{kwh, signed};
use crate::run::Run;
use gridpact_units::decimal::show_rounded;

/// What moved and what was saved.
pub fn lines(run: &Run, text: &mut String) -> core::fmt::Result {
    let name = &run.currency.name;
    let money = |amount: i128| super::money(amount, &run.currency);
    let community = &run.community;
    writeln!(text)?;
    writeln!(
        text,
        "Money moved: {} {name} paid by buyers, {} earned by sellers, {} fees and rounding",
        money(signed(community.debits.0)),
        money(signed(community.credits.0)),
        money(signed(community.income.0))
    )?;
    let needed = run
        .households
        .iter()
        .map(|home| home.deposit_needed.0)
        .max()
        .unwrap_or_default();
    writeln!(
        text,
        "Largest deposit a home needed: {} {name}",
        money(signed(needed))
    )?;
    let mut saved: Vec<(usize, i128)> = run
        .households
        .iter()
        .enumerate()
        .filter_map(|(slot, home)| Some((slot, home.utility?.saved)))
        .collect();
    if saved.is_empty() {
        return Ok(());
    }
    let all: i128 = saved.iter().map(|(_, saved)| saved).sum();
    let (gain, lose) = (
        saved.iter().filter(|home| home.1 > 0).count(),
        saved.iter().filter(|home| home.1 < 0).count(),
    );
    writeln!(
        text,
        "Saved versus the utility: {} {name}; {gain} of {} meters gained, {lose} lost",
        money(all),
        saved.len()
    )?;
    saved.sort_by_key(|(slot, saved)| (-*saved, *slot));
    let shown: Vec<_> = if saved.len() <= 6 {
        saved.iter().collect()
    } else {
        saved
            .iter()
            .take(3)
            .chain(saved.iter().skip(saved.len() / 2).take(1))
            .chain(saved.iter().rev().take(2).rev())
            .collect()
    };
    writeln!(
        text,
        "  {:<24}{:>10}{:>10}{:>12}{:>12}{:>12}",
        "", "bought", "sold", "paid", "earned", "saved"
    )?;
    for (slot, saved) in shown {
        let home = &run.households[*slot];
        let (bought, sold) = (kwh(home.bought), kwh(home.sold));
        let (paid, earned) = (money(signed(home.paid.0)), money(signed(home.earned.0)));
        let meter = &run.meters[*slot].name;
        writeln!(
            text,
            "  {meter:<24}{bought:>10}{sold:>10}{paid:>12}{earned:>12}{:>12}",
            money(*saved)
        )?;
    }
    if saved.len() > 6 {
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
