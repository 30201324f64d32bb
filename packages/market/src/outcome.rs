use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, Price};
use serde::{Deserialize, Serialize};

use crate::fee::FeeAmount;

/// What one interval came to. The slices hold one value a seat, in the order of seats, and live until the next interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntervalOutcome<'a> {
    /// The interval.
    pub index: IntervalIndex,
    /// The interval's one price, base units per MWh.
    pub price: Price,
    /// All exports, each reduced to the meter's part in this grid.
    pub supply: EnergyTotal,
    /// All imports, each reduced to the meter's part in this grid.
    pub demand: EnergyTotal,
    /// The demand that the price rule counted: all imports after each was cut to what its account could still pay at
    /// the highest price of the rule.
    pub counted: EnergyTotal,
    /// All imports after each was cut to what its account could still pay.
    pub payable: EnergyTotal,
    /// What was bought, which is what was sold.
    pub traded: EnergyTotal,
    /// What each seat needs of its neighbours: its import, reduced to the meter's part in this grid.
    pub needed: &'a [Energy],
    /// What each seat asked for in the division: what it needs, cut to what its account could still pay and, where fixed parts
    /// are not offered again, to its part.
    pub asked: &'a [Energy],
    /// What each seat offered in the division: its export, reduced to the meter's part in this grid and, where fixed parts are
    /// not offered again, cut to its part.
    pub offered: &'a [Energy],
    /// Bought by each seat.
    pub bought: &'a [Energy],
    /// Sold by each seat.
    pub sold: &'a [Energy],
}

/// What a window came to: sum of debits = sum of credits + sum of fees + rounding, to the base unit.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct WindowOutcome {
    /// One result a seat, in the order of seats.
    pub results: Vec<SeatResult>,
    /// What goes to the community account.
    pub community: Community,
    /// Sums over all seats and intervals.
    pub totals: Totals,
}

/// What one seat bought, sold, pays and gets for a window.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct SeatResult {
    /// Energy bought from neighbours.
    pub bought: EnergyTotal,
    /// Energy sold to neighbours.
    pub sold: EnergyTotal,
    /// What the seat pays, rounded up; at most what it had free.
    pub debit: Amount,
    /// What the seat gets after fees, rounded down.
    pub credit: Amount,
    /// What the fees took from its earnings, for the bill: credit + fee = earnings before fees, rounded down. What the
    /// community books as fees is rounded once for all seats, not seat by seat.
    pub fee: Amount,
}

/// What a window leaves in the community account.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Community {
    /// What rounding left: debits less credits and fees. Less than 2 base units a seat and 1 a fee.
    pub rounding: Amount,
    /// What each fee of the policy came to, in its order, rounded down.
    pub fees: Vec<FeeAmount>,
}

/// Sums of a window over all seats and intervals.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Totals {
    /// All exports, each reduced to the meter's part in this grid.
    pub supply: EnergyTotal,
    /// All imports, each reduced to the meter's part in this grid.
    pub demand: EnergyTotal,
    /// The demand that the price rule counted.
    pub counted: EnergyTotal,
    /// All imports after each was cut to what its account could still pay.
    pub payable: EnergyTotal,
    /// What was bought, which is what was sold.
    pub traded: EnergyTotal,
    /// All debits.
    pub debit: Amount,
    /// All credits.
    pub credit: Amount,
}

impl Totals {
    /// Adds an interval. Nothing saturates within the bounds.
    pub(crate) fn count(&mut self, interval: &IntervalOutcome<'_>) {
        let add = |sum: &mut EnergyTotal, more: EnergyTotal| sum.0 = sum.0.saturating_add(more.0);
        add(&mut self.supply, interval.supply);
        add(&mut self.demand, interval.demand);
        add(&mut self.counted, interval.counted);
        add(&mut self.payable, interval.payable);
        add(&mut self.traded, interval.traded);
    }
}
