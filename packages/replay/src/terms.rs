use gridpact_market::Policy;
use gridpact_report::quorum::threshold_allowed;
use gridpact_report::{Domain, Resolution};
use gridpact_units::Seconds;

use crate::error::EventError;

/// What a grid was made with and never changes: the registry's and the settlement's instantiation, as far as its books
/// follow from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridTerms {
    /// Identifier of the chain, as the oracles sign it.
    pub chain_id: String,
    /// Address of the meter-registry, as the oracles sign it.
    pub registry: String,
    /// Rules, prices, tariff, fees, and the length of an interval.
    pub policy: Policy,
    /// Energy of one count in a report.
    pub resolution: Resolution,
    /// How long a settled window stays provisional.
    pub challenge_period: Seconds,
    /// How long after its end an interval may be reported.
    pub report_limit: Seconds,
    /// Who attests the readings.
    pub committee: Committee,
}

/// The oracles of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committee {
    /// The epoch: 1 for the first committee.
    pub epoch: u32,
    /// The members' keys (SEC 1), in the committee's order.
    pub keys: Vec<Vec<u8>>,
    /// How many of them must sign.
    pub quorum: usize,
}

impl GridTerms {
    /// Where its reports count.
    pub fn domain(&self) -> Domain<'_> {
        Domain {
            chain_id: &self.chain_id,
            registry: &self.registry,
        }
    }

    pub(crate) fn check(&self) -> Result<(), EventError> {
        self.policy.validate()?;
        let (members, quorum) = (self.committee.keys.len(), self.committee.quorum);
        if threshold_allowed(members, quorum) {
            Ok(())
        } else {
            Err(EventError::Committee { members, quorum })
        }
    }
}
