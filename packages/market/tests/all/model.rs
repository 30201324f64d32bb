//! An independent slow model: rounds of offering again in exact fractions, written from the rules' definitions.
//!
//! It says what every claimant's exact share is; the tested shares must be these rounded down or up, sum exactly, and
//! round up those who would lose most. Only who wins among exact equals is left open (a hash decides that).

use proptest::prelude::*;

use crate::support::{accounts, divided, homes, STATIC, STATIC_ONCE};
use gridpact_market::{Account, AllocationRule, Terms};

/// An exact fraction; the denominator is not 0.
#[derive(Clone, Copy, Debug)]
struct Fraction(u128, u128);

impl Fraction {
    fn floor(self) -> u64 {
        (self.0 / self.1).try_into().unwrap()
    }

    /// What rounding down cuts off, as a fraction.
    fn rest(self) -> Fraction {
        Fraction(self.0 % self.1, self.1)
    }

    fn more_than(self, other: Self) -> bool {
        self.0 * other.1 > other.0 * self.1
    }
}

/// Offers what is left to all who are not satisfied, by weight, until nobody more is satisfied: each gets its need, or
/// its weight's part of the last offer.
fn offered_again(total: u64, claims: &[(u64, u32)]) -> Vec<Fraction> {
    let (mut left, mut open) = (u128::from(total), vec![true; claims.len()]);
    loop {
        let weights: u128 = (0..claims.len())
            .filter(|&i| open[i])
            .map(|i| u128::from(claims[i].1))
            .sum();
        let satisfied: Vec<usize> = (0..claims.len())
            .filter(|&i| open[i] && u128::from(claims[i].0) * weights <= left * u128::from(claims[i].1))
            .collect();
        if satisfied.is_empty() {
            let share = |i: usize| {
                let (need, weight) = (u128::from(claims[i].0), u128::from(claims[i].1));
                if open[i] {
                    Fraction(left * weight, weights)
                } else {
                    Fraction(need, 1)
                }
            };
            return (0..claims.len()).map(share).collect();
        }
        for i in satisfied {
            open[i] = false;
            left -= u128::from(claims[i].0);
        }
    }
}

/// `total` in proportion to what is claimed.
fn in_proportion(total: u64, needs: &[u64]) -> Vec<Fraction> {
    let sum: u128 = needs.iter().map(|&need| u128::from(need)).sum();
    needs
        .iter()
        .map(|&need| Fraction(u128::from(total) * u128::from(need), sum.max(1)))
        .collect()
}

/// The shares are the exact ones rounded, those with the largest rest upwards, and sum to `total`.
fn assert_rounded(shares: &[u64], exact: &[Fraction], total: u64) {
    assert_eq!(shares.iter().sum::<u64>(), total, "{shares:?} of {exact:?}");
    for (share, exact) in shares.iter().zip(exact) {
        let up = u64::from(exact.rest().0 > 0);
        assert!(
            (exact.floor()..=exact.floor() + up).contains(share),
            "{shares:?} of {exact:?}"
        );
    }
    let raised = |i: &usize| shares[*i] > exact[*i].floor();
    for up in (0..shares.len()).filter(raised) {
        for down in (0..shares.len()).filter(|i| !raised(i)) {
            assert!(
                !exact[down].rest().more_than(exact[up].rest()),
                "{shares:?} of {exact:?}"
            );
        }
    }
}

/// Needs and weights, small and close together so that ties are common, or of the size of readings.
fn claims() -> impl Strategy<Value = Vec<(u64, u32)>> {
    let small = prop::collection::vec((0_u64..8, 1_u32..4), 1..8);
    let large = prop::collection::vec((0_u64..3_000_000, 1_u32..=1_000_000), 1..40);
    prop_oneof![small, large]
}

/// Claims and a total that does not serve them all.
fn scarce() -> impl Strategy<Value = (Vec<(u64, u32)>, u64)> {
    claims().prop_flat_map(|claims| {
        let sum: u64 = claims.iter().map(|claim| claim.0).sum();
        (Just(claims), 0..=sum)
    })
}

fn unzip(claims: Vec<(u64, u32)>) -> (Vec<u64>, Vec<Account>, Vec<(u64, u32)>) {
    let (needs, weights): (Vec<u64>, Vec<u32>) = claims.iter().copied().unzip();
    (needs, homes(&weights), claims)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn even_and_static_agree_with_offering_again_in_rounds((claims, total) in scarce()) {
        let (needs, homes, claims) = unzip(claims);
        let exact = offered_again(total, &claims);
        assert_rounded(&divided(AllocationRule::Even, homes.clone(), total, &needs), &exact, total);
        assert_rounded(&divided(STATIC, homes, total, &needs), &exact, total);
    }

    #[test]
    fn pro_rata_agrees_with_the_proportion((claims, total) in scarce()) {
        let (needs, homes, _) = unzip(claims);
        let shares = divided(AllocationRule::ProRata, homes, total, &needs);
        assert_rounded(&shares, &in_proportion(total, &needs), total);
    }

    #[test]
    fn fixed_parts_not_offered_again_are_cut_to_the_need((claims, total) in scarce()) {
        let (needs, homes, claims) = unzip(claims);
        let weights: u128 = claims.iter().map(|claim| u128::from(claim.1)).sum();
        let shares = divided(STATIC_ONCE, homes, total, &needs);
        for ((share, need), (_, weight)) in shares.iter().zip(&needs).zip(&claims) {
            let quota = Fraction(u128::from(total) * u128::from(*weight), weights);
            prop_assert!((quota.floor().min(*need)..=(quota.floor() + 1).min(*need)).contains(share));
        }
    }

    /// A household weighs what its heaviest meter weighs; inside it all meters are alike.
    #[test]
    fn a_households_share_is_divided_evenly_among_its_meters(
        meters in prop::collection::vec((0_u64..50, 0_u32..4, 1_u32..4), 1..10),
        total in 0_u64..200,
    ) {
        let needs: Vec<u64> = meters.iter().map(|meter| meter.0).collect();
        let total = total.min(needs.iter().sum());
        let terms = meters.iter().map(|&(_, household, weight)| Terms { weight, ..Terms::of_household(household) });
        let shares = divided(AllocationRule::Even, accounts(terms), total, &needs);

        let of = |household: u32| (0..meters.len()).filter(|&i| meters[i].1 == household).collect::<Vec<_>>();
        let mut claims = Vec::new();
        let mut by_household = Vec::new();
        for household in 0..4 {
            let own = of(household);
            claims.push((own.iter().map(|&i| needs[i]).sum(), own.iter().map(|&i| meters[i].2).max().unwrap_or(1)));
            by_household.push(own.iter().map(|&i| shares[i]).sum::<u64>());
            let alike: Vec<(u64, u32)> = own.iter().map(|&i| (needs[i], 1)).collect();
            let of_meters: Vec<u64> = own.iter().map(|&i| shares[i]).collect();
            let total = of_meters.iter().sum();
            assert_rounded(&of_meters, &offered_again(total, &alike), total);
        }
        assert_rounded(&by_household, &offered_again(total, &claims), total);
    }
}
