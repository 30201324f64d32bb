//! The table a person reads.

use core::fmt::Write;

use gridpact_units::{Amount, EnergyTotal, Price};

use super::summary::totals;
use crate::decimal::show_rounded;
use crate::run::{Currency, Ending, Interval, Project, Run, Timings};

/// Everything short enough to read, and how long it took.
pub fn table(run: &Run, timings: &Timings) -> String {
    // Writing to a String cannot fail.
    let mut text = String::new();
    let _ = head(run, &mut text);
    for project in &run.projects {
        let _ = project_lines(project, &run.currency, &mut text);
    }
    let _ = energy(run, &mut text);
    let _ = gains(run, &mut text);
    let _ = rules(run, &mut text);
    let _ = foot(run, timings, &mut text);
    text
}

fn head(run: &Run, text: &mut String) -> core::fmt::Result {
    let homes = run.meters.iter().filter(|meter| !meter.producer).count();
    let producers = run.meters.len() - homes;
    let pv = run
        .meters
        .iter()
        .filter(|meter| meter.has_pv && !meter.producer)
        .count();
    write!(text, "{}: {homes} homes, {pv} with PV", run.dataset.name)?;
    if producers > 0 {
        write!(
            text,
            ", {producers} producer{}",
            if producers == 1 { "" } else { "s" }
        )?;
    }
    writeln!(
        text,
        "; {} intervals of {} min",
        run.intervals.len(),
        run.interval_seconds / 60
    )?;
    writeln!(text, "rule {}, price {}", run.options.rule, price_words(run))?;
    if !run.flows.missing.is_empty() {
        writeln!(
            text,
            "{} readings are missing; those meters neither bought nor sold then",
            run.flows.missing.len()
        )?;
    }
    Ok(())
}

fn price_words(run: &Run) -> String {
    let per_kwh = |price: Price| show_rounded(signed(price.0), scale(&run.currency) + 3, 4);
    match run.options.utility {
        Some(utility) => format!(
            "{} (utility: {} bought, {} fed in, {} a kWh)",
            run.options.price,
            per_kwh(utility.retail),
            per_kwh(utility.feed_in),
            run.currency.name
        ),
        None => format!("{} {} a kWh, no utility", run.options.price, run.currency.name),
    }
}

fn project_lines(project: &Project, currency: &Currency, text: &mut String) -> core::fmt::Result {
    let money = |amount: Amount| money(signed(amount.0), currency);
    writeln!(text)?;
    writeln!(text, "{}", project.title)?;
    let shown = project.pledges.iter().take(3);
    for pledge in shown {
        let condition = if pledge.condition.is_empty() {
            "unconditionally"
        } else {
            &pledge.condition
        };
        writeln!(
            text,
            "  {} pledges {} {condition}",
            pledge.party,
            money(pledge.amount)
        )?;
    }
    if let Some(more) = project.pledges.len().checked_sub(3).filter(|more| *more > 0) {
        writeln!(text, "  and {more} more")?;
    }
    match project.ending {
        Ending::Completed => {
            let paid: u128 = project.milestones.iter().map(|milestone| milestone.paid.0).sum();
            let released = project
                .retention
                .as_ref()
                .filter(|retention| retention.released_at.is_some());
            let all = paid + released.map_or(0, |retention| retention.amount.0);
            let steps = project.milestones.len();
            writeln!(
                text,
                "  funded; {} drew {} in {steps} milestones",
                project.contractor,
                money(Amount(all))
            )
        }
        Ending::Failed => {
            let back: u128 = project.refunds.iter().map(|refund| refund.amount.0).sum();
            let absent = project.absent.join(", ");
            let parties = project.refunds.len();
            writeln!(
                text,
                "  {absent} did not; {parties} took back {}",
                money(Amount(back))
            )
        }
    }
}

fn energy(run: &Run, text: &mut String) -> core::fmt::Result {
    writeln!(text)?;
    writeln!(
        text,
        "{:<24}{:>14}{:>14}{:>14}",
        "kWh", "surplus", "deficit", "shared"
    )?;
    for stretch in &run.stretches {
        let intervals = &run.intervals[stretch.from..][..stretch.intervals];
        let sum = |of: fn(&Interval) -> u64| {
            kwh(EnergyTotal(
                intervals.iter().map(|each| u128::from(of(each))).sum(),
            ))
        };
        let (surplus, deficit) = (sum(|interval| interval.supply), sum(|interval| interval.demand));
        writeln!(
            text,
            "{:<24}{surplus:>14}{deficit:>14}{:>14}",
            stretch.label,
            sum(|interval| interval.shared)
        )?;
    }
    let totals = totals(run);
    let percent = |ppm: u32| format!("{} %", show_rounded(i128::from(ppm), 4, 1));
    if run.dataset.own_use_known {
        let (before, after) = (
            percent(totals.coverage_before_ppm),
            percent(totals.coverage_after_ppm),
        );
        writeln!(
            text,
            "consumption covered: {before} by own roofs, {after} with neighbours"
        )?;
    } else {
        writeln!(
            text,
            "imports covered by neighbours: {}",
            percent(totals.coverage_after_ppm)
        )?;
    }
    Ok(())
}

fn gains(run: &Run, text: &mut String) -> core::fmt::Result {
    let name = &run.currency.name;
    let money = |amount: i128| money(amount, &run.currency);
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

fn rules(run: &Run, text: &mut String) -> core::fmt::Result {
    writeln!(text)?;
    writeln!(
        text,
        "{:<24}{:>14}{:>20}{:>20}",
        "rules side by side", "shared kWh", "least covered home", "most covered home"
    )?;
    for outcome in &run.comparison {
        let covered = || {
            let homes = outcome
                .homes
                .iter()
                .zip(&run.households)
                .filter(|(_, home)| home.import.0 > 0);
            homes.map(|(outcome, _)| outcome.coverage_ppm)
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
    Ok(())
}

fn foot(run: &Run, timings: &Timings, text: &mut String) -> core::fmt::Result {
    writeln!(text)?;
    let passed = run.checks.iter().filter(|check| check.passed).count();
    writeln!(text, "{passed} of {} promises checked and kept", run.checks.len())?;
    for check in run.checks.iter().filter(|check| !check.passed) {
        writeln!(text, "  BROKEN {}: {}", check.name, check.detail)?;
    }
    let seconds = |milliseconds: u128| show_rounded(signed(milliseconds), 3, 2);
    let (load, chain, check) = (
        seconds(timings.load),
        seconds(timings.chain),
        seconds(timings.check),
    );
    writeln!(
        text,
        "{} windows; read in {load} s, contracts {chain} s, recomputed in {check} s",
        run.windows.len()
    )?;
    if !run.dataset.attribution.is_empty() {
        writeln!(text, "{}", run.dataset.attribution)?;
    }
    Ok(())
}

fn kwh(energy: EnergyTotal) -> String {
    show_rounded(signed(energy.0), 6, 1)
}

fn money(amount: i128, currency: &Currency) -> String {
    show_rounded(amount, scale(currency), 2)
}

fn scale(currency: &Currency) -> u32 {
    u32::from(currency.decimals)
}

fn signed(value: u128) -> i128 {
    i128::try_from(value).unwrap_or(i128::MAX)
}
