//! After a gap, what is left stays reportable for a grace: a slow committee reports again, whatever the silence was.

use gridpact_types::registry::events;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};
use meter_registry::error::ContractError;
use proptest::prelude::*;

use crate::harness::*;

/// Quarter hours, with this limit and a meter.
fn grid(limit: u64) -> Grid {
    let mut grid = Grid::with(|msg| msg.report_limit = Seconds(limit));
    grid.join(1, None).unwrap();
    grid
}

#[test]
fn the_grace_is_four_intervals_or_a_quarter_of_the_limit_of_that_at_most_7_days() {
    // Length of an interval, limit, grace, in s.
    for (length, limit, grace) in [
        (900, HOUR, HOUR),
        (60, HOUR, 900),
        (300, HOUR, 1_200),
        (300, 4_804, 1_201),
        (3_600, HOUR, 4 * HOUR),
        (3_600, 16 * HOUR, 4 * HOUR),
        (3_600, 16 * HOUR + 3, 4 * HOUR),
        (3_600, 16 * HOUR + 4, 4 * HOUR + 1),
        (900, 7 * DAY, 151_200),
        (900, 28 * DAY - 4, 7 * DAY - 1),
        (900, 28 * DAY, 7 * DAY),
        (900, 60 * DAY, 7 * DAY),
    ] {
        let mut grid = Grid::with(|msg| {
            msg.interval_length = IntervalLength::from_seconds(length).unwrap();
            msg.challenge_period = Seconds(0);
            msg.report_limit = Seconds(limit);
            msg.rosters_begin.every = Seconds(length.into());
        });
        grid.join(1, None).unwrap();
        grid.passes(limit + 3 * u64::from(length));
        grid.close_gap().unwrap();
        let closing = grid.now();
        let report = grid.unsigned(1);
        assert_eq!(grid.next().expires_at, Some(seconds(closing + grace)), "{limit}");
        grid.set_time(closing + grace + 1);
        let refused = grid.report(&report).unwrap_err();
        assert!(matches!(refused, ContractError::TooOld { .. }), "{refused}");
        grid.set_time(closing + grace);
        grid.report(&report).unwrap();
    }
}

#[test]
fn everything_that_was_reportable_at_the_closing_is_until_the_grace_ends() {
    let mut grid = grid(DAY);
    grid.passes(3 * DAY + 100);
    grid.close_gap().unwrap();
    let (first, closing) = (grid.next().first_interval.unwrap(), grid.now());
    // A day and the part of an interval: those that ended at the closing less a day, or later.
    let left = u64::from(grid.next().max_intervals);
    assert_eq!((left, first.0), (96, (closing - DAY) / QUARTER));
    grid.passes(DAY / 4);
    // One by one, all in the last second of the grace, also those that ended meanwhile.
    for offset in 0..left + 24 {
        assert_eq!(grid.next().oldest_interval, first);
        let report = grid.unsigned(1);
        assert_eq!(report.header.first_interval, first.plus(offset));
        grid.report(&report).unwrap();
    }
    assert_eq!(grid.next().max_intervals, 0);
    assert_eq!(grid.windows().len(), 1 + 96 + 24);
}

#[test]
fn in_the_grace_nothing_else_is_closed_and_after_it_what_is_too_old_by_then() {
    let mut grid = grid(DAY);
    grid.passes(3 * DAY + 100);
    grid.close_gap().unwrap();
    let (first, stored) = (grid.next().first_interval.unwrap(), grid.stored());
    for _ in 0..24 {
        grid.passes(QUARTER);
        assert!(!grid.next().gap);
        let response = grid.close_gap().unwrap();
        assert_eq!(
            attribute(&response, events::NO_GAP, "oldest_interval"),
            first.to_string()
        );
        assert_eq!(grid.stored(), stored, "no grace begins anew");
    }
    grid.passes(1);
    assert!(grid.next().gap);
    let response = grid.close_gap().unwrap();
    assert_eq!(
        attribute(&response, events::GAP_CLOSED, "first_interval"),
        first.to_string()
    );
    // A quarter of a day is 24 intervals; the second more takes no other.
    assert_eq!(attribute(&response, events::GAP_CLOSED, "intervals"), "24");
}

#[test]
fn a_closing_of_an_hour_s_limit_leaves_a_committee_of_20_minutes_its_time() {
    let mut grid = Grid::with_meters(2);
    grid.passes(2 * QUARTER);
    for _ in 0..20 {
        let report = grid.unsigned(u16::MAX);
        grid.passes(20 * 60);
        grid.report(&report).unwrap();
    }
    grid.passes(2 * HOUR); // No block: the chain is upgraded.
    grid.close_gap().unwrap();
    for _ in 0..200 {
        let report = grid.unsigned(u16::MAX);
        grid.passes(20 * 60);
        grid.report(&report).unwrap();
    }
    assert_eq!(grid.windows().len(), 1 + 20 + 200);
}

/// A limit in whole minutes, a silence, a latency within the grace, and when somebody else closes gaps, in parts of the latency.
fn silences() -> impl Strategy<Value = (u64, u64, u64, Option<u64>)> {
    let limit = prop_oneof![
        Just(HOUR),
        Just(7 * DAY),
        Just(60 * DAY),
        (60..86_400_u64).prop_map(|m| 60 * m)
    ];
    limit.prop_flat_map(|limit| {
        let grace = (limit / 4).clamp(HOUR, 7 * DAY);
        let latency = prop_oneof![Just(16 * 60), Just(grace), 1..=grace];
        let silence = prop_oneof![Just(0), 0..limit, limit..limit + 40 * DAY];
        (Just(limit), silence, latency, prop::option::of(0..=100_u64))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// A committee reads when the next report expires. Where that is before it can be there, it waits for it and closes the
    /// gap; else it signs. The first report that it signs is taken, whenever a stranger closes gaps too.
    #[test]
    fn any_committee_within_the_grace_reports_again_after_any_silence(
        (limit, silence, latency, stranger) in silences(),
    ) {
        let mut grid = grid(limit);
        grid.passes(2 * QUARTER + silence);
        let mut waits = 0;
        loop {
            if grid.next().gap {
                grid.close_gap().unwrap();
            }
            let expires = grid.next().expires_at.unwrap().0;
            if expires >= grid.now() + latency {
                break;
            }
            grid.set_time(expires + 1);
            waits += 1;
            prop_assert_eq!(waits, 1, "one closing gives the grace");
        }
        let report = grid.unsigned(u16::MAX);
        let (begin, at) = (grid.now(), stranger.map(|part| latency * part / 100));
        if let Some(at) = at {
            grid.set_time(begin + at);
            grid.close_gap().unwrap();
        }
        grid.set_time(begin + latency);
        grid.report(&report).unwrap();
    }

    /// Also one that is slower than the grace, as long as it is faster than the limit by an interval: each closing moves the
    /// start to where anybody can foretell, so it signs for the closing that will be the last before it is there.
    #[test]
    fn a_slower_one_signs_for_the_closing_to_come(
        limit in prop_oneof![Just(7 * DAY), Just(60 * DAY), 5 * HOUR..90 * DAY].prop_map(|limit| limit.min(60 * DAY)),
        silence in 0..40 * DAY,
        part in 0..=1_000_u64,
    ) {
        let grace = (limit / 4).clamp(HOUR, 7 * DAY);
        let latency = grace + (limit - QUARTER - grace) * part / 1_000;
        let mut grid = grid(limit);
        grid.passes(2 * QUARTER + limit + silence + 1);
        grid.close_gap().unwrap();
        let begin = grid.now();
        let mut closings: Vec<u64> = (1..)
            .map(|number| begin + number * (grace + 1))
            .take_while(|closing| *closing <= begin + latency)
            .collect();
        let mut report = grid.unsigned(1);
        if let Some(last) = closings.last() {
            report.header.first_interval = IntervalIndex((last - limit).div_ceil(QUARTER) - 1);
        }
        prop_assert!((report.header.first_interval.0 + 1) * QUARTER <= begin, "it can be read already");
        closings.push(begin + latency);
        for closing in closings {
            grid.set_time(closing);
            grid.close_gap().unwrap();
        }
        grid.report(&report).unwrap();
    }

    /// `expires_at` is the last second of the start, in and out of a grace.
    #[test]
    fn the_next_report_tells_when_it_expires(
        limit in HOUR..3 * DAY,
        waits in prop::collection::vec((1..2 * DAY, any::<bool>()), 1..6),
    ) {
        let mut grid = grid(limit);
        grid.passes(2 * QUARTER);
        for (wait, close) in waits {
            grid.passes(wait);
            if close {
                grid.close_gap().unwrap();
            }
            let (next, now) = (grid.next(), grid.now());
            let report = UnsignedReport::new(1, 1, 1, next.first_interval.unwrap(), 1);
            let expires = next.expires_at.unwrap().0;
            prop_assert!(next.gap || expires >= now);
            if !next.gap {
                grid.set_time(expires + 1);
                prop_assert!(grid.next().gap);
                let refused = matches!(grid.report(&report), Err(ContractError::TooOld { .. }));
                prop_assert!(refused);
                grid.set_time(expires);
                prop_assert!(!grid.next().gap);
                grid.report(&report).unwrap();
            }
            grid.set_time(now.max(expires));
        }
    }
}
