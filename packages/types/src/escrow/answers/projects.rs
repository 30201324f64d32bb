//! A project and where it stands.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, HexBinary};
use gridpact_units::{Amount, UnixSeconds};

use super::milestones::{MilestoneResponse, OfferResponse};
use crate::asset::Asset;
use crate::escrow::disputes::ClaimId;
use crate::escrow::terms::ProjectId;

/// The deployment.
#[cw_serde]
pub struct ConfigResponse {
    /// Assets a project may use.
    pub assets: Vec<Asset>,
    /// How many projects there are.
    pub projects: u64,
}

/// Where a project stands. It follows from the books and the time; no message is needed to move it on.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Phase {
    /// Pledges are taken.
    Open,
    /// The target is reached; the contractor has not accepted yet. Exits are closed.
    Funded,
    /// The contractor works.
    Active,
    /// All milestones are settled; the retention is kept.
    Defects,
    /// The defects period is over, and no claim of it is open.
    Closed,
    /// Not funded by the deadline, or not accepted in time: everybody takes their money back.
    Failed,
    /// Ended early: after a due date, after a verdict that left nothing, or together.
    Terminated,
}

/// One project.
#[cw_serde]
pub struct ProjectResponse {
    /// Its number.
    pub project: ProjectId,
    /// Its terms: the JSON bytes that were written and hashed when it opened. `Terms::from_bytes` reads them by their version.
    pub terms: Binary,
    /// SHA-256 of these bytes, 32 bytes.
    pub terms_hash: HexBinary,
    /// Where it stands now.
    pub phase: Phase,
    /// Pledged by everybody so far.
    pub pledged: Amount,
    /// Number of pledges.
    pub pledges: u32,
    /// Pledged by the greatest self-consistent set.
    pub consistent: Amount,
    /// Number of pledges in that set.
    pub consistent_pledges: u32,
    /// What the project took in: the set's pledges, at most the cap. Nothing before it is funded, nor once it failed.
    pub funded: Option<Amount>,
    /// When the target was reached.
    pub funded_at: Option<UnixSeconds>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// The milestones in their order.
    pub milestones: Vec<MilestoneResponse>,
    /// What the contractor and the payees can draw now, all together.
    pub drawable: Amount,
    /// When the defects period ends; the retention becomes drawable then, unless a claim is open.
    pub defects_end: Option<UnixSeconds>,
    /// The bond that the contractor posted.
    pub bond: Amount,
    /// What went back to the holders so far, by verdicts, defects claims and an early end, taken or not.
    pub returned: Amount,
    /// How the project ended early.
    pub ended: Option<Ended>,
    /// The contractor's standing offer.
    pub offer: Option<OfferResponse>,
    /// What must have been paid by those who consent, to an offer or to an end. Nothing before the project is funded.
    pub consent_needed: Amount,
    /// What was paid by those who want the project to end now.
    pub end_consented: Amount,
    /// Since or until when holders of the consent share can end the project: the due date of the next milestone.
    pub next_due: Option<UnixSeconds>,
    /// What was paid by those who can dispute a milestone or a defect, at least; none where there is no decider.
    pub objection_needed: Option<Amount>,
    /// What is left of the retention that claims can ask for.
    pub retention_left: Amount,
    /// The claims that are before the decider.
    pub open_claims: Vec<ClaimId>,
}

/// An early end.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Ended {
    /// When.
    pub at: UnixSeconds,
    /// The part of the bond that went to the holders: all of it, or nothing after an end together.
    pub forfeited: Amount,
}

/// A page of projects.
#[cw_serde]
pub struct ProjectsResponse {
    /// The projects, by number.
    pub projects: Vec<ProjectResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// What another contract needs to know of a project before it pays it.
#[cw_serde]
pub struct StandingResponse {
    /// Where it stands now.
    pub phase: Phase,
    /// Its one asset.
    pub asset: Asset,
    /// SHA-256 of its terms, 32 bytes.
    pub terms_hash: HexBinary,
}
