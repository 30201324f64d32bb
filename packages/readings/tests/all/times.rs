//! Moments as text.

use gridpact_readings::rfc3339::{parse, show, Flaw};
use gridpact_units::UnixSeconds;
use proptest::prelude::*;

#[test]
fn a_moment_carries_its_zone() {
    let december = UnixSeconds(1_796_083_200);
    for text in [
        "2026-12-01T00:00Z",
        "2026-12-01T01:00+01:00",
        "2026-12-01T00:00:00Z",
        "2026-11-30T19:00:00-05:00",
        "2026-12-01t00:00:00z",
    ] {
        assert_eq!(parse(text), Ok(december), "{text}");
    }
    assert_eq!(show(december), "2026-12-01T00:00:00Z");
    assert_eq!(parse(&show(december)), Ok(december));
    assert_eq!(show(UnixSeconds(u64::MAX)), "second 18446744073709551615");
}

#[test]
fn anything_else_is_refused_with_what_to_write() {
    let table = [
        ("2026-12-01", "for midnight in UTC write 2026-12-01T00:00Z"),
        (
            "2026-12-01T10:30",
            "in UTC write 2026-12-01T10:30Z, where clocks are an hour ahead 2026-12-01T10:30+01:00",
        ),
        ("2026-12-01 00:00Z", "as 2026-12-01T00:00Z"),
        ("2026-12-01 00:00", "as 2026-12-01T00:00Z"),
        ("2026-12-01T00:00Z[UTC]", "as 2026-12-01T00:00Z"),
        ("2026-12-01T00:00:00.5Z", "and whole seconds"),
        ("1969-12-31T23:59:59Z", "in 1970 or later"),
        ("2026-13-01T00:00Z", "as 2026-12-01T00:00Z"),
        ("2026-13-01", "as 2026-12-01T00:00Z"),
        ("1796083200", "as 2026-12-01T00:00Z"),
        ("tomorrow", "as 2026-12-01T00:00Z"),
        ("", "as 2026-12-01T00:00Z"),
    ];
    for (text, expected) in table {
        let error = parse(text).unwrap_err().to_string();
        assert!(
            error.starts_with("expected an RFC 3339 time with its zone"),
            "{text}: {error}"
        );
        assert!(
            error.contains(expected),
            "{text}: expected `{expected}` in: {error}"
        );
        assert!(error.ends_with(&format!("got `{text}`")), "{text}: {error}");
    }
    assert_eq!(parse("2026-12-01T10:30").unwrap_err().flaw, Flaw::NoZone);
}

proptest! {
    #[test]
    fn any_second_reads_back(second in 0_u64..=253_402_300_799) {
        let moment = UnixSeconds(second);
        prop_assert_eq!(parse(&show(moment)), Ok(moment));
    }

    #[test]
    fn no_text_at_all_stops_the_reader(text: String) {
        if let Err(error) = parse(&text) {
            prop_assert!(error.to_string().starts_with("expected an RFC 3339 time with its zone"));
        }
    }
}
