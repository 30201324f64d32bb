//! A project at a moment. What is agreed, what happened and the time say everything else: where the project stands (`phase`,
//! `dates`), what became of disputes (`disputes`),
//! what its work is worth (`milestones`), what a pledger can take (`claims`), where every unit is (`books`). Pure.

use gridpact_types::escrow::disputes::{Decision, Dispute};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use crate::project::Project;
use crate::working_terms::WorkingTerms;

/// A project at a moment.
pub(crate) struct Case {
    pub id: ProjectId,
    /// What is agreed.
    pub terms: WorkingTerms,
    /// What happened.
    pub project: Project,
    pub now: UnixSeconds,
    /// Disputes that ended by silence, and of which no message noted it yet: see `disputes`.
    pub lapsed: Vec<Settled>,
}

/// A dispute that ended, and what it left to the holders.
#[derive(Clone)]
pub(crate) struct Settled {
    pub dispute: Dispute,
    pub decision: Decision,
    pub returned: Amount,
}
