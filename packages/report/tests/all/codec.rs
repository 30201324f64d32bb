//! Promises: decode(encode(x)) = x; one report has one encoding; arbitrary bytes give a report or an error, no panic.

use gridpact_report::{
    decode, encode, split, Decoder, Header, Mode, Report, Resolution, Scheme, FORMAT_VERSION, MAX_ENERGY,
    MAX_FIRST_INTERVAL, MAX_HEADER_LENGTH,
};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use proptest::prelude::*;

fn quality() -> impl Strategy<Value = Quality> {
    prop_oneof![
        20 => Just(Quality::Measured),
        1 => Just(Quality::SubstitutedFinal),
        1 => Just(Quality::SubstitutedProvisional),
        3 => Just(Quality::Missing),
        1 => Just(Quality::Limited),
    ]
}

/// Counts as homes have them, none, and up to the largest there is at the resolution.
fn counts(resolution: Resolution) -> impl Strategy<Value = u64> {
    let most = MAX_ENERGY.0 / u64::from(resolution.milliwatt_hours());
    prop_oneof![4 => Just(0), 8 => 0..=500.min(most), 2 => 0..=most, 1 => Just(most)]
}

fn reading(resolution: Resolution) -> impl Strategy<Value = Reading> {
    let energy = move |counts: u64| Energy(counts * u64::from(resolution.milliwatt_hours()));
    (counts(resolution), counts(resolution), 0..4_u8, quality()).prop_map(
        move |(first, second, directions, quality)| {
            let (import, export) = match directions {
                0 => (first, second),
                1 => (0, second),
                _ => (first, 0),
            };
            if quality == Quality::Missing {
                return Reading::MISSING;
            }
            Reading {
                import: energy(import),
                export: energy(export),
                quality,
            }
        },
    )
}

fn resolution() -> impl Strategy<Value = Resolution> {
    prop_oneof![
        Just(1),
        Just(250),
        Just(1_000),
        Just(1_000_000),
        1..=1_000_000_u32
    ]
    .prop_map(|milliwatt_hours| Resolution::from_milliwatt_hours(milliwatt_hours).unwrap())
}

fn report(seats: u16, intervals: u16) -> impl Strategy<Value = Report> {
    let shape = (1..=seats, 1..=intervals, resolution());
    let names = (any::<u32>(), any::<u32>(), 0..=MAX_FIRST_INTERVAL.0, any::<u16>());
    (shape, names).prop_flat_map(|((seats, intervals, resolution), names)| {
        let (epoch, roster_version, first_interval, revision) = names;
        let first_interval = IntervalIndex(first_interval);
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch,
            roster_version,
            first_interval,
            intervals,
            seats,
            revision,
            resolution,
        };
        prop::collection::vec(reading(resolution), header.reading_count())
            .prop_map(move |readings| Report { header, readings })
    })
}

/// Bytes that decode at all are the one encoding of what they decode to.
fn accepted_is_canonical(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(report) = decode(bytes) {
        prop_assert_eq!(encode(&report).unwrap(), bytes);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_report_comes_back_as_it_was(report in prop_oneof![report(4, 4), report(60, 12), report(3, 192)]) {
        let bytes = encode(&report).unwrap();
        prop_assert_eq!(decode(&bytes), Ok(report));
    }

    #[test]
    fn a_report_is_its_header_and_then_its_body(report in report(6, 4)) {
        let bytes = encode(&report).unwrap();
        let (header, body) = split(&bytes).unwrap();
        let start = header.encode();
        prop_assert!(start.len() <= MAX_HEADER_LENGTH);
        prop_assert_eq!(Header::decode(&start), Ok(report.header));
        prop_assert_eq!([&start, body].concat(), bytes);
    }

    #[test]
    fn any_bytes_are_no_header_or_its_one_encoding(bytes in prop::collection::vec(0..4_u8, 0..40)) {
        if let Ok((header, body)) = split(&bytes) {
            prop_assert_eq!([&header.encode(), body].concat(), bytes);
        }
    }

    #[test]
    fn reading_by_interval_gives_the_same(report in report(20, 20)) {
        let bytes = encode(&report).unwrap();
        let (header, body) = split(&bytes).unwrap();
        prop_assert_eq!(header, report.header);
        let mut decoder = Decoder::new(&header, body).unwrap();
        prop_assert_eq!(decoder.header(), &report.header);
        let mut row = vec![Reading::MISSING; 3];
        for (offset, expected) in report.readings.chunks(report.header.seats.into()).enumerate() {
            let index = decoder.next_interval(&mut row).unwrap();
            prop_assert_eq!(index, Some(report.header.first_interval.plus(offset as u64)));
            prop_assert_eq!(&row[..], expected);
        }
        prop_assert_eq!(decoder.next_interval(&mut row), Ok(None));
        prop_assert!(row.is_empty());
        prop_assert_eq!(decoder.finish(), Ok(()));
    }

    #[test]
    fn any_bytes_are_refused_or_canonical(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        accepted_is_canonical(&bytes)?;
    }

    #[test]
    fn any_bytes_behind_a_header_are_refused_or_canonical(
        seats in 1..3_u8,
        intervals in 1..3_u8,
        bytes in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut whole = vec![FORMAT_VERSION, 0, 0, 1, 1, 9, intervals, seats, 0, 1];
        whole.extend(bytes);
        accepted_is_canonical(&whole)?;
    }

    #[test]
    fn changed_bytes_are_refused_or_canonical(
        report in report(12, 6),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..3),
    ) {
        let mut bytes = encode(&report).unwrap();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] ^= value;
        }
        accepted_is_canonical(&bytes)?;
    }

    #[test]
    fn every_shortening_and_lengthening_is_refused(report in report(6, 4), more in 0..=255_u8) {
        let mut bytes = encode(&report).unwrap();
        for length in 0..bytes.len() {
            prop_assert!(decode(&bytes[..length]).is_err(), "the first {} bytes", length);
        }
        bytes.push(more);
        prop_assert!(decode(&bytes).is_err());
    }
}
