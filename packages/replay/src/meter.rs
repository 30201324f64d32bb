use gridpact_market::Terms;
use gridpact_units::{Ppm, Seat, Slot};

/// A meter that was admitted, and what the operator decided of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its place in the books.
    pub slot: Slot,
    /// Its position in reports.
    pub seat: Seat,
    /// Its household; its slots share one weight.
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

impl Meter {
    /// What settlement needs of it.
    pub(crate) fn terms(&self) -> Terms {
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
