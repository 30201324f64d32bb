//! How much of what was paid has to agree. Pure.
//!
//! Holders vote by what they paid. A share is reached by a tally t of a whole w at s basis points where t >= s x w / 10,000, so at
//! the least whole unit that is no less: ceil(s x w / 10,000). Above 5,000 basis points that is more than half of w, so two
//! groups without a common holder never both reach it. A tally is one sum, kept as votes come: nobody is counted again.

use gridpact_units::BasisPoints;

use crate::shares::part;

/// The least tally that reaches a share of the whole; at least one unit, so that nobody never suffices.
pub fn needed(share: BasisPoints, whole: u128) -> u128 {
    let points = u128::from(BasisPoints::WHOLE.0);
    // Rounded up: what may be lacking is rounded down.
    let lacking = points.saturating_sub(share.0.into());
    whole.saturating_sub(part(whole, lacking, points)).max(1)
}
