//! `summary.json`: the run without its intervals. Amounts and prices are base units as decimal strings.

use gridpact_readings::rfc3339;
use gridpact_units::{Amount, Energy, EnergyTotal, UnixSeconds};
use serde::Serialize;

use crate::bills::ppm;
use crate::rounding::Rounding;
use crate::run::{
    CheckedPromise, Community, Currency, DatasetInfo, Household, Interval, Meter, Options, Project,
    RuleOutcome, Run, Spent,
};
use crate::sums;

/// Version of the file's layout; raised when a field changes its meaning or goes.
const LAYOUT: u32 = 1;

/// The file.
#[derive(Serialize)]
pub struct Summary<'a> {
    layout: u32,
    dataset: &'a DatasetInfo,
    options: &'a Options,
    currency: &'a Currency,
    interval_seconds: u32,
    stretches: Vec<StretchTotals<'a>>,
    totals: RunTotals,
    homes: Vec<Home<'a>>,
    community: &'a Community,
    rounding: &'a Rounding,
    windows: Windows,
    projects: &'a [Project],
    comparison: &'a [RuleOutcome],
    checks: &'a [CheckedPromise],
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<&'a Spent>,
}

/// Sums over all homes.
#[derive(Serialize)]
pub struct RunTotals {
    /// Meters.
    pub meters: usize,
    /// Meters with a generator.
    pub with_pv: usize,
    /// Intervals.
    pub intervals: usize,
    /// Missing readings.
    pub missing_readings: usize,
    /// Sum of exports, mWh.
    pub surplus_mwh: EnergyTotal,
    /// Sum of imports, mWh.
    pub deficit_mwh: EnergyTotal,
    /// Shared, mWh.
    pub shared_mwh: EnergyTotal,
    /// Part of consumption that own roofs covered, millionths.
    pub coverage_before_ppm: u32,
    /// Part of consumption that own roofs and neighbours covered, millionths.
    pub coverage_after_ppm: u32,
    /// Paid by buyers.
    pub paid: Amount,
    /// Earned by sellers.
    pub earned: Amount,
    /// Saved versus the utility by all homes, base units; none without a utility.
    pub saved_versus_utility: Option<String>,
    /// Homes that saved more than nothing.
    pub homes_gaining: Option<usize>,
    /// Homes that lost.
    pub homes_losing: Option<usize>,
}

#[derive(Serialize)]
struct StretchTotals<'a> {
    label: &'a str,
    start: String,
    intervals: usize,
    surplus_mwh: EnergyTotal,
    deficit_mwh: EnergyTotal,
    shared_mwh: EnergyTotal,
}

#[derive(Serialize)]
struct Home<'a> {
    #[serde(flatten)]
    meter: &'a Meter,
    #[serde(flatten)]
    household: &'a Household,
}

#[derive(Serialize)]
struct Windows {
    count: usize,
    report_bytes: usize,
    signatures: usize,
}

/// Sums over all homes.
pub fn totals(run: &Run) -> RunTotals {
    let energy = |of: fn(&Household) -> EnergyTotal| sums::energy(run.households.iter().map(of));
    let (import, own_use) = (energy(|home| home.import), energy(|home| home.own_use));
    let bought = energy(|home| home.bought);
    let consumption = sums::energy([import, own_use]);
    let bills = || run.households.iter().filter_map(|home| home.utility);
    let with_utility = run.options.utility.is_some();
    RunTotals {
        meters: run.meters.len(),
        with_pv: run.meters.iter().filter(|meter| meter.has_pv).count(),
        intervals: run.intervals.len(),
        missing_readings: run.flows.missing.len(),
        surplus_mwh: energy(|home| home.export),
        deficit_mwh: import,
        shared_mwh: bought,
        coverage_before_ppm: ppm(own_use, consumption),
        coverage_after_ppm: ppm(sums::energy([own_use, bought]), consumption),
        paid: run.community.debits,
        earned: run.community.credits,
        saved_versus_utility: with_utility.then(|| bills().map(|bill| bill.saved).sum::<i128>().to_string()),
        homes_gaining: with_utility.then(|| bills().filter(|bill| bill.saved > 0).count()),
        homes_losing: with_utility.then(|| bills().filter(|bill| bill.saved < 0).count()),
    }
}

/// The file's content.
pub fn summary(run: &Run) -> Summary<'_> {
    let stretches = run.stretches.iter().map(|stretch| {
        let intervals = run.intervals_of(stretch);
        let sum = |of: fn(&Interval) -> u64| intervals.iter().map(of).map(Energy).sum();
        StretchTotals {
            label: &stretch.label,
            start: rfc3339::show(UnixSeconds(stretch.start)),
            intervals: stretch.intervals,
            surplus_mwh: sum(|interval| interval.supply),
            deficit_mwh: sum(|interval| interval.demand),
            shared_mwh: sum(|interval| interval.shared),
        }
    });
    let homes = run.meters.iter().zip(&run.households);
    Summary {
        layout: LAYOUT,
        dataset: &run.dataset,
        options: &run.options,
        currency: &run.currency,
        interval_seconds: run.interval_seconds,
        stretches: stretches.collect(),
        totals: totals(run),
        homes: homes
            .map(|(meter, household)| Home { meter, household })
            .collect(),
        community: &run.community,
        rounding: &run.rounding,
        windows: Windows {
            count: run.windows.len(),
            report_bytes: run.windows.iter().map(|window| window.report_bytes).sum(),
            signatures: run.windows.iter().map(|window| window.signatures).sum(),
        },
        projects: &run.projects,
        comparison: &run.comparison,
        checks: &run.checks,
        spent: run.spent.as_ref(),
    }
}
