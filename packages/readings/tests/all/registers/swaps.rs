//! A meter whose register becomes another one: the time between them is dark.

use super::*;

const PROVISIONAL: fn(u64) -> Moved = |energy| moved(energy, Quality::SubstitutedProvisional);

#[test]
fn of_an_interval_with_a_swap_the_known_parts_are_summed() {
    let read = [
        (0, 8_000_000),
        (300, 8_100_000),
        (600, 8_150_000),
        // The new meter.
        (700, 0),
        (900, 40_000),
        (1_200, 90_000),
        (1_800, 140_000),
    ];
    assert_eq!(
        judged_quarters(&read, 2),
        [PROVISIONAL(190_000), measured(100_000)]
    );
}

#[test]
fn what_is_known_on_one_side_of_a_dark_boundary_stays() {
    let read = [
        (0, 8_000_000),
        (600, 8_150_000),
        (1_200, 0),
        (1_800, 60_000),
        (2_700, 61_000),
    ];
    let expected = [PROVISIONAL(150_000), PROVISIONAL(60_000), measured(1_000)];
    assert_eq!(judged_quarters(&read, 3), expected);
}

#[test]
fn an_interval_of_which_nothing_is_known_is_missing_and_not_zero() {
    let read = [
        (0, 8_000_000),
        (900, 8_100_000),
        (2_700, 0),
        (3_600, 1),
        (4_500, 2),
    ];
    let expected = [
        measured(100_000),
        Moved::MISSING,
        Moved::MISSING,
        measured(1),
        measured(1),
    ];
    assert_eq!(judged_quarters(&read, 5), expected);
}

#[test]
fn a_dark_time_of_two_hours_leaves_the_intervals_at_its_ends_missing() {
    let with_dark = |dark: u64| {
        let begins = 600 + dark;
        let read = [
            (0, 8_000_000),
            (600, 8_150_000),
            (begins, 0),
            (begins + 300, 10),
            (begins + 600, 20),
        ];
        let moved = judged_quarters(&read, 9);
        (moved[0], moved[8])
    };
    assert_eq!(with_dark(7_199).0, PROVISIONAL(150_000));
    assert_eq!(with_dark(7_200), (Moved::MISSING, Moved::MISSING));
    // Ends at 7,799 s: the interval from 7,200 to 8,100 s knows its second part.
    assert_eq!(with_dark(7_199).1, PROVISIONAL(10));
}

#[test]
fn nothing_is_known_before_the_first_register_nor_behind_the_last() {
    let read = [(300, 0), (900, 10), (1_800, 20), (2_000, 25)];
    let expected = [Moved::MISSING, measured(10), Moved::MISSING];
    assert_eq!(judged_quarters(&read, 3), expected);
}

#[test]
fn a_reset_and_a_swap_in_one_interval_leave_three_parts() {
    let registers = [
        readings(&[(0, 500), (100, 600)]),
        readings(&[(200, 0), (300, 7)]),
        readings(&[(400, 1_000), (900, 1_020)]),
    ];
    let moved = energies(&registers, 1, EXACT, IntervalLength::QUARTER_HOUR);
    assert_eq!(moved, [PROVISIONAL(127)]);
}

#[test]
fn readings_held_at_the_end_are_told() {
    let judged = judge(readings(&[(0, 1_000), (900, 5), (1_800, 6)]), PLAUSIBLE);
    assert_eq!(judged.registers, [readings(&[(0, 1_000)])]);
    assert_eq!(judged.held, readings(&[(900, 5), (1_800, 6)]));
    assert!(judged.dropped.is_empty());
}
