//! The same readings under every rule.

use std::thread;

use anyhow::{anyhow, Context, Result};
use gridpact_market::{AllocationRule, Policy};
use gridpact_units::EnergyTotal;

use super::Preparation;
use crate::bills;
use crate::mirror::Settled;
use crate::run::RuleOutcome;

impl Preparation<'_> {
    /// Settles the run under its own policy, and beside it, on as many cores as there are, the same readings under every other rule
    /// for buyers. Every home can pay all that it needs. The run's own rule is the first of the outcomes.
    pub fn compare(
        &self,
        policy: &Policy,
        energies: &[(EnergyTotal, EnergyTotal)],
    ) -> Result<(Settled, Vec<RuleOutcome>)> {
        let rules = AllocationRule::NAMED.into_iter().map(|(_, rule)| rule);
        let others: Vec<AllocationRule> = rules.filter(|rule| *rule != policy.buyers).collect();
        let under = |rule: AllocationRule| {
            let settled = self.settle(&self.scenario.policy(policy.interval_length, rule))?;
            self.outcome(rule, &settled, energies)
        };
        thread::scope(|scope| {
            let under = &under;
            let others: Vec<_> = others
                .into_iter()
                .map(|rule| scope.spawn(move || under(rule)))
                .collect();
            let settled = self.settle(policy)?;
            let mut outcomes = vec![self.outcome(policy.buyers, &settled, energies)?];
            for other in others {
                let outcome = other
                    .join()
                    .map_err(|_| anyhow!("settling under another rule panicked"))?;
                outcomes.push(outcome?);
            }
            Ok((settled, outcomes))
        })
    }

    fn outcome(
        &self,
        rule: AllocationRule,
        settled: &Settled,
        energies: &[(EnergyTotal, EnergyTotal)],
    ) -> Result<RuleOutcome> {
        let seconds =
            (self.dataset.intervals() as u64).saturating_mul(self.dataset.interval.seconds().into());
        let utility = (self.scenario.utility.as_ref(), seconds);
        let settled = (settled.windows.as_slice(), &settled.worths);
        let outcome = bills::rule_outcome(rule.name(), settled, energies, utility);
        outcome.context("a home is missing in what was settled")
    }
}
