//! Division pro rata: exact, bounded, total.

use pledge_escrow::{apportion, part};
use proptest::prelude::*;

#[test]
fn the_parts_of_a_total() {
    assert_eq!(apportion(10, &[1, 1, 1]), [3, 3, 4]);
    assert_eq!(apportion(0, &[5, 5]), [0, 0]);
    assert_eq!(apportion(7, &[]), [0; 0]);
    assert_eq!(part(u128::MAX, u128::MAX, u128::MAX), u128::MAX);
    assert_eq!(part(5, 1, 0), 0);
}

proptest! {
    #[test]
    fn parts_sum_to_the_total_and_none_is_above_its_share(
        shares in prop::collection::vec(0_u128..1 << 100, 1..40),
        numerator in 0_u128..=1_000,
    ) {
        let sum: u128 = shares.iter().sum();
        prop_assume!(sum > 0);
        let total = part(sum, numerator, 1_000);
        let parts = apportion(total, &shares);
        prop_assert_eq!(parts.iter().sum::<u128>(), total);
        for (got, share) in parts.iter().zip(&shares) {
            prop_assert!(got <= share);
            let exact = part(total, *share, sum);
            prop_assert!(*got >= exact.saturating_sub(1) && *got <= exact + 1);
        }
    }
}
