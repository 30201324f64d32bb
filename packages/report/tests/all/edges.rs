//! The least and the most: one ending among all, the extremes of every field, bytes of what never happens.

use gridpact_report::{decode, encode, Header, Mode, Report, Resolution, Scheme, MAX_ENERGY};
use gridpact_units::{Energy, IntervalIndex, Reading};

fn header(intervals: u16, seats: u16, resolution: Resolution) -> Header {
    Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 3,
        roster_version: 41,
        first_interval: IntervalIndex(1_988_000),
        intervals,
        seats,
        revision: 0,
        resolution,
    }
}

#[test]
fn a_window_ends_where_the_next_begins() {
    let header = header(96, 1, Resolution::WATT_HOUR);
    assert_eq!(header.end(), IntervalIndex(1_988_096));
    assert_eq!(header.reading_count(), 96);
}

/// Every end that two bytes can have behind the right beginning: one of 65,536 is a report.
#[test]
fn exactly_one_ending_is_accepted() {
    let readings = vec![Reading::measured(Energy(120_000), Energy(0)), Reading::MISSING];
    let report = Report {
        header: header(1, 2, Resolution::WATT_HOUR),
        readings,
    };
    let right = encode(&report).unwrap();
    let mut bytes = right.clone();
    let end = bytes.len() - 2;
    let mut accepted = Vec::new();
    for last in 0..=u16::MAX {
        bytes[end..].copy_from_slice(&last.to_be_bytes());
        if let Ok(again) = decode(&bytes) {
            assert_eq!(encode(&again).unwrap(), bytes);
            accepted.push((bytes.clone(), again));
        }
    }
    assert_eq!(accepted.iter().filter(|(_, again)| *again == report).count(), 1);
    assert!(accepted.iter().any(|(bytes, _)| *bytes == right));
}

#[test]
fn the_extremes_come_back() {
    let most = MAX_ENERGY;
    let extremes = [
        Reading::measured(most, Energy::ZERO),
        Reading::measured(Energy::ZERO, most),
        Reading::measured(most, most),
        Reading::MISSING,
        Reading::measured(Energy(1), most),
        Reading::measured(Energy::ZERO, Energy::ZERO),
    ];
    for start in 0..extremes.len() {
        let readings: Vec<_> = (0..usize::from(Mode::Open.max_intervals()))
            .map(|i| extremes[(start + i * i) % extremes.len()])
            .collect();
        let report = Report {
            header: header(Mode::Open.max_intervals(), 1, Resolution::MILLIWATT_HOUR),
            readings,
        };
        assert_eq!(decode(&encode(&report).unwrap()), Ok(report));
    }
}

/// Whole bytes of reports, so that a change of the model that costs shows here without the data of the benchmark.
#[test]
fn what_never_happens_costs_next_to_nothing() {
    let size = |reading: fn(usize) -> Reading| {
        let header = header(96, Mode::Open.max_seats(), Resolution::WATT_HOUR);
        let readings = (0..header.reading_count()).map(reading).collect();
        encode(&Report { header, readings }).unwrap().len()
    };
    let vacant = size(|_| Reading::MISSING);
    assert!(vacant <= 150, "98,304 vacant readings took {vacant} bytes");
    let idle = size(|_| Reading::measured(Energy::ZERO, Energy::ZERO));
    assert!(idle <= 150, "98,304 readings of zero took {idle} bytes");
    let steady = size(|_| Reading::measured(Energy(40_000), Energy(2_000)));
    assert!(
        steady <= 700,
        "98,304 steady readings both ways took {steady} bytes"
    );
    let some_vacant = size(|i| {
        if i % 1_024 % 8 == 0 {
            Reading::MISSING
        } else {
            Reading::measured(Energy(40_000), Energy::ZERO)
        }
    });
    assert!(
        some_vacant <= 700,
        "every eighth seat vacant took {some_vacant} bytes"
    );
}
