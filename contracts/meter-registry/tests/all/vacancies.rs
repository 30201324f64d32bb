//! A seat may be vacant: slot 0 and a limit of 0 W are none, and its reading in a report is a missing one.

use cosmwasm_std::Storage;
use gridpact_report::connections::{ConnectionError, Direction};
use gridpact_report::{Mode, Resolution};
use gridpact_storage::Packed;
use gridpact_types::registry::answers::{RosterResponse, RosterSeat};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Quality, Reading, Seat, Slot};
use meter_registry::roster::{Limits, RosterLimits, RosterSlots};
use proptest::prelude::*;

use crate::harness::*;

const SOME: Limits = Limits {
    import: Power(LIMIT),
    export: Power(LIMIT),
};

fn seats() -> impl Strategy<Value = Vec<Option<(u32, u32, u32)>>> {
    let number = || prop_oneof![Just(0), Just(1), 0..300_u32, any::<u32>(), Just(u32::MAX)];
    let seat = prop::option::of((number(), number(), number()));
    prop::collection::vec(seat, 0..usize::from(Mode::Open.max_seats()) / 64)
}

proptest! {
    #[test]
    fn a_roster_comes_back_as_it_was_vacant_seats_and_all(seats in seats()) {
        let limits = seats.iter().map(|seat| {
            seat.map(|(_, import, export)| Limits { import: Power(import), export: Power(export) })
        });
        let limits = RosterLimits(limits.collect());
        let slots = RosterSlots(seats.iter().map(|seat| seat.map(|(slot, _, _)| Slot(slot))).collect());
        prop_assert_eq!(RosterLimits::unpack(&limits.pack()), Ok(limits));
        prop_assert_eq!(RosterSlots::unpack(&slots.pack()), Ok(slots));
    }
}

#[test]
fn a_vacant_seat_takes_a_byte_and_slot_0_and_no_power_are_other_bytes() {
    let slots = RosterSlots(vec![Some(Slot(0)), None, Some(Slot(126)), Some(Slot(127))]);
    assert_eq!(slots.pack(), [1, 1, 0, 127, 0x80, 1]);
    let closed = Limits {
        import: Power(0),
        export: Power(0),
    };
    assert_eq!(RosterLimits(vec![Some(closed), None]).pack(), [1, 1, 0, 0]);
    assert!(RosterSlots::unpack(&[1, 0x80]).is_err());
    // One more than the greatest slot.
    assert!(RosterSlots::unpack(&[1, 0x81, 0x80, 0x80, 0x80, 0x10]).is_err());
}

#[test]
fn a_vacant_seat_has_a_missing_reading_and_no_other() {
    let roster = RosterLimits(vec![Some(SOME), None, Some(SOME), None]);
    let limits = roster.connections(IntervalLength::QUARTER_HOUR, Resolution::WATT_HOUR);
    let interval = IntervalIndex(5);
    let fine = Reading::measured(Energy(MOST), Energy::ZERO);
    let check = |second, last| limits.check(interval, &[fine, second, Reading::MISSING, last]);
    assert_eq!(check(Reading::MISSING, Reading::MISSING), Ok(()));

    let nothing = |quality| Reading {
        import: Energy::ZERO,
        export: Energy::ZERO,
        quality,
    };
    let none = [
        Quality::Measured,
        Quality::SubstitutedFinal,
        Quality::SubstitutedProvisional,
        Quality::Limited,
    ];
    let refused = |seat, reading: Reading| {
        Err(ConnectionError::Vacant {
            interval,
            seat,
            import: reading.import,
            export: reading.export,
        })
    };
    let something = Reading::measured(Energy(1_000), Energy(MOST + 1));
    for reading in none.map(nothing).into_iter().chain([something]) {
        assert_eq!(check(reading, Reading::MISSING), refused(1, reading));
        assert_eq!(check(Reading::MISSING, reading), refused(3, reading));
    }
    // The others are bound as ever.
    let above = Reading::measured(Energy::ZERO, Energy(MOST + 1));
    let got = limits.check(interval, &[above, Reading::MISSING, fine, Reading::MISSING]);
    let refused = ConnectionError::AboveLimit {
        interval,
        seat: 0,
        direction: Direction::Export,
        limit: Energy(MOST),
        got: Energy(MOST + 1),
    };
    assert_eq!(got, Err(refused));
}

/// Puts a record in the place of the one roster's.
fn store(grid: &mut Grid, map: &str, record: Vec<u8>) {
    let (key, _) = grid
        .stored()
        .into_iter()
        .find(|(key, _)| key.windows(map.len()).any(|part| part == map.as_bytes()))
        .unwrap();
    grid.deps.storage.set(&key, &record);
}

#[test]
fn a_roster_with_a_vacant_seat_is_shown_and_reported() {
    let mut grid = Grid::with_meters(3);
    let limits = RosterLimits(vec![Some(SOME), None, Some(SOME)]);
    let slots = RosterSlots(vec![Some(Slot(0)), None, Some(Slot(2))]);
    store(&mut grid, "roster_limits", limits.pack());
    store(&mut grid, "roster_slots", slots.pack());

    let query = QueryMsg::Roster {
        version: 1,
        start_after: Some(Seat(0)),
        limit: None,
    };
    let roster: RosterResponse = grid.ask(query).unwrap();
    assert_eq!((roster.size, roster.more), (3, false));
    let seat = |seat, slot: Option<u32>, watts| RosterSeat {
        seat: Seat(seat),
        slot: slot.map(Slot),
        import_limit: Power(watts),
        export_limit: Power(watts),
    };
    assert_eq!(roster.seats, [seat(1, None, 0), seat(2, Some(2), LIMIT)]);

    grid.until_ended(FIRST);
    assert_eq!(grid.next().seats, 3);
    let mut draft = grid.unsigned(1);
    draft.readings[1] = Reading::measured(Energy::ZERO, Energy::ZERO);
    let refused = ConnectionError::Vacant {
        interval: FIRST,
        seat: 1,
        import: Energy::ZERO,
        export: Energy::ZERO,
    };
    assert_eq!(grid.settled(&draft).unwrap_err(), refused);
    draft.readings[1] = Reading::MISSING;
    grid.settled(&draft).unwrap();

    // Who joins sits behind the others, and the vacant seat stays in the roster's copy.
    grid.join(1, None).unwrap();
    let query = QueryMsg::Roster {
        version: 2,
        start_after: None,
        limit: None,
    };
    let slots: Vec<Option<u32>> = grid
        .ask::<RosterResponse>(query)
        .unwrap()
        .seats
        .iter()
        .map(|seat| seat.slot.map(|slot| slot.0))
        .collect();
    assert_eq!(slots, [Some(0), None, Some(2), Some(3)]);
}

/// Today a roster has all seats of the one before; where a seat changes hands later, each has its own limits.
#[test]
fn a_report_is_held_to_the_limits_of_its_own_roster() {
    let mut grid = Grid::with_meters(1);
    let doubled = Limits {
        import: Power(2 * LIMIT),
        ..SOME
    };
    store(
        &mut grid,
        "roster_limits",
        RosterLimits(vec![Some(doubled)]).pack(),
    );
    grid.join(1, Some(FIRST.plus(1))).unwrap();
    let key = |grid: &Grid, version: u8| {
        let records = grid.stored().into_iter().map(|(key, _)| key);
        let mut limits = records.filter(|key| key.windows(13).any(|part| part == b"roster_limits"));
        limits.find(|key| key.last() == Some(&version)).unwrap()
    };
    // In the second roster the seat is half as strong.
    let later = RosterLimits(vec![Some(SOME), Some(SOME)]);
    let key = key(&grid, 2);
    grid.deps.storage.set(&key, &later.pack());
    grid.until_ended(FIRST.plus(1));
    let take = |energy| Reading::measured(Energy(energy), Energy::ZERO);
    let mut report = grid.unsigned(1);
    report.readings = vec![take(2 * MOST)];
    grid.settled(&report).unwrap();
    let mut report = grid.unsigned(1);
    report.readings = vec![take(2 * MOST), Reading::MISSING];
    let refused = grid.settled(&report).unwrap_err();
    assert!(
        matches!(
            refused,
            ConnectionError::AboveLimit {
                seat: 0,
                limit: Energy(MOST),
                ..
            }
        ),
        "{refused}"
    );
}
