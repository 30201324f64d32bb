//! What is checked about every interval, from its readings, the balances its window began with and what was promised: a model
//! of its own that divides nothing itself.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "readings, prices and balances are bounded so that sums and products stay below 2^128"
)]

use gridpact_market::{Account, AllocationRule, Policy, Terms};
use gridpact_units::{Energy, EnergyTotal, Price, Reading, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

use super::promises::{Promises, StoryPromise};
use crate::metered::{highest_price, need_and_offer};
use crate::mirror::Cut;
use crate::run::Interval;

/// The checks of one window's intervals, in their order.
pub struct IntervalChecks<'a> {
    policy: &'a Policy,
    accounts: &'a [Account],
    /// Of each, its household counted from 0, and whether it has no other meter.
    households: Vec<(usize, bool)>,
    /// What each bought so far in this window, mWh x price.
    spent: Vec<u128>,
    /// The first need that a balance cut.
    pub cut: Option<Cut>,
}

/// A slot that takes part.
#[derive(Clone, Copy)]
struct Trader {
    terms: Terms,
    household: usize,
    /// The household's only meter.
    alone: bool,
    need: u64,
    /// What it can pay for of its need.
    able: u64,
    offer: u64,
    bought: u64,
    sold: u64,
}

impl<'a> IntervalChecks<'a> {
    /// A window that begins with these accounts.
    pub fn new(policy: &'a Policy, accounts: &'a [Account]) -> Self {
        Self {
            policy,
            accounts,
            households: households(accounts),
            spent: vec![0; accounts.len()],
            cut: None,
        }
    }

    /// Checks the next interval.
    pub fn check(
        &mut self,
        promises: &mut Promises,
        interval: &Interval,
        readings: &[Reading],
        bought: &[Energy],
        sold: &[Energy],
    ) {
        let what = || format!("interval at {}", interval.start);
        let every_home = [bought.len(), sold.len(), readings.len()] == [self.accounts.len(); 3];
        promises.that(StoryPromise::Shared, every_home, || {
            format!("{}: not every home is in it", what())
        });
        self.note_cut(interval, readings);
        let traders = self.traders(interval.price, readings, bought, sold);
        shared(promises, self.policy, interval, &traders);
        impartial(promises, self.policy, interval, &traders);
        for (spent, bought) in self.spent.iter_mut().zip(bought) {
            *spent += worth(*bought, interval.price);
        }
    }

    /// Keeps the first need that its home could not have paid for at the highest price.
    fn note_cut(&mut self, interval: &Interval, readings: &[Reading]) {
        let index = self.policy.interval_length.index_at(interval.start);
        let highest = highest_price(self.policy, index, interval.price);
        let homes = self.accounts.iter().zip(readings).zip(&self.spent).enumerate();
        let mut cuts = homes.filter_map(|(slot, ((account, reading), spent))| {
            let (need, _) = need_and_offer(&account.terms?, reading);
            let able = able(account, *spent, highest, need);
            (able < need).then_some(Cut {
                slot,
                start: interval.start,
                need,
                able,
            })
        });
        self.cut = self.cut.or_else(|| cuts.next());
    }

    fn traders(&self, price: Price, readings: &[Reading], bought: &[Energy], sold: &[Energy]) -> Vec<Trader> {
        let homes = self.accounts.iter().zip(&self.households).zip(&self.spent);
        let got = readings.iter().zip(bought.iter().zip(sold));
        let traders = homes.zip(got).filter_map(|(home, (reading, (bought, sold)))| {
            let ((account, (household, alone)), spent) = home;
            let terms = account.terms?;
            let (need, offer) = need_and_offer(&terms, reading);
            Some(Trader {
                terms,
                household: *household,
                alone: *alone,
                need: need.0,
                able: able(account, *spent, price, need).0,
                offer: offer.0,
                bought: bought.0,
                sold: sold.0,
            })
        });
        traders.collect()
    }
}

/// What an account can still pay for of a need: debits are rounded up, and never exceed what was free.
fn able(account: &Account, spent: u128, price: Price, need: Energy) -> Energy {
    let free = account.free.0 * MILLIWATT_HOURS_PER_MEGAWATT_HOUR;
    let energy = free.saturating_sub(spent).checked_div(price.0);
    let energy = energy.map_or(u64::MAX, |energy| u64::try_from(energy).unwrap_or(u64::MAX));
    need.min(Energy(energy))
}

fn worth(energy: Energy, price: Price) -> u128 {
    price.checked_value(energy).map_or(u128::MAX, |value| value.0)
}

/// Bought = sold, nobody more than it could pay for or gave, and as much as can be traded with nobody buying from itself.
fn shared(promises: &mut Promises, policy: &Policy, interval: &Interval, traders: &[Trader]) {
    let sum = |of: fn(&Trader) -> u64| traders.iter().map(|trader| u128::from(of(trader))).sum::<u128>();
    let bought = sum(|trader| trader.bought);
    let equal = [
        ("bought against sold", sum(|trader| trader.sold), bought),
        ("shared", interval.shared.into(), bought),
        ("deficit", interval.demand.into(), sum(|trader| trader.need)),
        ("surplus", interval.supply.into(), sum(|trader| trader.offer)),
        ("payable", interval.payable.into(), sum(|trader| trader.able)),
    ];
    for (what, expected, got) in equal {
        promises.equal(
            StoryPromise::Shared,
            || format!("interval at {}: {what}", interval.start),
            EnergyTotal(expected),
            EnergyTotal(got),
        );
    }
    let within = |trader: &Trader| trader.bought <= trader.able && trader.sold <= trader.offer;
    promises.that(StoryPromise::Shared, traders.iter().all(within), || {
        format!("interval at {}: more than was needed or given", interval.start)
    });
    let most = tradable(traders);
    let all = [policy.buyers, policy.sellers]
        .iter()
        .all(|rule| *rule != AllocationRule::Static { reoffer: false });
    // What fixed parts leave stays outside.
    let kept = if all { bought == most } else { bought <= most };
    promises.that(StoryPromise::Shared, kept, || {
        format!(
            "interval at {}: of {most} mWh that can be traded, {bought} were",
            interval.start
        )
    });
}

/// The household of each account, counted from 0, and whether it has no other.
fn households(accounts: &[Account]) -> Vec<(usize, bool)> {
    let ids = accounts
        .iter()
        .map(|account| account.terms.map(|terms| terms.household));
    let mut known: Vec<_> = ids.clone().collect();
    known.sort_unstable();
    let place = |id| {
        let (first, last) = (
            known.partition_point(|other| *other < id),
            known.partition_point(|other| *other <= id),
        );
        (first, last - first == 1)
    };
    ids.map(place).collect()
}

/// T = min(S, D, S + D - max(d + s)), with d and s of whole households.
fn tradable(traders: &[Trader]) -> u128 {
    let households = traders.iter().map(|trader| trader.household).max();
    let mut sides = vec![0_u128; households.map_or(0, |last| last + 1)];
    let (mut needed, mut offered) = (0_u128, 0_u128);
    for trader in traders {
        let (need, offer) = (u128::from(trader.able), u128::from(trader.offer));
        needed += need;
        offered += offer;
        if let Some(side) = sides.get_mut(trader.household) {
            *side += need + offer;
        }
    }
    let most = sides.into_iter().max().unwrap_or_default();
    needed.min(offered).min(needed + offered - most)
}

/// Households of one meter each that are equal in need, ability to pay, own supply, weight and tier got the same, to the mWh.
fn impartial(promises: &mut Promises, policy: &Policy, interval: &Interval, traders: &[Trader]) {
    let alone = || traders.iter().filter(|trader| trader.alone);
    // Under `priority` who comes first gets more.
    if policy.buyers != AllocationRule::Priority {
        let buyers = alone().filter(|trader| trader.need > 0);
        equal(
            promises,
            interval,
            buyers.map(|trader| (trader.alike(trader.terms.buy_tier), trader.bought)),
        );
    }
    if policy.sellers != AllocationRule::Priority {
        let sellers = alone().filter(|trader| trader.offer > 0);
        equal(
            promises,
            interval,
            sellers.map(|trader| (trader.alike(trader.terms.sell_tier), trader.sold)),
        );
    }
}

/// What makes two equal: need, what of it can be paid, own supply, weight, tier.
type Alike = (u64, u64, u64, u32, u8);

impl Trader {
    fn alike(&self, tier: u8) -> Alike {
        (self.need, self.able, self.offer, self.terms.weight, tier)
    }
}

fn equal(promises: &mut Promises, interval: &Interval, got: impl Iterator<Item = (Alike, u64)>) {
    let mut got: Vec<(Alike, u64)> = got.collect();
    got.sort_unstable();
    for same in got.chunk_by(|one, other| one.0 == other.0) {
        let (Some((alike, least)), Some((_, most))) = (same.first(), same.last()) else {
            continue;
        };
        promises.that(StoryPromise::Impartial, most - least <= 1, || {
            format!(
                "interval at {}: of homes with a need of {} and a supply of {} mWh one got {least} and one {most}",
                interval.start, alike.0, alike.2
            )
        });
    }
}
