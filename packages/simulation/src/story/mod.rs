//! The story through the contracts: on a chain, the messages that people would send, and from outside the check of every
//! promise.

mod books;
mod grid;
mod meters;
mod people;
mod project;
mod projects;
mod promises;
mod stage;
mod verify;

use anyhow::{ensure, Context, Result};
use gridpact_market::Policy;
use gridpact_readings::dataset::Dataset;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, EnergyTotal};

use crate::chain::Chain;
use crate::run::{Check, Options, Project, Spent};
use crate::scenario::Scenario;
use crate::simulate::{Needs, Progress, Settled, Slice};
use crate::sums::total;
use grid::{Grid, Purses};
use people::Home;
use stage::Stage;

pub use promises::{Promises, StoryPromise};

/// What the chain adds to the settled windows.
pub(crate) struct Told {
    /// The projects in the escrow.
    pub projects: Vec<Project>,
    /// The windows as the contracts settled them, recomputed from the reports in the transactions.
    pub settled: Settled,
    /// One a window: bytes, signatures, digest.
    pub reports: Vec<Carried>,
    /// Paid from the community account to its destinations.
    pub swept: Amount,
    /// Paid in by every home for the street's grid; homes beyond the escrow's bound did not pledge.
    pub pledges: Vec<Amount>,
    /// The promises.
    pub checks: Vec<Check>,
    /// What it cost, on a chain.
    pub spent: Option<Spent>,
}

/// A report that reached the chain.
pub(crate) struct Carried {
    /// Its length.
    pub bytes: usize,
    /// Its signatures.
    pub signatures: usize,
    /// What they signed, hex.
    pub digest: String,
}

/// How long before the first interval the story begins: three projects from pledge to end take so long.
pub const PROLOGUE: u64 = 280 * DAY;
const DAY: u64 = 86_400;

/// So many days, s.
const fn days(count: u64) -> u64 {
    count.saturating_mul(DAY)
}

/// Everything the story needs, worked out before it begins.
pub(crate) struct Setting {
    /// What is assumed beside the readings.
    pub scenario: Scenario,
    /// The same as the run tells it.
    pub options: Options,
    /// The readings.
    pub dataset: Dataset,
    /// The reports to come.
    pub slices: Vec<Slice>,
    /// The grid's policy.
    pub policy: Policy,
    /// What every home deposits.
    pub deposits: Vec<Amount>,
    /// Import and export of every home in all.
    pub energies: Vec<(EnergyTotal, EnergyTotal)>,
}

/// What every grid of the story has in common.
#[derive(Clone, Copy)]
struct Neighbourhood<'a> {
    setting: &'a Setting,
    homes: &'a [Home],
    /// The project that paid for the street's grid, which the fees flow to.
    street: ProjectId,
}

/// Tells it from the first pledge to the last withdrawal. Where a message fails because a promise was broken before it,
/// the error names the promise.
pub(crate) fn tell(setting: &Setting, chain: Box<dyn Chain>, progress: Progress) -> Result<Told> {
    let mut promises = Promises::default();
    let told = tell_all(setting, chain, progress, &mut promises);
    told.map_err(|error| match promises.first_breach() {
        Some(breach) => error.context(format!("broken promise: {breach}")),
        None => error,
    })
}

fn tell_all(
    setting: &Setting,
    chain: Box<dyn Chain>,
    progress: Progress,
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

    let mut settled = Settled::with_capacity(dataset, setting.slices.len());
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
            progress(reports.len(), setting.slices.len());
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
