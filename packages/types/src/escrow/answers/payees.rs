//! What those who are paid have, and what is held back.

use cosmwasm_schema::cw_serde;
use gridpact_units::{Amount, UnixSeconds};

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
    /// Until when, as far as that is known now: an objection in review, or a claim in the defects period, may make it later.
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
