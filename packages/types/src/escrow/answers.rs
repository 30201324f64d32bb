//! What the escrow answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, HexBinary};
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
    /// Drawn, less the retention.
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
    /// What the project took in when it was funded: the set's pledges, at most the cap.
    pub funded: Option<Amount>,
    /// When it was funded.
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
    /// What it pays in all, retention included; zero before the project is funded.
    pub amount: Amount,
    /// The part of it that is retained.
    pub retained: Amount,
    /// When it must be submitted.
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
    /// What the project took of it; zero before it is funded.
    pub paid: Amount,
    /// What can be taken back now.
    pub refundable: Amount,
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

/// Where every unit of an asset is. `pledged + revenue = paid + refunded + held`, after every message; what is held is
/// claimable or locked, project by project.
#[cw_serde]
#[derive(Copy, Default)]
pub struct AssetBooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to contractors or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Is here.
    pub held: Amount,
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
