//! What a person reads at the end of a run.

mod gains;
mod projects;
mod spent;
mod words;

use core::fmt::Write;

use gridpact_units::decimal::show_rounded;
use gridpact_units::{Energy, Price};

use super::summary::totals;
use crate::run::{Interval, Run, Timings};
use crate::sums::signed;
use words::kwh;

/// Everything short enough to read, and how long it took.
pub fn overview(run: &Run, timings: &Timings) -> String {
    // Writing to a String cannot fail.
    let mut text = String::new();
    let _ = head(run, &mut text);
    for project in &run.projects {
        let _ = projects::lines(project, &run.currency, &mut text);
    }
    let _ = energy(run, &mut text);
    let _ = gains::lines(run, &mut text);
    let _ = gains::rules(run, &mut text);
    if let Some(spent) = &run.spent {
        let _ = spent::lines(run, spent, &mut text);
    }
    let _ = foot(run, timings, &mut text);
    text
}

fn head(run: &Run, text: &mut String) -> core::fmt::Result {
    let homes = run.meters.iter().filter(|meter| !meter.producer).count();
    let producers = run.meters.len().saturating_sub(homes);
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
    writeln!(text, "rule {}, price {}", run.options.rules(), price_words(run))?;
    if !run.flows.missing.is_empty() {
        writeln!(
            text,
            "missing readings: {}; those meters neither bought nor sold then",
            run.flows.missing.len()
        )?;
    }
    Ok(())
}

fn price_words(run: &Run) -> String {
    let per_kwh = |price: Price| show_rounded(signed(price.0), run.currency.price_scale(), 4);
    match run.options.utility {
        Some(utility) => format!(
            "{} (utility: {} bought, {} fed in, {} a kWh{})",
            run.options.price,
            per_kwh(utility.retail),
            per_kwh(utility.feed_in),
            run.currency.name,
            if utility.varies {
                " at first, then by the time"
            } else {
                ""
            }
        ),
        None => format!("{} {} a kWh, no utility", run.options.price, run.currency.name),
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
        let intervals = run.intervals_of(stretch);
        let sum = |of: fn(&Interval) -> u64| kwh(intervals.iter().map(of).map(Energy).sum());
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

fn foot(run: &Run, timings: &Timings, text: &mut String) -> core::fmt::Result {
    writeln!(text)?;
    let passed = run.checks.iter().filter(|check| check.passed).count();
    writeln!(text, "{passed} of {} promises checked and kept", run.checks.len())?;
    for check in run.checks.iter().filter(|check| !check.passed) {
        writeln!(text, "  BROKEN {}: {}", check.name, check.detail)?;
    }
    let seconds = |milliseconds: u128| show_rounded(signed(milliseconds), 3, 2);
    let (load, compare) = (seconds(timings.load), seconds(timings.compare));
    let (chain, windows) = (seconds(timings.chain), run.windows.len());
    let bytes: usize = run.windows.iter().map(|window| window.report_bytes).sum();
    let readings = run.flows.readings.len().max(1);
    let thousandths = (bytes as u128).saturating_mul(1_000).div_ceil(readings as u128);
    let each = show_rounded(signed(thousandths), 3, 2);
    writeln!(
        text,
        "{windows} reports, {bytes} bytes, {each} a meter and interval"
    )?;
    writeln!(
        text,
        "took: data {load} s, rules compared {compare} s, contracts and checks {chain} s"
    )?;
    if !run.dataset.attribution.is_empty() {
        writeln!(text, "{}", run.dataset.attribution)?;
    }
    Ok(())
}
