//! Who carries a certificate when: the one who proposed it at once, the others 20 s apart in the order after it. Anybody may,
//! and the chain takes one and finds the others harmless, so the order only saves fees.

use crate::bounds::CARRY_STEP;
use crate::moment::{milliseconds, Moment};

/// When a member carries a certificate that it holds since a moment.
pub fn carries_at(held: Moment, leader: u8, member: u8, members: u8) -> Moment {
    let members = u64::from(members.max(1));
    let behind = u64::from(member)
        .saturating_add(members)
        .saturating_sub(u64::from(leader).min(members));
    let place = behind.checked_rem(members).unwrap_or(0);
    held.plus(milliseconds(CARRY_STEP).saturating_mul(place))
}
