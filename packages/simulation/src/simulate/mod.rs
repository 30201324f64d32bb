//! A run from what was asked for to the finished [`Run`].

mod assemble;

use std::time::Instant;

use anyhow::{ensure, Context, Result};
use gridpact_market::{AllocationRule, Policy};
use gridpact_readings::dataset::Dataset;
use gridpact_units::{Amount, EnergyTotal};

use crate::bills;
use crate::chain::Chain;
use crate::mirror::settle_all;
use crate::progress::Progress;
use crate::run::{Options, RuleOutcome, Run, Timings};
use crate::scenario::Scenario;
use crate::schedule::{schedule, Slice};
use crate::story::setting::Setting;
use crate::story::{self, PROLOGUE};

/// What to simulate.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// What is assumed beside the readings.
    pub scenario: Scenario,
    /// The readings.
    pub dataset: Dataset,
    /// Which reader they came through.
    pub format: String,
    /// Intervals a report; without it a day of them.
    pub window: Option<u32>,
    /// Slot of the home whose bill is shown.
    pub home: u32,
}

impl Simulation {
    /// Plays the story on a chain and puts the run together.
    ///
    /// # Errors
    /// Rules and prices that do not go together; readings that no grid can have; the chain or a contract refuses what the
    /// story needs, which names the promise that was broken before.
    pub fn play(self, chain: Box<dyn Chain>, progress: Progress) -> Result<(Run, Timings)> {
        let started = Instant::now();
        let (setting, comparison) = self.prepare()?;
        let compare = started.elapsed().as_millis();

        let started = Instant::now();
        let told = story::tell(&setting, chain, progress)?;
        let timings = Timings {
            compare,
            chain: started.elapsed().as_millis(),
            ..Timings::default()
        };
        Ok((assemble::run(setting, told, comparison)?, timings))
    }

    /// When what is reported, what everybody deposits, and what other rules would come to.
    fn prepare(self) -> Result<(Setting, Vec<RuleOutcome>)> {
        let Self {
            scenario,
            dataset,
            format,
            window,
            home,
        } = self;
        scenario.check()?;
        ensure!(
            !dataset.meters.is_empty(),
            "expected readings of a meter, got none"
        );
        let window = match window {
            Some(window) => window,
            None => u32::try_from(dataset.intervals_per_day())?,
        };
        let slices = schedule(&dataset, window);
        let energies = totals(&dataset);
        let comparison = compare(&scenario, &dataset, &slices, &energies)?;
        let policy = scenario.policy(dataset.interval, scenario.rule);
        let deposits = deposits(&scenario, &dataset, &slices, &policy)?;
        let options = Options {
            format,
            rule: scenario.rule.name().to_owned(),
            price: scenario.price_name.clone(),
            utility: scenario.utility,
            fee: scenario.fee,
            window,
            deposit: scenario.deposit,
            pledge: scenario.pledge,
            home,
        };
        let setting = Setting {
            scenario,
            options,
            dataset,
            slices,
            policy,
            deposits,
            energies,
        };
        Ok((setting, comparison))
    }
}

const WEEK: u64 = 604_800;

/// Moves readings by whole weeks, so that a story about them can begin after `now`: a chain's time only goes forward.
pub fn postpone(dataset: &mut Dataset, now: u64) -> Result<()> {
    let begin = now.saturating_add(PROLOGUE).saturating_add(WEEK);
    let first = dataset.stretches.first().context("no stretch")?.first;
    let start = dataset.interval.start_of(first);
    let weeks = begin.saturating_sub(start).div_ceil(WEEK);
    let intervals = dataset.interval.index_at(weeks.saturating_mul(WEEK)).0;
    for stretch in &mut dataset.stretches {
        stretch.first = stretch.first.plus(intervals);
    }
    dataset.notes.push(format!(
        "moved {weeks} weeks ahead, to the same days of the week, since the chain's time only goes forward"
    ));
    Ok(())
}

/// The slot of a home, by its meter's name or by its number.
///
/// # Errors
/// There is none.
pub fn find_home(dataset: &Dataset, wanted: &str) -> Result<u32> {
    let by_name = dataset.meters.iter().position(|meter| meter.name == wanted);
    let by_slot = || wanted.parse().ok().filter(|slot| *slot < dataset.meters.len());
    let slot = by_name.or_else(by_slot).with_context(|| {
        let last = dataset.meters.len().saturating_sub(1);
        format!("expected a meter's name or a slot of 0 to {last}, got `{wanted}`")
    })?;
    Ok(u32::try_from(slot)?)
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
    scenario: &Scenario,
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
        let policy = scenario.policy(dataset.interval, rule);
        let (windows, _) = settle_all(dataset, slices, &policy)?;
        let outcome = bills::rule_outcome(name, &windows, energies, scenario.utility.as_ref());
        outcome.context("a home is missing in what was settled")
    });
    outcomes.collect()
}

/// What every home deposits: as stated, or what it needs for the whole run, rounded up to the next whole main unit.
fn deposits(
    scenario: &Scenario,
    dataset: &Dataset,
    slices: &[Slice],
    policy: &Policy,
) -> Result<Vec<Amount>> {
    if let Some(deposit) = scenario.deposit {
        return Ok(vec![deposit; dataset.meters.len()]);
    }
    let (_, needs) = settle_all(dataset, slices, policy)?;
    let unit = scenario.currency.main_unit().0;
    let whole = |needed: Amount| {
        let units = needed.0.div_ceil(unit.max(1));
        units
            .checked_mul(unit)
            .map(Amount)
            .context("a deposit exceeds 2^128 base units")
    };
    needs.peaks().into_iter().map(whole).collect()
}
