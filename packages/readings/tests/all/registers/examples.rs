//! The rule by worked examples: (time in s, register in mWh), intervals of 900 s from 0 on.

use gridpact_readings::registers::boundary::{at, Unknown};
use gridpact_readings::registers::energies::{between, both, spread, Counting, Moved};
use gridpact_readings::registers::RegisterReading;
use gridpact_units::{Energy, IntervalLength, Quality, Reading, Seconds, UnixSeconds};

use super::*;

#[test]
fn a_register_read_at_the_boundaries_is_measured() {
    let read = [(0, 1_000_000), (900, 1_250_000), (1_800, 1_250_000)];
    assert_eq!(quarters(&read, 2, EXACT), [measured(250_000), measured(0)]);
}

#[test]
fn readings_five_minutes_apart_are_measured_by_the_line_between_them() {
    let read = [
        (880, 5_000_000),
        (1_180, 5_060_000),
        (1_480, 5_120_000),
        (1_780, 5_150_000),
        (2_080, 5_250_000),
    ];
    // 5,156,666 - 5,004,000.
    assert_eq!(
        quarters(&read, 3, EXACT),
        [Moved::MISSING, measured(152_666), Moved::MISSING]
    );
}

#[test]
fn whole_counts_are_cut_at_boundaries_so_that_nothing_is_lost() {
    let read = [
        (0, 999_600),
        (900, 1_000_000),
        (1_800, 1_000_400),
        (2_700, 1_000_800),
        (3_600, 1_001_200),
    ];
    let expected = [measured(1_000), measured(0), measured(0), measured(1_000)];
    assert_eq!(quarters(&read, 4, WATT_HOUR), expected);
}

#[test]
fn a_hole_below_two_hours_is_filled_by_a_line_whose_energies_add_up() {
    let read = [(0, 0), (900, 100_000), (7_200, 1_100_003), (8_100, 1_200_003)];
    let filled = [142_857, 142_858, 142_857, 142_858, 142_857, 142_858, 142_858];
    let mut expected = vec![measured(100_000)];
    expected.extend(filled.map(substituted));
    expected.push(measured(100_000));
    assert_eq!(quarters(&read, 9, EXACT), expected);
}

#[test]
fn an_interval_is_worth_what_the_worse_of_its_boundaries_is() {
    let read = [(900, 0), (1_200, 100_000), (3_300, 310_000), (3_600, 340_000)];
    let expected = [
        Moved::MISSING,
        substituted(160_000),
        substituted(90_000),
        substituted(90_000),
    ];
    assert_eq!(quarters(&read, 4, EXACT), expected);
}

#[test]
fn an_hour_is_spread_over_its_quarters() {
    let four = NonZeroU32::new(4).unwrap();
    let quarters = |energy, resolution| -> Vec<u64> {
        spread(Energy(energy), four, resolution)
            .map(|energy| energy.0)
            .collect()
    };
    assert_eq!(quarters(1_001, EXACT), [250, 250, 250, 251]);
    assert_eq!(
        quarters(1_234_000, WATT_HOUR),
        [308_000, 309_000, 308_000, 309_000]
    );
    // What is no whole count stays in the last.
    assert_eq!(quarters(1_001, WATT_HOUR), [0, 0, 0, 1_001]);
    let hour = super::quarters(&[(0, 0), (3_600, 1_001)], 4, EXACT);
    assert_eq!(hour, [250, 250, 250, 251].map(substituted));
}

#[test]
fn holes_are_measured_up_to_300_s_and_lines_end_below_two_hours() {
    let quality = |hole: u64| {
        let after = RegisterReading::new(800 + hole, 1_000);
        let before = RegisterReading::new(800, 0);
        at(UnixSeconds(900), Some(before), Some(after), EXACT).map(|boundary| boundary.quality())
    };
    assert_eq!(quality(300), Ok(Quality::Measured));
    assert_eq!(quality(301), Ok(Quality::SubstitutedFinal));
    assert_eq!(quality(7_199), Ok(Quality::SubstitutedFinal));
    assert_eq!(quality(7_200), Err(Unknown::Hole(Seconds(7_200))));

    // Between readings two hours apart nothing is known; at the readings all is.
    let read = [(0, 0), (900, 1), (8_100, 2), (9_000, 3)];
    let mut expected = vec![measured(1)];
    expected.extend([Moved::MISSING; 8]);
    expected.push(measured(1));
    assert_eq!(quarters(&read, 10, EXACT), expected);
}

#[test]
fn a_boundary_without_a_reading_on_both_sides_is_not_known() {
    let reading = RegisterReading::new(800, 5);
    let at = |before, after| at(UnixSeconds(900), before, after, EXACT);
    assert_eq!(at(None, None), Err(Unknown::Unread));
    assert_eq!(at(Some(reading), None), Err(Unknown::Open));
    assert_eq!(at(None, Some(RegisterReading::new(950, 5))), Err(Unknown::Unread));
    assert_eq!(
        at(Some(reading), Some(RegisterReading::new(950, 4))),
        Err(Unknown::Fell)
    );
    // One reading is enough where it was taken at the boundary.
    for (before, after) in [(Some(900), None), (None, Some(900)), (Some(800), Some(900))] {
        let read = |second: Option<u64>| second.map(|second| RegisterReading::new(second, 7));
        let boundary = at(read(before), read(after)).unwrap();
        assert_eq!((boundary.value, boundary.hole()), (Energy(7), Seconds(0)));
    }
}

#[test]
fn an_interval_above_the_limit_and_a_count_is_missing() {
    // 17,250 W over 900 s are 4,312,500 mWh: 4,313,000 in whole Wh.
    let counting = Counting {
        length: IntervalLength::QUARTER_HOUR,
        resolution: WATT_HOUR,
    };
    assert_eq!(counting.most(LIMIT), Energy(4_313_000));
    let quarter = |energy| quarters(&[(0, 0), (900, energy)], 1, WATT_HOUR);
    assert_eq!(quarter(4_313_000), [measured(4_313_000)]);
    assert_eq!(quarter(4_313_999), [measured(4_313_000)]);
    assert_eq!(quarter(4_314_000), [Moved::MISSING]);
    let exact = |energy| quarters(&[(0, 0), (900, energy)], 1, EXACT);
    assert_eq!(exact(4_312_500), [measured(4_312_500)]);
    assert_eq!(exact(4_312_501), [Moved::MISSING]);
}

#[test]
fn both_directions_are_worth_what_the_worse_is() {
    let provisional = moved(1, Quality::SubstitutedProvisional);
    assert_eq!(
        both(measured(1), measured(2)),
        Reading::measured(Energy(1), Energy(2))
    );
    assert_eq!(
        both(measured(1), substituted(2)).quality,
        Quality::SubstitutedFinal
    );
    assert_eq!(
        both(provisional, substituted(2)).quality,
        Quality::SubstitutedProvisional
    );
    assert_eq!(both(measured(1), Moved::MISSING), Reading::MISSING);
    assert_eq!(both(Moved::MISSING, provisional), Reading::MISSING);
}

#[test]
fn registers_near_the_end_of_their_type_do_not_overflow() {
    let read = [(0, u64::MAX - 10), (1_800, u64::MAX)];
    assert_eq!(quarters(&read, 2, EXACT), [substituted(5), substituted(5)]);
    let last = RegisterReading::new(u64::MAX, u64::MAX);
    let missing = between(
        at(UnixSeconds(u64::MAX), None, None, WATT_HOUR),
        at(UnixSeconds(u64::MAX), Some(last), None, WATT_HOUR),
        Energy(u64::MAX),
    );
    assert_eq!(missing, Moved::MISSING);
}
