//! What the escrow answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, HexBinary, Uint256};
use gridpact_units::{Amount, UnixSeconds};

use super::disputes::{ClaimId, Decision, Proposal, Reason};
use super::terms::{Condition, ProjectId};
use crate::asset::Asset;

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
    /// What it pays as it was decided, retention included; all of it where it was not disputed.
    pub kept: Amount,
    /// SHA-256 of the evidence.
    pub evidence_hash: Option<HexBinary>,
    /// Where the evidence is kept.
    pub evidence_uri: Option<String>,
}

/// A page of projects.
#[cw_serde]
pub struct ProjectsResponse {
    /// The projects, by number.
    pub projects: Vec<ProjectResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// One pledge.
#[cw_serde]
pub struct PledgeResponse {
    /// Who pledged.
    pub pledger: String,
    /// How much.
    pub amount: Amount,
    /// What it asks of the others.
    pub condition: Condition,
    /// Whether it is in the greatest self-consistent set.
    pub consistent: bool,
    /// What the project took of it; zero before it is funded and once it failed.
    pub paid: Amount,
    /// What can be taken back now, of this pledge and of displaced ones.
    pub refundable: Amount,
    /// The part of it that is of displaced pledges.
    pub displaced: Amount,
    /// Revenue that can be taken now.
    pub revenue: Amount,
}

/// A page of pledges.
#[cw_serde]
pub struct PledgesResponse {
    /// The pledges, by address.
    pub pledges: Vec<PledgeResponse>,
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

/// An address's pledge in one project.
#[cw_serde]
pub struct ProjectPledge {
    /// The project.
    pub project: ProjectId,
    /// Where the project stands now.
    pub phase: Phase,
    /// The pledge, and what it can claim.
    pub pledge: PledgeResponse,
}

/// A page of an address's pledges.
#[cw_serde]
pub struct PledgesOfResponse {
    /// The pledges, by project.
    pub pledges: Vec<ProjectPledge>,
    /// Whether more follow.
    pub more: bool,
}

/// What a pledge would do.
#[cw_serde]
pub struct IfPledgedResponse {
    /// Why it would be refused. Then all else is as it is without it.
    pub refused: Option<String>,
    /// Whether it would be in the greatest self-consistent set at once.
    pub consistent: bool,
    /// What the project would take of it; zero where it would not fund the project.
    pub paid: Amount,
    /// How many pledges of others would join the set with it.
    pub others_joining: u32,
    /// Whose pledge would lose its place in a full list.
    pub displaced: Option<String>,
    /// What the set would come to.
    pub consistent_total: Amount,
    /// How many pledges it would have.
    pub consistent_pledges: u32,
    /// What the project would take in, where this would fund it.
    pub funded: Option<Amount>,
}

/// An objection to a milestone.
#[cw_serde]
pub struct ObjectionResponse {
    /// Who objects.
    pub holder: String,
    /// What the holder paid.
    pub amount: Amount,
    /// Why.
    pub reason: Reason,
    /// Since when.
    pub at: UnixSeconds,
}

/// A page of objections to a milestone.
#[cw_serde]
pub struct ObjectionsResponse {
    /// The objections, by address.
    pub objections: Vec<ObjectionResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// Where a defects claim stands.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum ClaimStatus {
    /// Too few support it.
    Gathering,
    /// The decider's time runs.
    Open,
    /// Decided.
    Decided,
    /// Too few supported it until the defects period was over.
    Lapsed,
}

/// A defects claim.
#[cw_serde]
pub struct ClaimResponse {
    /// Its number.
    pub claim: ClaimId,
    /// Where it stands now.
    pub status: ClaimStatus,
    /// Who made it.
    pub holder: String,
    /// The sum that it asks for.
    pub amount: Amount,
    /// Why.
    pub reason: Reason,
    /// When it was made.
    pub at: UnixSeconds,
    /// What was paid by those who support it.
    pub supported: Amount,
    /// Until when the decider can decide.
    pub decide_until: Option<UnixSeconds>,
    /// How it was decided.
    pub decided: Option<Decision>,
    /// What the holders got of the retention.
    pub awarded: Amount,
}

/// A page of defects claims.
#[cw_serde]
pub struct ClaimsResponse {
    /// The claims, by number.
    pub claims: Vec<ClaimResponse>,
    /// Whether more follow.
    pub more: bool,
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

/// Why money is held back.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum HeldWhy {
    /// The milestone is in review.
    Review,
    /// The milestone is disputed; less may be paid.
    Dispute,
    /// The retention, until the defects period is over; its end is not known before the last milestone is settled.
    Retention,
    /// The retention, while a defects claim is open; less may be paid.
    Claim,
    /// The bond, until completion.
    Bond,
}

/// Money of a payee that is held back.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Held {
    /// Of which milestone, where it is of one.
    pub milestone: Option<u32>,
    /// How much, at most.
    pub amount: Amount,
    /// Why.
    pub why: HeldWhy,
    /// Until when, at the latest, as far as that is known.
    pub until: Option<UnixSeconds>,
}

/// One who is paid.
#[cw_serde]
pub struct PayeeResponse {
    /// Number; 0 is the contractor.
    pub payee: u32,
    /// Who is paid.
    pub address: String,
    /// Who was named to be paid instead, and has not confirmed.
    pub moving_to: Option<String>,
    /// Drawn so far.
    pub drawn: Amount,
    /// What can be drawn now.
    pub drawable: Amount,
    /// What is held back.
    pub held: Vec<Held>,
}

/// Everybody who is paid.
#[cw_serde]
pub struct PayeesResponse {
    /// By number.
    pub payees: Vec<PayeeResponse>,
}

/// What is owed of displaced pledges.
#[cw_serde]
pub struct DisplacedPledge {
    /// Who pledged.
    pub pledger: String,
    /// What can be taken back now.
    pub amount: Amount,
}

/// A page of what is owed of displaced pledges.
#[cw_serde]
pub struct DisplacedResponse {
    /// What is owed, by address.
    pub displaced: Vec<DisplacedPledge>,
    /// Whether more follow.
    pub more: bool,
}

/// Where every unit of an asset is, over all that ever came, which may be more than an amount can be.
/// `pledged + bonds + revenue = paid + refunded + held`, after every message; what is held is claimable or locked, project by project.
#[cw_serde]
#[derive(Copy, Default)]
pub struct AssetBooksResponse {
    /// Came in as pledges.
    pub pledged: Uint256,
    /// Came in as contractors' bonds.
    pub bonds: Uint256,
    /// Came in as revenue.
    pub revenue: Uint256,
    /// Went to contractors and payees or, as revenue, to pledgers.
    pub paid: Uint256,
    /// Went back to pledgers, forfeited bonds included.
    pub refunded: Uint256,
    /// Is here.
    pub held: Uint256,
}

/// Where every unit of a project is. `pledged + bond + revenue = paid + refunded + claimable + locked`, after every message.
#[cw_serde]
#[derive(Copy, Default)]
pub struct BooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as the contractor's bond.
    pub bond: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to the contractor and payees or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers, forfeited bonds included.
    pub refunded: Amount,
    /// Somebody can take it now.
    pub claimable: Amount,
    /// Kept for what is still open.
    pub locked: Amount,
}
