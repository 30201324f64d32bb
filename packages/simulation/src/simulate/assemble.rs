//! The finished [`Run`] from its parts.

use anyhow::{Context, Result};
use gridpact_market::WindowOutcome;
use gridpact_readings::completeness::Completeness;
use gridpact_readings::dataset::{self, Dataset};
use gridpact_readings::packed::Energies;
use gridpact_units::{Energy, EnergyTotal};

use crate::bills;
use crate::connections::{Connection, Connections};
use crate::html;
use crate::mirror::SettledRun;
use crate::rounding::Rounding;
use crate::run::{
    Community, DatasetInfo, Flows, Household, Meter, RuleOutcome, Run, Stretch, UtilityBill, Window,
    WindowResult,
};
use crate::schedule::Slice;
use crate::story::setting::Setting;
use crate::story::told::{Carried, Told};
use crate::sums::{less, total};

/// Puts the parts together: what was set, what the chain told of it, and what other rules would have come to.
///
/// # Errors
/// A list that has not every home.
pub fn run(setting: Setting, told: Told, comparison: Vec<RuleOutcome>, rounding: Rounding) -> Result<Run> {
    let households = households(&setting, &told)?;
    let community = community(&told)?;
    let Setting {
        scenario,
        options,
        dataset,
        connections,
        slices,
        ..
    } = setting;
    let SettledRun {
        intervals,
        bought,
        sold,
        windows: outcomes,
        ..
    } = told.settled;
    Ok(Run {
        options,
        currency: scenario.currency,
        interval_seconds: dataset.interval.seconds(),
        dataset: DatasetInfo {
            name: dataset.name.clone(),
            attribution: dataset.attribution.clone(),
            notes: dataset.notes.clone(),
            findings: html::told(&dataset),
            own_use_known: dataset.own_use.is_some(),
        },
        stretches: stretches(&dataset),
        meters: meters(&dataset, &connections),
        completeness: Completeness::of(&dataset),
        community,
        windows: windows(&dataset, &slices, &outcomes, &told.reports),
        intervals,
        flows: flows(dataset, bought, sold),
        households,
        rounding,
        projects: told.projects,
        comparison,
        checks: told.checks,
        spent: told.spent,
    })
}

fn households(setting: &Setting, told: &Told) -> Result<Vec<Household>> {
    let own_use = own_use(&setting.dataset);
    let worths = worths(setting, told);
    let household = |(slot, own_use)| household(setting, told, (slot, *worths.0.get(slot)?), own_use);
    let households: Option<_> = own_use.into_iter().enumerate().map(household).collect();
    households.context("a home is missing in what was settled")
}

/// One home, put together from lists by slot; `None` where one of them does not have it.
fn household(
    setting: &Setting,
    told: &Told,
    (slot, worth): (usize, bills::Worth),
    own_use: EnergyTotal,
) -> Option<Household> {
    let dataset = &setting.dataset;
    let seconds = (dataset.intervals() as u64).saturating_mul(dataset.interval.seconds().into());
    let settled = &told.settled;
    let result = bills::sum(&settled.windows, slot)?;
    let (import, export) = *setting.energies.get(slot)?;
    let pledge = *told.pledges.get(slot)?;
    let utility = setting.scenario.utility;
    let used = bills::Used {
        import,
        result: &result,
        worth,
        seconds,
    };
    let bill = utility.map(|utility| bills::utility_bill(&utility, &used));
    let payback = |bill: UtilityBill| bills::payback_centiyears(pledge, bill.saved, seconds);
    Some(Household {
        import,
        export,
        own_use,
        bought: result.bought,
        sold: result.sold,
        paid: result.debit,
        earned: result.credit,
        fee: result.fee,
        deposit: *setting.deposits.get(slot)?,
        final_balance: *settled.balances.get(slot)?,
        deposit_needed: *settled.needed.get(slot)?,
        utility: bill,
        pledge,
        payback_centiyears: bill.filter(|_| !pledge.is_zero()).and_then(payback),
    })
}

/// What every home's energies come to at the utility's prices.
fn worths(setting: &Setting, told: &Told) -> bills::Worths {
    let homes = setting.dataset.meters.len();
    let mut worths = bills::Worths::new(homes);
    let settled = &told.settled;
    let rows = setting.dataset.rows().zip(&settled.intervals).enumerate();
    for (number, (readings, interval)) in rows {
        let start = number.saturating_mul(homes);
        let of = |energies: &Energies| -> Vec<Energy> {
            let positions = start..start.saturating_add(homes);
            positions.map(|position| Energy(energies.at(position))).collect()
        };
        let index = setting.dataset.interval.index_at(interval.start);
        let prices = setting.scenario.utility_prices.at(&setting.policy, index);
        worths.interval(prices, &readings, &of(&settled.bought), &of(&settled.sold));
    }
    worths
}

/// What every home used of its own generation, in all.
fn own_use(dataset: &Dataset) -> Vec<EnergyTotal> {
    let mut all = vec![EnergyTotal::ZERO; dataset.meters.len()];
    let rows = dataset.own_use.iter();
    for (position, own) in rows.flat_map(Energies::iter).enumerate() {
        let slot = position.checked_rem(dataset.meters.len()).unwrap_or_default();
        if let Some(all) = all.get_mut(slot) {
            *all = all.plus(Energy(own));
        }
    }
    all
}

fn stretches(dataset: &Dataset) -> Vec<Stretch> {
    let mut from = 0_usize;
    let stretch = |stretch: &dataset::Stretch| {
        let position = from;
        from = from.saturating_add(stretch.intervals);
        Stretch {
            label: dataset.label(stretch),
            from: position,
            intervals: stretch.intervals,
            start: dataset.interval.start_of(stretch.first),
            utc_offset: dataset.offset_at(stretch.first),
        }
    };
    dataset.stretches.iter().map(stretch).collect()
}

fn meters(dataset: &Dataset, connections: &Connections) -> Vec<Meter> {
    let meter = |(slot, (meter, connection)): (u32, (&dataset::Meter, &Connection))| Meter {
        slot,
        name: meter.name.clone(),
        has_pv: meter.has_pv,
        producer: !connection.kind.takes(),
    };
    let meters = dataset.meters.iter().zip(connections.iter());
    (0..).zip(meters).map(meter).collect()
}

fn windows(
    dataset: &Dataset,
    slices: &[Slice],
    outcomes: &[WindowOutcome],
    reports: &[Carried],
) -> Vec<Window> {
    let window = |((slice, outcome), report): ((&Slice, &WindowOutcome), &Carried)| Window {
        stretch: slice.stretch,
        from: slice.from,
        intervals: slice.intervals,
        report_bytes: report.bytes,
        signatures: report.signatures,
        digest: report.digest.clone(),
        // The day without its number.
        month: dataset
            .local_day(slice.first)
            .to_string()
            .chars()
            .take("2024-06".len())
            .collect(),
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
    slices.iter().zip(outcomes).zip(reports).map(window).collect()
}

fn community(told: &Told) -> Result<Community> {
    let windows = &told.settled.windows;
    let debits = total(windows.iter().map(|window| window.totals.debit))?;
    let credits = total(windows.iter().map(|window| window.totals.credit))?;
    Ok(Community {
        debits,
        credits,
        income: less(debits, credits)?,
        swept: told.swept,
    })
}

fn flows(dataset: Dataset, bought: Energies, sold: Energies) -> Flows {
    let missing = dataset.readings.iter().enumerate();
    let missing = missing.filter(|(_, reading)| reading.is_missing());
    Flows {
        meters: dataset.meters.len(),
        missing: missing.map(|(position, _)| position).collect(),
        readings: dataset.readings,
        bought,
        sold,
    }
}
