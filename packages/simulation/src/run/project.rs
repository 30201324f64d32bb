//! What happened in the escrow.

use gridpact_units::Amount;
use serde::{Deserialize, Serialize};

/// One project in the escrow, from the first pledge to its end.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// For instance `The founding line`.
    pub title: String,
    /// One sentence for people.
    pub description: String,
    /// How it ended.
    pub ending: Ending,
    /// What must come together.
    pub target: Amount,
    /// Pledges in the order made.
    pub pledges: Vec<Pledge>,
    /// Named parties that never pledged.
    pub absent: Vec<String>,
    /// When it opened.
    pub opened_at: u64,
    /// Pledges were taken before this second.
    pub deadline: u64,
    /// When it latched as funded.
    pub funded_at: Option<u64>,
    /// Who builds.
    pub contractor: String,
    /// When the contractor accepted the terms.
    pub accepted_at: Option<u64>,
    /// What the contractor drew, in order.
    pub milestones: Vec<Milestone>,
    /// Held back until the defects period ends; part of `target`.
    pub retention: Option<Retention>,
    /// Who took back what, in order; only in projects that failed.
    pub refunds: Vec<Refund>,
}

/// How a project ended.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Built, and the contractor paid.
    Completed,
    /// Not funded in time: everybody took their money back.
    Failed,
}

/// One pledge.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Pledge {
    /// Who.
    pub party: String,
    /// How much was locked.
    pub amount: Amount,
    /// The condition in words, for instance `if B and C each pledge 10,000`; empty for none.
    pub condition: String,
    /// When.
    pub at: u64,
    /// True where this pledge was the one that completed the funding.
    pub funds: bool,
}

/// One milestone.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// For instance `Cable in the ground`.
    pub title: String,
    /// Its part of the money, retention included.
    pub amount: Amount,
    /// When the evidence came.
    pub submitted_at: u64,
    /// When the review period had passed without objection and the contractor drew.
    pub paid_at: u64,
    /// What the contractor got then: `amount` less the retention.
    pub paid: Amount,
}

/// What was held back.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Held back of all milestones together.
    pub amount: Amount,
    /// When it was released; `None` while the defects period runs.
    pub released_at: Option<u64>,
}

/// One refund.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Who.
    pub party: String,
    /// What came back.
    pub amount: Amount,
    /// When.
    pub at: u64,
}
