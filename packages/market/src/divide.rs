//! Dividing a total exactly: largest remainder, and water-filling on top of it. Knows nothing of seats or money.
//!
//! Sizes, from `bounds`: a total is below 2^59, a sum of weights below 2^42 where it multiplies one; products are u128.

use core::cmp::Ordering;

/// One claimant to a part of a total.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// The most it may get, mWh.
    pub cap: u64,
    /// Its weight, 1 or more.
    pub weight: u64,
    /// Decides who gets the last mWh among equals; distinct within one division.
    pub tie: u64,
    /// Where the caller puts the share.
    pub place: usize,
    /// The result, mWh.
    pub share: u64,
    /// Numerator of what rounding the share down cut off.
    remainder: u64,
}

impl Claim {
    pub fn new(cap: u64, weight: u64, tie: u64, place: usize) -> Self {
        Self {
            cap,
            weight,
            tie,
            place,
            share: 0,
            remainder: 0,
        }
    }
}

/// Up to where claims are served in full, and what is left for the others: each of these gets its weight's part of
/// `total`, the water level being `total / weight` for a weight of 1.
struct Level {
    served: usize,
    total: u64,
    weight: u64,
}

/// Weighted max-min fair: find the level L with sum of min(cap, L x weight) = `total`, then divide exactly.
/// Needs `total` <= sum of caps. O(n). Reorders the claims.
pub(crate) fn fill_evenly(claims: &mut [Claim], total: u64) {
    let level = find_level(claims, total);
    let (full, limited) = claims.split_at_mut(level.served);
    for claim in full {
        claim.share = claim.cap;
    }
    apportion(limited, level.total, level.weight);
}

/// Divides `total` in proportion to the weights, which sum to `weight`, to the mWh: everybody gets their part rounded
/// down, and those who lost most by that get 1 mWh more. Caps are the caller's business. O(n). Reorders the claims.
pub(crate) fn apportion(claims: &mut [Claim], total: u64, weight: u64) {
    let mut spare = total;
    let mut known = (0, 0, 0);
    for claim in claims.iter_mut() {
        if claim.weight != known.0 {
            // Neighbours in the list mostly have the same weight: one division serves them all.
            let (share, remainder) = part(total, claim.weight, weight);
            known = (claim.weight, share, remainder);
        }
        (claim.share, claim.remainder) = (known.1, known.2);
        spare = spare.saturating_sub(claim.share);
    }
    // The remainders sum to spare x weight and each is below weight, so more than `spare` claims have one: `spare` is
    // a valid position, and nobody whose part was whole gets more.
    let Some(last) = usize::try_from(spare).ok().and_then(|spare| spare.checked_sub(1)) else {
        return;
    };
    if last < claims.len() {
        let (first, at, _) = claims.select_nth_unstable_by(last, by_remainder);
        for claim in first {
            claim.share = claim.share.saturating_add(1);
        }
        at.share = at.share.saturating_add(1);
    }
}

/// How often [`find_level`] looks at all that is open before it bisects. Real homes need three to five looks.
const LOOKS: usize = 8;

/// Whoever asks for no more than an equal part is served in full, which raises the part of the others: a few looks find
/// the level of real homes, each far cheaper than sorting by halves. Where they do not, [`bisect`] goes on.
fn find_level(claims: &mut [Claim], total: u64) -> Level {
    let weight = claims
        .iter()
        .fold(0_u64, |sum, claim| sum.saturating_add(claim.weight));
    let mut level = Level {
        served: 0,
        total,
        weight,
    };
    for _ in 0..LOOKS {
        if !serve(claims, &mut level) {
            return level;
        }
    }
    bisect(claims, level)
}

/// Moves to the front who asks for no more than their part of what is left; `false` where nobody does.
fn serve(claims: &mut [Claim], level: &mut Level) -> bool {
    let (before, total, weight) = (level.served, level.total, level.weight);
    // As in `apportion`, one division serves all neighbours of the same weight.
    let mut known = (0, 0);
    for place in before..claims.len() {
        let Some(claim) = claims.get(place) else { break };
        if claim.weight != known.0 {
            known = (claim.weight, part(total, claim.weight, weight).0);
        }
        if claim.cap <= known.1 {
            level.total = level.total.saturating_sub(claim.cap);
            level.weight = level.weight.saturating_sub(claim.weight);
            claims.swap(level.served, place);
            level.served = level.served.saturating_add(1);
        }
    }
    level.served > before
}

/// Bisects by the claims' own levels (cap / weight): half of what is open is decided in each round, so O(n) in all.
fn bisect(claims: &mut [Claim], from: Level) -> Level {
    let (mut served, mut limited) = (from.served, claims.len());
    // What is left after the served, and the weight of the limited.
    let (mut left, mut weight) = (from.total, 0_u64);
    while let Some(open) = claims.get_mut(served..limited).filter(|open| !open.is_empty()) {
        let middle = open.len() / 2;
        let (below, pivot, above) = open.select_nth_unstable_by(middle, by_level);
        let caps = below
            .iter()
            .fold(pivot.cap, |sum, claim| sum.saturating_add(claim.cap));
        let weight_above = above
            .iter()
            .fold(weight, |sum, claim| sum.saturating_add(claim.weight));
        // The pivot is served in full if everybody above it could still rise to its level.
        let rest = left
            .checked_sub(caps)
            .filter(|&rest| product(weight_above, pivot.cap) <= product(rest, pivot.weight));
        if let Some(rest) = rest {
            left = rest;
            served = served.saturating_add(middle).saturating_add(1);
        } else {
            weight = weight_above.saturating_add(pivot.weight);
            limited = served.saturating_add(middle);
        }
    }
    Level {
        served,
        total: left,
        weight,
    }
}

/// By cap / weight, compared without dividing.
fn by_level(a: &Claim, b: &Claim) -> Ordering {
    if a.weight == b.weight {
        return a.cap.cmp(&b.cap);
    }
    product(a.cap, b.weight).cmp(&product(b.cap, a.weight))
}

/// Largest remainder first, ties by hash.
fn by_remainder(a: &Claim, b: &Claim) -> Ordering {
    b.remainder.cmp(&a.remainder).then(a.tie.cmp(&b.tie))
}

/// Quotient and remainder of `total` x `weight` / `of`; needs `weight` <= `of`. In 64 bits where they do, which
/// is several times faster, on a chain's virtual machine above all.
fn part(total: u64, weight: u64, of: u64) -> (u64, u64) {
    // Their bits are at most 64 in all. Asking for the overflow itself would multiply in 128 bits.
    if total.leading_zeros().saturating_add(weight.leading_zeros()) >= u64::BITS {
        let small = total.wrapping_mul(weight);
        return (
            small.checked_div(of).unwrap_or_default(),
            small.checked_rem(of).unwrap_or_default(),
        );
    }
    let large = product(total, weight);
    let share = large.checked_div(u128::from(of)).unwrap_or_default();
    let remainder = large.checked_rem(u128::from(of)).unwrap_or_default();
    (
        u64::try_from(share).unwrap_or(u64::MAX),
        u64::try_from(remainder).unwrap_or(u64::MAX),
    )
}

/// Of two 64-bit numbers: always fits 128.
fn product(a: u64, b: u64) -> u128 {
    u128::from(a).saturating_mul(u128::from(b))
}

/// A number that looks drawn at random for every interval and side, for [`tie`].
pub(crate) fn lot(interval: u64, side: u64) -> u64 {
    mix(mix(interval).wrapping_add(side))
}

/// Who gets the last mWh: distinct ids have distinct ties, and each interval another order.
pub(crate) fn tie(lot: u64, id: u32) -> u64 {
    mix(lot ^ u64::from(id))
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection in which every bit in moves every bit out.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
