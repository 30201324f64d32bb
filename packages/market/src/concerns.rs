//! Policies that are consistent and yet hurt those who live under them. They are allowed, since a grid may want them; the file
//! of a grid must name each, and everybody can ask which there are.

use core::fmt;

use gridpact_units::{BasisPoints, Price};
use serde::{Deserialize, Serialize};

use crate::fee::{Fee, FeeKind};
use crate::policy::{Policy, PriceRule};
use crate::price::mid_market;
use crate::tariff::Rates;

/// A way in which a policy hurts members in some interval.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// At the lowest price of the rule a seller gets less after fees than the utility pays, or the fees take all.
    FeesAboveMargin,
    /// The fixed price is above what the utility charges: who buys from neighbours pays more.
    FixedAboveRetail,
    /// The lowest price of the rule is 0: in those intervals sellers give their energy away.
    FreeEnergy,
}

impl Concern {
    /// What it means for members, in words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::FeesAboveMargin => {
                "at the lowest price a seller gets less after fees than the utility pays, or nothing"
            }
            Self::FixedAboveRetail => "the fixed price is above what the utility charges",
            Self::FreeEnergy => "the lowest price of the rule is 0: sellers give energy away then",
        }
    }
}

impl fmt::Display for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FeesAboveMargin => "fees_above_margin",
            Self::FixedAboveRetail => "fixed_above_retail",
            Self::FreeEnergy => "free_energy",
        })
    }
}

impl Policy {
    /// Every concern about this policy, each once, in order.
    pub fn concerns(&self) -> Vec<Concern> {
        let mut found = Vec::new();
        for rates in self.tariff.rates() {
            self.concerns_at(rates, &mut found);
        }
        if let PriceRule::Fixed { price } = self.price {
            // Also where there is no utility.
            self.concerns_of(price, Price(0), &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lowest price above nothing that the rule can come to, base units per MWh; `None` where all energy is free.
    pub fn lowest_price(&self) -> Option<Price> {
        let fixed = match self.price {
            PriceRule::Fixed { price } => Some(price),
            PriceRule::MidMarket { .. } | PriceRule::SupplyDemandRatio { .. } => None,
        };
        let prices = self.tariff.rates().map(|rates| self.lowest_at(rates));
        prices.chain(fixed).filter(|price| price.0 > 0).min()
    }

    fn lowest_at(&self, rates: Rates) -> Price {
        match self.price {
            PriceRule::Fixed { price } => price,
            PriceRule::MidMarket { weight } => mid_market(rates, weight),
            PriceRule::SupplyDemandRatio { compensation } => {
                Price(rates.feed_in.0.saturating_add(compensation.0))
            }
        }
    }

    fn concerns_at(&self, rates: Rates, found: &mut Vec<Concern>) {
        let lowest = self.lowest_at(rates);
        if matches!(self.price, PriceRule::Fixed { price } if price > rates.retail) {
            found.push(Concern::FixedAboveRetail);
        }
        self.concerns_of(lowest, rates.feed_in, found);
    }

    /// What a seller gets at a price, beside what the utility pays.
    fn concerns_of(&self, price: Price, feed_in: Price, found: &mut Vec<Concern>) {
        if price.0 == 0 {
            found.push(Concern::FreeEnergy);
        }
        let after_fees = price.0.saturating_sub(self.fees_at(price));
        if after_fees < feed_in.0 || after_fees == 0 && price.0 > 0 {
            found.push(Concern::FeesAboveMargin);
        }
    }

    /// What all fees take of a MWh sold at a price, each rounded up: a doubt counts as a concern.
    fn fees_at(&self, price: Price) -> u128 {
        let fee = |fee: &Fee| match &fee.kind {
            FeeKind::BasisPoints(part) => {
                let part = u128::from(part.0).saturating_mul(price.0);
                part.div_ceil(u128::from(BasisPoints::WHOLE.0))
            }
            FeeKind::PerMwh(rate) => rate.0,
        };
        self.fees
            .iter()
            .fold(0_u128, |sum, one| sum.saturating_add(fee(one)))
    }
}
