//! Division pro rata: exact, bounded, total.

use cosmwasm_std::Addr;
use pledge_escrow::shares::{part, Division};
use proptest::prelude::*;

fn shared(total: u128, shares: &[u128]) -> Vec<u128> {
    let addresses: Vec<Addr> = (0..shares.len())
        .map(|number| Addr::unchecked(format!("p{number:03}")))
        .collect();
    let all = addresses.iter().zip(shares.iter().copied());
    let division = Division::among(total, all.clone());
    all.map(|(address, share)| division.part(address, share))
        .collect()
}

#[test]
fn the_parts_of_a_total() {
    assert_eq!(shared(10, &[1, 1, 1]), [4, 3, 3], "the first by address");
    assert_eq!(shared(11, &[1, 1, 1]), [4, 4, 3]);
    assert_eq!(shared(9, &[1, 1, 1]), [3, 3, 3]);
    assert_eq!(
        shared(5, &[4, 3, 3]),
        [2, 2, 1],
        "what divides evenly is not rounded up"
    );
    assert_eq!(shared(7, &[0, 3, 6]), [0, 3, 4], "nothing for nothing");
    assert_eq!(shared(0, &[5, 5]), [0, 0]);
    assert_eq!(shared(7, &[]), [0; 0]);
    assert_eq!(shared(u128::MAX, &[u128::MAX - 1, 1]), [u128::MAX - 1, 1]);
    assert_eq!(part(u128::MAX, u128::MAX, u128::MAX), u128::MAX);
    assert_eq!(part(5, 1, 0), 0);
}

proptest! {
    #[test]
    fn parts_sum_to_the_total_and_each_is_within_a_unit_of_the_exact_one(
        shares in prop::collection::vec(prop_oneof![0_u128..5, 0_u128..1_000, 0_u128..1 << 100], 1..40),
        numerator in 0_u128..=1_000,
    ) {
        let sum: u128 = shares.iter().sum();
        prop_assume!(sum > 0);
        let total = part(sum, numerator, 1_000);
        let parts = shared(total, &shares);
        prop_assert_eq!(parts.iter().sum::<u128>(), total);
        for (got, share) in parts.iter().zip(&shares) {
            prop_assert!(got <= share, "none is above its share");
            let down = part(total, *share, sum);
            prop_assert!(*got == down || *got == down + 1);
        }
    }
}
