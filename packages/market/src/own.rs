//! Nobody buys from themselves: how much can be traded when no household is matched with its own injection, and who must
//! be held back for it.
//!
//! With d and s what a household can still take and give in an interval, and D and S their sums, the most that can be
//! traded is T = min(S, D, S + D - max(d + s)). A division of T among the needs and one among the offers can be matched
//! without anybody's own share exactly where bought + sold of every household is at most T; and that is so where no
//! household buys more than S - s or sells more than D - d. At most one household of each side can get more by a rule:
//!
//! * Two that both bought more than S - s would together have bought more than 2 S - s - s' >= S >= T.
//! * With that household held to S - s the others get d at most in all, and S - s' >= d for each of them.

use gridpact_units::Energy;

use crate::participant::Account;

/// A household that both takes and gives in an interval.
#[derive(Clone, Debug)]
pub(crate) struct TwoSided {
    /// Its seats that trade.
    pub seats: Vec<usize>,
    /// What it can take, mWh.
    pub need: u64,
    /// What it can give, mWh.
    pub offer: u64,
}

impl TwoSided {
    /// What it got of a list of one value a seat.
    pub fn of(&self, seats: &[Energy]) -> u64 {
        sum_of(&self.seats, seats)
    }
}

/// Which seats belong together. Made once a window.
#[derive(Debug)]
pub(crate) struct Households {
    /// By seat: whether it is its household's only one.
    alone: Vec<bool>,
    /// The seats of each household with more than one.
    shared: Vec<Vec<usize>>,
}

impl Households {
    pub fn new(accounts: &[Account]) -> Self {
        let occupied = accounts.iter().enumerate();
        let mut seats: Vec<(u32, usize)> = occupied
            .filter_map(|(seat, account)| account.terms.map(|terms| (terms.household, seat)))
            .collect();
        seats.sort_unstable();
        let mut alone = vec![false; accounts.len()];
        let mut shared = Vec::new();
        for household in seats.chunk_by(|(one, _), (next, _)| one == next) {
            match household {
                [(_, only)] => alone
                    .iter_mut()
                    .skip(*only)
                    .take(1)
                    .for_each(|alone| *alone = true),
                several => shared.push(several.iter().map(|(_, seat)| *seat).collect()),
            }
        }
        Self { alone, shared }
    }

    /// The households that both need and offer something, into `found`.
    pub fn two_sided(&self, needs: &[Energy], offers: &[Energy], found: &mut Vec<TwoSided>) {
        found.clear();
        let pairs = needs.iter().zip(offers).zip(&self.alone).enumerate();
        let both = pairs.filter(|(_, ((need, offer), alone))| !need.is_zero() && !offer.is_zero() && **alone);
        found.extend(both.map(|(seat, ((need, offer), _))| TwoSided {
            seats: vec![seat],
            need: need.0,
            offer: offer.0,
        }));
        for seats in &self.shared {
            let (need, offer) = (sum_of(seats, needs), sum_of(seats, offers));
            if need > 0 && offer > 0 {
                let seats = seats.clone();
                found.push(TwoSided { seats, need, offer });
            }
        }
    }
}

/// T: the most that can be traded of what is needed and offered in all.
pub(crate) fn tradable(needed: u64, offered: u64, two_sided: &[TwoSided]) -> u64 {
    let sides = two_sided.iter().map(|one| one.need.saturating_add(one.offer));
    let others = needed
        .saturating_add(offered)
        .saturating_sub(sides.max().unwrap_or_default());
    needed.min(offered).min(others)
}

#[allow(
    clippy::indexing_slicing,
    reason = "seats are positions in the lists of one value a seat"
)]
fn sum_of(seats: &[usize], values: &[Energy]) -> u64 {
    seats
        .iter()
        .fold(0, |sum, seat| sum.saturating_add(values[*seat].0))
}
