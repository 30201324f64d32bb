//! What the rules promise of every interval, looked at without the code that divides.

use std::collections::BTreeMap;

use gridpact_market::{Account, AllocationRule, OwnInjection, Policy, Terms};
use gridpact_reference::interval::Interval;
use gridpact_units::{IntervalIndex, Reading, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

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
    pub fn interval(
        &mut self,
        index: IntervalIndex,
        readings: &[Reading],
        outcome: &Interval,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |what: &str, left: u128, right: u128| {
            if left != right {
                wrong.push(format!("interval {index}: {what}: {left} is not {right}"));
            }
        };
        let bought: u128 = sum(&outcome.bought);
        let sold: u128 = sum(&outcome.sold);
        same("bought = sold", bought, sold);
        same("bought = traded", bought, outcome.traded.into());
        let offers_again = |rule| rule != AllocationRule::Static { reoffer: false };
        if offers_again(self.policy.buyers) && offers_again(self.policy.sellers) {
            let (given, paid) = (u128::from(outcome.supply), u128::from(outcome.payable));
            let between = match self.policy.own_injection {
                OwnInjection::Excluded => given + paid - self.of_one_household(readings, outcome),
                OwnInjection::Counts => u128::MAX,
            };
            let most = given.min(outcome.demand.into()).min(paid).min(between);
            same(
                "traded = what can be given, taken and paid between households",
                outcome.traded.into(),
                most,
            );
        }
        if self.plain && self.policy.buyers == AllocationRule::Even {
            self.check_even(index, readings, outcome, &mut wrong);
        }
        for (spent, bought) in self.spent.iter_mut().zip(&outcome.bought) {
            *spent += u128::from(*bought) * outcome.price;
        }
        wrong
    }

    /// What a seat's account can still pay for, mWh.
    fn affordable(&self, seat: usize, outcome: &Interval) -> u128 {
        let free = self.accounts[seat].free.0 * MILLIWATT_HOURS_PER_MEGAWATT_HOUR;
        let left = free.saturating_sub(self.spent[seat]);
        left.checked_div(outcome.price).unwrap_or(u128::MAX)
    }

    /// The most that one household could both take and give: nobody buys from themselves, so this cannot all be traded.
    fn of_one_household(&self, readings: &[Reading], outcome: &Interval) -> u128 {
        let mut both: BTreeMap<u32, u128> = BTreeMap::new();
        for (seat, account) in self.accounts.iter().enumerate() {
            let Some(terms) = account.terms else { continue };
            let need = u128::from(need(&terms, &readings[seat])).min(self.affordable(seat, outcome));
            let offer = u128::from(offer(&terms, &readings[seat]));
            *both.entry(terms.household).or_default() += need + offer;
        }
        both.into_values().max().unwrap_or_default()
    }

    /// Max-min: who could have used and paid for more has no less than anybody, but for 1 mWh of a tie. Nobody can have
    /// more than the others give.
    fn check_even(
        &self,
        index: IntervalIndex,
        readings: &[Reading],
        outcome: &Interval,
        wrong: &mut Vec<String>,
    ) {
        let most = outcome.bought.iter().copied().max().unwrap_or_default();
        for (seat, account) in self.accounts.iter().enumerate() {
            let Some(terms) = account.terms else { continue };
            let (bought, need) = (outcome.bought[seat], need(&terms, &readings[seat]));
            let affordable = self.affordable(seat, outcome);
            let of_others = u128::from(outcome.supply - offer(&terms, &readings[seat]));
            if u128::from(bought) > affordable || bought > need {
                wrong.push(format!(
                    "interval {index}: slot {}: more than it needs or can pay",
                    account.slot
                ));
            }
            if u128::from(bought) < affordable.min(need.into()).min(of_others) && bought + 1 < most {
                wrong.push(format!(
                    "interval {index}: slot {} got {bought} mWh, needs and can pay more, another got {most}",
                    account.slot
                ));
            }
        }
    }
}

fn sum(shares: &[u64]) -> u128 {
    shares.iter().map(|share| u128::from(*share)).sum()
}

/// What a seat could use of its neighbours' energy, mWh.
fn need(terms: &Terms, reading: &Reading) -> u64 {
    let trades = terms.buy_tier != Terms::NO_TIER && !reading.is_missing();
    if trades {
        terms.part.of(reading.import).0
    } else {
        0
    }
}

/// What a seat has for its neighbours, mWh.
fn offer(terms: &Terms, reading: &Reading) -> u64 {
    let trades = terms.sell_tier != Terms::NO_TIER && !reading.is_missing();
    if trades {
        terms.part.of(reading.export).0
    } else {
        0
    }
}
