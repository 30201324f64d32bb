//! What the escrow answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, HexBinary, Uint256};
use gridpact_units::{Amount, UnixSeconds};

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
    /// All milestones are payable; the retention is kept.
    Defects,
    /// The defects period is over.
    Closed,
    /// Not funded by the deadline, or not accepted in time: everybody takes their money back.
    Failed,
    /// A milestone was not submitted in time.
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
    /// Reviewed, not drawn yet.
    Payable,
    /// Drawn, less the retention; never before anything was drawn.
    Paid,
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
    /// What the contractor can draw now.
    pub drawable: Amount,
    /// When the retention becomes drawable.
    pub defects_end: Option<UnixSeconds>,
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
    /// When it is due; it can be submitted until the grace of the terms is over too.
    pub due: UnixSeconds,
    /// When it was submitted.
    pub submitted_at: Option<UnixSeconds>,
    /// When it becomes payable.
    pub payable_at: Option<UnixSeconds>,
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
/// `pledged + revenue = paid + refunded + held`, after every message; what is held is claimable or locked, project by project.
#[cw_serde]
#[derive(Copy, Default)]
pub struct AssetBooksResponse {
    /// Came in as pledges.
    pub pledged: Uint256,
    /// Came in as revenue.
    pub revenue: Uint256,
    /// Went to contractors or, as revenue, to pledgers.
    pub paid: Uint256,
    /// Went back to pledgers.
    pub refunded: Uint256,
    /// Is here.
    pub held: Uint256,
}

/// Where every unit of a project is. `pledged + revenue = paid + refunded + claimable + locked`, after every message.
#[cw_serde]
#[derive(Copy, Default)]
pub struct BooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to the contractor or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Somebody can take it now.
    pub claimable: Amount,
    /// Kept for what is still open.
    pub locked: Amount,
}
