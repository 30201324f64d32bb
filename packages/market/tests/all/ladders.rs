//! Needs that are met one after the other, each only because the one before took less than its part: the dividing that takes the
//! most looks. By weight, in every rule that goes by weights, against the exact division.

use gridpact_market::{AllocationRule, Terms};
use proptest::prelude::*;

use crate::support::{account, accounts, export, fixed, import, one_interval, only_sells, FIRST, STATIC};

/// Needs like rungs: with `first` the level of an equal part of everything and `gap` what the smallest leaves of it, each need
/// lies just above the level before it and not above the level that it is looked at with. `more` never have enough.
fn rungs(weights: &[u32], first: u64, gap: u64, more: usize) -> (u64, Vec<u64>) {
    let mut open: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let total = first * open;
    let (mut left, mut last) = (total, 0);
    let mut needs = Vec::new();
    for weight in weights
        .iter()
        .take(weights.len() - more)
        .map(|weight| u64::from(*weight))
    {
        let level = left / open;
        let rung = if needs.is_empty() {
            level - gap
        } else {
            level.min(last + 1)
        };
        last = level;
        needs.push(rung * weight);
        (left, open) = (left - rung * weight, open - weight);
    }
    needs.resize(weights.len(), 100_000_000_000);
    (total, needs)
}

#[test]
fn rungs_rise_one_by_one() {
    let (total, needs) = rungs(&[1; 13], 7_000_000_000, 6_000_000_000, 1);
    assert_eq!(total, 91_000_000_000);
    let levels = needs.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!(levels >= 10, "{needs:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn needs_that_are_met_one_by_one_get_the_exact_share(
        weights in prop::collection::vec(1_u32..4, 11..24),
        same in any::<bool>(),
        first in 1_000_000_000_u64..2_000_000_000,
        part in 1_u64..100,
        more in 0_usize..5,
        turned in 0_usize..24,
    ) {
        let weights = if same { vec![1; weights.len()] } else { weights };
        let (supply, mut needs) = rungs(&weights, first, first / 100 * part, more);
        let homes = weights.iter().zip(0..).map(|(weight, home)| Terms { weight: *weight, ..Terms::of_household(home) });
        let mut seats = accounts(homes);
        // Not in the order of the rungs.
        let turn = turned % needs.len();
        needs.rotate_left(turn);
        seats.rotate_left(turn);
        // One plant gives half: a reading has a bound.
        seats.extend([1_000, 1_001].map(|slot| account(slot, only_sells(slot))));
        seats.iter_mut().for_each(|seat| seat.free.0 = 1 << 80);
        let mut readings: Vec<_> = needs.iter().map(|need| import(*need)).collect();
        readings.extend([export(supply / 2), export(supply - supply / 2)]);
        for rule in [AllocationRule::Even, STATIC, AllocationRule::Priority] {
            let policy = fixed(rule, AllocationRule::ProRata);
            let (bought, _) = one_interval(&policy, &seats, &readings);
            let expected = gridpact_reference::window::settle(&policy, &seats, FIRST, &readings);
            prop_assert_eq!(&bought, &expected.intervals[0].bought, "{:?}", rule);
        }
    }
}
