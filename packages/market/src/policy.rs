use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds, MAX_PRICE};
use serde::{Deserialize, Serialize};

use crate::bounds::MAX_FEES;
use crate::error::PolicyError;
use crate::fee::{Fee, FeeKind};
use crate::rounding::RoundingRule;
use crate::tariff::{Rates, Tariff};

/// How one side of an interval's trade is divided among its participants. Whatever the rule, lower tiers come first,
/// nobody gets more than it needs (or gave), and shares sum to the traded total to the mWh.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AllocationRule {
    /// Max-min fair by household: every household gets the same (times its weight) until it has enough; what is over is
    /// offered again. The meters of one household share one weight.
    #[default]
    Even,
    /// In proportion to each meter's need (buyers) or export (sellers), the dynamic key of Austria and France.
    ProRata,
    /// By the fixed weights of the slots.
    Static {
        /// True: what a slot does not need is offered to the others again. False: a slot gets its fixed part of all
        /// that is offered, at most; what it leaves stays with the seller's utility.
        reoffer: bool,
    },
    /// In the stated order: a lower priority number is served fully before the next; equal numbers share evenly.
    Priority,
}

/// How an interval's one price follows from the utility's prices (retail R, feed-in F) and the metered totals.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PriceRule {
    /// One price. The only rule that needs no utility.
    Fixed {
        /// Base units per MWh, at most 10^24.
        price: Price,
    },
    /// A point between feed-in and retail: F + (R - F) x weight, rounded down, which favours buyers.
    MidMarket {
        /// 0 is F, 5,000 is the middle, 10,000 is R.
        weight: BasisPoints,
    },
    /// The supply and demand ratio of Liu et al. 2017 with the compensation of Energies 2023 16(4):1949, community leg
    /// only: (F + c) R / ((R - F - c) S/D + F + c) while supply S is below demand D, and F + c from there on; rounded
    /// down, which favours buyers.
    SupplyDemandRatio {
        /// What a seller gets above feed-in when there is plenty (c), base units per MWh, at most R - F in every band.
        compensation: Price,
    },
}

/// Whether a household that takes and gives within one interval may be matched with itself.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnInjection {
    /// No: nobody buys from itself, and pays no fee on its own energy.
    #[default]
    Excluded,
    /// Yes, as in Austria's practice, where imports and exports are matched meter by meter.
    Counts,
}

/// What a grid agreed on: who gets what, at what price, less which fees.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub struct Policy {
    /// Seconds of an interval: at least 60, and it divides an hour.
    pub interval_length: IntervalLength,
    /// How what is offered is divided among the needs.
    pub buyers: AllocationRule,
    /// How what was bought is divided among the sales.
    pub sellers: AllocationRule,
    /// How the price of an interval is found.
    pub price: PriceRule,
    /// The utility's prices; empty where there is no utility, and then only a fixed price is possible.
    #[serde(default)]
    pub tariff: Tariff,
    /// Up to 4 fees, in the order in which they are taken.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// How remainders are given out; 1, the default, is the largest remainder, ties by a hash. There is no other yet.
    #[serde(default)]
    pub rounding: RoundingRule,
    /// Seconds for which money asked back still pays for intervals before the request. 0, the default, is none, and
    /// there is no other yet.
    #[serde(default)]
    pub withdrawal_notice: Seconds,
    /// Whether a household may be matched with what itself injects.
    #[serde(default)]
    pub own_injection: OwnInjection,
}

impl Policy {
    /// Checks every bound and every relation between prices. A policy that passes settles every window within
    /// [`crate::MAX_READINGS`] and [`crate::MAX_READING`].
    ///
    /// # Errors
    /// The first thing found wrong, with what was expected and what came.
    pub fn validate(&self) -> Result<(), PolicyError> {
        if self.rounding != RoundingRule::LARGEST_REMAINDER {
            return Err(PolicyError::UnknownRounding { got: self.rounding });
        }
        if self.withdrawal_notice != Seconds(0) {
            return Err(PolicyError::WithdrawalNotice {
                got: self.withdrawal_notice,
            });
        }
        self.tariff.validate()?;
        self.validate_price()?;
        self.validate_fees()
    }

    /// The utility's prices (retail, feed-in) in an interval, by the local time at which it starts, in base units per
    /// MWh; `None` without a utility.
    pub fn tariff_at(&self, interval: IntervalIndex) -> Option<(Price, Price)> {
        self.rates_at(interval).map(|rates| (rates.retail, rates.feed_in))
    }

    pub(crate) fn rates_at(&self, interval: IntervalIndex) -> Option<Rates> {
        self.tariff.rates_at(self.interval_length, interval)
    }

    fn validate_price(&self) -> Result<(), PolicyError> {
        match self.price {
            PriceRule::Fixed { price } if price > MAX_PRICE => {
                return Err(PolicyError::PriceAboveMax {
                    what: "fixed",
                    got: price,
                });
            }
            PriceRule::Fixed { .. } => return Ok(()),
            PriceRule::MidMarket { weight } if weight > BasisPoints::WHOLE => {
                return Err(PolicyError::WeightAboveWhole { got: weight });
            }
            PriceRule::MidMarket { .. } => {}
            PriceRule::SupplyDemandRatio { compensation } => self.validate_compensation(compensation)?,
        }
        if self.tariff.tables.is_empty() {
            return Err(PolicyError::TariffMissing);
        }
        Ok(())
    }

    fn validate_compensation(&self, compensation: Price) -> Result<(), PolicyError> {
        for spread in self.tariff.rates().map(Rates::spread) {
            if compensation > spread {
                return Err(PolicyError::CompensationAboveSpread {
                    spread,
                    got: compensation,
                });
            }
        }
        Ok(())
    }

    fn validate_fees(&self) -> Result<(), PolicyError> {
        if self.fees.len() > MAX_FEES {
            return Err(PolicyError::TooManyFees { got: self.fees.len() });
        }
        let mut basis_points = 0_u64;
        for (position, fee) in self.fees.iter().enumerate() {
            if self.fees.iter().take(position).any(|before| before.id == fee.id) {
                return Err(PolicyError::FeeTwice { got: fee.id });
            }
            match fee.kind {
                FeeKind::BasisPoints(part) => basis_points = basis_points.saturating_add(u64::from(part.0)),
                FeeKind::PerMwh(rate) if rate > MAX_PRICE => {
                    return Err(PolicyError::PriceAboveMax {
                        what: "fee",
                        got: rate,
                    });
                }
                FeeKind::PerMwh(_) => {}
            }
        }
        if basis_points > u64::from(BasisPoints::WHOLE.0) {
            return Err(PolicyError::FeesAboveWhole { got: basis_points });
        }
        Ok(())
    }
}
