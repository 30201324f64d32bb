//! Divisions, in full width.

use cosmwasm_std::{Uint128, Uint256};

fn wide(number: u128) -> Uint256 {
    Uint256::from(number)
}

/// `total x share / whole` rounded down, and whether something was cut off.
pub fn part(total: u128, share: u128, whole: u128) -> (u128, bool) {
    if whole == 0 {
        return (0, false);
    }
    let product = wide(total) * wide(share);
    let down = Uint128::try_from(product / wide(whole)).unwrap();
    (down.u128(), !(product % wide(whole)).is_zero())
}

/// Down for everybody, then a unit each, in the order given, to those who were cut, until the total is used up.
pub fn hand_out(total: u128, shares: &[u128]) -> Vec<u128> {
    let whole: u128 = shares.iter().sum();
    let parts: Vec<(u128, bool)> = shares.iter().map(|share| part(total, *share, whole)).collect();
    let mut left = total - parts.iter().map(|(down, _)| down).sum::<u128>();
    let mut given = Vec::new();
    for (down, cut) in parts {
        let more = u128::from(cut && left > 0);
        left -= more;
        given.push(down + more);
    }
    assert_eq!(left, 0);
    given
}
