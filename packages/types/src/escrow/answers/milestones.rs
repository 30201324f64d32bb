//! The work: milestones, and what is offered and agreed about them.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_units::{Amount, UnixSeconds};

use crate::escrow::disputes::{ClaimId, Decision, Proposal, Reason};

/// Where a milestone stands.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum MilestoneStatus {
    /// Not submitted.
    Pending,
    /// In review.
    Submitted,
    /// Objected to by enough; the decider's time runs.
    Disputed,
    /// Reviewed or decided; somebody has not drawn their part yet.
    Payable,
    /// Drawn by everybody who has a part in it, less the retention; never before anything was drawn.
    Paid,
    /// A decision left nothing of it to be paid.
    Returned,
}

/// One milestone.
#[cw_serde]
pub struct MilestoneResponse {
    /// Short name.
    pub title: String,
    /// Where it stands now.
    pub status: MilestoneStatus,
    /// What it pays in all, retention included; zero before the project is funded and once it failed.
    pub amount: Amount,
    /// The part of it that is retained.
    pub retained: Amount,
    /// When it is due now, as agreements and disputes moved it; it can be submitted until somebody ends the project.
    pub due: UnixSeconds,
    /// When it was submitted.
    pub submitted_at: Option<UnixSeconds>,
    /// When its review ends; it becomes payable then, unless it is disputed.
    pub payable_at: Option<UnixSeconds>,
    /// What was paid by those who object.
    pub objected: Amount,
    /// Since when it is disputed.
    pub disputed_at: Option<UnixSeconds>,
    /// Until when the decider can decide.
    pub decide_until: Option<UnixSeconds>,
    /// How the dispute ended.
    pub decided: Option<Decision>,
    /// Why the decider decided so; nothing where silence or consent did.
    pub verdict: Option<Reason>,
    /// What it pays as it was decided, retention included; all of it where it was not disputed.
    pub kept: Amount,
    /// SHA-256 of the evidence.
    pub evidence_hash: Option<HexBinary>,
    /// Where the evidence is kept.
    pub evidence_uri: Option<String>,
}

/// A standing offer.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct OfferResponse {
    /// Its number.
    pub number: u64,
    /// What is offered.
    pub proposal: Proposal,
    /// What was paid by those who consent so far.
    pub consented: Amount,
}

/// What a holder has said so far.
#[cw_serde]
pub struct VotesResponse {
    /// What the holder paid: the weight of what it says.
    pub paid: Amount,
    /// The milestones that it objects to, or objected to.
    pub objects_to: Vec<u32>,
    /// Whether it consents to the standing offer.
    pub consents: bool,
    /// Whether it wants the project to end now.
    pub wants_end: bool,
    /// The defects claim that it supports, while that is not decided.
    pub supports: Option<ClaimId>,
}
