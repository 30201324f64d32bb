//! Digits to mWh, and text to moments.

use gridpact_oracle::bounds::MAX_REGISTER;
use gridpact_oracle::config::Unit;
use gridpact_oracle::moment;
use gridpact_oracle::number::milliwatt_hours;
use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use proptest::prelude::*;

#[test]
fn digits_become_milliwatt_hours() {
    for (text, unit, expected) in [
        ("123456.789", Unit::KilowattHour, 123_456_789_000),
        ("001234.567", Unit::KilowattHour, 1_234_567_000),
        ("0", Unit::KilowattHour, 0),
        ("6545766", Unit::WattHour, 6_545_766_000),
        ("1.25", Unit::MegawattHour, 1_250_000_000),
        // Finer than a mWh: cut, towards zero.
        ("52185.7825309", Unit::KilowattHour, 52_185_782_530),
        ("0.0009", Unit::WattHour, 0),
        // As gateways print them.
        ("1.2345e4", Unit::WattHour, 12_345_000),
        ("1.0e-07", Unit::KilowattHour, 0),
        ("5e-6", Unit::KilowattHour, 5),
        (" 7.5 ", Unit::WattHour, 7_500),
    ] {
        assert_eq!(milliwatt_hours(text, unit), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_value_is_refused() {
    let too_large = format!("{}", MAX_REGISTER / 1_000 + 1);
    for text in [
        "",
        "-1",
        "+1",
        "1,5",
        "1.",
        ".5",
        "1.2.3",
        "nan",
        "inf",
        "unknown",
        "unavailable",
        "null",
        "0x10",
        "1e99",
        "1e",
        "1 2",
        "true",
        &too_large,
        "99999999999999999999999999",
    ] {
        assert!(milliwatt_hours(text, Unit::WattHour).is_err(), "{text}");
    }
}

proptest! {
    /// Written out with any number of digits behind the point, a register comes back as it was.
    #[test]
    fn a_register_survives_its_text(value in 0..=MAX_REGISTER, zeros in 0_usize..6) {
        let text = format!("{}.{:06}{}", value / 1_000_000, value % 1_000_000, "0".repeat(zeros));
        prop_assert_eq!(milliwatt_hours(&text, Unit::KilowattHour), Ok(value));
        let text = format!("{}.{:03}", value / 1_000, value % 1_000);
        prop_assert_eq!(milliwatt_hours(&text, Unit::WattHour), Ok(value));
    }

    /// No text makes it panic, and what is taken is within bounds.
    #[test]
    fn any_text_is_taken_or_refused(text in "\\PC{0,60}") {
        if let Ok(value) = milliwatt_hours(&text, Unit::KilowattHour) {
            prop_assert!(value <= MAX_REGISTER);
        }
        let _ = moment::parse(&text, Zone::CentralEurope);
    }
}

#[test]
fn moments_in_every_shape() {
    let at = |text: &str| moment::parse(text, Zone::CentralEurope).map(|moment| moment.0);
    assert_eq!(at("1764547200"), Ok(1_764_547_200));
    assert_eq!(at("1764547200.75"), Ok(1_764_547_200));
    assert_eq!(at("1764547200123"), Ok(1_764_547_200));
    assert_eq!(at("2025-12-01T00:00:00Z"), Ok(1_764_547_200));
    assert_eq!(at("2025-12-01T01:00:00.987+01:00"), Ok(1_764_547_200));
    // Local: winter, summer.
    assert_eq!(at("2025-12-01T01:00:00"), Ok(1_764_547_200));
    assert_eq!(at("2025-07-01T02:00:00"), Ok(1_751_328_000));
    assert_eq!(
        moment::parse("2025-07-01T02:00:00", Zone::Fixed(0)),
        Ok(UnixSeconds(1_751_335_200))
    );
}

#[test]
fn a_local_time_that_never_was_or_was_twice_is_refused() {
    let said = |text: &str| moment::parse(text, Zone::CentralEurope).unwrap_err().to_string();
    assert!(said("2026-03-29T02:30:00").contains("that the local clock shows"));
    assert!(said("2026-10-25T02:30:00").contains("shows once"));
    // With its zone both are plain.
    assert!(moment::parse("2026-10-25T02:30:00+02:00", Zone::CentralEurope).is_ok());
    for text in [
        "yesterday",
        "2026-13-01T00:00:00Z",
        "",
        "12:00",
        "2026-06-01T00:00[Europe/Vienna]",
    ] {
        assert!(moment::parse(text, Zone::CentralEurope).is_err(), "{text}");
    }
}
