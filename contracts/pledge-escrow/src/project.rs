//! What happened to a project so far. Where it stands follows from this, its terms and the time: see `case`.
//!
//! Records are read by name: a later version can add a field with `#[serde(default)]` and still reads these.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, HexBinary};
use gridpact_types::escrow::answers::Ended;
use gridpact_types::escrow::disputes::{ClaimId, Decision, Proposal, Reason};
use gridpact_units::{Amount, Seconds, UnixSeconds};

/// What happened to a project so far.
#[cw_serde]
pub struct Project {
    /// SHA-256 of the terms.
    pub terms_hash: HexBinary,
    /// Standing pledges.
    pub pledges: u32,
    /// Their sum.
    pub pledged: Amount,
    /// Those of them in the greatest self-consistent set.
    pub consistent_pledges: u32,
    /// Their sum.
    pub consistent: Amount,
    /// How many places in the order of pledging were given; only pledges outside the set have one.
    pub last_number: u64,
    /// When the target was reached, and what the project took in.
    pub funded: Option<Funded>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// What the contractor posted with the acceptance.
    pub bond: Amount,
    /// The milestones submitted so far, in the order of the terms. What shows that one is done is kept apart, and why who
    /// objects: every message reads this record, and most write it.
    pub submitted: Vec<Work>,
    /// By how much due dates moved by consent, by milestone; empty where none did.
    pub agreed: Vec<Seconds>,
    /// How many offers the contractor made: the number of the last.
    pub offers: u64,
    /// The standing offer.
    pub offer: Option<Offer>,
    /// Who wants the project to end.
    pub end_ballot: Ballot,
    /// Ended early.
    pub ended: Option<Ended>,
    /// Defects claims.
    pub claims: Claims,
    /// What went back to the holders, each divided by itself: see `returns`. At most one a milestone, one an award, one of an end.
    pub returns: Vec<Amount>,
    /// Running totals.
    pub totals: Totals,
}

/// The latch.
#[cw_serde]
pub struct Funded {
    /// When.
    pub at: UnixSeconds,
    /// What the project took in: the set's pledges, but at most the cap.
    pub total: Amount,
}

/// A submitted milestone.
#[cw_serde]
pub struct Work {
    /// When it was submitted.
    pub at: UnixSeconds,
    /// What was paid by those who object.
    pub objected: Amount,
    /// When it was disputed.
    pub disputed_at: Option<UnixSeconds>,
    /// How that ended.
    pub decided: Option<Decision>,
}

/// What the contractor offers.
#[cw_serde]
pub struct Offer {
    /// Its number.
    pub number: u64,
    /// What.
    pub proposal: Proposal,
    /// What was paid by those who consent.
    pub consented: Amount,
}

/// A ballot of holders. A vote counts in the ballot in which it was given; a new one begins at nothing, in O(1).
#[cw_serde]
#[derive(Default)]
pub struct Ballot {
    /// Its number.
    pub number: u64,
    /// What was paid by those who voted in it.
    pub consented: Amount,
}

/// Defects claims of a project, as far as every message needs them.
#[cw_serde]
#[derive(Default)]
pub struct Claims {
    /// The number of the last.
    pub last: ClaimId,
    /// Those before the decider; at most 4.
    pub open: Vec<OpenClaim>,
    /// How many were awarded something; at most 64.
    pub awards: u32,
    /// What they were awarded of the retention.
    pub awarded: Amount,
}

/// A claim before the decider.
#[cw_serde]
pub struct OpenClaim {
    /// Its number.
    pub claim: ClaimId,
    /// What it asks for.
    pub amount: Amount,
    /// Since when.
    pub at: UnixSeconds,
}

/// Running totals of a project. They only grow, except `displaced`.
#[cw_serde]
#[derive(Default)]
pub struct Totals {
    /// Came in as pledges, ever.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Drawn by the contractor and the payees.
    pub drawn: Amount,
    /// Revenue taken by pledgers.
    pub revenue_claimed: Amount,
    /// Taken back from standing pledges.
    pub refunded: Amount,
    /// Of displaced pledges: not taken back yet.
    pub displaced: Amount,
    /// Of displaced pledges: taken back.
    pub displaced_refunded: Amount,
}

/// What shows that a milestone is done; read by queries alone.
#[cw_serde]
pub(crate) struct Evidence {
    /// Its SHA-256.
    pub hash: HexBinary,
    /// Where it is kept.
    pub uri: String,
}

/// A standing pledge.
#[cw_serde]
#[derive(Default)]
pub struct Pledge {
    /// How much.
    pub amount: Amount,
    /// Of a member's: what found no room up to the cap. Noted when the target is reached.
    pub above_cap: Amount,
    /// Taken back so far.
    pub refunded: Amount,
    /// Revenue taken so far.
    pub revenue_claimed: Amount,
}

impl Project {
    /// Nothing happened yet.
    pub(crate) fn new(terms_hash: HexBinary) -> Self {
        Self {
            terms_hash,
            pledges: 0,
            pledged: Amount::ZERO,
            consistent_pledges: 0,
            consistent: Amount::ZERO,
            last_number: 0,
            funded: None,
            accepted_at: None,
            bond: Amount::ZERO,
            submitted: Vec::new(),
            agreed: Vec::new(),
            offers: 0,
            offer: None,
            end_ballot: Ballot::default(),
            ended: None,
            claims: Claims::default(),
            returns: Vec::new(),
            totals: Totals::default(),
        }
    }
}

/// An objection of a holder to a milestone; read by queries alone, but for its being there.
#[cw_serde]
pub(crate) struct Objection {
    /// What the holder paid.
    pub amount: Amount,
    /// Why.
    pub reason: Reason,
    /// Since when.
    pub at: UnixSeconds,
}

/// A defects claim, as far as the project does not have it.
#[cw_serde]
pub(crate) struct Claim {
    /// Who made it.
    pub holder: Addr,
    /// What it asks for.
    pub amount: Amount,
    /// Why.
    pub reason: Reason,
    /// When it was made.
    pub at: UnixSeconds,
    /// What was paid by those who support it.
    pub supported: Amount,
    /// Since when it is before the decider.
    pub open_at: Option<UnixSeconds>,
    /// How it was decided, and what the holders got.
    pub decided: Option<(Decision, Amount)>,
}

/// One who is paid.
#[cw_serde]
pub(crate) struct Payee {
    /// Who.
    pub address: Addr,
    /// Who was named to be paid instead.
    pub moving_to: Option<Addr>,
    /// Drawn so far.
    pub drawn: Amount,
    /// The milestones that were settled when it drew last, the first of them as the lowest bit: what is paid of them at once is
    /// drawn. A time would not tell what came first of a draw and a verdict in one second.
    pub drew_of: u32,
    /// Whether the retention was free then.
    pub drew_retention: bool,
}
