//! The story through the contracts: on a chain, the messages that people would send, and from outside the check of every
//! promise.

mod escrow_books;
mod grid;
mod interval_checks;
mod meters;
mod neighbourhood;
mod people;
mod project;
mod projects;
mod promises;
pub(crate) mod setting;
mod stage;
pub(crate) mod told;
mod verify;

use anyhow::{anyhow, ensure, Context, Result};
use gridpact_units::Amount;

use crate::mirror::{Needs, SettledRun};
use crate::on_settled::OnSettled;
use crate::story_chain::StoryChain;
use crate::sums::total;
use grid::{Grid, Purses};
use neighbourhood::Neighbourhood;
use setting::Setting;
use stage::Stage;
use told::Told;

pub use crate::mirror::Cut;
pub use interval_checks::IntervalChecks;
pub use promises::{Promises, StoryPromise};
pub use setting::PROLOGUE;

/// Tells it from the first pledge to the last withdrawal. Where a message fails because a promise was broken before it,
/// the error names the promise.
pub(crate) fn tell(setting: &Setting, chain: Box<dyn StoryChain>, on_settled: OnSettled) -> Result<Told> {
    let mut promises = Promises::default();
    let told = tell_all(setting, chain, on_settled, &mut promises);
    told.map_err(|error| match promises.first_breach() {
        Some(breach) => error.context(format!("broken promise: {breach}")),
        None => error,
    })
}

fn tell_all(
    setting: &Setting,
    chain: Box<dyn StoryChain>,
    on_settled: OnSettled,
    promises: &mut Promises,
) -> Result<Told> {
    let dataset = &setting.dataset;
    let first = dataset.stretches.first().context("no stretch")?;
    let start = dataset.interval.start_of(first.first);
    let begin = start
        .checked_sub(PROLOGUE)
        .context("readings must begin in October 1970 or later")?;
    let mut stage = Stage::open(chain, begin)?;
    let homes = people::homes(&mut stage, setting)?;
    let (projects, street) = projects::tell(&mut stage, promises, &setting.scenario, &homes, start)?;
    let neighbourhood = Neighbourhood {
        setting,
        homes: &homes,
        street,
    };

    let mut settled = SettledRun::with_capacity(dataset, setting.slices.len());
    let mut reports = Vec::with_capacity(setting.slices.len());
    let mut swept = Amount::ZERO;
    let mut purses = Purses {
        balances: setting.deposits.clone(),
        needs: Needs::new(homes.len()),
    };
    for stretch in 0..dataset.stretches.len() {
        let mut grid = Grid::open(&mut stage, neighbourhood, stretch, purses)?;
        for slice in setting.slices.iter().filter(|slice| slice.stretch == stretch) {
            reports.push(grid.report(&mut stage, promises, slice, &mut settled)?);
            on_settled(reports.len(), setting.slices.len());
        }
        let paid;
        (purses, paid) = grid.close(&mut stage, promises)?;
        swept = total([swept, paid])?;
    }
    ensure!(
        settled.intervals.len() == dataset.intervals(),
        "not every interval was settled"
    );
    settled.balances = purses.balances;
    settled.needed = purses.needs.peaks();
    if let Some(cut) = settled.cut.filter(|_| setting.scenario.deposit.is_none()) {
        return Err(too_small(setting, cut));
    }
    verify::after(&mut stage, promises, neighbourhood, &settled)?;
    Ok(Told {
        projects,
        settled,
        reports,
        swept,
        pledges: homes.iter().map(|home| home.pledge).collect(),
        checks: promises.checks(),
        spent: stage.spent()?,
    })
}

/// Deposits that this program chooses are enough for every need. One that was not would have changed what everybody got, and
/// nobody could see it in the figures.
fn too_small(setting: &Setting, cut: Cut) -> anyhow::Error {
    let meter = setting.dataset.meters.get(cut.slot);
    let deposit = setting.deposits.get(cut.slot).copied().unwrap_or_default();
    let deposit = setting.scenario.currency.exactly(deposit);
    anyhow!(
        "internal error: home {} (slot {}) needed {} mWh in the interval at {} and could have paid for {} with the deposit of \
         {deposit} that this program chose for it; the figures would not be those of homes that can pay",
        meter.map_or("", |meter| meter.name.as_str()),
        cut.slot,
        cut.need.0,
        cut.start,
        cut.able.0
    )
}
