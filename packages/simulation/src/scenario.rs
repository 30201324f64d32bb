//! What a simulation assumes beside the readings: money, the utility, the rules that the grid agrees on.

use gridpact_market::{
    AllocationRule, FeeKind, OwnInjection, Policy, PolicyError, PriceRule, RoundingRule, Tariff,
};
use gridpact_units::{Amount, BasisPoints, IntervalLength, Seconds};

use crate::run::{Currency, Utility};
use crate::schedule::Windows;
use crate::utility_prices::UtilityPrices;

/// What is assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// How to print base units.
    pub currency: Currency,
    /// The utility, if any.
    pub utility: Option<Utility>,
    /// What a grid's file says beside the rules: its tariff, fees, own injection and notice.
    pub grid: Option<Policy>,
    /// When windows begin, and how long they stay provisional.
    pub windows: Windows,
    /// The utility's prices by time where they are not the policy's.
    pub utility_prices: UtilityPrices,
    /// How what is offered is divided among the homes that need it.
    pub buyers: AllocationRule,
    /// How what was bought is divided among those that offered; without it as among buyers, and on an island, where what was
    /// exported was used by somebody, by how much each gave.
    pub sellers: Option<AllocationRule>,
    /// The price rule as it was written.
    pub price_name: String,
    /// The price rule.
    pub price: PriceRule,
    /// Fee on what sellers earn.
    pub fee: BasisPoints,
    /// Deposit of every home; without it each deposits what it needs for the whole run.
    pub deposit: Option<Amount>,
    /// Whether rounding may take more than 1 % of what homes pay and earn.
    pub accept_rounding: bool,
    /// Pledge of every home, more than nothing.
    pub pledge: Amount,
}

impl Scenario {
    /// Checks that rules and prices go together, before any reading is looked at.
    ///
    /// # Errors
    /// What a grid's policy would be refused for.
    pub fn check(&self) -> Result<(), PolicyError> {
        let length = self
            .grid
            .as_ref()
            .map_or(IntervalLength::HOUR, |grid| grid.interval_length);
        self.policy(length, self.buyers).validate()
    }

    /// The grid's policy under a rule for buyers.
    pub fn policy(&self, interval_length: IntervalLength, buyers: AllocationRule) -> Policy {
        let sellers = match self.utility {
            Some(_) => buyers,
            None => AllocationRule::ProRata,
        };
        let sellers = self.sellers.unwrap_or(sellers);
        if let Some(grid) = &self.grid {
            let fee = vec![FeeKind::BasisPoints(self.fee).of(1)];
            return Policy {
                interval_length,
                buyers,
                sellers,
                price: self.price,
                fees: if self.fee.0 == 0 { grid.fees.clone() } else { fee },
                ..grid.clone()
            };
        }
        Policy {
            interval_length,
            buyers,
            sellers,
            price: self.price,
            tariff: self.utility.map_or(Tariff::NONE, |utility| {
                Tariff::flat(utility.retail, utility.feed_in)
            }),
            fees: if self.fee.0 == 0 {
                vec![]
            } else {
                vec![FeeKind::BasisPoints(self.fee).of(1)]
            },
            rounding: RoundingRule::LARGEST_REMAINDER,
            withdrawal_notice: Seconds(0),
            own_injection: OwnInjection::Excluded,
        }
    }
}
