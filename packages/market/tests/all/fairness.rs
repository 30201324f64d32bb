//! What fairness means, from definitions that know nothing of how shares are found.

use gridpact_market::{AllocationRule, Terms, WindowSettlement};
use gridpact_units::{Energy, Reading};
use proptest::prelude::*;

use crate::support::{
    accounts, divided, export, fixed, homes, import, one_interval, only_sells, FIRST, STATIC, STATIC_ONCE,
};

const EVERY_RULE: [AllocationRule; 5] = [
    AllocationRule::Even,
    AllocationRule::ProRata,
    STATIC,
    STATIC_ONCE,
    AllocationRule::Priority,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Max-min fair: who lacks something could only gain if somebody lost who has no more, up to 1 mWh of rounding.
    #[test]
    fn nobody_who_lacks_has_less_by_weight_than_anybody_who_has(
        claims in prop::collection::vec((0_u64..1_000, 1_u32..5), 1..20),
        total in 0_u64..10_000,
    ) {
        let (needs, weights): (Vec<u64>, Vec<u32>) = claims.into_iter().unzip();
        let shares = divided(AllocationRule::Even, homes(&weights), total, &needs);
        for lacking in (0..needs.len()).filter(|&i| shares[i] < needs[i]) {
            for having in (0..needs.len()).filter(|&i| shares[i] > 0) {
                let gained = (shares[lacking] + 1) * u64::from(weights[having]);
                let lost = (shares[having] - 1) * u64::from(weights[lacking]);
                prop_assert!(gained > lost, "{shares:?} of {needs:?} by {weights:?}");
            }
        }
    }

    /// Twins differ by at most 1 mWh as buyers and as sellers, under every rule on either side.
    #[test]
    fn households_equal_in_need_and_ability_differ_by_at_most_1_mwh(
        others in prop::collection::vec((0_u64..60, 0_u64..60), 0..8),
        (need, offer, free) in (0_u64..40, 0_u64..40, 0_u128..10),
        (buyers, sellers) in (0..EVERY_RULE.len(), 0..EVERY_RULE.len()),
        weight in 1_u32..4,
    ) {
        let terms = (0..).map(|home| Terms { weight, ..Terms::of_household(home) });
        let mut accounts = accounts(terms.take(others.len() + 2));
        accounts[0].free.0 = free;
        accounts[1].free.0 = free;
        let twin = Reading::measured(Energy(need * 1_000), Energy(offer));
        let readings: Vec<Reading> = [twin, twin]
            .into_iter()
            .chain(others.into_iter().map(|(import, export)| Reading::measured(Energy(import), Energy(export * 1_000))))
            .collect();
        let policy = fixed(EVERY_RULE[buyers], EVERY_RULE[sellers]);
        let (bought, sold) = one_interval(&policy, &accounts, &readings);
        prop_assert!(bought[0].abs_diff(bought[1]) <= 1 && sold[0].abs_diff(sold[1]) <= 1, "{bought:?} {sold:?}");
    }

    /// A household gains nothing by a second meter: its need in two parts gets what it gets in one.
    #[test]
    fn a_second_meter_does_not_get_a_second_share(
        needs in prop::collection::vec(0_u64..100, 2..10),
        split in 0_u64..100,
        total in 0_u64..500,
        weight in 1_u32..4,
    ) {
        let mut terms: Vec<Terms> = (0..needs.len() as u32).map(Terms::of_household).collect();
        terms[0].weight = weight;
        let whole = divided(AllocationRule::Even, accounts(terms.clone()), total, &needs);

        let first = split.min(needs[0]);
        let mut parts = needs.clone();
        parts[0] = first;
        parts.push(needs[0] - first);
        // The second meter with another weight: the household's largest counts.
        terms.push(Terms { weight: 1, ..terms[0] });
        let shares = divided(AllocationRule::Even, accounts(terms), total, &parts);
        prop_assert_eq!(shares[0] + shares[needs.len()], whole[0]);
        prop_assert_eq!(&shares[1..needs.len()], &whole[1..]);
    }
}

/// Each tier is served fully before the next, whatever the rule, on both sides.
#[test]
fn a_lower_tier_comes_first() {
    let tiers = [2, 0, 1, 0];
    for rule in EVERY_RULE.into_iter().filter(|rule| *rule != STATIC_ONCE) {
        let terms = tiers.iter().zip(0..).map(|(&tier, home)| Terms {
            buy_tier: tier,
            sell_tier: tier,
            ..Terms::of_household(home)
        });
        let mut accounts = accounts(terms);
        assert_eq!(
            divided(rule, accounts.clone(), 25, &[10, 10, 10, 10]),
            [0, 10, 5, 10],
            "{rule:?}"
        );
        assert_eq!(
            divided(rule, accounts.clone(), 35, &[10, 10, 10, 10]),
            [5, 10, 10, 10],
            "{rule:?}"
        );

        accounts.push(crate::support::account(4, Terms::of_household(4)));
        let readings = [export(10), export(10), export(10), export(10), import(25)];
        let (_, sold) = one_interval(&fixed(AllocationRule::Even, rule), &accounts, &readings);
        assert_eq!(sold, [0, 10, 5, 10, 0], "{rule:?}");
    }
}

/// Three homes share 1 mWh in each of 300 intervals: nobody wins every tie, nor hardly ever.
#[test]
fn ties_go_round() {
    for rule in [
        AllocationRule::Even,
        AllocationRule::ProRata,
        STATIC,
        AllocationRule::Priority,
    ] {
        let mut accounts = homes(&[1, 1, 1]);
        accounts.push(crate::support::account(3, only_sells(3)));
        let policy = fixed(rule, AllocationRule::Even);
        let mut window = WindowSettlement::new(&policy, &accounts);
        let mut wins = [0_u32; 3];
        for interval in 0..300 {
            let readings = [import(1), import(1), import(1), export(1)];
            let outcome = window.interval(FIRST.plus(interval), &readings).unwrap();
            wins[outcome.bought.iter().position(|bought| bought.0 == 1).unwrap()] += 1;
        }
        assert!(
            wins.iter().all(|&wins| (70..=130).contains(&wins)),
            "{rule:?}: {wins:?}"
        );
    }
}
