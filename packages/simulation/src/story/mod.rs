//! The story through the contracts: a chain inside the program, the messages that people would send, and from outside
//! the check of every promise.

mod books;
mod chain;
mod grid;
mod meters;
mod people;
mod project;
mod projects;
mod promises;
mod verify;

use anyhow::{ensure, Context, Result};
use gridpact_market::Policy;
use gridpact_units::Amount;
use indicatif::ProgressBar;

use crate::options::Plan;
use crate::run::{Check, Project, Spent};
use crate::simulate::{Needs, Settled, Slice};
use chain::Chain;
use grid::Grid;
use gridpact_readings::Dataset;

pub use chain::Node;
pub use promises::{Promise, Promises};

/// What the chain adds to the settled windows.
pub struct Told {
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
pub struct Carried {
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

/// Everything the story needs.
pub struct Setting<'a> {
    /// What was asked for.
    pub plan: &'a Plan,
    /// The readings.
    pub dataset: &'a Dataset,
    /// The reports to come.
    pub slices: &'a [Slice],
    /// The grid's policy.
    pub policy: &'a Policy,
    /// What every home deposits.
    pub deposits: &'a [Amount],
    /// Counts windows.
    pub progress: &'a ProgressBar,
}

/// Tells it from the first pledge to the last withdrawal. Where a message fails because a promise was broken before it,
/// the error names the promise.
/// `node` is the devnet to tell it on; without one it is told inside the program.
pub fn tell(setting: &Setting, node: Option<Node>) -> Result<Told> {
    let mut promises = Promises::default();
    let told = tell_all(setting, node, &mut promises);
    told.map_err(|error| match promises.first_breach() {
        Some(breach) => error.context(format!("broken promise: {breach}")),
        None => error,
    })
}

fn tell_all(setting: &Setting, node: Option<Node>, promises: &mut Promises) -> Result<Told> {
    let Setting {
        plan,
        dataset,
        slices,
        ..
    } = setting;
    let first = dataset.stretches.first().context("no stretch")?;
    let start = dataset.interval.start_of(first.first);
    let begin = start
        .checked_sub(PROLOGUE)
        .context("readings must begin in October 1970 or later")?;
    let mut chain = match node {
        Some(node) => Chain::node(node, begin)?,
        None => Chain::local(&plan.currency, begin)?,
    };
    let homes = people::homes(&mut chain, dataset.meters.len(), plan.pledge, setting.deposits)?;
    let (projects, street) = projects::tell(&mut chain, promises, plan, &homes, start)?;

    let mut settled = Settled::with_capacity(dataset, slices.len());
    let mut reports = Vec::with_capacity(slices.len());
    let mut swept = 0;
    let mut balances = setting.deposits.to_vec();
    let mut needs = Needs::new(homes.len());
    for stretch in 0..dataset.stretches.len() {
        let mut grid = Grid::open(&mut chain, setting, &homes, street, stretch, balances, needs)?;
        for slice in slices.iter().filter(|slice| slice.stretch == stretch) {
            let carried = grid.report(&mut chain, promises, setting, slice, &mut settled)?;
            reports.push(carried);
            setting.progress.inc(1);
        }
        let ending = grid.close(&mut chain, promises, &homes, plan)?;
        (balances, needs) = (ending.balances, ending.needs);
        swept += ending.swept;
    }
    ensure!(
        settled.intervals.len() == dataset.intervals(),
        "not every interval was settled"
    );
    settled.balances = balances;
    settled.needed = needs.peaks();
    verify::after(&mut chain, promises, setting, &homes, &settled, street)?;
    let pledges = homes.iter().map(|home| home.pledge).collect();
    Ok(Told {
        projects,
        settled,
        reports,
        swept: Amount(swept),
        pledges,
        checks: promises.checks(),
        spent: chain.spent()?,
    })
}
