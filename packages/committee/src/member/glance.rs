//! How the window stands, for people and metrics.

use gridpact_units::IntervalIndex;

use super::state::Member;
use crate::file::hash::FileHash;
use crate::moment::Moment;
use crate::record::Record;
use crate::signing::Signing;

/// How the window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Its first interval.
    pub first: IntervalIndex,
    /// The committee's epoch.
    pub epoch: u32,
    /// This member's position.
    pub me: u8,
    /// How many members there are.
    pub members: u8,
    /// How many must sign.
    pub quorum: u8,
    /// The shared file in force.
    pub file: FileHash,
    /// When slot 0 begins.
    pub anchor: Moment,
    /// The slot that runs, if one does.
    pub slot: Option<u16>,
    /// Observations of that slot that are here; before the first one, of that.
    pub observations: usize,
    /// Votes of that slot that are here.
    pub votes: usize,
    /// Whether a certificate is held that the chain has not taken yet.
    pub certified: bool,
    /// Whether somebody else was met who signs with this key.
    pub doppelganger: bool,
}

impl<K: Signing, R: Record> Member<K, R> {
    /// Looks; `None` before there is a window with a file in force.
    pub fn glance(&self, now: Moment) -> Option<Glance> {
        let (bench, window) = self.bench()?;
        let slot = bench.slots().at(now);
        let votes = window.mailbox.votes();
        Some(Glance {
            first: window.next.first,
            epoch: window.next.epoch,
            me: window.me,
            members: bench.state.committee.size(),
            quorum: bench.state.committee.quorum,
            file: bench.file,
            anchor: bench.slots().anchor,
            slot,
            observations: window
                .mailbox
                .observations(slot.unwrap_or(bench.slots().first))
                .count(),
            votes: votes
                .filter(|(_, vote, _)| Some(vote.header.revision) == slot)
                .count(),
            certified: window.certificates.stands(),
            doppelganger: self.doppelganger,
        })
    }
}
