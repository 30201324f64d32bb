//! What holds for every window, whatever the policy, the seats and the readings.

use gridpact_market::{
    settle_window, Account, AllocationRule, Fee, FeeAmount, FeeKind, OwnInjection, Policy, SeatResult, Terms,
    WindowOutcome, WindowSettlement,
};
use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, Quality, Reading};
use proptest::prelude::*;

use crate::support::{FIRST, STATIC_ONCE};
use crate::windows::{window, Window};

/// mWh x price in one base unit.
const UNIT: u128 = 1_000_000_000;

fn settle(window: &Window) -> WindowOutcome {
    settle_window(&window.policy, &window.accounts, FIRST, &window.readings.concat()).unwrap()
}

/// What a meter needs and offers in the grid, from its reading and terms.
fn in_grid(account: &Account, reading: &Reading) -> (u64, u64) {
    match account.terms {
        Some(terms) if reading.quality != Quality::Missing => {
            let part = |energy: Energy, tier: u8| {
                if tier == Terms::NO_TIER {
                    0
                } else {
                    energy.0 * u64::from(terms.part.0) / 1_000_000
                }
            };
            (
                part(reading.import, terms.buy_tier),
                part(reading.export, terms.sell_tier),
            )
        }
        _ => (0, 0),
    }
}

/// Of `need`, what can still be paid: each mWh costs `price`, and the sum, rounded up, may not exceed what is free.
fn payable(account: &Account, spent: u128, price: u128, need: u64) -> u64 {
    let affordable = |energy: u64| (spent + price * u128::from(energy)).div_ceil(UNIT) <= account.free.0;
    // By bisection of the definition, not by the division that the crate does.
    let (mut yes, mut no) = (0, need + 1);
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if affordable(middle) {
            yes = middle
        } else {
            no = middle
        }
    }
    yes
}

/// A household's sum of a list of one value a seat.
fn of_household(accounts: &[Account], household: u32, values: &[u64]) -> u64 {
    let seats = accounts.iter().zip(values);
    let own = seats.filter(|(account, _)| account.terms.is_some_and(|terms| terms.household == household));
    own.map(|(_, value)| *value).sum()
}

/// What can be traded when nobody buys from themselves: S + D less what the household with most of both has, at most S and D.
fn tradable(window: &Window, needs: &[u64], offers: &[u64]) -> u64 {
    let (demand, supply) = (needs.iter().sum::<u64>(), offers.iter().sum::<u64>());
    if window.policy.own_injection == OwnInjection::Counts {
        return demand.min(supply);
    }
    let households = window.accounts.iter().filter_map(|account| account.terms);
    let both = households.map(|terms| {
        of_household(&window.accounts, terms.household, needs)
            + of_household(&window.accounts, terms.household, offers)
    });
    demand.min(supply).min(demand + supply - both.max().unwrap_or(0))
}

/// Within one side: a tier is served fully before the next, and under `priority` a place before the next. `held` are seats of a
/// household that has got all that the others have for it.
fn assert_ranks(
    rule: AllocationRule,
    ranks: &[Option<(u8, u16)>],
    held: &[bool],
    caps: &[u64],
    shares: &[u64],
) {
    for lacking in (0..caps.len()).filter(|&i| shares[i] < caps[i] && !held[i]) {
        for having in (0..caps.len()).filter(|&i| shares[i] > 0) {
            let (first, second) = (ranks[lacking].unwrap(), ranks[having].unwrap());
            assert!(second.0 <= first.0, "tiers: {caps:?} {shares:?}");
            assert!(
                rule != AllocationRule::Priority || second <= first,
                "places: {caps:?} {shares:?}"
            );
        }
    }
}

/// Settles interval by interval, checks each against the definitions, and returns what each seat spent and earned.
fn check_intervals(window: &Window) -> (WindowOutcome, Vec<(u128, u128)>) {
    let Window {
        policy,
        accounts,
        readings,
    } = window;
    let offers_again = policy.buyers != STATIC_ONCE && policy.sellers != STATIC_ONCE;
    let mut values = vec![(0_u128, 0_u128); accounts.len()];
    let mut settlement = WindowSettlement::new(policy, accounts);
    for (readings, index) in readings.iter().zip(FIRST.0..) {
        let outcome = settlement.interval(IntervalIndex(index), readings).unwrap();
        let price = outcome.price.0;
        let metered: Vec<(u64, u64)> = accounts
            .iter()
            .zip(readings)
            .map(|(account, reading)| in_grid(account, reading))
            .collect();
        let needs: Vec<u64> = (0..accounts.len())
            .map(|i| payable(&accounts[i], values[i].0, price, metered[i].0))
            .collect();
        let offers: Vec<u64> = metered.iter().map(|energies| energies.1).collect();
        let bought: Vec<u64> = outcome.bought.iter().map(|energy| energy.0).collect();
        let sold: Vec<u64> = outcome.sold.iter().map(|energy| energy.0).collect();

        let total = |energies: &[u64]| EnergyTotal(energies.iter().map(|&energy| u128::from(energy)).sum());
        let demand = metered.iter().map(|energies| energies.0).collect::<Vec<_>>();
        assert_eq!(
            (outcome.supply, outcome.demand, outcome.payable),
            (total(&offers), total(&demand), total(&needs))
        );
        assert_eq!((total(&bought), total(&sold)), (outcome.traded, outcome.traded));
        let possible = EnergyTotal(tradable(window, &needs, &offers).into());
        assert!(outcome.traded == possible || !offers_again && outcome.traded < possible);
        let of = |account: &Account, values: &[u64]| {
            account
                .terms
                .map_or(0, |terms| of_household(accounts, terms.household, values))
        };
        if policy.own_injection == OwnInjection::Excluded {
            // Just then what was bought and sold can be matched so that nobody is matched with themselves.
            let own = |account: &Account| u128::from(of(account, &bought) + of(account, &sold));
            assert!(
                accounts.iter().all(|account| own(account) <= outcome.traded.0),
                "{bought:?} {sold:?}"
            );
        }
        assert!(
            bought.iter().zip(&needs).all(|(bought, need)| bought <= need),
            "{bought:?} of {needs:?}"
        );
        assert!(
            sold.iter().zip(&offers).all(|(sold, offer)| sold <= offer),
            "{sold:?} of {offers:?}"
        );
        if offers_again {
            let ranks = |tier: fn(&Terms) -> u8| -> Vec<Option<(u8, u16)>> {
                accounts
                    .iter()
                    .map(|account| account.terms.map(|terms| (tier(&terms), terms.priority)))
                    .collect()
            };
            let all = |values: &[u64]| values.iter().sum::<u64>();
            let held = |shares: &[u64], others: &[u64]| -> Vec<bool> {
                let room = |account: &Account| all(others) - of(account, others);
                accounts
                    .iter()
                    .map(|account| {
                        policy.own_injection == OwnInjection::Excluded && of(account, shares) == room(account)
                    })
                    .collect()
            };
            assert_ranks(
                policy.buyers,
                &ranks(|terms| terms.buy_tier),
                &held(&bought, &offers),
                &needs,
                &bought,
            );
            assert_ranks(
                policy.sellers,
                &ranks(|terms| terms.sell_tier),
                &held(&sold, &needs),
                &offers,
                &sold,
            );
        }
        for (i, (spent, earned)) in values.iter_mut().enumerate() {
            *spent += price * u128::from(bought[i]);
            *earned += price * u128::from(sold[i]);
        }
    }
    (settlement.finish().unwrap(), values)
}

/// What each fee takes of a seat, exactly: at most what the fees before it left.
fn takes(policy: &Policy, earned: u128, sold: u128) -> Vec<u128> {
    let mut left = earned;
    let take = |fee: &Fee| {
        let take = match fee.kind {
            FeeKind::BasisPoints(part) => earned * u128::from(part.0) / 10_000,
            FeeKind::PerMwh(rate) => rate.0 * sold,
        };
        let take = take.min(left);
        left -= take;
        take
    };
    policy.fees.iter().map(take).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_interval_keeps_its_promises_and_money_is_conserved(window in window()) {
        prop_assume!(window.policy.validate().is_ok());
        let (outcome, values) = check_intervals(&window);
        prop_assert_eq!(&outcome, &settle(&window), "interval by interval is the same as at once");

        let mut of_fees = vec![0_u128; window.policy.fees.len()];
        for ((result, account), (spent, earned)) in outcome.results.iter().zip(&window.accounts).zip(values) {
            let takes = takes(&window.policy, earned, result.sold.0);
            let left = earned - takes.iter().sum::<u128>();
            of_fees.iter_mut().zip(&takes).for_each(|(sum, take)| *sum += take);
            prop_assert_eq!(result.debit.0, spent.div_ceil(UNIT));
            prop_assert!(result.debit <= account.free);
            prop_assert_eq!(result.credit.0, left / UNIT);
            prop_assert_eq!(result.credit.0 + result.fee.0, earned / UNIT);
        }
        let of_fee = |(fee, take): (&Fee, &u128)| FeeAmount { id: fee.id, amount: Amount(take / UNIT) };
        let fees: Vec<FeeAmount> = window.policy.fees.iter().zip(&of_fees).map(of_fee).collect();
        prop_assert_eq!(&outcome.community.fees, &fees);
        let sum = |of: fn(&SeatResult) -> Amount| outcome.results.iter().map(|result| of(result).0).sum::<u128>();
        let (debits, credits) = (sum(|result| result.debit), sum(|result| result.credit));
        prop_assert_eq!((debits, credits), (outcome.totals.debit.0, outcome.totals.credit.0));
        let rounding = outcome.community.rounding.0;
        prop_assert_eq!(debits, credits + fees.iter().map(|fee| fee.amount.0).sum::<u128>() + rounding);
        prop_assert!(rounding <= (2 * window.accounts.len() + fees.len()) as u128);
    }

    /// Seats in another order, with their readings: every slot gets and pays the same, and so does the community.
    #[test]
    fn the_order_of_seats_does_not_matter((window, order) in window().prop_flat_map(|window| {
        let order: Vec<usize> = (0..window.accounts.len()).collect();
        (Just(window), Just(order).prop_shuffle())
    })) {
        prop_assume!(window.policy.validate().is_ok());
        let shuffled = Window {
            policy: window.policy.clone(),
            accounts: order.iter().map(|&i| window.accounts[i]).collect(),
            readings: window.readings.iter().map(|row| order.iter().map(|&i| row[i]).collect()).collect(),
        };
        let (one, other) = (settle(&window), settle(&shuffled));
        prop_assert_eq!(&one.community, &other.community);
        prop_assert_eq!(one.totals, other.totals);
        for (place, &i) in order.iter().enumerate() {
            prop_assert_eq!(one.results[i], other.results[place]);
        }
    }
}
