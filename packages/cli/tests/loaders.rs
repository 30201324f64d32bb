//! Loaders: what they read, and what they say about a bad row.

use gridpact_cli::data::{load, Selection};

#[test]
fn the_bundled_weeks_hold_113_homes_and_a_producer_in_winter_and_summer() {
    let dataset = load(None, &Selection::default()).unwrap();
    assert_eq!(dataset.meters.len(), 114);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.has_pv).count(), 25);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.producer).count(), 1);
    assert_eq!(dataset.stretches.iter().map(|stretch| stretch.intervals).collect::<Vec<_>>(), [672, 672]);
    let starts: Vec<u64> = dataset.stretches.iter().map(|stretch| dataset.interval.start_of(stretch.first)).collect();
    // Monday 11 January 2016, 00:00 +01:00, and Monday 13 June 2016, 00:00 +02:00.
    assert_eq!(starts, [1_452_466_800, 1_465_768_800]);
}
