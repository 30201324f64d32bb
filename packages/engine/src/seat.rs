//! Who sits where, as text.

use gridpact_market::{Account, Terms};
use gridpact_replay::Meter;
use gridpact_units::{Amount, Ppm, Slot};
use serde::{Deserialize, Serialize};

use crate::error::EngineError;

/// A seat that a slot holds, and what was agreed with the slot.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The slot.
    pub slot: Slot,
    /// Its household.
    pub household: u32,
    /// Its weight.
    pub weight: u32,
    /// The part of its readings that takes part.
    pub part: Ppm,
    /// Its place in the rule `priority`.
    pub priority: u16,
    /// Its tier as a buyer.
    pub buy_tier: u8,
    /// Its tier as a seller.
    pub sell_tier: u8,
}

impl Seat {
    /// For a replay.
    pub(crate) fn meter(&self, seat: usize) -> Meter {
        Meter {
            slot: self.slot,
            // A report has fewer seats than that.
            seat: gridpact_units::Seat(u16::try_from(seat).unwrap_or(u16::MAX)),
            household: self.household,
            weight: self.weight,
            part: self.part,
            priority: self.priority,
            buy_tier: self.buy_tier,
            sell_tier: self.sell_tier,
        }
    }

    fn terms(&self) -> Terms {
        Terms {
            household: self.household,
            weight: self.weight,
            part: self.part,
            priority: self.priority,
            buy_tier: self.buy_tier,
            sell_tier: self.sell_tier,
        }
    }
}

/// The seats of a roster in their order, `null` for a vacant one, as JSON.
///
/// # Errors
/// Another text.
pub fn read(json: &str) -> Result<Vec<Option<Seat>>, EngineError> {
    read_bytes(json.as_bytes())
}

/// The same as bytes.
pub(crate) fn read_bytes(json: &[u8]) -> Result<Vec<Option<Seat>>, EngineError> {
    serde_json_wasm::from_slice(json).map_err(|error| EngineError::Json { what: "seats", error })
}

/// A seat with what it may spend.
pub(crate) fn account(seat: &Option<Seat>, free: Amount) -> Account {
    match seat {
        Some(seat) => Account::new(seat.slot, seat.terms(), free),
        None => Account::VACANT,
    }
}
