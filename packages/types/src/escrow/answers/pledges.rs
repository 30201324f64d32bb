//! Pledges: for who pledged, and who thinks of it.

use cosmwasm_schema::cw_serde;
use gridpact_units::Amount;

use super::projects::Phase;
use crate::escrow::terms::{Condition, ProjectId};

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
