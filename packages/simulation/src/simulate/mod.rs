//! A run from the options to the finished [`Run`].

mod assemble;
mod bills;
mod mirror;
mod schedule;

use std::time::Instant;

use anyhow::{Context, Result};
use gridpact_market::{AllocationRule, Policy};
use gridpact_units::{Amount, EnergyTotal};
use indicatif::ProgressBar;

use crate::options::{Plan, SimulateArgs};
use crate::run::{Options, RuleOutcome, Run, Timings};
use crate::story::{self, Setting, PROLOGUE};
use assemble::assemble;
use gridpact_readings::{self, Dataset};
use mirror::settle_all;
use schedule::schedule;

pub use bills::ppm;
pub use mirror::{terms, Mirror, Needs, Settled};
pub use schedule::{Slice, CHALLENGE_PERIOD};

/// Does everything the options ask for. `progress` counts windows.
pub fn simulate(args: &SimulateArgs, progress: &ProgressBar) -> Result<(Run, Timings)> {
    let plan = Plan::from_args(args)?;
    let started = Instant::now();
    let source = args.data.as_deref().zip(args.format);
    let mut dataset = gridpact_readings::load(source, &args.selection())?;
    let node = args.node.connect(&plan.currency)?;
    if let Some(node) = &node {
        later(&mut dataset, node.now() + PROLOGUE + WEEK)?;
    }
    let home = find_home(&dataset, args.home.as_deref())?;
    let window = match args.window {
        Some(window) => window,
        None => u32::try_from(dataset.intervals_per_day())?,
    };
    let mut timings = Timings {
        load: started.elapsed().as_millis(),
        ..Timings::default()
    };

    let started = Instant::now();
    let slices = schedule(&dataset, window);
    progress.set_length(slices.len() as u64);
    let energies = totals(&dataset);
    let comparison = compare(&plan, &dataset, &slices, &energies)?;
    let policy = plan.policy(dataset.interval, plan.rule.rule);
    let deposits = deposits(&plan, &dataset, &slices, &policy)?;
    timings.compare = started.elapsed().as_millis();

    let started = Instant::now();
    let setting = Setting {
        plan: &plan,
        dataset: &dataset,
        slices: &slices,
        policy: &policy,
        deposits: &deposits,
        progress,
    };
    let told = story::tell(&setting, node)?;
    timings.chain = started.elapsed().as_millis();

    let options = Options {
        format: args.format.map_or("bundled".to_owned(), |format| {
            format!("{format:?}").to_lowercase()
        }),
        rule: plan.rule.name.to_owned(),
        price: plan.price_name.clone(),
        utility: plan.utility,
        fee: plan.fee,
        window,
        deposit: plan.deposit,
        pledge: plan.pledge,
        home: u32::try_from(home)?,
    };
    let run = assemble(
        &plan, options, dataset, &slices, &deposits, &energies, told, comparison,
    );
    Ok((run, timings))
}

const WEEK: u64 = 604_800;

/// Moves the data by whole weeks, so that it begins at a time or later: a chain's time only goes forward.
fn later(dataset: &mut Dataset, begin: u64) -> Result<()> {
    let first = dataset.stretches.first().context("no stretch")?.first;
    let start = dataset.interval.start_of(first);
    let weeks = begin.saturating_sub(start).div_ceil(WEEK);
    let intervals = weeks * WEEK / u64::from(dataset.interval.seconds());
    for stretch in &mut dataset.stretches {
        stretch.first = stretch.first.plus(intervals);
    }
    dataset.notes.push(format!(
        "moved {weeks} weeks ahead, to the same days of the week, since the chain's time only goes forward"
    ));
    Ok(())
}

/// The slot of the home asked for, by name or number.
fn find_home(dataset: &Dataset, wanted: Option<&str>) -> Result<usize> {
    let Some(wanted) = wanted else { return Ok(0) };
    let by_name = dataset.meters.iter().position(|meter| meter.name == wanted);
    let by_slot = || wanted.parse().ok().filter(|slot| *slot < dataset.meters.len());
    by_name.or_else(by_slot).with_context(|| {
        let last = dataset.meters.len() - 1;
        format!("--home: expected a meter's name or a slot of 0 to {last}, got `{wanted}`")
    })
}

/// Import and export of every home.
fn totals(dataset: &Dataset) -> Vec<(EnergyTotal, EnergyTotal)> {
    let homes = dataset.meters.len();
    let mut totals = vec![(EnergyTotal::ZERO, EnergyTotal::ZERO); homes];
    for readings in dataset.readings.chunks_exact(homes) {
        for (total, reading) in totals.iter_mut().zip(readings) {
            *total = (total.0.plus(reading.import), total.1.plus(reading.export));
        }
    }
    totals
}

/// The same readings under the three rules a neighbourhood chooses among, every home able to pay.
fn compare(
    plan: &Plan,
    dataset: &Dataset,
    slices: &[Slice],
    energies: &[(EnergyTotal, EnergyTotal)],
) -> Result<Vec<RuleOutcome>> {
    let rules = [
        ("even", AllocationRule::Even),
        ("pro_rata", AllocationRule::ProRata),
        ("static", AllocationRule::Static { reoffer: false }),
    ];
    let outcomes = rules.into_iter().map(|(name, rule)| {
        let policy = plan.policy(dataset.interval, rule);
        let (windows, _) = settle_all(dataset, slices, &policy)?;
        Ok(bills::rule_outcome(
            name,
            &windows,
            energies,
            plan.utility.as_ref(),
        ))
    });
    outcomes.collect()
}

/// What every home deposits: as stated, or what it needs for the whole run, rounded up to the next whole main unit.
fn deposits(plan: &Plan, dataset: &Dataset, slices: &[Slice], policy: &Policy) -> Result<Vec<Amount>> {
    if let Some(deposit) = plan.deposit {
        return Ok(vec![deposit; dataset.meters.len()]);
    }
    let (_, needs) = settle_all(dataset, slices, policy)?;
    let unit = 10_u128.pow(u32::from(plan.currency.decimals));
    Ok(needs
        .peaks()
        .into_iter()
        .map(|needed| Amount(needed.0.div_ceil(unit) * unit))
        .collect())
}
