//! A window: intervals, then money.

use gridpact_market::{Account, Fee, FeeId, FeeKind, Policy};
use gridpact_units::{IntervalIndex, Reading};
use num_rational::BigRational;

use crate::interval::{settle as settle_interval, Interval};
use crate::pour::exact;

/// What a window comes to, base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Every interval.
    pub intervals: Vec<Interval>,
    /// Paid by each seat, rounded up.
    pub debits: Vec<u128>,
    /// Got by each seat after fees, rounded down.
    pub credits: Vec<u128>,
    /// What the fees took of each seat's earnings, for its bill: earnings rounded down, less the credit.
    pub taken: Vec<u128>,
    /// Every fee's amount, in the policy's order, rounded down.
    pub fees: Vec<(FeeId, u128)>,
    /// Debits less credits and fees.
    pub rounding: u128,
}

/// Settles a window: the readings of the first interval, one a seat, then those of the next.
pub fn settle(policy: &Policy, accounts: &[Account], first: IntervalIndex, readings: &[Reading]) -> Window {
    let seats = accounts.len();
    let mut spent = vec![0_u128; seats];
    let mut earned = vec![0_u128; seats];
    let mut sold = vec![0_u128; seats];
    let mut intervals = Vec::new();
    for (readings, offset) in readings.chunks(seats).zip(0..) {
        let interval = settle_interval(policy, accounts, &spent, first.plus(offset), readings);
        for seat in 0..seats {
            spent[seat] += u128::from(interval.bought[seat]) * interval.price;
            earned[seat] += u128::from(interval.sold[seat]) * interval.price;
            sold[seat] += u128::from(interval.sold[seat]);
        }
        intervals.push(interval);
    }
    let unit = 1_000_000_000;
    let takes: Vec<Vec<u128>> = (0..seats)
        .map(|seat| takes(policy, earned[seat], sold[seat]))
        .collect();
    let credits: Vec<u128> = (0..seats)
        .map(|seat| (earned[seat] - takes[seat].iter().sum::<u128>()) / unit)
        .collect();
    let taken = earned
        .iter()
        .zip(&credits)
        .map(|(earned, credit)| earned / unit - credit);
    let taken: Vec<u128> = taken.collect();
    let debits: Vec<u128> = spent.iter().map(|spent| spent.div_ceil(unit)).collect();
    let fee = |(number, fee): (usize, &Fee)| {
        (
            fee.id,
            takes.iter().map(|of_seat| of_seat[number]).sum::<u128>() / unit,
        )
    };
    let fees: Vec<(FeeId, u128)> = policy.fees.iter().enumerate().map(fee).collect();
    let rounding = debits.iter().sum::<u128>()
        - credits.iter().sum::<u128>()
        - fees.iter().map(|(_, amount)| amount).sum::<u128>();
    Window {
        intervals,
        debits,
        credits,
        taken,
        fees,
        rounding,
    }
}

/// What each fee takes of a seat's earnings, rounded down, at most what the fees before it left.
fn takes(policy: &Policy, earned: u128, sold: u128) -> Vec<u128> {
    let mut left = earned;
    let take = |fee: &Fee| {
        let asked = match fee.kind {
            FeeKind::BasisPoints(part) => exact(earned) * exact(part.0) / exact(10_000_u16),
            FeeKind::PerMwh(rate) => exact(rate.0) * exact(sold),
        };
        let take = asked.floor().min(exact(left));
        let take = whole(&take);
        left -= take;
        take
    };
    policy.fees.iter().map(take).collect()
}

fn whole(number: &BigRational) -> u128 {
    u128::try_from(number.to_integer()).unwrap()
}
