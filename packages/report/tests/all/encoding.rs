//! Promise: what cannot be encoded is refused, and the refusal names what was expected and what came.

use gridpact_report::{encode, DecodeError, EncodeError, HeaderError, Report, Resolution};
use gridpact_units::{Energy, IntervalIndex, Quality};

use crate::refusals::valid;

fn refused(change: impl FnOnce(&mut Report)) -> String {
    let mut report = valid();
    change(&mut report);
    encode(&report).unwrap_err().to_string()
}

#[test]
fn encoding_refuses() {
    let cases: [(String, &str); 10] = [
        (
            refused(|r| r.header.intervals = 0),
            "intervals: expected 1 to 192, got 0",
        ),
        (
            refused(|r| r.header.intervals = 193),
            "intervals: expected 1 to 192, got 193",
        ),
        (
            refused(|r| r.header.seats = 0),
            "seats: expected 1 to 1024, got 0",
        ),
        (
            refused(|r| r.header.seats = 1_025),
            "seats: expected 1 to 1024, got 1025",
        ),
        (
            refused(|r| r.header.first_interval = IntervalIndex(1 << 53)),
            "first interval: expected at most 9007199254740991, got 9007199254740992",
        ),
        (
            refused(|r| r.readings.truncate(3)),
            "readings: expected 4 (intervals x seats), got 3",
        ),
        (
            refused(|r| r.readings[3].export = Energy(1_500)),
            "interval 1, seat 1: expected a multiple of 1000 mWh, got 1500 mWh",
        ),
        (
            refused(|r| r.readings[2].import = Energy(100_000_001_000)),
            "interval 1, seat 0: expected at most 100000000000 mWh, got 100000001000 mWh",
        ),
        (
            refused(|r| r.readings[1].import = Energy(u64::MAX)),
            "interval 0, seat 1: expected at most 100000000000 mWh, got 18446744073709551615 mWh",
        ),
        (
            refused(|r| r.readings[1].quality = Quality::Missing),
            "interval 0, seat 1: expected no energy in a missing reading, got 5000 mWh in and 0 mWh out",
        ),
    ];
    for (got, expected) in cases {
        assert_eq!(got, expected);
    }
    assert_eq!(
        Resolution::from_milliwatt_hours(0).unwrap_err().to_string(),
        "resolution: expected 1 to 1000000 mWh, got 0"
    );
    assert_eq!(
        Resolution::from_milliwatt_hours(1_000_001),
        Err(HeaderError::Resolution { got: 1_000_001 })
    );
}

#[test]
fn errors_of_the_header_pass_through() {
    let error = HeaderError::Seats { max: 9, got: 0 };
    assert_eq!(EncodeError::from(error).to_string(), error.to_string());
    assert_eq!(DecodeError::from(error).to_string(), error.to_string());
}
