//! What deposits it takes so that no balance ever cuts a need: in every interval a home could pay for all that it needs, at
//! the highest price of the rule, whatever its share came to.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a window's values and all money are bounded so that sums stay below 2^128"
)]

use gridpact_market::{SeatResult, WindowOutcome};
use gridpact_units::{Amount, Energy, Price, Value};

/// Of every home, by slot.
#[derive(Clone, Default)]
pub struct Needs(Vec<HomeNeed>);

/// Of one home.
#[derive(Clone, Copy, Default)]
struct HomeNeed {
    /// Debits of all windows before this one.
    spent: u128,
    /// Credits that were final when this window was settled.
    gained: u128,
    /// What it bought so far in this window, mWh x price.
    window: u128,
    /// The deposit that would just have done so far.
    peak: u128,
}

/// One home in an interval.
pub struct Taken {
    /// All it needed.
    pub need: Energy,
    /// What it got of it.
    pub bought: Energy,
}

impl Needs {
    /// Nothing spent yet.
    pub fn new(homes: usize) -> Self {
        Self(vec![HomeNeed::default(); homes])
    }

    /// The deposit that would just have done for every home.
    pub fn peaks(&self) -> Vec<Amount> {
        self.0.iter().map(|need| Amount(need.peak)).collect()
    }

    /// Counts an interval: every home must be able to pay for all its need at the highest price, and pays for what it bought.
    pub fn interval(&mut self, price: Price, highest: Price, homes: impl Iterator<Item = Taken>) {
        for (need, Taken { need: energy, bought }) in self.0.iter_mut().zip(homes) {
            if !energy.is_zero() {
                let able = Value(need.window + worth(energy, highest)).round_up();
                let deposit = (need.spent + able.0).saturating_sub(need.gained);
                need.peak = need.peak.max(deposit);
            }
            need.window += worth(bought, price);
        }
    }

    /// Closes a window.
    pub fn window(&mut self, outcome: &WindowOutcome) {
        for (need, SeatResult { debit, .. }) in self.0.iter_mut().zip(&outcome.results) {
            need.spent += debit.0;
            need.window = 0;
        }
    }

    /// Counts credits that are final.
    pub fn credits(&mut self, credits: impl Iterator<Item = Amount>) {
        for (need, credit) in self.0.iter_mut().zip(credits) {
            need.gained += credit.0;
        }
    }
}

fn worth(energy: Energy, price: Price) -> u128 {
    // The largest reading at the largest price is worth 10^35.
    price.checked_value(energy).map_or(u128::MAX, |value| value.0)
}
