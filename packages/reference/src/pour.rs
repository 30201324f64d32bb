//! Dividing a total: exactly, then in whole mWh.

use num_rational::BigRational;

/// An exact number.
pub(crate) fn exact(number: impl Into<u128>) -> BigRational {
    BigRational::from_integer(number.into().into())
}

/// Somebody among whom a total is divided.
#[derive(Clone, Debug)]
pub(crate) struct Vessel {
    /// The most it may get, mWh.
    pub cap: u64,
    /// Its weight.
    pub weight: u64,
    /// Who it is, for the hash: a slot or a household.
    pub id: u32,
}

/// Whose turn it is when equals compete for the last mWh: by interval and side (1 buyers, 2 sellers).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lot {
    pub interval: u64,
    pub side: u64,
}

impl Lot {
    fn of(self, id: u32) -> u64 {
        scramble(scramble(scramble(self.interval).wrapping_add(self.side)) ^ u64::from(id))
    }
}

/// The finaliser of splitmix64.
fn scramble(number: u64) -> u64 {
    let mut number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    for (shift, factor) in [(30, 0xbf58_476d_1ce4_e5b9), (27, 0x94d0_49bb_1331_11eb)] {
        number = (number ^ (number >> shift)).wrapping_mul(factor);
    }
    number ^ (number >> 31)
}

/// Pours a total into vessels at one level by weight; what a full one cannot hold flows into the others. `total` is at most
/// what all can hold.
pub(crate) fn pour(total: u64, vessels: &[Vessel], lot: Lot) -> Vec<u64> {
    let mut full = vec![false; vessels.len()];
    loop {
        let held: u64 = (0..vessels.len())
            .filter(|i| full[*i])
            .map(|i| vessels[i].cap)
            .sum();
        let weight: u128 = (0..vessels.len())
            .filter(|i| !full[*i])
            .map(|i| u128::from(vessels[i].weight))
            .sum();
        let level = |i: usize| exact(total - held) * exact(vessels[i].weight) / exact(weight);
        let overflowing: Vec<usize> = (0..vessels.len())
            .filter(|i| !full[*i] && level(*i) > exact(vessels[*i].cap))
            .collect();
        if overflowing.is_empty() {
            let share = |i: usize| if full[i] { exact(vessels[i].cap) } else { level(i) };
            return whole(
                total,
                &(0..vessels.len()).map(share).collect::<Vec<_>>(),
                vessels,
                lot,
            );
        }
        overflowing.into_iter().for_each(|i| full[i] = true);
    }
}

/// A total by weight, whatever the vessels hold.
pub(crate) fn apportion(total: u64, vessels: &[Vessel], lot: Lot) -> Vec<u64> {
    let weight: u128 = vessels.iter().map(|vessel| u128::from(vessel.weight)).sum();
    let share = |vessel: &Vessel| exact(total) * exact(vessel.weight) / exact(weight);
    whole(
        total,
        &vessels.iter().map(share).collect::<Vec<_>>(),
        vessels,
        lot,
    )
}

/// Exact shares in whole mWh: down, and 1 mWh more for those who lost most by that, the smaller hash first among equals.
fn whole(total: u64, shares: &[BigRational], vessels: &[Vessel], lot: Lot) -> Vec<u64> {
    let floors: Vec<u64> = shares
        .iter()
        .map(|share| u64::try_from(share.floor().to_integer()).unwrap())
        .collect();
    let mut losers: Vec<usize> = (0..shares.len()).filter(|i| !shares[*i].is_integer()).collect();
    losers.sort_by(|a, b| {
        let lost = |i: usize| shares[i].fract();
        let hash = |i: usize| lot.of(vessels[i].id);
        lost(*b).cmp(&lost(*a)).then(hash(*a).cmp(&hash(*b)))
    });
    let spare = total - floors.iter().sum::<u64>();
    let mut whole = floors;
    for loser in losers.into_iter().take(usize::try_from(spare).unwrap()) {
        whole[loser] += 1;
    }
    whole
}
