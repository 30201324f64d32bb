//! What a report reads and writes: a stored byte costs 30 gas, a read one 3.

use crate::harness::*;

#[test]
fn a_report_writes_two_small_values() {
    let mut grid = Grid::with_meters(127);
    grid.until_ended(FIRST);
    let draft = grid.unsigned(1);
    grid.report(&draft).unwrap();
    let before = grid.stored();
    grid.passes(QUARTER);
    let draft = grid.unsigned(1);
    grid.report(&draft).unwrap();
    let after = grid.stored();
    let written: Vec<_> = after.iter().filter(|record| !before.contains(record)).collect();
    assert_eq!(written.len(), 2);
    let bytes: usize = written.iter().map(|(key, value)| key.len() + value.len()).sum();
    assert!(bytes <= 100, "{bytes} bytes");
}

#[test]
fn the_limits_of_1024_homes_take_under_8_kib() {
    let mut grid = Grid::new();
    for _ in 0..8 {
        grid.join(128, None).unwrap();
    }
    let limits = grid
        .stored()
        .into_iter()
        .filter(|(key, _)| key.windows(13).any(|part| part == b"roster_limits"));
    let sizes: Vec<usize> = limits.map(|(_, value)| value.len()).collect();
    assert_eq!(sizes, [1 + 1_024 * 4]);
}
