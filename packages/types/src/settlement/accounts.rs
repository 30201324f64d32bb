//! Accounts of households and of the community.

use core::fmt;
use core::num::ParseIntError;
use core::str::FromStr;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_market::FeeId;
use gridpact_units::{Ppm, Seat, Slot};

use crate::escrow::terms::ProjectId;

/// Name and destination of a fee. They stay when a later policy drops the fee: what it gathered can still be swept.
#[cw_serde]
pub struct FeeAccount {
    /// The fee's number in the policy.
    pub id: FeeId,
    /// Short name, 1 to 64 bytes: one that no other fee has, and neither `rounding` nor a number.
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
    /// The revenue of an escrow project. At the start the escrow must have it, under terms of this hash and in the grid's
    /// asset, and it must neither have failed nor been ended early.
    Project {
        /// The pledge-escrow contract.
        escrow: String,
        /// The project.
        project: ProjectId,
        /// SHA-256 of its terms, 32 bytes. Every payment carries it and the escrow compares it: a number alone could be
        /// another's project.
        terms_hash: HexBinary,
        /// The second destination: an account that is paid instead once the escrow says that the project has failed or
        /// was ended early. An account can do neither, so that no third one is needed and none leads back.
        otherwise: String,
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
    /// Tier as a buyer: lower trades first; 255: it buys nothing here.
    pub buy_tier: u8,
    /// Tier as a seller: lower trades first; 255: it sells nothing here.
    pub sell_tier: u8,
}

/// The text of [`CommunityAccount::Rounding`].
const ROUNDING: &str = "rounding";

/// One part of the community account.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum CommunityAccount {
    /// What rounding leaves.
    Rounding {},
    /// A fee.
    Fee {
        /// Its number.
        id: FeeId,
    },
}

/// `rounding`, or the fee's number.
impl fmt::Display for CommunityAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rounding {} => f.write_str(ROUNDING),
            Self::Fee { id } => id.fmt(f),
        }
    }
}

impl FromStr for CommunityAccount {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            ROUNDING => Ok(Self::Rounding {}),
            number => number.parse().map(|id| Self::Fee { id: FeeId(id) }),
        }
    }
}
