//! What rounding can cost at worst, told before anything happens: one base unit a window and direction in which a home trades.
//! An asset too coarse for its amounts takes a visible part of every bill, the more the shorter the windows.

use gridpact_market::WindowOutcome;
use gridpact_units::decimal::show_rounded;
use gridpact_units::{Amount, IntervalLength};
use serde::{Deserialize, Serialize};

/// A month, s: 30 days.
pub const MONTH: u64 = 30 * 86_400;

/// The most of the value that rounding may take without being accepted, hundredths of a percent.
const MOST: u128 = 100;

/// What rounding takes at worst of what homes pay and earn, over some time.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// One base unit a home, window and direction that it trades in.
    pub worst: Amount,
    /// What all homes pay and earn.
    pub value: Amount,
    /// How many homes.
    pub homes: u64,
    /// In how many seconds.
    pub seconds: u64,
}

impl Rounding {
    /// Of a home for whom every interval is a window of its own, and who trades so much in a month.
    pub fn of_single_intervals(length: IntervalLength, value: Amount) -> Self {
        let intervals = MONTH.checked_div(length.seconds().into()).unwrap_or_default();
        Self {
            // Buying and selling.
            worst: Amount(u128::from(intervals).saturating_mul(2)),
            value,
            homes: 1,
            seconds: MONTH,
        }
    }

    /// Of windows that are settled, which cover so many seconds together.
    pub fn of(windows: &[WindowOutcome], homes: usize, seconds: u64) -> Self {
        let results = windows.iter().flat_map(|window| &window.results);
        let (mut worst, mut value) = (0_u128, 0_u128);
        for result in results {
            let directions = [result.bought, result.sold]
                .into_iter()
                .filter(|energy| energy.0 > 0);
            worst = worst.saturating_add(directions.count() as u128);
            value = value
                .saturating_add(result.debit.0)
                .saturating_add(result.credit.0);
        }
        Self {
            worst: Amount(worst),
            value: Amount(value),
            homes: homes as u64,
            seconds,
        }
    }

    /// Whether it takes more than 1 % of the value, which somebody must have accepted.
    pub fn is_coarse(&self) -> bool {
        self.hundredths_of_percent() > MOST
    }

    /// For a home and month, in words.
    pub fn told(&self, money: impl Fn(Amount) -> String) -> String {
        let percent = i128::try_from(self.hundredths_of_percent()).unwrap_or(i128::MAX);
        format!(
            "rounding costs a home at worst {} a month, {} % of {}",
            money(self.monthly(self.worst)),
            show_rounded(percent, 2, 2),
            money(self.monthly(self.value))
        )
    }

    /// Rounded up.
    fn hundredths_of_percent(&self) -> u128 {
        let parts = self.worst.0.saturating_mul(10_000);
        match self.value.0 {
            0 if self.worst.is_zero() => 0,
            value => parts.div_ceil(value.max(1)),
        }
    }

    /// An amount of all homes, a home and month, rounded up.
    fn monthly(&self, amount: Amount) -> Amount {
        let all = u128::from(self.homes).saturating_mul(self.seconds.into());
        Amount(amount.0.saturating_mul(MONTH.into()).div_ceil(all.max(1)))
    }
}
