//! Loaders: what they read, and what they say about a bad row.

use gridpact_readings::{load, Selection};

#[test]
fn the_bundled_weeks_hold_113_homes_and_a_producer_in_winter_and_summer() {
    let dataset = load(None, &Selection::default()).unwrap();
    assert_eq!(dataset.meters.len(), 114);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.has_pv).count(), 25);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.producer).count(), 1);
    assert_eq!(
        dataset
            .stretches
            .iter()
            .map(|stretch| stretch.intervals)
            .collect::<Vec<_>>(),
        [672, 672]
    );
    let starts: Vec<u64> = dataset
        .stretches
        .iter()
        .map(|stretch| dataset.interval.start_of(stretch.first))
        .collect();
    // Monday 11 January 2016, 00:00 +01:00, and Monday 13 June 2016, 00:00 +02:00.
    assert_eq!(starts, [1_452_466_800, 1_465_768_800]);
}

#[test]
fn a_selection_keeps_days_of_each_week_and_the_first_homes() {
    let whole = load(None, &Selection::default()).unwrap();
    let selection = Selection {
        days: Some(2),
        homes: Some(3),
        ..Selection::default()
    };
    let part = load(None, &selection).unwrap();
    assert_eq!((part.meters.len(), part.intervals()), (3, 2 * 2 * 96));
    assert_eq!(part.readings[..3], whole.readings[..3]);
    assert_eq!(part.readings[192 * 3..][..3], whole.readings[672 * 114..][..3]);
}

#[test]
fn a_day_begins_at_local_midnight() {
    let selection = Selection {
        from: Some("2016-06-15".parse().unwrap()),
        ..Selection::default()
    };
    let part = load(None, &selection).unwrap();
    assert_eq!(part.stretches.len(), 1);
    // 15 June 2016, 00:00 +02:00.
    assert_eq!(part.interval.start_of(part.stretches[0].first), 1_465_941_600);
    assert_eq!(part.intervals(), 5 * 96);
}
