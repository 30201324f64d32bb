//! What the story begins with.

use gridpact_market::Policy;
use gridpact_readings::dataset::Dataset;
use gridpact_units::{Amount, EnergyTotal};

use crate::connections::Connections;
use crate::run::Options;
use crate::scenario::Scenario;
use crate::schedule::Slice;

/// How long before the first interval the story begins: three projects from pledge to end take so long.
pub const PROLOGUE: u64 = 280 * DAY;
/// A day, s.
pub(super) const DAY: u64 = 86_400;

/// So many days, s.
pub(super) const fn days(count: u64) -> u64 {
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
    /// What is agreed with every meter.
    pub connections: Connections,
    /// The reports to come.
    pub slices: Vec<Slice>,
    /// The grid's policy.
    pub policy: Policy,
    /// What every home deposits.
    pub deposits: Vec<Amount>,
    /// Import and export of every home in all.
    pub energies: Vec<(EnergyTotal, EnergyTotal)>,
}
