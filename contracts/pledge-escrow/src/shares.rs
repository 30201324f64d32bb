//! Dividing money pro rata, in full width: a product of two u128 never overflows. Pure.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Uint128, Uint256};
use gridpact_units::Amount;

use crate::amounts::sum;

/// `total x share / whole`, rounded down; 0 where the whole is 0. With `share <= whole` it is at most `total`.
pub fn part(total: u128, share: u128, whole: u128) -> u128 {
    divide(total, share, whole).0
}

/// `total x share / whole`, rounded down, and whether something was cut off. In 128 bits where the product
/// fits, since a message divides hundreds of times and a chain pays for twice the width.
fn divide(total: u128, share: u128, whole: u128) -> (u128, bool) {
    if let Some(product) = total.checked_mul(share) {
        let part = product.checked_div(whole).unwrap_or_default();
        return (part, part.checked_mul(whole) != Some(product));
    }
    let product = Uint128::from(total).full_mul(share);
    let whole = Uint256::from(whole);
    let part = product.checked_div(whole).unwrap_or_default();
    let cut = part.checked_mul(whole).ok() != Some(product);
    (Uint128::try_from(part).map_or(total, |part| part.u128()), cut)
}

/// A total divided among shares, exactly, so that each part is found from its own share alone.
///
/// Part = floor(total x share / whole), and one unit more where that cut something off, for the first by address until the
/// total is used up. So the parts sum to the total, each differs from its exact part by less than one unit, and where the
/// total is at most the whole none is above its share.
#[cw_serde]
pub struct Division {
    /// What is divided.
    pub total: Amount,
    /// Sum of the shares.
    pub whole: Amount,
    /// The last address that gets the unit more.
    pub rounded_up_to: Option<Addr>,
}

impl Division {
    /// Divides `total` among these shares, which stand in the order of their addresses.
    pub fn among<'a>(total: u128, shares: impl Iterator<Item = (&'a Addr, u128)> + Clone) -> Self {
        let whole = sum(shares.clone().map(|(_, share)| share));
        let parts = shares.map(|(address, share)| (address, divide(total, share, whole)));
        let (mut whole_parts, mut cut) = (0_u128, Vec::new());
        for (address, (part, was_cut)) in parts {
            whole_parts = whole_parts.saturating_add(part);
            if was_cut {
                cut.push(address);
            }
        }
        // Fewer units are left than parts were cut: there is one for each.
        let left = total.saturating_sub(whole_parts);
        let last = usize::try_from(left).ok().and_then(|left| left.checked_sub(1));
        Self {
            total: Amount(total),
            whole: Amount(whole),
            rounded_up_to: last.and_then(|last| cut.get(last).copied()).cloned(),
        }
    }

    /// The part of one share.
    pub fn part(&self, address: &Addr, share: u128) -> u128 {
        let (part, cut) = divide(self.total.0, share, self.whole.0);
        let up = cut && self.rounded_up_to.as_ref().is_some_and(|last| address <= last);
        part.saturating_add(u128::from(up))
    }
}
