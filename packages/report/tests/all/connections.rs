use gridpact_report::connections::{ConnectionError, Connections, Direction};
use gridpact_report::{DecodeError, Part};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use proptest::prelude::*;

const AT: IntervalIndex = IntervalIndex(7);

fn connections(seats: &[Option<(u64, u64)>]) -> Connections {
    let energies = |(import, export)| (Energy(import), Energy(export));
    seats.iter().map(|seat| seat.map(energies)).collect()
}

fn measured(import: u64, export: u64) -> Reading {
    Reading::measured(Energy(import), Energy(export))
}

#[test]
fn a_vacant_seat_is_a_0_and_an_import_one_more_than_it_is() {
    let seats = connections(&[Some((0, 0)), None, Some((126, 127)), Some((4_313_000, 0))]);
    let bytes = [&[1, 0][..], &[0], &[127, 127], &[0xa9, 0x9f, 0x87, 0x2, 0]].concat();
    assert_eq!(seats.encode(), bytes);
    assert_eq!(seats.seats(), 4);
    assert_eq!(Connections::decode(&[]), Ok(connections(&[])));
}

#[test]
fn bytes_that_nobody_wrote_are_refused() {
    let part = Part::Connections;
    let table: [(&[u8], DecodeError); 4] = [
        (&[2], DecodeError::UnexpectedEnd { part, length: 1 }),
        (&[0x80], DecodeError::UnexpectedEnd { part, length: 1 }),
        (
            &[0x82, 0, 0],
            DecodeError::NotShortest {
                field: "import limit",
            },
        ),
        (
            &[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2],
            DecodeError::FieldTooLarge {
                field: "export limit",
                bits: 64,
            },
        ),
    ];
    for (bytes, expected) in table {
        assert_eq!(Connections::decode(bytes), Err(expected), "{bytes:?}");
    }
}

#[test]
fn what_a_connection_can_carry_passes_and_a_count_more_does_not() {
    let seats = connections(&[Some((10, 20)), Some((30, 0))]);
    let fine = [measured(10, 20), measured(30, 0)];
    assert_eq!(seats.check(AT, &fine), Ok(()));
    assert_eq!(seats.check(AT, &[Reading::MISSING; 2]), Ok(()));
    let table = [
        (0, measured(11, 20), Direction::Import, 10, 11, "import"),
        (0, measured(10, 21), Direction::Export, 20, 21, "export"),
        (1, measured(31, 1), Direction::Import, 30, 31, "import"),
        (1, measured(0, 1), Direction::Export, 0, 1, "export"),
    ];
    for (seat, reading, direction, limit, got, name) in table {
        let mut readings = fine;
        readings[seat] = reading;
        let refused = ConnectionError::AboveLimit {
            interval: AT,
            seat,
            direction,
            limit: Energy(limit),
            got: Energy(got),
        };
        assert_eq!(seats.check(AT, &readings), Err(refused));
        let words = format!("{name} in interval 7, seat {seat}: expected at most {limit} mWh, got {got} mWh");
        assert_eq!(refused.to_string(), words);
    }
}

#[test]
fn one_above_is_found_among_any_that_are_not() {
    for count in 1..6 {
        let seats = connections(&vec![Some((5, 5)); count]);
        for above in 0..count {
            for reading in [measured(6, 5), measured(5, 6), measured(6, 6)] {
                let mut readings = vec![measured(5, 5); count];
                readings[above] = reading;
                let refused = seats.check(AT, &readings).unwrap_err();
                assert!(matches!(refused, ConnectionError::AboveLimit { seat, .. } if seat == above));
            }
        }
    }
}

#[test]
fn of_a_vacant_seat_nothing_is_said_not_even_a_zero() {
    let seats = connections(&[None, Some((9, 9))]);
    let check = |reading| seats.check(AT, &[reading, measured(9, 9)]);
    assert_eq!(check(Reading::MISSING), Ok(()));
    let zero = |quality| Reading {
        quality,
        ..measured(0, 0)
    };
    let qualities = [
        Quality::Measured,
        Quality::SubstitutedFinal,
        Quality::SubstitutedProvisional,
    ];
    for reading in qualities
        .map(zero)
        .into_iter()
        .chain([measured(5, 0), measured(0, 6)])
    {
        let refused = ConnectionError::Vacant {
            interval: AT,
            seat: 0,
            import: reading.import,
            export: reading.export,
        };
        assert_eq!(check(reading), Err(refused));
    }
    let words = check(measured(5, 6)).unwrap_err().to_string();
    assert_eq!(
        words,
        "reading in interval 7, seat 0: expected a missing one, as the seat is vacant, got 5 mWh in and 6 mWh out"
    );
}

proptest! {
    #[test]
    fn connections_are_read_as_they_were_written(
        seats in prop::collection::vec(prop::option::of((0..u64::MAX, any::<u64>())), 0..40)
    ) {
        let seats = connections(&seats);
        prop_assert_eq!(Connections::decode(&seats.encode()), Ok(seats));
    }

    #[test]
    fn arbitrary_bytes_are_refused_or_are_what_their_seats_come_to(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        if let Ok(seats) = Connections::decode(&bytes) {
            prop_assert_eq!(seats.encode(), bytes);
        }
    }
}
