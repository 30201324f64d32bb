//! What the chain says, as far as the committee's rules need it. Whoever asks the node brings it, all of it from one height.

use std::sync::Arc;

use gridpact_report::limit::ReportLimit;
use gridpact_report::{Domain, Mode, Resolution};
use gridpact_units::{IntervalIndex, Power, Seconds, Slot, UnixSeconds};

/// What never changes for a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The chain, part of everything that is signed.
    pub chain_id: String,
    /// The registry, part of everything that is signed.
    pub registry: String,
    /// Length of an interval, and how long after its end one may be reported.
    pub limit: ReportLimit,
    /// Energy of one count.
    pub resolution: Resolution,
}

impl Grid {
    /// Where its reports count.
    pub fn domain(&self) -> Domain<'_> {
        Domain {
            chain_id: &self.chain_id,
            registry: &self.registry,
        }
    }

    /// How many whole intervals a duration takes; at least 1.
    pub fn intervals_in(&self, duration: Seconds) -> u16 {
        let intervals = duration.0.checked_div(self.limit.length.seconds().into());
        u16::try_from(intervals.unwrap_or(1)).unwrap_or(u16::MAX).max(1)
    }

    /// When an interval begins.
    pub fn start_of(&self, interval: IntervalIndex) -> UnixSeconds {
        UnixSeconds(self.limit.length.start_of(interval))
    }
}

/// The committee of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committee {
    /// Its keys, compressed; a member is its position here.
    pub keys: Vec<[u8; 33]>,
    /// How many must sign.
    pub quorum: u8,
}

impl Committee {
    /// How many members it has; at most 32.
    pub fn size(&self) -> u8 {
        u8::try_from(self.keys.len()).unwrap_or(u8::MAX)
    }

    /// The member with a key.
    pub fn position(&self, key: &[u8; 33]) -> Option<u8> {
        let position = self.keys.iter().position(|known| known == key)?;
        u8::try_from(position).ok()
    }
}

/// A seat of the roster that the next report follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who sits there; `None`: nobody, and its reading is a missing one.
    pub slot: Option<Slot>,
    /// Most it takes from the wire.
    pub import_limit: Power,
    /// Most it gives to the wire.
    pub export_limit: Power,
}

/// A report that the chain accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The time of the block.
    pub at: UnixSeconds,
    /// The report's revision: the slot in which it was signed.
    pub revision: u16,
}

/// What the next report must cover, at one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainState {
    /// The block that it was asked of.
    pub height: u64,
    /// Where the next report begins. Before the first meter is admitted there is no state to bring.
    pub first: IntervalIndex,
    /// The committee's epoch.
    pub epoch: u32,
    /// The committee of that epoch.
    pub committee: Arc<Committee>,
    /// The roster that it follows.
    pub roster_version: u32,
    /// All seats of that roster.
    pub seats: Arc<Vec<Seat>>,
    /// Where that roster ends, if a later one is scheduled.
    pub roster_ends: Option<IntervalIndex>,
    /// When a gap was last closed.
    pub closing: Option<UnixSeconds>,
    /// What became of the window before. `None`: it was closed as a gap, or there is none.
    pub accepted_before: Option<Accepted>,
    /// Whether intervals must first be closed as a gap; nothing is signed until they are.
    pub gap: bool,
}

/// What one report may stand for. While it stays the same the members work on the same report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Next {
    /// The committee's epoch.
    pub epoch: u32,
    /// First interval.
    pub first: IntervalIndex,
    /// The roster.
    pub roster_version: u32,
}

impl ChainState {
    /// Which report is next.
    pub fn next(&self) -> Next {
        Next {
            epoch: self.epoch,
            first: self.first,
            roster_version: self.roster_version,
        }
    }

    /// Where a report may reach at most, whatever the time: what a report holds, where the roster ends, and what the grace
    /// after a closing leaves.
    pub fn farthest(&self, grid: &Grid) -> IntervalIndex {
        let holds = self.first.plus(Mode::Open.max_intervals().into());
        self.hard_ends(grid).fold(holds, IntervalIndex::min)
    }

    /// Ends that no boundary of a window has to lie at.
    pub(crate) fn hard_ends<'a>(&'a self, grid: &'a Grid) -> impl Iterator<Item = IntervalIndex> + 'a {
        let grace = self.closing.map(|closing| grace_end(grid, closing));
        // A report that begins behind it is older than no later closing's first interval.
        let grace = grace.filter(|end| *end > self.first);
        self.roster_ends.into_iter().chain(grace)
    }
}

/// The oldest interval that the earliest next closing leaves. In the grace the age of intervals stands still and nothing is
/// closed; in the second after it everything before this interval is too old. A window that was signed in the grace and ends
/// here or before is then closed whole or not at all, so it shares no interval with one that is signed afterwards.
fn grace_end(grid: &Grid, closing: UnixSeconds) -> IntervalIndex {
    let after = closing.plus(grid.limit.grace()).plus(Seconds(1));
    grid.limit.oldest(after, None)
}
