//! What is said against the work, and why.

use cosmwasm_schema::cw_serde;
use gridpact_units::{Amount, UnixSeconds};

use crate::escrow::disputes::{ClaimId, Decision, Reason};

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
    /// Why the decider decided so; nothing where silence or consent did.
    pub verdict: Option<Reason>,
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
