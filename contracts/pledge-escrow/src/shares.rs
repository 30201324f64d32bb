//! Dividing money pro rata, in full width: a product of two u128 never overflows. Pure.

use cosmwasm_std::{Uint128, Uint256};

/// `total x share / whole`, rounded down; 0 where the whole is 0. With `share <= whole` it is at most `total`.
pub fn part(total: u128, share: u128, whole: u128) -> u128 {
    let product = Uint256::from(total)
        .checked_mul(Uint256::from(share))
        .unwrap_or(Uint256::MAX);
    let quotient = product.checked_div(Uint256::from(whole)).unwrap_or_default();
    Uint128::try_from(quotient).map_or(total, |part| part.u128())
}

/// Divides `total` among `shares` pro rata, exactly: the parts sum to the total, each differs from its exact part by less
/// than one unit, and none is above its share where `total` is at most their sum.
///
/// Part i = floor(total x (share 1 + … + share i) / sum) less the same for i - 1.
pub fn apportion(total: u128, shares: &[u128]) -> Vec<u128> {
    let sum = shares
        .iter()
        .fold(0_u128, |sum, share| sum.saturating_add(*share));
    let (mut so_far, mut given) = (0_u128, 0_u128);
    let step = |share: &u128| {
        so_far = so_far.saturating_add(*share);
        let upto = part(total, so_far, sum);
        let part = upto.saturating_sub(given);
        given = upto;
        part
    };
    shares.iter().map(step).collect()
}
