//! Money: what a seat spent and earned over a window, and how fees and rounding divide it at the end.

use gridpact_units::{
    Amount, BasisPoints, Energy, EnergyTotal, Price, Value, MILLIWATT_HOURS_PER_MEGAWATT_HOUR,
};

use crate::fee::{Fee, FeeKind};
use crate::outcome::SeatResult;

/// What a seat may spend, spent and earned so far in a window.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tab {
    budget: Value,
    spent: Value,
    earned: Value,
    bought: EnergyTotal,
    sold: EnergyTotal,
}

impl Tab {
    /// A seat with this much free. Above 3.4 x 10^29 base units the budget saturates, which no window within
    /// [`crate::MAX_READINGS`] can spend.
    pub fn new(free: Amount) -> Self {
        let budget = Value(free.0.saturating_mul(MILLIWATT_HOURS_PER_MEGAWATT_HOUR));
        Self {
            budget,
            ..Self::default()
        }
    }

    /// The part of `need` it can still pay at this price, exactly: the most energy with
    /// spent + energy x price <= free, so that the debit, rounded up, never exceeds what is free.
    pub fn payable(&self, need: Energy, price: Price) -> Energy {
        let left = self.budget.0.saturating_sub(self.spent.0);
        if worth(need, price) <= left {
            return need;
        }
        // The price is not 0 here, and the quotient is below the need.
        left.checked_div(price.0)
            .and_then(|most| u64::try_from(most).ok())
            .map_or(need, Energy)
    }

    pub fn buy(&mut self, energy: Energy, price: Price) {
        self.bought = self.bought.plus(energy);
        self.spent = add(self.spent, energy, price);
    }

    pub fn sell(&mut self, energy: Energy, price: Price) {
        self.sold = self.sold.plus(energy);
        self.earned = add(self.earned, energy, price);
    }

    /// The seat's bill. Each fee's take is added to `takes`, exactly, in the order of `fees`.
    pub fn close(&self, fees: &[Fee], takes: &mut [Value]) -> SeatResult {
        let mut left = self.earned.0;
        for (fee, taken) in fees.iter().zip(takes) {
            let take = take(fee.kind, self.earned, self.sold).min(left);
            left = left.saturating_sub(take);
            taken.0 = taken.0.saturating_add(take);
        }
        let credit = Value(left).round_down();
        SeatResult {
            bought: self.bought,
            sold: self.sold,
            debit: self.spent.round_up(),
            credit,
            fee: self.earned.round_down().saturating_sub(credit),
        }
    }
}

/// The value of what a fee asks for, rounded down, before it is capped by what is left.
fn take(fee: FeeKind, earned: Value, sold: EnergyTotal) -> u128 {
    match fee {
        FeeKind::BasisPoints(part) => {
            // earned x part / 10,000 in two steps, since the product may exceed 2^128.
            let (whole, part) = (u128::from(BasisPoints::WHOLE.0), u128::from(part.0));
            let of_wholes = (earned.0.checked_div(whole).unwrap_or_default()).saturating_mul(part);
            let of_rest = earned
                .0
                .checked_rem(whole)
                .unwrap_or_default()
                .saturating_mul(part);
            of_wholes.saturating_add(of_rest.checked_div(whole).unwrap_or_default())
        }
        // Saturates only far above what anybody can have earned.
        FeeKind::PerMwh(rate) => rate.0.saturating_mul(sold.0),
    }
}

/// Within the bounds a window's whole value stays below 2^128, so nothing saturates.
fn add(sum: Value, energy: Energy, price: Price) -> Value {
    Value(sum.0.saturating_add(worth(energy, price)))
}

/// Energy x price; saturates. Everyday numbers have 32 bits each: one instruction instead of a call on a chain's virtual
/// machine.
fn worth(energy: Energy, price: Price) -> u128 {
    match (u32::try_from(energy.0), u32::try_from(price.0)) {
        (Ok(energy), Ok(price)) => u64::from(energy).wrapping_mul(price.into()).into(),
        _ => price.0.saturating_mul(energy.0.into()),
    }
}
