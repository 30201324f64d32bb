//! A run from what was asked for to the finished [`Run`].

mod assemble;
mod comparison;

use std::time::Instant;

use anyhow::{anyhow, bail, ensure, Context, Result};
use gridpact_market::{Policy, WindowOutcome};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::rfc3339;
use gridpact_report::Mode;
use gridpact_units::Amount;

use crate::connections::Connections;
use crate::mirror::{settle_all, Needs, NotAmple, Settled};
use crate::on_settled::OnSettled;
use crate::rounding::Rounding;
use crate::run::{Options, RuleOutcome, Run, Timings};
use crate::scenario::Scenario;
use crate::schedule::{schedule, Slice};
use crate::story::setting::Setting;
use crate::story::{self, PROLOGUE};
use crate::story_chain::StoryChain;

/// What to simulate.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// What is assumed beside the readings.
    pub scenario: Scenario,
    /// The readings.
    pub dataset: Dataset,
    /// What is agreed with every meter; [`Connections::of`] the data where nothing else is.
    pub connections: Connections,
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
    /// As [`Simulation::prepare`] and [`Prepared::play`].
    pub fn play(self, chain: Box<dyn StoryChain>, on_settled: OnSettled) -> Result<(Run, Timings)> {
        let started = Instant::now();
        let prepared = self.prepare()?;
        let compare = started.elapsed().as_millis();
        let (run, timings) = prepared.play(chain, on_settled)?;
        Ok((run, Timings { compare, ..timings }))
    }

    /// Works out when what is reported, what everybody deposits, what rounding can cost, and what other rules would come to.
    ///
    /// # Errors
    /// Rules and prices that do not go together; readings that no grid can have; [`TooCoarse`].
    pub fn prepare(self) -> Result<Prepared> {
        let Self {
            scenario,
            dataset,
            connections,
            format,
            window,
            home,
        } = self;
        scenario.check()?;
        if let Some(grid) = scenario
            .grid
            .as_ref()
            .filter(|grid| grid.interval_length != dataset.interval)
        {
            bail!(
                "expected readings in the grid's intervals of {} s, got such of {} s",
                grid.interval_length.seconds(),
                dataset.interval.seconds()
            );
        }
        let mut scenario = scenario;
        scenario.utility_prices = scenario.utility_prices.cover(&dataset).map_err(|at| {
            anyhow!(
                "the utility's prices: expected one for every interval, got none for {}",
                rfc3339::show(at)
            )
        })?;
        let (meters, agreed) = (dataset.meters.len(), connections.iter().len());
        ensure!(meters > 0, "expected readings of a meter, got none");
        ensure!(
            agreed == meters,
            "expected what is agreed with {meters} meters, got it of {agreed}"
        );
        let (window, windows) = match window {
            Some(window) => (window, scenario.windows.of_stated_length()),
            None => (usual_window(dataset.intervals_per_day())?, scenario.windows),
        };
        let slices = schedule(&dataset, window, &windows);
        let energies = dataset.totals();
        let preparation = Preparation {
            scenario: &scenario,
            dataset: &dataset,
            connections: &connections,
            slices: &slices,
        };
        let policy = scenario.policy(dataset.interval, scenario.buyers);
        let (settled, comparison) = preparation.compare(&policy, &energies)?;
        let Settled { windows, needs, .. } = settled;
        let rounding = preparation.rounding(&windows);
        if rounding.is_coarse() && !scenario.accept_rounding {
            let told = rounding.told(|amount| scenario.currency.exactly(amount));
            return Err(TooCoarse { told }.into());
        }
        let deposits = preparation.deposits(&needs)?;
        let options = Options {
            format,
            rule: policy.buyers.name().to_owned(),
            sellers_rule: policy.sellers.name().to_owned(),
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
            connections,
            slices,
            policy,
            deposits,
            energies,
        };
        Ok(Prepared {
            setting,
            comparison,
            rounding,
        })
    }
}

/// Intervals a report: a day of them, or where a report does not hold so many, the largest part of a day that it holds.
fn usual_window(day: usize) -> Result<u32> {
    let most = usize::from(Mode::Open.max_intervals());
    let parts = (1..=day)
        .find(|parts| day.is_multiple_of(*parts) && day.checked_div(*parts).is_some_and(|part| part <= most));
    Ok(u32::try_from(day.checked_div(parts.unwrap_or(1)).unwrap_or(1))?)
}

/// Everything that is known before the first message.
pub struct Prepared {
    setting: Setting,
    comparison: Vec<RuleOutcome>,
    rounding: Rounding,
}

impl Prepared {
    /// What rounding can cost, in words.
    pub fn rounding(&self) -> String {
        let currency = &self.setting.scenario.currency;
        self.rounding.told(|amount| currency.exactly(amount))
    }

    /// Plays the story on a chain and puts the run together.
    ///
    /// # Errors
    /// The chain or a contract refuses what the story needs, which names the promise that was broken before.
    pub fn play(self, chain: Box<dyn StoryChain>, on_settled: OnSettled) -> Result<(Run, Timings)> {
        let started = Instant::now();
        let told = story::tell(&self.setting, chain, on_settled)?;
        let timings = Timings {
            chain: started.elapsed().as_millis(),
            ..Timings::default()
        };
        Ok((
            assemble::run(self.setting, told, self.comparison, self.rounding)?,
            timings,
        ))
    }
}

/// Rounding would take more than 1 %, and nobody accepted that.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("{told} that it pays and earns; expected at most 1 %: choose an asset of more decimals or longer windows, or accept it")]
pub struct TooCoarse {
    told: String,
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

/// What is worked out before the story begins.
struct Preparation<'a> {
    scenario: &'a Scenario,
    dataset: &'a Dataset,
    connections: &'a Connections,
    slices: &'a [Slice],
}

impl Preparation<'_> {
    /// What every home deposits: as stated, or what it needs for the whole run, rounded up to the next whole main unit.
    fn deposits(&self, needs: &Needs) -> Result<Vec<Amount>> {
        if let Some(deposit) = self.scenario.deposit {
            return Ok(vec![deposit; self.dataset.meters.len()]);
        }
        let unit = self.scenario.currency.main_unit().0;
        let whole = |needed: Amount| {
            let units = needed.0.div_ceil(unit.max(1));
            units
                .checked_mul(unit)
                .map(Amount)
                .context("a deposit exceeds 2^128 base units")
        };
        needs.peaks().into_iter().map(whole).collect()
    }

    fn rounding(&self, windows: &[WindowOutcome]) -> Rounding {
        let intervals = self.dataset.intervals() as u64;
        let seconds = intervals.saturating_mul(self.dataset.interval.seconds().into());
        Rounding::of(windows, self.dataset.meters.len(), seconds)
    }

    fn settle(&self, policy: &Policy) -> Result<Settled> {
        let prices = &self.scenario.utility_prices;
        let settled = settle_all(self.dataset, self.connections, self.slices, policy, prices);
        settled.map_err(|error| match error.downcast_ref::<NotAmple>() {
            Some(not_ample) => {
                let show = |amount: Amount| self.scenario.currency.exactly(amount);
                let (needed, ample) = (show(not_ample.needed), show(not_ample.ample));
                error.context(format!("expected a need of at most {ample} a home, got {needed}"))
            }
            None => error,
        })
    }
}
