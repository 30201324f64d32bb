//! What is known of a meter, and which of it can be true. Pure.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, HexBinary};
use gridpact_report::connections::Direction;
use gridpact_types::registry::bounds::{MAX_WEIGHT, SERIAL_HASH_LENGTH};
use gridpact_types::registry::meters::{MeterKind, Provenance};
use gridpact_units::{IntervalIndex, Power, Ppm, Seat, UnixSeconds};

use crate::error::ContractError;

/// What the owner says of a meter.
#[cw_serde]
pub struct Facts {
    /// SHA-256 of the serial number and a salt.
    pub serial_hash: HexBinary,
    /// What the connection point is.
    pub kind: MeterKind,
    /// Most it takes from the wire.
    pub import_limit: Power,
    /// Most it gives to the wire.
    pub export_limit: Power,
    /// How far its readings can be traced.
    pub provenance: Provenance,
    /// Part of the meter that takes part in this grid.
    pub part: Ppm,
}

/// What the operator decided of a meter.
#[cw_serde]
pub struct AccountTerms {
    /// Household; its slots share one weight.
    pub household: u32,
    /// Weight.
    pub weight: u32,
    /// Place in the rule `priority`.
    pub priority: u16,
    /// Tier as a buyer.
    pub buy_tier: u8,
    /// Tier as a seller.
    pub sell_tier: u8,
}

/// A meter of the grid, for one tenancy.
#[cw_serde]
pub struct Meter {
    /// Who proposed it.
    pub owner: Addr,
    /// Its position in reports.
    pub seat: Seat,
    /// The first interval it takes part in.
    pub from: IntervalIndex,
    /// What the owner says of it.
    pub facts: Facts,
    /// What the operator decided.
    pub terms: AccountTerms,
}

/// A proposal that was neither admitted nor dropped.
#[cw_serde]
pub struct Proposal {
    /// Who proposed it and will own the account.
    pub owner: Addr,
    /// What the owner says of the meter.
    pub facts: Facts,
    /// From this moment on it is no longer open.
    pub expires_at: UnixSeconds,
}

impl Proposal {
    /// Whether it may still be admitted, and counts against its owner.
    pub fn is_open(&self, now: UnixSeconds) -> bool {
        now < self.expires_at
    }
}

impl Facts {
    /// Refuses what no meter can be.
    pub fn check(&self) -> Result<(), ContractError> {
        if self.serial_hash.len() != SERIAL_HASH_LENGTH {
            return Err(ContractError::SerialHash {
                got: self.serial_hash.len(),
            });
        }
        let (takes, gives) = match self.kind {
            MeterKind::Consumer => (true, false),
            MeterKind::Producer => (false, true),
            MeterKind::Prosumer | MeterKind::Storage => (true, true),
        };
        check_limit(self.kind, Direction::Import, takes, self.import_limit)?;
        check_limit(self.kind, Direction::Export, gives, self.export_limit)?;
        match self.part {
            Ppm(1..=1_000_000) => Ok(()),
            Ppm(got) => Err(ContractError::Part { got }),
        }
    }
}

/// A direction that a kind has needs a limit, or its readings could only be zero; one that it has not must be closed.
fn check_limit(kind: MeterKind, direction: Direction, open: bool, limit: Power) -> Result<(), ContractError> {
    let max = if open { Power::MAX.0 } else { 0 };
    let min = u32::from(open);
    if (min..=max).contains(&limit.0) {
        return Ok(());
    }
    Err(ContractError::Limit {
        kind: kind_name(kind),
        direction,
        min,
        max,
        got: limit.0,
    })
}

/// The kind as JSON writes it.
const fn kind_name(kind: MeterKind) -> &'static str {
    match kind {
        MeterKind::Consumer => "consumer",
        MeterKind::Prosumer => "prosumer",
        MeterKind::Producer => "producer",
        MeterKind::Storage => "storage",
    }
}

impl AccountTerms {
    /// Refuses a weight that settlement could not divide by.
    pub fn check(&self) -> Result<(), ContractError> {
        match self.weight {
            1..=MAX_WEIGHT => Ok(()),
            got => Err(ContractError::Weight { got }),
        }
    }
}
