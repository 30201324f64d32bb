//! The finished [`Run`] from its parts.

use gridpact_market::WindowOutcome;
use gridpact_units::{Amount, EnergyTotal};

use super::bills;
use super::schedule::Slice;
use crate::options::Plan;
use crate::run::{
    Community, DatasetInfo, Flows, Household, Meter, Options, RuleOutcome, Run, Stretch, Window, WindowResult,
};
use crate::story::{Carried, Told};
use gridpact_readings::{self, Dataset};

/// Puts the parts together.
#[allow(clippy::too_many_arguments, reason = "the parts of a run, each once")]
pub fn assemble(
    plan: &Plan,
    options: Options,
    dataset: Dataset,
    slices: &[Slice],
    deposits: &[Amount],
    energies: &[(EnergyTotal, EnergyTotal)],
    told: Told,
    comparison: Vec<RuleOutcome>,
) -> Run {
    let households = households(plan, &dataset, &told, deposits, energies);
    let settled = told.settled;
    Run {
        options,
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
        community: community(&settled.windows, told.swept),
        windows: windows(slices, &settled.windows, &told.reports),
        intervals: settled.intervals,
        flows: flows(dataset, settled.bought, settled.sold),
        households,
        projects: told.projects,
        comparison,
        checks: told.checks,
        spent: told.spent,
    }
}

fn households(
    plan: &Plan,
    dataset: &Dataset,
    told: &Told,
    deposits: &[Amount],
    energies: &[(EnergyTotal, EnergyTotal)],
) -> Vec<Household> {
    let settled = &told.settled;
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
            pledge: told.pledges[slot],
            payback_centiyears: bill
                .filter(|_| !told.pledges[slot].is_zero())
                .and_then(|bill| bills::payback_centiyears(told.pledges[slot], bill.saved, seconds)),
        }
    };
    (0..homes).map(household).collect()
}

fn stretches(dataset: &Dataset) -> Vec<Stretch> {
    let mut from = 0;
    let stretch = |stretch: &gridpact_readings::Stretch| {
        let start = dataset.interval.start_of(stretch.first);
        let position = from;
        from += stretch.intervals;
        Stretch {
            label: gridpact_readings::label(dataset, stretch),
            from: position,
            intervals: stretch.intervals,
            start,
            utc_offset: dataset.offset_at(stretch.first),
        }
    };
    dataset.stretches.iter().map(stretch).collect()
}

fn meters(dataset: &Dataset) -> Vec<Meter> {
    let meter = |(slot, meter): (usize, &gridpact_readings::Meter)| Meter {
        slot: u32::try_from(slot).unwrap_or(u32::MAX),
        name: meter.name.clone(),
        has_pv: meter.has_pv,
        producer: meter.producer,
    };
    dataset.meters.iter().enumerate().map(meter).collect()
}

fn windows(slices: &[Slice], outcomes: &[WindowOutcome], reports: &[Carried]) -> Vec<Window> {
    let window = |((slice, outcome), report): ((&Slice, &WindowOutcome), &Carried)| Window {
        stretch: slice.stretch,
        from: slice.from,
        intervals: slice.intervals,
        report_bytes: report.bytes,
        signatures: report.signatures,
        digest: report.digest.clone(),
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

fn community(windows: &[WindowOutcome], swept: Amount) -> Community {
    let debits = windows.iter().map(|window| window.totals.debit.0).sum();
    let credits = windows.iter().map(|window| window.totals.credit.0).sum();
    Community {
        debits: Amount(debits),
        credits: Amount(credits),
        income: Amount(debits - credits),
        swept,
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
