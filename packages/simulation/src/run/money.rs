//! The asset, the utility's prices, the community account.

use gridpact_units::{decimal, Amount, BasisPoints, Price};
use serde::{Deserialize, Serialize};

/// What the utility asks and pays.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Utility {
    /// A home pays this for what it does not get from its neighbours.
    pub retail: Price,
    /// A home gets this for what its neighbours do not take.
    pub feed_in: Price,
    /// Network charge and tax still due on shared energy, paid by the buyer, taken off the saving.
    pub shared_charge: Price,
    /// Whether both prices differ by time: those above are then the first.
    #[serde(default)]
    pub varies: bool,
    /// Levies and taxes a kWh on what the utility delivers, beside its price.
    #[serde(default)]
    pub levy: Price,
    /// What it charges a home a month whatever it uses.
    #[serde(default)]
    pub monthly: Amount,
    /// Value added tax on its price, the levies and the monthly charge; not on what it pays, nor on what neighbours pay each other.
    #[serde(default)]
    pub vat: BasisPoints,
}

/// The asset, for people.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// For instance `EUR`.
    pub name: String,
    /// Base units are 10^-decimals of the main unit.
    pub decimals: u8,
}

impl Currency {
    /// Decimals of money in base units.
    pub fn scale(&self) -> u32 {
        u32::from(self.decimals)
    }

    /// Decimals of a price a kWh in base units per MWh, of which 1,000 kWh make one: three more than the money has.
    pub fn price_scale(&self) -> u32 {
        self.scale().saturating_add(3)
    }

    /// An amount with all the decimals it has, and the name.
    pub fn exactly(&self, amount: Amount) -> String {
        format!("{} {}", decimal::show_trimmed(amount.0, self.scale()), self.name)
    }

    /// One of the main unit.
    pub fn main_unit(&self) -> Amount {
        Amount(10_u128.saturating_pow(self.scale()))
    }
}

/// The community account: fees and what rounding left.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Community {
    /// Sum of debits.
    pub debits: Amount,
    /// Sum of credits.
    pub credits: Amount,
    /// `debits - credits`: fees and rounding.
    pub income: Amount,
    /// Of that, swept to its destination.
    pub swept: Amount,
}
