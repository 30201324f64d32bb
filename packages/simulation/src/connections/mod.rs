//! What is agreed with every meter of the neighbourhood: what it is, whose it is, its weight, tiers and part; what it can carry, from
//! when until when it takes part, and which meter it replaced.

mod agreed;
mod columns;
mod file;
mod row;

use gridpact_market::Terms;
use gridpact_readings::dataset::{Dataset, Meter};
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::Power;

pub use agreed::Agreed;
pub use columns::{columns_of_roster, COLUMNS};
pub use file::MistakesInFile;

/// One meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// What it can do: who never gives holds no part among sellers, who never takes none among buyers.
    pub kind: MeterKind,
    /// What settlement goes by. Households are numbered in the order of their first slots, as a registry does.
    pub terms: Terms,
    /// What it can carry in each direction, import and export, where that is stated.
    pub limits: (Option<Power>, Option<Power>),
}

/// Every meter; position = slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connections(Vec<Connection>);

impl Connections {
    /// What the data shows, where nothing else was agreed: every meter a household, of weight 1 and as a whole, served in the
    /// order of the data under `priority`.
    pub fn of(dataset: &Dataset) -> Self {
        let connection = |(slot, meter): (u32, &Meter)| {
            let kind = shown_by(meter);
            let terms = Terms {
                priority: u16::try_from(slot).unwrap_or(u16::MAX),
                buy_tier: usual_tier(kind.takes()),
                sell_tier: usual_tier(kind.gives()),
                ..Terms::of_household(slot)
            };
            Connection {
                kind,
                terms,
                limits: (None, None),
            }
        };
        Self((0..).zip(&dataset.meters).map(connection).collect())
    }

    /// In the order of slots.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Connection> {
        self.0.iter()
    }
}

/// The kind of a meter that only its readings tell of.
fn shown_by(meter: &Meter) -> MeterKind {
    match (meter.producer, meter.has_pv) {
        (true, _) => MeterKind::Producer,
        (false, true) => MeterKind::Prosumer,
        (false, false) => MeterKind::Consumer,
    }
}

/// The first tier, or none on a side where the meter cannot act.
const fn usual_tier(acts: bool) -> u8 {
    if acts {
        0
    } else {
        Terms::NO_TIER
    }
}
