//! Readings to a report.

use gridpact_attest::compose::compose;
use gridpact_attest::draft::Draft;
use gridpact_attest::error::{Error, Place};
use gridpact_attest::note::{AboveLimit, Note};
use gridpact_readings::file::NamedFile;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_report::connections::Direction;
use gridpact_units::{Energy, IntervalIndex, Power, Quality, Reading, Slot, UnixSeconds};
use proptest::prelude::*;

use crate::{assignment, made, row, FIRST};

#[test]
fn readings_in_any_order_become_a_report_in_the_order_of_seats() {
    let substituted = Reading {
        import: Energy(1_000),
        export: Energy(2_000),
        quality: Quality::SubstitutedFinal,
    };
    let made = made(&[
        row(4, 1, 0, 1_500_000),
        row(7, 0, 250_000, 0),
        (Slot(4), IntervalIndex(FIRST), substituted),
        (Slot(4), IntervalIndex(FIRST - 1), Reading::MISSING),
        row(4, 3, 1_000_000, 0),
    ])
    .unwrap();
    assert_eq!(made.report.header.intervals, 2);
    assert_eq!(made.missing, 1);
    let expected = [
        Reading::measured(Energy(250_000), Energy::ZERO),
        substituted,
        Reading::MISSING,
        Reading::measured(Energy::ZERO, Energy(1_500_000)),
    ];
    assert_eq!(made.report.readings, expected);
    assert_eq!(made.notes, [Note::Outside { rows: 2 }]);
    assert_eq!(
        made.notes[0].to_string(),
        "2 rows are of intervals that the next report cannot cover: left out"
    );
    let draft = Draft::new(&assignment(), &made.report).unwrap();
    assert_eq!(draft.decode().unwrap(), made.report);
}

#[test]
fn a_reading_above_the_limit_is_missing_and_noted() {
    let made = made(&[
        row(7, 0, 2_501_000, 0),
        row(4, 0, 2_500_000, 2_501_000),
        row(4, 1, 2_500_000, 0),
    ])
    .unwrap();
    assert_eq!(made.report.readings[..2], [Reading::MISSING; 2]);
    assert_eq!(made.report.readings[3].import, Energy(2_500_000));
    assert_eq!(made.missing, 3);
    let above = |slot, direction| {
        Note::AboveLimit(AboveLimit {
            slot: Slot(slot),
            interval: IntervalIndex(FIRST),
            direction,
            limit: Power(10_000),
            max: Energy(2_500_000),
            got: Energy(2_501_000),
        })
    };
    assert_eq!(
        made.notes,
        [above(7, Direction::Import), above(4, Direction::Export)]
    );
    assert_eq!(
        made.notes[0].to_string(),
        "import of slot 7: expected at most 2.5 kWh (10000 W over an interval), got 2.501 kWh: reported as missing"
    );
}

#[test]
fn a_reading_that_cannot_be_is_refused_and_named() {
    let place = |slot, offset| Place {
        slot: Slot(slot),
        interval: IntervalIndex(FIRST + offset),
        start: UnixSeconds((FIRST + offset) * 900),
    };
    let table = [
        (
            vec![row(7, 0, 100, 0)],
            place(7, 0),
            "import of slot 7 at 2027-01-15T08:00:00Z: expected a multiple of the grid's resolution, 1000 mWh, got 0.0001 kWh",
        ),
        (
            vec![row(7, 1, 0, 1)],
            place(7, 1),
            "export of slot 7 at 2027-01-15T08:15:00Z: expected a multiple of the grid's resolution, 1000 mWh, got 0.000001 kWh",
        ),
        (
            vec![row(7, 0, 1_000, 0), row(5, 0, 1_000, 0)],
            place(5, 0),
            "slot 5 at 2027-01-15T08:00:00Z: expected a slot of the roster that the report follows, version 1, got another",
        ),
        (
            vec![row(7, 0, 1_000, 0), row(4, 0, 0, 0), row(7, 0, 2_000, 0)],
            place(7, 0),
            "slot 7 at 2027-01-15T08:00:00Z: expected one reading, got two",
        ),
        // Also what lies outside the report must be of this grid.
        (
            vec![row(5, 90, 1_000, 0)],
            place(5, 90),
            "slot 5 at 2027-01-16T06:30:00Z: expected a slot of the roster that the report follows, version 1, got another",
        ),
    ];
    for (readings, place, told) in table {
        let error = made(&readings).unwrap_err();
        assert_eq!((error.place(), error.to_string()), (Some(place), told.to_owned()));
    }
}

#[test]
fn a_register_s_last_count_is_within_the_limit_as_the_registry_counts_it() {
    // 3,679 W are 919.75 Wh in a quarter hour, and a register of whole Wh shows 920 now and then.
    let mut odd = assignment();
    odd.seats[0].import_limit = Power(3_679);
    let composed = |energy| compose(&odd, [row(7, 0, energy, 0)], None, 0).unwrap();
    assert_eq!(composed(920_000).notes, []);
    assert_eq!(composed(920_000).report.readings[0].import, Energy(920_000));
    let above = composed(921_000);
    assert_eq!(above.report.readings[0], Reading::MISSING);
    let [Note::AboveLimit(note)] = above.notes[..] else {
        panic!("one note expected: {:?}", above.notes)
    };
    assert_eq!((note.max, note.got), (Energy(920_000), Energy(921_000)));
}

#[test]
fn a_report_covers_what_is_asked_for_and_never_more_than_can_be_reported() {
    let readings = [row(7, 0, 1_000, 0), row(7, 2, 1_000, 0)];
    let intervals =
        |asked| compose(&assignment(), readings, asked, 0).map(|made| made.report.header.intervals);
    assert_eq!(intervals(None), Ok(3));
    assert_eq!(intervals(Some(1)), Ok(1));
    assert_eq!(intervals(Some(3)), Ok(3));
    for (asked, told) in [(0, "got 0"), (4, "got 4"), (u16::MAX, "got 65535")] {
        let error = intervals(Some(asked)).unwrap_err().to_string();
        assert!(
            error.starts_with("expected 1 to 3 intervals from 2027-01-15T08:00:00Z on"),
            "{error}"
        );
        assert!(error.ends_with(told), "{error}");
    }
    let none = made(&[]).unwrap_err().to_string();
    assert_eq!(
        none,
        "expected 1 to 3 intervals from 2027-01-15T08:00:00Z on, got 0"
    );
    let mut endless = assignment();
    endless.next.max_intervals = u16::MAX;
    let error = compose(&endless, readings, Some(u16::MAX), 0).unwrap_err();
    assert!(matches!(error, Error::Intervals { max: 192, .. }), "{error}");
    assert_eq!(
        compose(&assignment(), readings, None, 9)
            .unwrap()
            .report
            .header
            .revision,
        9
    );
}

#[test]
fn where_there_is_nothing_to_report_that_is_said() {
    let mut empty = assignment();
    empty.next.first_interval = None;
    let refused = |assignment| compose(&assignment, [], None, 0).unwrap_err().to_string();
    assert_eq!(empty.intervals().count(), 0);
    assert_eq!(
        refused(empty),
        "the grid has no meter yet: nothing can be reported"
    );
    let mut early = assignment();
    early.next.max_intervals = 0;
    assert_eq!(
        refused(early),
        "no interval is over yet; the next report begins at 2027-01-15T08:00:00Z"
    );
    let mut half = assignment();
    half.seats.pop();
    assert_eq!(refused(half), "roster 1: expected 2 seats, got 1");
    let mut no_resolution = assignment();
    no_resolution.next.resolution = 0;
    let error = compose(&no_resolution, [], Some(1), 0).unwrap_err();
    assert!(matches!(error, Error::Header(_)), "{error}");
}

#[test]
fn the_table_to_fill_in_makes_a_report_of_nothing_but_missing_readings() {
    let text = assignment().table_to_fill_in();
    let file = NamedFile::new("readings.csv", text.as_bytes());
    let table = ReadingsTable::by_slot(file, assignment().interval_length).unwrap();
    let made = compose(&assignment(), table.readings(), None, 0).unwrap();
    assert_eq!(made.report.header.intervals, 3);
    assert_eq!(made.missing, 6);
    assert_eq!(made.notes, []);
}

#[test]
fn an_assignment_in_a_file_reads_back() {
    let text = serde_json::to_string(&assignment()).unwrap();
    assert_eq!(
        serde_json::from_str::<gridpact_attest::assignment::Assignment>(&text).unwrap(),
        assignment()
    );
    let names: Vec<String> = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text)
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        ["chain_id", "interval_length", "next", "registry", "seats"]
    );
}

proptest! {
    #[test]
    fn the_order_of_readings_does_not_matter(
        readings in proptest::collection::btree_map((0_u64..3, any::<bool>()), (0_u64..=2_500, 0_u64..=2_500), 1..=6),
        turn in 0_usize..6,
    ) {
        let mut rows: Vec<_> = readings
            .iter()
            .map(|((offset, first), (import, export))| {
                row(if *first { 7 } else { 4 }, *offset, import * 1_000, export * 1_000)
            })
            .collect();
        let one = made(&rows).unwrap();
        let middle = turn % rows.len();
        rows.rotate_left(middle);
        prop_assert_eq!(&one, &made(&rows).unwrap());
        // What can be composed can be signed: every report has an encoding, which says the same.
        let draft = Draft::new(&assignment(), &one.report).unwrap();
        prop_assert_eq!(&draft.decode().unwrap(), &one.report);
        let present = 2 * usize::from(one.report.header.intervals) - one.missing;
        prop_assert_eq!(present, rows.len());
    }
}
