//! A run from the options to the finished [`Run`].

mod bills;
mod mirror;
mod schedule;

use std::time::Instant;

use anyhow::{Context, Result};
use gridpact_market::{AllocationRule, WindowOutcome};
use gridpact_units::{Amount, EnergyTotal};
use indicatif::ProgressBar;

use crate::data::{self, Dataset};
use crate::options::{Plan, SimulateArgs};
use crate::run::{
    Community, DatasetInfo, Flows, Household, Meter, Options, RuleOutcome, Run, Stretch, Timings, Window,
    WindowResult,
};
use mirror::{settle_all, Settled, AMPLE};
use schedule::{schedule, Slice};

pub use bills::ppm;

/// Does everything the options ask for. `progress` counts windows.
pub fn simulate(args: &SimulateArgs, progress: &ProgressBar) -> Result<(Run, Timings)> {
    let plan = Plan::from_args(args)?;
    let started = Instant::now();
    let source = args.data.as_deref().zip(args.format);
    let dataset = data::load(source, &args.selection())?;
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
    let deposits = deposits(&plan, &dataset, &slices)?;
    let settled = settle_all(&dataset, &slices, &policy, deposits.clone(), true)?;
    timings.check = started.elapsed().as_millis();

    let started = Instant::now();
    timings.chain = started.elapsed().as_millis();

    let households = households(&plan, &dataset, &settled, &deposits, &energies);
    let run = Run {
        options: Options {
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
        },
        currency: plan.currency.clone(),
        interval_seconds: dataset.interval.seconds(),
        dataset: DatasetInfo {
            name: dataset.name.clone(),
            attribution: dataset.attribution.clone(),
            notes: dataset.notes.clone(),
            own_use_known: dataset.own_use.is_some(),
        },
        stretches: stretches(&dataset),
        meters: meters(&dataset),
        community: community(&settled.windows),
        windows: windows(&slices, &settled.windows),
        intervals: settled.intervals,
        flows: flows(dataset, settled.bought, settled.sold),
        households,
        projects: vec![],
        comparison,
        checks: vec![],
    };
    Ok((run, timings))
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
        let settled = settle_all(dataset, slices, &policy, vec![AMPLE; dataset.meters.len()], false)?;
        Ok(bills::rule_outcome(
            name,
            &settled.windows,
            energies,
            plan.utility.as_ref(),
        ))
    });
    outcomes.collect()
}

/// What every home deposits: as stated, or what it needs for the whole run, rounded up to the next whole main unit.
fn deposits(plan: &Plan, dataset: &Dataset, slices: &[Slice]) -> Result<Vec<Amount>> {
    let homes = dataset.meters.len();
    if let Some(deposit) = plan.deposit {
        return Ok(vec![deposit; homes]);
    }
    let policy = plan.policy(dataset.interval, plan.rule.rule);
    let needed = settle_all(dataset, slices, &policy, vec![AMPLE; homes], false)?.needed;
    let unit = 10_u128.pow(u32::from(plan.currency.decimals));
    Ok(needed
        .into_iter()
        .map(|needed| Amount(needed.0.div_ceil(unit) * unit))
        .collect())
}

fn households(
    plan: &Plan,
    dataset: &Dataset,
    settled: &Settled,
    deposits: &[Amount],
    energies: &[(EnergyTotal, EnergyTotal)],
) -> Vec<Household> {
    let homes = dataset.meters.len();
    let seconds = dataset.intervals() as u64 * u64::from(dataset.interval.seconds());
    let mut own_use = vec![0; homes];
    for (position, own) in dataset.own_use.iter().flatten().enumerate() {
        own_use[position % homes] += u128::from(*own);
    }
    let household = |slot: usize| {
        let result = bills::sum(&settled.windows, slot);
        let (import, export) = energies[slot];
        let bill = plan
            .utility
            .map(|utility| bills::utility_bill(&utility, import, export, &result));
        Household {
            import,
            export,
            own_use: EnergyTotal(own_use[slot]),
            bought: result.bought,
            sold: result.sold,
            paid: result.debit,
            earned: result.credit,
            fee: result.fee,
            deposit: deposits[slot],
            final_balance: settled.balances[slot],
            deposit_needed: settled.needed[slot],
            utility: bill,
            pledge: plan.pledge,
            payback_centiyears: bill
                .and_then(|bill| bills::payback_centiyears(plan.pledge, bill.saved, seconds)),
        }
    };
    (0..homes).map(household).collect()
}

fn stretches(dataset: &Dataset) -> Vec<Stretch> {
    let mut from = 0;
    let stretch = |stretch: &data::Stretch| {
        let start = dataset.interval.start_of(stretch.first);
        let position = from;
        from += stretch.intervals;
        Stretch {
            label: data::label(dataset, stretch),
            from: position,
            intervals: stretch.intervals,
            start,
            utc_offset: dataset.zone.offset_at(start as i64),
        }
    };
    dataset.stretches.iter().map(stretch).collect()
}

fn meters(dataset: &Dataset) -> Vec<Meter> {
    let meter = |(slot, meter): (usize, &data::Meter)| Meter {
        slot: u32::try_from(slot).unwrap_or(u32::MAX),
        name: meter.name.clone(),
        has_pv: meter.has_pv,
        producer: meter.producer,
    };
    dataset.meters.iter().enumerate().map(meter).collect()
}

fn windows(slices: &[Slice], outcomes: &[WindowOutcome]) -> Vec<Window> {
    let window = |(slice, outcome): (&Slice, &WindowOutcome)| Window {
        stretch: slice.stretch,
        from: slice.from,
        intervals: slice.intervals,
        report_bytes: 0,
        signatures: 0,
        digest: String::new(),
        settled_at: slice.settled_at,
        final_at: slice.final_at,
        results: outcome
            .results
            .iter()
            .map(|result| WindowResult {
                debit: result.debit,
                credit: result.credit,
            })
            .collect(),
    };
    slices.iter().zip(outcomes).map(window).collect()
}

fn community(windows: &[WindowOutcome]) -> Community {
    let debits = windows.iter().map(|window| window.totals.debit.0).sum();
    let credits = windows.iter().map(|window| window.totals.credit.0).sum();
    Community {
        debits: Amount(debits),
        credits: Amount(credits),
        income: Amount(debits - credits),
        swept: Amount(0),
    }
}

fn flows(dataset: Dataset, bought: Vec<u64>, sold: Vec<u64>) -> Flows {
    let readings = &dataset.readings;
    Flows {
        meters: dataset.meters.len(),
        import: readings.iter().map(|reading| reading.import.0).collect(),
        export: readings.iter().map(|reading| reading.export.0).collect(),
        own_use: dataset.own_use.unwrap_or_else(|| vec![0; readings.len()]),
        bought,
        sold,
        missing: (0..readings.len())
            .filter(|position| readings[*position].is_missing())
            .collect(),
    }
}
