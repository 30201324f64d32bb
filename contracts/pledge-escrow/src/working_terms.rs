//! The part of a project's terms that handlers work with: addresses validated, texts and parties left out, small enough to be
//! read with every message.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::PayeePart;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

/// See `gridpact_types::escrow::terms::Terms` for what each means.
#[cw_serde]
pub(crate) struct WorkingTerms {
    pub asset: Asset,
    pub target: Amount,
    pub cap: Amount,
    /// The least pledge of an open call; `None` where the parties are named.
    pub minimum: Option<Amount>,
    pub deadline: UnixSeconds,
    pub contractor: Addr,
    pub accept_within: Seconds,
    pub milestones: Vec<Stage>,
    pub grace: Seconds,
    pub retention: BasisPoints,
    pub review_period: Seconds,
    pub defects_period: Seconds,
    pub consent: BasisPoints,
    pub decider: Option<Decider>,
    pub bond: Amount,
    /// Beside the contractor, who is payee 0.
    pub payees: Vec<Addr>,
}

/// Who decides disputes.
#[cw_serde]
pub(crate) struct Decider {
    pub address: Addr,
    pub time_limit: Seconds,
    pub objection: BasisPoints,
    pub silence: BasisPoints,
}

impl WorkingTerms {
    /// Whether somebody is paid or decides, and so may not promise to pay.
    pub fn bars(&self, address: &Addr) -> bool {
        let decides = self
            .decider
            .as_ref()
            .is_some_and(|decider| decider.address == *address);
        decides || self.contractor == *address || self.payees.contains(address)
    }
}

/// One milestone.
#[cw_serde]
pub(crate) struct Stage {
    pub share: BasisPoints,
    pub due: UnixSeconds,
    pub payees: Vec<PayeePart>,
}
