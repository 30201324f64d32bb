//! What the rules see of a meter's reading.

use gridpact_market::{Policy, PriceRule, Terms};
use gridpact_units::{Energy, IntervalIndex, Price, Reading};

/// What a slot needs and what it offers in an interval: its part of what was metered, on the sides where it acts.
pub fn need_and_offer(terms: &Terms, reading: &Reading) -> (Energy, Energy) {
    let on = |tier: u8, energy: Energy| {
        if tier == Terms::NO_TIER || reading.is_missing() {
            Energy::ZERO
        } else {
            terms.part.of(energy)
        }
    };
    (
        on(terms.buy_tier, reading.import),
        on(terms.sell_tier, reading.export),
    )
}

/// The highest price at which a need is looked at in an interval whose price is this one: the price itself, or where demand
/// counts for the price, what the utility charges.
pub fn highest_price(policy: &Policy, interval: IntervalIndex, price: Price) -> Price {
    match policy.price {
        PriceRule::SupplyDemandRatio { .. } => policy
            .tariff_at(interval)
            .map_or(price, |(retail, _)| retail.max(price)),
        PriceRule::Fixed { .. } | PriceRule::MidMarket { .. } => price,
    }
}
