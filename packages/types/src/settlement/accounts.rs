//! Accounts of households and of the community.

use cosmwasm_schema::cw_serde;
use gridpact_units::{Ppm, Seat, Slot};

use crate::escrow::terms::ProjectId;

/// Name and destination of a fee.
#[cw_serde]
pub struct FeeAccount {
    /// Short name, 1 to 64 bytes.
    pub label: String,
    /// Where it goes.
    pub destination: Destination,
}

/// Where money of the community goes, set at the start.
#[cw_serde]
pub enum Destination {
    /// An account of the chain.
    Account {
        /// Its address.
        address: String,
    },
    /// The revenue of an escrow project.
    Project {
        /// The pledge-escrow contract.
        escrow: String,
        /// The project.
        project: ProjectId,
    },
}

/// An account to open, as the registry sends it.
#[cw_serde]
pub struct AccountOpening {
    /// Place in the books.
    pub slot: Slot,
    /// Position in reports.
    pub seat: Seat,
    /// Who may withdraw.
    pub owner: String,
    /// Household; its slots share one weight.
    pub household: u32,
    /// Weight.
    pub weight: u32,
    /// Part of the meter that takes part.
    pub part: Ppm,
    /// Place in the rule `priority`.
    pub priority: u16,
    /// Tier as a buyer.
    pub buy_tier: u8,
    /// Tier as a seller.
    pub sell_tier: u8,
}

/// One part of the community account.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum CommunityAccount {
    /// What rounding leaves.
    Rounding {},
    /// A fee, by its position in the policy.
    Fee {
        /// The position, from 0.
        index: u8,
    },
}
