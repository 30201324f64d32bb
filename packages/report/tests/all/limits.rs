//! What a reading may be at most, and how long an interval may be reported.

use gridpact_report::limit::ReportLimit;
use gridpact_report::{Resolution, MAX_ENERGY, MAX_RESOLUTION};
use gridpact_units::{IntervalIndex, IntervalLength, Power, Seconds, UnixSeconds};
use proptest::prelude::*;

fn length() -> impl Strategy<Value = IntervalLength> {
    proptest::sample::select(&[60_u32, 300, 900, 1_800, 3_600][..])
        .prop_map(|seconds| IntervalLength::from_seconds(seconds).unwrap())
}

fn resolution() -> impl Strategy<Value = u32> {
    prop_oneof![
        Just(1),
        Just(250),
        Just(1_000),
        Just(MAX_RESOLUTION),
        1..=MAX_RESOLUTION
    ]
}

fn power() -> impl Strategy<Value = u32> {
    prop_oneof![0..40_000_u32, 0..=Power::MAX.0, Just(Power::MAX.0)]
}

proptest! {
    /// A register of whole counts, read at the ends of intervals, whose home is at its limit all the time.
    #[test]
    fn what_a_register_shows_of_a_home_at_its_limit_is_within_the_most(
        watts in power(), length in length(), resolution in resolution(), intervals in 1..2_000_u128,
    ) {
        let most = Resolution::from_milliwatt_hours(resolution).unwrap().most(Power(watts), length).0;
        let count = u128::from(resolution);
        // Energy after k intervals is k P L / 3.6 mWh; the register shows the counts that are full.
        let shown = |k: u128| k * u128::from(watts) * u128::from(length.seconds()) * 1_000 / (3_600 * count) * count;
        let difference = shown(intervals + 1) - shown(intervals);
        // But for the largest connection, whose last count a report does not hold.
        prop_assert!(difference <= u128::from(most) || difference > u128::from(MAX_ENERGY.0));
    }

    /// The least whole count that is no less than the energy: 3,600 x most >= 1,000 P L, and not with a count fewer.
    #[test]
    fn the_most_is_the_least_whole_count_that_holds_the_energy(
        watts in power(), length in length(), resolution in resolution(),
    ) {
        let most = Resolution::from_milliwatt_hours(resolution).unwrap().most(Power(watts), length).0;
        prop_assert_eq!(most % u64::from(resolution), 0);
        prop_assert!(most <= MAX_ENERGY.0);
        let (most, count) = (u128::from(most), u128::from(resolution));
        let energy = u128::from(watts) * u128::from(length.seconds()) * 1_000;
        prop_assert!(most * 3_600 >= energy || most + count > u128::from(MAX_ENERGY.0));
        prop_assert!(most == 0 || (most - count) * 3_600 < energy);
    }

    /// The oldest interval and the last second of each, against the rule as it is written: `(i + 1) L + limit >= age`.
    #[test]
    fn the_oldest_is_the_first_whose_time_is_not_over(
        length in length(), limit in 3_600..6_000_000_u64, now in 100_000_000..3_000_000_000_u64,
        since in prop::option::of(0..2_000_000_u64),
    ) {
        let limit = ReportLimit { length, limit: Seconds(limit) };
        let closing = since.map(|since| UnixSeconds(now - since));
        let grace = limit.grace().0;
        let standing = closing.filter(|closing| now - closing.0 <= grace);
        let age = standing.map_or(now, |closing| closing.0);
        let step = u64::from(length.seconds());
        let young = |interval: u64| (interval + 1) * step + limit.limit.0 >= age;
        let oldest = limit.oldest(UnixSeconds(now), closing).0;
        prop_assert!(young(oldest) && !young(oldest - 1));
        for interval in [oldest, oldest + 1, oldest + 500] {
            let last = limit.reportable_until(IntervalIndex(interval), closing);
            prop_assert!(last.0 >= now);
            prop_assert!(limit.oldest(last, closing).0 <= interval);
            let later = last.plus(Seconds(1));
            prop_assert!(limit.oldest(later, closing).0 > interval);
        }
        // What a closing dropped came to its end before it.
        if let Some(closing) = closing {
            let dropped = IntervalIndex(limit.oldest(closing, None).0 - 1);
            prop_assert!(limit.reportable_until(dropped, Some(closing)) < closing);
        }
    }
}

#[test]
fn a_connection_of_no_power_moves_nothing() {
    let resolution = Resolution::WATT_HOUR;
    assert_eq!(resolution.most(Power(0), IntervalLength::HOUR).0, 0);
    assert_eq!(resolution.most(Power(1), IntervalLength::QUARTER_HOUR).0, 1_000);
    assert_eq!(resolution.most(Power::MAX, IntervalLength::HOUR), MAX_ENERGY);
}

#[test]
fn a_grace_is_four_intervals_or_a_quarter_of_the_limit_of_that_at_most_7_days() {
    for (length, limit, grace) in [
        (IntervalLength::QUARTER_HOUR, 3_600, 3_600),
        (IntervalLength::QUARTER_HOUR, 14_403, 3_600),
        (IntervalLength::QUARTER_HOUR, 14_404, 3_601),
        (IntervalLength::HOUR, 3_600, 14_400),
        (IntervalLength::HOUR, 2_419_199, 604_799),
        (IntervalLength::HOUR, 2_419_200, 604_800),
        (IntervalLength::HOUR, 5_184_000, 604_800),
        (IntervalLength::HOUR, u64::MAX, 604_800),
    ] {
        let limit = ReportLimit {
            length,
            limit: Seconds(limit),
        };
        assert_eq!(limit.grace(), Seconds(grace));
    }
}
