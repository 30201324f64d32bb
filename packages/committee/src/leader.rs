//! Whose turn it is to propose: known to everybody by the clock, and moving on by itself where nobody comes.
//!
//! Turn j of a slot starts at s + j T, while that lies in the slot. Leader of turn j in slot r is
//! `(first 8 bytes of SHA-256("gridpact leader v1" | epoch | first) + r + j) mod n`. So a dead leader costs a turn, and one who
//! splits the votes by two proposals costs a slot. Nobody gains by leading: what a draft must say follows from its observations.

use gridpact_units::{IntervalIndex, Seconds};
use sha2::{Digest, Sha256};

use crate::moment::{milliseconds, Moment};

/// First bytes under the hash.
const TAG: &[u8] = b"gridpact leader v1";

/// The member who leads a turn of a slot, of `members` (at least 1).
pub fn leader(epoch: u32, first: IntervalIndex, slot: u16, turn: u32, members: u8) -> u8 {
    let mut hash = Sha256::new();
    hash.update(TAG);
    hash.update(epoch.to_be_bytes());
    hash.update(first.0.to_be_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let head = hash.first_chunk::<8>().copied().unwrap_or_default();
    // Reduced before the sum, so that the sum cannot wrap and everybody counts alike.
    let members = u64::from(members.max(1));
    let base = u64::from_be_bytes(head).checked_rem(members).unwrap_or(0);
    let sum = base.saturating_add(slot.into()).saturating_add(turn.into());
    u8::try_from(sum.checked_rem(members).unwrap_or(0)).unwrap_or(0)
}

/// The turn that runs in a slot that began at a moment.
pub fn turn(slot_start: Moment, shortest: Seconds, now: Moment) -> u32 {
    let turn = now.since(slot_start).checked_div(milliseconds(shortest));
    u32::try_from(turn.unwrap_or(0)).unwrap_or(u32::MAX)
}

/// When a turn of a slot begins.
pub fn turn_start(slot_start: Moment, shortest: Seconds, turn: u32) -> Moment {
    slot_start.plus(milliseconds(shortest).saturating_mul(turn.into()))
}
