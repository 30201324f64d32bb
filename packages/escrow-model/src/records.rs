//! What is remembered of pledges, payees, work and claims.

use std::collections::BTreeSet;

use crate::conditions::Asks;
use crate::deal::Deal;

#[derive(Clone, Debug)]
pub struct Pledge {
    pub amount: u128,
    pub asks: Asks,
    /// Its place in the order of pledging; none once it is in the set.
    pub place: Option<u64>,
    /// What the project took.
    pub paid: u128,
    /// What verdicts, defects claims and an early end gave back.
    pub returned: u128,
    pub refunded: u128,
    pub claimed: u128,
}

/// One who is paid.
#[derive(Clone, Debug)]
pub struct Payee {
    pub name: String,
    pub next: Option<String>,
    pub drawn: u128,
    /// The milestones of which it drew what is paid at once.
    pub drew_of: BTreeSet<usize>,
}

/// A submitted milestone.
#[derive(Clone, Debug, Default)]
pub struct Work {
    pub at: u64,
    pub objecting: BTreeSet<String>,
    pub disputed_at: Option<u64>,
    pub decided: Option<Decided>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    pub at: u64,
    pub kept: u16,
    /// The contractor agreed.
    pub agreed: bool,
}

impl Work {
    /// A verdict, or silence, left nothing.
    pub fn is_missed(&self) -> bool {
        self.decided
            .is_some_and(|decided| decided.kept == 0 && !decided.agreed)
    }

    /// When it was or will be settled, where that is known.
    pub fn settled(&self, deal: &Deal) -> Option<u64> {
        match (self.decided, self.disputed_at) {
            (Some(decided), _) => Some(decided.at),
            (None, Some(_)) => None,
            (None, None) => Some(self.at + deal.review),
        }
    }
}

/// A defects claim.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub amount: u128,
    pub supporting: BTreeSet<String>,
    pub open_at: Option<u64>,
    /// How many came before the decider by then, this one among them.
    pub came: usize,
    pub decided: Option<(Decided, u128)>,
}
