use gridpact_units::{Amount, Ppm, Slot};
use serde::{Deserialize, Serialize};

use crate::bounds::MAX_WEIGHT;

/// What the grid agreed with one slot.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Terms {
    /// The household the meter belongs to: under the `even` rule its slots share one weight, so that a second meter
    /// does not get a second share.
    pub household: u32,
    /// Weight under the `even` and `static` rules, 1 to 1,000,000. Where the slots of a household differ, its largest
    /// counts under `even`.
    pub weight: u32,
    /// The part of this meter's readings that this grid settles, in parts per million; a meter may take part in several
    /// grids.
    pub part: Ppm,
    /// Place in the order of the `priority` rule: lower first, equal numbers share evenly.
    pub priority: u16,
    /// Tier as a buyer: a lower tier is served fully before the next. 255: never buys, and has no fixed part of the
    /// supply; for a plant that only produces.
    pub buy_tier: u8,
    /// Tier as a seller: a lower tier sells all it has before the next. 255: never sells, and has no fixed part of the
    /// demand; for a home without generation.
    pub sell_tier: u8,
}

/// Why a slot's terms are refused.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsError {
    /// A weight of nothing, or one so large that a division could overflow.
    #[error("weight: expected 1 to {MAX_WEIGHT}, got {got}")]
    Weight {
        /// The weight.
        got: u32,
    },
    /// More than the whole meter.
    #[error("part: expected at most {} ppm, got {}", Ppm::WHOLE.0, got.0)]
    Part {
        /// The part.
        got: Ppm,
    },
}

impl Terms {
    /// The tier of a slot that does not trade in that direction: what it is metered there stays between it and its
    /// utility and counts neither as supply nor as demand.
    pub const NO_TIER: u8 = u8::MAX;

    /// A whole meter of this household, weight 1, in the first tier and place.
    pub const fn of_household(household: u32) -> Self {
        Self {
            household,
            weight: 1,
            part: Ppm::WHOLE,
            priority: 0,
            buy_tier: 0,
            sell_tier: 0,
        }
    }

    /// The part of its imports that this slot buys here.
    pub(crate) fn part_bought(&self) -> Ppm {
        if self.buy_tier == Self::NO_TIER {
            Ppm(0)
        } else {
            self.part
        }
    }

    /// The part of its exports that this slot sells here.
    pub(crate) fn part_sold(&self) -> Ppm {
        if self.sell_tier == Self::NO_TIER {
            Ppm(0)
        } else {
            self.part
        }
    }

    /// Checks the bounds.
    ///
    /// # Errors
    /// A weight outside 1 to [`MAX_WEIGHT`], or a part above the whole.
    pub fn validate(&self) -> Result<(), TermsError> {
        if !(1..=MAX_WEIGHT).contains(&self.weight) {
            return Err(TermsError::Weight { got: self.weight });
        }
        if self.part > Ppm::WHOLE {
            return Err(TermsError::Part { got: self.part });
        }
        Ok(())
    }
}

/// One seat as a window's settlement sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The slot that holds the seat; breaks ties, so that results do not depend on the order of seats. Distinct among
    /// the accounts of a window.
    pub slot: Slot,
    /// What was agreed with the slot; `None` for a vacant seat, which neither buys nor sells.
    pub terms: Option<Terms>,
    /// What it may spend in this window.
    pub free: Amount,
}

impl Account {
    /// A seat that nobody holds.
    pub const VACANT: Self = Self {
        slot: Slot(0),
        terms: None,
        free: Amount::ZERO,
    };

    /// A seat held by a slot.
    pub const fn new(slot: Slot, terms: Terms, free: Amount) -> Self {
        Self {
            slot,
            terms: Some(terms),
            free,
        }
    }
}
