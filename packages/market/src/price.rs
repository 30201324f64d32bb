use gridpact_units::{BasisPoints, EnergyTotal, IntervalIndex, Price};

use crate::policy::{Policy, PriceRule};
use crate::tariff::Rates;

impl Policy {
    /// The community's price of an interval from what was metered, base units per MWh: what a buyer pays and a seller
    /// gets before fees. Always between feed-in and retail, unless it is fixed.
    ///
    /// `None` where the rule needs the utility's prices and there are none, which [`Policy::validate`] refuses.
    pub fn price_at(
        &self,
        interval: IntervalIndex,
        supply: EnergyTotal,
        demand: EnergyTotal,
    ) -> Option<Price> {
        match self.price {
            PriceRule::Fixed { price } => Some(price),
            PriceRule::MidMarket { weight } => Some(mid_market(self.rates_at(interval)?, weight)),
            PriceRule::SupplyDemandRatio { compensation } => Some(supply_demand_ratio(
                self.rates_at(interval)?,
                compensation,
                supply,
                demand,
            )),
        }
    }
}

/// F + (R - F) x weight / 10,000, rounded down.
pub(crate) fn mid_market(rates: Rates, weight: BasisPoints) -> Price {
    let above = mul_div_floor(
        u128::from(weight.0),
        rates.spread().0,
        u128::from(BasisPoints::WHOLE.0),
    );
    Price(rates.feed_in.0.saturating_add(above))
}

/// Liu et al. 2017 (IEEE TPWRS 32(5), eq. 7 to 10) with the compensation c of Energies 2023 16(4):1949 (eq. 21, 22):
///
/// ```text
/// P = (F + c) R / ((R - F - c) S/D + F + c)  for S < D,  F + c  for S >= D
///   = R N / (N + (R - F - c) S)  with  N = (F + c) D
/// ```
///
/// Exact: N and the divisor are at most R x max(S, D), 3 x 10^38 < 2^128, because F + c and R - F - c add up to R; the
/// product R x N is taken in more than 128 bits. Rounded down, which favours buyers.
fn supply_demand_ratio(rates: Rates, compensation: Price, supply: EnergyTotal, demand: EnergyTotal) -> Price {
    let floor = rates.feed_in.0.saturating_add(compensation.0);
    if supply >= demand {
        return Price(floor);
    }
    if supply == EnergyTotal::ZERO {
        // The formula's limit, also where F + c = 0 would make it 0 / 0.
        return rates.retail;
    }
    let scarce = floor.saturating_mul(demand.0);
    let plenty = rates
        .spread()
        .0
        .saturating_sub(compensation.0)
        .saturating_mul(supply.0);
    Price(mul_div_floor(
        rates.retail.0,
        scarce,
        scarce.saturating_add(plenty),
    ))
}

/// `factor` x `of` / `divisor`, rounded down, exact also where the product exceeds 2^128; 0 for a divisor of 0.
/// Needs `of` <= `divisor`, so that the result fits.
fn mul_div_floor(factor: u128, of: u128, divisor: u128) -> u128 {
    if let Some(product) = factor.checked_mul(of) {
        return product.checked_div(divisor).unwrap_or_default();
    }
    // Horner's scheme over the bits of `factor`, in steps of at most 128: quotient and remainder are doubled, then
    // `of` is added where the bit is set. The remainder stays below the divisor.
    let mut whole = 0_u128;
    let mut rest = 0_u128;
    for bit in (0..u128::BITS.saturating_sub(factor.leading_zeros())).rev() {
        whole = whole.saturating_mul(2);
        (whole, rest) = add_modulo(whole, rest, rest, divisor);
        if factor >> bit & 1 == 1 {
            (whole, rest) = add_modulo(whole, rest, of, divisor);
        }
    }
    whole
}

/// (`whole` + 1, `rest` + `term` - `divisor`) where the sum reaches the divisor, else (`whole`, `rest` + `term`).
/// Needs `rest` < `divisor` and `term` <= `divisor`; the sum itself may exceed 2^128.
fn add_modulo(whole: u128, rest: u128, term: u128, divisor: u128) -> (u128, u128) {
    let room = divisor.saturating_sub(rest);
    match term.checked_sub(room) {
        Some(over) => (whole.saturating_add(1), over),
        None => (whole, rest.saturating_add(term)),
    }
}
