//! What happened to a project so far. Where it stands follows from this, its terms and the time: see `case`.
//!
//! Records are read by name: a later version can add a field with `#[serde(default)]` and still reads these.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_units::{Amount, UnixSeconds};

use crate::shares::Division;

/// What happened to a project so far.
#[cw_serde]
pub struct Project {
    /// SHA-256 of the terms.
    pub terms_hash: HexBinary,
    /// Standing pledges.
    pub pledges: u32,
    /// Their sum.
    pub pledged: Amount,
    /// Those of them in the greatest self-consistent set.
    pub consistent_pledges: u32,
    /// Their sum.
    pub consistent: Amount,
    /// How many places in the order of pledging were given; only pledges outside the set have one.
    pub last_number: u64,
    /// When the target was reached, and what the project took in.
    pub funded: Option<Funded>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// When each milestone submitted so far was, in the order of the terms. What shows that it is done is kept apart: every
    /// message reads this record, and most write it.
    pub submitted_at: Vec<UnixSeconds>,
    /// Ended early.
    pub terminated: Option<Terminated>,
    /// Running totals.
    pub totals: Totals,
}

/// The latch.
#[cw_serde]
pub struct Funded {
    /// When.
    pub at: UnixSeconds,
    /// What the project took in: the set's pledges, but at most the cap.
    pub total: Amount,
}

/// An early end.
#[cw_serde]
pub struct Terminated {
    /// When.
    pub at: UnixSeconds,
    /// What no submitted milestone earned, divided among the members by what they paid.
    pub returned: Division,
}

/// Running totals of a project. They only grow, except `displaced`.
#[cw_serde]
#[derive(Default)]
pub struct Totals {
    /// Came in as pledges, ever.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Drawn by the contractor.
    pub drawn: Amount,
    /// Revenue taken by pledgers.
    pub revenue_claimed: Amount,
    /// Taken back from standing pledges.
    pub refunded: Amount,
    /// Of displaced pledges: not taken back yet.
    pub displaced: Amount,
    /// Of displaced pledges: taken back.
    pub displaced_refunded: Amount,
}

/// What shows that a milestone is done; read by queries alone.
#[cw_serde]
pub(crate) struct Evidence {
    /// Its SHA-256.
    pub hash: HexBinary,
    /// Where it is kept.
    pub uri: String,
}

/// A standing pledge.
#[cw_serde]
#[derive(Default)]
pub struct Pledge {
    /// How much.
    pub amount: Amount,
    /// Of a member's: what found no room up to the cap. Noted when the target is reached.
    pub above_cap: Amount,
    /// Taken back so far.
    pub refunded: Amount,
    /// Revenue taken so far.
    pub revenue_claimed: Amount,
}

impl Project {
    /// Nothing happened yet.
    pub(crate) fn new(terms_hash: HexBinary) -> Self {
        Self {
            terms_hash,
            pledges: 0,
            pledged: Amount::ZERO,
            consistent_pledges: 0,
            consistent: Amount::ZERO,
            last_number: 0,
            funded: None,
            accepted_at: None,
            submitted_at: Vec::new(),
            terminated: None,
            totals: Totals::default(),
        }
    }
}
