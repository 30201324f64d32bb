//! What the design promises of every interval, looked at without the code that divides.

use std::collections::BTreeMap;

use gridpact_market::{Account, AllocationRule, IntervalOutcome, Policy, Terms};
use gridpact_units::{Reading, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

/// Watches the intervals of one window.
pub(super) struct Watch<'a> {
    policy: &'a Policy,
    accounts: &'a [Account],
    /// What each seat spent so far, as mWh x price.
    spent: Vec<u128>,
    /// Whether every home has one meter of weight 1 in the first tier: then shares can be compared one by one.
    plain: bool,
}

impl<'a> Watch<'a> {
    pub fn new(policy: &'a Policy, accounts: &'a [Account]) -> Self {
        let mut households: Vec<u32> = accounts
            .iter()
            .filter_map(|a| a.terms)
            .map(|t| t.household)
            .collect();
        households.sort_unstable();
        let alone = households.windows(2).all(|pair| pair[0] != pair[1]);
        let usual = |terms: Terms| terms.weight == 1 && terms.buy_tier == 0;
        Self {
            policy,
            accounts,
            spent: vec![0; accounts.len()],
            plain: alone && accounts.iter().filter_map(|account| account.terms).all(usual),
        }
    }

    /// What is wrong with an interval.
    pub fn interval(&mut self, readings: &[Reading], outcome: &IntervalOutcome<'_>) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |what: &str, left: u128, right: u128| {
            if left != right {
                wrong.push(format!(
                    "interval {}: {what}: {left} is not {right}",
                    outcome.index
                ));
            }
        };
        let bought: u128 = outcome.bought.iter().map(|energy| u128::from(energy.0)).sum();
        let sold: u128 = outcome.sold.iter().map(|energy| u128::from(energy.0)).sum();
        same("bought = sold", bought, sold);
        same("bought = traded", bought, outcome.traded.0);
        let offers_again = |rule| rule != AllocationRule::Static { reoffer: false };
        if offers_again(self.policy.buyers) && offers_again(self.policy.sellers) {
            let most = outcome.supply.0.min(outcome.demand.0).min(outcome.payable.0);
            let most =
                most.min(outcome.supply.0 + outcome.payable.0 - self.of_one_household(readings, outcome));
            same(
                "traded = what can be given, taken and paid between households",
                outcome.traded.0,
                most,
            );
        }
        if self.plain && self.policy.buyers == AllocationRule::Even {
            self.check_even(readings, outcome, &mut wrong);
        }
        for (spent, bought) in self.spent.iter_mut().zip(outcome.bought) {
            *spent += u128::from(bought.0) * outcome.price.0;
        }
        wrong
    }

    /// What a seat's account can still pay for, mWh.
    fn affordable(&self, seat: usize, outcome: &IntervalOutcome<'_>) -> u128 {
        let free = self.accounts[seat].free.0 * MILLIWATT_HOURS_PER_MEGAWATT_HOUR;
        let left = free.saturating_sub(self.spent[seat]);
        left.checked_div(outcome.price.0).unwrap_or(u128::MAX)
    }

    /// The most that one household could both take and give: nobody buys from themselves, so this cannot all be traded.
    fn of_one_household(&self, readings: &[Reading], outcome: &IntervalOutcome<'_>) -> u128 {
        let mut both: BTreeMap<u32, u128> = BTreeMap::new();
        for (seat, account) in self.accounts.iter().enumerate() {
            let Some(terms) = account.terms else { continue };
            let need = u128::from(terms.part.of(readings[seat].import).0).min(self.affordable(seat, outcome));
            let offer = u128::from(terms.part.of(readings[seat].export).0);
            *both.entry(terms.household).or_default() += need + offer;
        }
        both.into_values().max().unwrap_or_default()
    }

    /// Max-min: who could have used and paid for more has no less than anybody, but for 1 mWh of a tie. Nobody can have
    /// more than the others give.
    fn check_even(&self, readings: &[Reading], outcome: &IntervalOutcome<'_>, wrong: &mut Vec<String>) {
        let most = outcome
            .bought
            .iter()
            .map(|energy| energy.0)
            .max()
            .unwrap_or_default();
        for (seat, account) in self.accounts.iter().enumerate() {
            let Some(terms) = account.terms else { continue };
            let (bought, need) = (outcome.bought[seat].0, terms.part.of(readings[seat].import).0);
            let affordable = self.affordable(seat, outcome);
            let of_others = outcome.supply.0 - u128::from(terms.part.of(readings[seat].export).0);
            if u128::from(bought) > affordable || bought > need {
                let index = outcome.index;
                wrong.push(format!(
                    "interval {index}: slot {}: more than it needs or can pay",
                    account.slot
                ));
            }
            if u128::from(bought) < affordable.min(need.into()).min(of_others) && bought + 1 < most {
                wrong.push(format!(
                    "interval {}: slot {} got {bought} mWh, needs and can pay more, another got {most}",
                    outcome.index, account.slot
                ));
            }
        }
    }
}
