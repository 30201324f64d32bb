//! A window, recomputed in exact fractions by `gridpact-reference`: none of the code that the contract divides with.

use gridpact_market::{Account, Community, FeeAmount, FeeId, Policy, SeatResult, Totals, WindowOutcome};
use gridpact_reference::interval::Interval;
use gridpact_reference::window;
use gridpact_units::{Amount, EnergyTotal, IntervalIndex, Reading};

use super::evenness::Watch;

/// What a window comes to, and what is wrong with its intervals by the promises.
pub(super) fn settle(
    policy: &Policy,
    accounts: &[Account],
    first: IntervalIndex,
    readings: &[Reading],
) -> (WindowOutcome, Vec<String>) {
    let window = window::settle(policy, accounts, first, readings);
    let mut watch = Watch::new(policy, accounts);
    let mut wrong = Vec::new();
    let intervals = readings.chunks_exact(accounts.len()).zip(&window.intervals);
    for ((readings, interval), offset) in intervals.zip(0..) {
        wrong.extend(watch.interval(first.plus(offset), readings, interval));
    }
    (outcome(&window), wrong)
}

fn outcome(window: &window::Window) -> WindowOutcome {
    let total = |of: fn(&Interval) -> u64| {
        let intervals = window.intervals.iter();
        EnergyTotal(intervals.map(|interval| u128::from(of(interval))).sum())
    };
    let seats = 0..window.debits.len();
    let energy = |of: fn(&Interval) -> &[u64], seat: usize| {
        let intervals = window.intervals.iter();
        EnergyTotal(intervals.map(|interval| u128::from(of(interval)[seat])).sum())
    };
    let result = |seat: usize| SeatResult {
        bought: energy(|interval| &interval.bought, seat),
        sold: energy(|interval| &interval.sold, seat),
        debit: Amount(window.debits[seat]),
        credit: Amount(window.credits[seat]),
        fee: Amount(window.taken[seat]),
    };
    let fee = |&(id, amount): &(FeeId, u128)| FeeAmount {
        id,
        amount: Amount(amount),
    };
    WindowOutcome {
        results: seats.map(result).collect(),
        community: Community {
            rounding: Amount(window.rounding),
            fees: window.fees.iter().map(fee).collect(),
        },
        totals: Totals {
            supply: total(|interval| interval.supply),
            demand: total(|interval| interval.demand),
            counted: total(|interval| interval.counted),
            payable: total(|interval| interval.payable),
            traded: total(|interval| interval.traded),
            debit: Amount(window.debits.iter().sum()),
            credit: Amount(window.credits.iter().sum()),
        },
    }
}
