//! Every window against `gridpact-reference`, an independent market in exact fractions: to the mWh, to the base unit, ties
//! included; and what may be traded against the largest flow between different households.

use gridpact_market::AllocationRule;
use gridpact_units::{Energy, Reading};
use proptest::prelude::*;

use crate::support::FIRST;
use crate::windows::window;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_window_is_the_exact_one_to_the_mwh_and_the_base_unit(window in window()) {
        prop_assume!(window.policy.validate().is_ok());
        let (policy, accounts) = (&window.policy, &window.accounts);
        let expected = gridpact_reference::window::settle(policy, accounts, FIRST, &window.readings.concat());
        let mut settlement = gridpact_market::WindowSettlement::new(policy, accounts);
        for ((readings, interval), offset) in window.readings.iter().zip(&expected.intervals).zip(0..) {
            let outcome = settlement.interval(FIRST.plus(offset), readings).unwrap();
            let shares = |energies: &[Energy]| energies.iter().map(|energy| energy.0).collect::<Vec<_>>();
            prop_assert_eq!(outcome.price.0, interval.price);
            prop_assert_eq!(outcome.supply.0, u128::from(interval.supply));
            prop_assert_eq!(outcome.demand.0, u128::from(interval.demand));
            prop_assert_eq!(outcome.counted.0, u128::from(interval.counted));
            prop_assert_eq!(outcome.payable.0, u128::from(interval.payable));
            prop_assert_eq!(outcome.traded.0, u128::from(interval.traded));
            prop_assert_eq!(&shares(outcome.bought), &interval.bought);
            prop_assert_eq!(&shares(outcome.sold), &interval.sold);
        }
        let outcome = settlement.finish().unwrap();
        let sum = |of: fn(&gridpact_reference::interval::Interval) -> u64| -> u128 {
            expected.intervals.iter().map(|interval| u128::from(of(interval))).sum()
        };
        let totals = outcome.totals;
        prop_assert_eq!(totals.supply.0, sum(|interval| interval.supply));
        prop_assert_eq!(totals.demand.0, sum(|interval| interval.demand));
        prop_assert_eq!(totals.counted.0, sum(|interval| interval.counted));
        prop_assert_eq!(totals.payable.0, sum(|interval| interval.payable));
        prop_assert_eq!(totals.traded.0, sum(|interval| interval.traded));
        prop_assert_eq!(totals.debit.0, expected.debits.iter().sum::<u128>());
        prop_assert_eq!(totals.credit.0, expected.credits.iter().sum::<u128>());
        let debits: Vec<u128> = outcome.results.iter().map(|result| result.debit.0).collect();
        let credits: Vec<u128> = outcome.results.iter().map(|result| result.credit.0).collect();
        let taken: Vec<u128> = outcome.results.iter().map(|result| result.fee.0).collect();
        prop_assert_eq!(taken, expected.taken);
        let fees: Vec<_> = outcome.community.fees.iter().map(|fee| (fee.id, fee.amount.0)).collect();
        prop_assert_eq!((debits, credits), (expected.debits, expected.credits));
        prop_assert_eq!((fees, outcome.community.rounding.0), (expected.fees, expected.rounding));
    }
}

/// The most that can flow from households to other households: every split of what is offered is tried along augmenting paths.
fn most_without_self_trade(needs: &[u64], offers: &[u64]) -> u64 {
    let households = needs.len();
    let mut flow = vec![vec![0_u64; households]; households];
    let (mut given, mut taken) = (vec![0_u64; households], vec![0_u64; households]);
    let mut total = 0;
    // One mWh at a time from a household with some left, over households that pass theirs on, to one that lacks some.
    while let Some(path) = augmenting(needs, offers, &flow, &given, &taken) {
        for (step, (seller, buyer)) in path.iter().enumerate() {
            if step % 2 == 0 {
                flow[*seller][*buyer] += 1;
            } else {
                flow[*seller][*buyer] -= 1;
            }
        }
        given[path[0].0] += 1;
        taken[path[path.len() - 1].1] += 1;
        total += 1;
    }
    total
}

type Path = Vec<(usize, usize)>;

fn augmenting(
    needs: &[u64],
    offers: &[u64],
    flow: &[Vec<u64>],
    given: &[u64],
    taken: &[u64],
) -> Option<Path> {
    let households = needs.len();
    let mut open: Vec<(usize, Path)> = (0..households)
        .filter(|seller| given[*seller] < offers[*seller])
        .map(|seller| (seller, Path::new()))
        .collect();
    let mut seen = vec![false; households];
    while let Some((seller, path)) = open.pop() {
        if core::mem::replace(&mut seen[seller], true) {
            continue;
        }
        for buyer in (0..households).filter(|buyer| *buyer != seller && needs[*buyer] > 0) {
            let mut longer = path.clone();
            longer.push((seller, buyer));
            if taken[buyer] < needs[buyer] {
                return Some(longer);
            }
            for other in (0..households).filter(|other| flow[*other][buyer] > 0) {
                let mut back = longer.clone();
                back.push((other, buyer));
                open.push((other, back));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// T of the README against the largest flow between different households.
    #[test]
    fn what_is_traded_is_the_largest_flow_between_different_households(
        sides in prop::collection::vec((0_u64..6, 0_u64..6), 1..6),
    ) {
        let (needs, offers): (Vec<u64>, Vec<u64>) = sides.into_iter().unzip();
        let accounts = crate::support::homes(&vec![1; needs.len()]);
        let readings: Vec<Reading> = needs
            .iter()
            .zip(&offers)
            .map(|(need, offer)| Reading::measured(Energy(*need), Energy(*offer)))
            .collect();
        let policy = crate::support::fixed(AllocationRule::Even, AllocationRule::ProRata);
        let (bought, _) = crate::support::one_interval(&policy, &accounts, &readings);
        prop_assert_eq!(bought.iter().sum::<u64>(), most_without_self_trade(&needs, &offers));
    }
}
