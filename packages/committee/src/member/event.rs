//! What happens to a member.

use gridpact_units::Reading;

use crate::chain::{ChainState, Next};
use crate::file::hash::FileHash;
use crate::file::shape::SharedFile;

/// What happens to a member.
#[derive(Clone, Debug)]
pub enum Event {
    /// Time passed.
    Tick,
    /// The chain's state, all of it from one height.
    Chain(Box<ChainState>),
    /// A shared file came, from the operator or a peer. Checked against the grid by whoever brings it.
    File(Box<SharedFile>),
    /// The operator accepts a shared file.
    Accept(FileHash),
    /// What this member read, as [`Action::Read`](super::action::Action::Read) asked: interval by interval, in each the seats.
    Read {
        /// The window.
        next: Next,
        /// The slot.
        slot: u16,
        /// Intervals x seats readings; missing: not read.
        readings: Vec<Reading>,
        /// As it was asked.
        ahead: bool,
    },
    /// Bytes of a peer.
    Message(Vec<u8>),
    /// A certificate was carried, and the chain refused it.
    Refused {
        /// The certificate's digest.
        digest: [u8; 32],
        /// At which height, and for a reason that waiting does not mend; `None`: for its fee or sequence, or it did not come to
        /// the chain at all.
        height: Option<u64>,
    },
    /// How far a peer's clock is before this one's, in ms, measured by whoever talks to it.
    Clock {
        /// Whose.
        member: u8,
        /// Milliseconds; below zero: behind.
        ahead: i64,
    },
    /// The operator knows that nobody else has the key: sign again.
    Resume,
}
