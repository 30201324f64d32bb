//! Green Button feeds.

use gridpact_readings::numbers::Rounding;
use gridpact_units::{Energy, IntervalLength, Quality};

use super::*;

const TEN: u64 = 1_717_408_800;

/// An entry with its own address, the one above, and what it holds.
fn entry(own: &str, up: &str, rest: &str) -> String {
    format!("<entry><link rel=\"self\" href=\"{own}\"/><link rel=\"up\" href=\"{up}\"/>{rest}</entry>\n")
}

fn usage_point(number: &str, id: &str) -> String {
    let content = format!("<id>{id}</id><content><espi:UsagePoint><espi:ServiceCategory><espi:kind>0</espi:kind></espi:ServiceCategory></espi:UsagePoint></content>");
    entry(
        &format!("/User/1/UsagePoint/{number}"),
        "/User/1/UsagePoint",
        &content,
    )
}

fn meter_reading(point: &str, number: &str, kind: &str) -> String {
    let own = format!("/User/1/UsagePoint/{point}/MeterReading/{number}");
    let related = format!("<link rel=\"related\" href=\"{own}/IntervalBlock\"/><link rel=\"related\" href=\"/ReadingType/{kind}\"/>");
    entry(
        &own,
        "/User/1/UsagePoint/1/MeterReading",
        &(related + "<content><espi:MeterReading/></content>"),
    )
}

fn reading_type(number: &str, fields: &[(&str, &str)]) -> String {
    let fields: String = fields
        .iter()
        .map(|(name, value)| format!("<espi:{name}>{value}</espi:{name}>"))
        .collect();
    entry(
        &format!("/ReadingType/{number}"),
        "/ReadingType",
        &format!("<content><espi:ReadingType>{fields}</espi:ReadingType></content>"),
    )
}

const DELIVERED: [(&str, &str); 6] = [
    ("accumulationBehaviour", "4"),
    ("commodity", "1"),
    ("flowDirection", "1"),
    ("kind", "12"),
    ("powerOfTenMultiplier", "0"),
    ("uom", "72"),
];

fn reading(start: u64, value: &str, more: &str) -> String {
    format!("<espi:IntervalReading>{more}<espi:timePeriod><espi:duration>900</espi:duration><espi:start>{start}</espi:start></espi:timePeriod><espi:value>{value}</espi:value></espi:IntervalReading>\n")
}

fn block(point: &str, number: &str, readings: &str) -> String {
    let up = format!("/User/1/UsagePoint/{point}/MeterReading/{number}/IntervalBlock");
    let content = format!("<content><espi:IntervalBlock><espi:interval><espi:duration>86400</espi:duration><espi:start>{TEN}</espi:start></espi:interval>\n{readings}</espi:IntervalBlock></content>");
    entry(&format!("{up}/1"), &up, &content)
}

fn feed(entries: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:espi=\"http://naesb.org/espi\">\n<!-- made -->\n{}</feed>\n",
        entries.concat()
    )
}

fn with(field: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    DELIVERED
        .iter()
        .map(|(name, known)| (*name, if *name == field { value } else { known }))
        .collect()
}

/// One usage point with one kind of reading.
fn one(fields: &[(&str, &str)], readings: &str) -> String {
    feed(&[
        usage_point("1", "urn:uuid:aaaa"),
        meter_reading("1", "1", "1"),
        reading_type("1", fields),
        block("1", "1", readings),
    ])
}

#[test]
fn two_meters_with_both_directions_are_told_apart_by_links() {
    let reversed = with("flowDirection", "19");
    let entries = [
        usage_point("1", "urn:uuid:aaaa"),
        usage_point("2", "urn:uuid:bbbb"),
        meter_reading("1", "1", "1"),
        meter_reading("1", "2", "2"),
        meter_reading("2", "1", "1"),
        reading_type("1", &DELIVERED),
        reading_type("2", &reversed),
        block(
            "1",
            "1",
            &(reading(TEN, "250", "") + &reading(TEN + 900, "300", "")),
        ),
        block("1", "2", &(reading(TEN, "0", "") + &reading(TEN + 900, "40", ""))),
        block("2", "1", &(reading(TEN, "7", "") + &reading(TEN + 900, "8", ""))),
    ];
    let text = feed(&entries);
    // Another prefix, and none, is the same name.
    for text in [
        text.clone(),
        text.replace("espi:", "x:"),
        text.replace("espi:", ""),
    ] {
        let table = read("usage.xml", &text).unwrap();
        assert_eq!(table.interval(), IntervalLength::QUARTER_HOUR);
        let of = |meter: &str, start: u64, import, export| {
            (
                meter.to_owned(),
                start,
                Reading::measured(Energy(import), Energy(export)),
            )
        };
        assert_eq!(
            all(&table),
            [
                of("aaaa", TEN, 250_000, 0),
                of("bbbb", TEN, 7_000, 0),
                of("aaaa", TEN + 900, 300_000, 40_000),
                of("bbbb", TEN + 900, 8_000, 0),
            ]
        );
        assert_eq!(table.findings(), []);
    }
}

#[test]
fn a_power_of_ten_is_exact_or_rounded_as_stated() {
    let energy = |multiplier: &'static str, value: &str, rounding| {
        let text = one(
            &with("powerOfTenMultiplier", multiplier),
            &(reading(TEN, value, "") + &reading(TEN + 900, "0", "")),
        );
        let options = Options {
            rounding,
            ..Options::default()
        };
        let table = Table::read([NamedFile::new("usage.xml", text.as_bytes())], &options);
        table
            .map(|table| all(&table)[0].2.import.0)
            .map_err(|error| error.to_string())
    };
    assert_eq!(energy("3", "2", None), Ok(2_000_000));
    assert_eq!(energy("0", "2", None), Ok(2_000));
    assert_eq!(energy("-3", "1500", None), Ok(1_500));
    assert_eq!(energy("-6", "1500000", None), Ok(1_500));
    assert_eq!(energy("-6", "1500500", Some(Rounding::Nearest)), Ok(1_501));
    assert_eq!(energy("-6", "1500500", Some(Rounding::Down)), Ok(1_500));
    assert_eq!(energy("-30", "5", Some(Rounding::Down)), Ok(0));
    for (multiplier, value) in [
        ("-6", "1500500"),
        ("-30", "5"),
        ("3", "-5"),
        ("3", "1.5"),
        ("30", "5"),
        ("3", "99999999999999999999"),
    ] {
        let error = energy(multiplier, value, None).unwrap_err();
        assert!(
            error.starts_with("usage.xml, line 8: expected a value of Wh, not negative, in whole mWh"),
            "{error}"
        );
    }
}

#[test]
fn qualities_are_codes_of_which_the_worst_counts() {
    let quality = |codes: &[&str]| {
        let more: String = codes
            .iter()
            .map(|code| {
                format!("<espi:ReadingQuality><espi:quality>{code}</espi:quality></espi:ReadingQuality>")
            })
            .collect();
        let text = one(
            &DELIVERED,
            &(reading(TEN, "5", &more) + &reading(TEN + 900, "0", "")),
        );
        read("usage.xml", &text)
            .map(|table| all(&table)[0].2.quality)
            .map_err(|error| error.to_string())
    };
    assert_eq!(quality(&[]), Ok(Quality::Measured));
    assert_eq!(quality(&["17"]), Ok(Quality::Measured));
    assert_eq!(quality(&["8"]), Ok(Quality::SubstitutedFinal));
    assert_eq!(quality(&["12", "0"]), Ok(Quality::SubstitutedProvisional));
    assert_eq!(quality(&["15"]), Ok(Quality::Missing));
    assert!(quality(&["99"])
        .unwrap_err()
        .contains("line 8: expected a quality as the standard has it, got `99`"));
}

#[test]
fn what_is_no_energy_of_intervals_is_left_out_and_told() {
    for (field, value) in [
        ("uom", "38"),
        ("commodity", "7"),
        ("accumulationBehaviour", "3"),
        ("kind", "37"),
        ("flowDirection", "4"),
    ] {
        let gas = with(field, value);
        let entries = [
            usage_point("1", ""),
            meter_reading("1", "1", "1"),
            meter_reading("1", "2", "2"),
            reading_type("1", &DELIVERED),
            reading_type("2", &gas),
            block("1", "1", &(reading(TEN, "5", "") + &reading(TEN + 900, "5", ""))),
            block("1", "2", &reading(TEN, "5", "")),
        ];
        let table = read("my home.xml", &feed(&entries)).unwrap();
        let readings = all(&table);
        assert_eq!(
            (readings.len(), readings[0].0.as_str(), readings[0].2.import),
            (2, "my home", Energy(5_000))
        );
        assert_eq!(kinds(&table), [("left_out", 1)], "{field}");
    }
}

#[test]
fn an_xml_that_wants_more_than_to_be_read_is_refused() {
    let good = one(
        &DELIVERED,
        &(reading(TEN, "5", "") + &reading(TEN + 900, "5", "")),
    );
    assert!(read("usage.xml", &good).is_ok());
    let deep = "<a>".repeat(40);
    let table = [
        (
            "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>".to_owned() + &good,
            "expected no document type",
        ),
        (
            good.replace("<!-- made -->", "<title>&lol;</title>"),
            "expected an entity of XML itself, got `another`",
        ),
        (
            good.replace("<!-- made -->", &deep),
            "expected at most 32 elements within each other",
        ),
        (good[..good.len() - 20].to_owned(), "expected"),
        (
            good.replace("</espi:IntervalBlock>", "</espi:Other>"),
            "expected XML that is well formed",
        ),
        (
            good.replace("<espi:duration>900</espi:duration>", ""),
            "expected a reading with the start and duration",
        ),
        (
            good.replace(
                "<espi:start>1717408800</espi:start></espi:timePeriod>",
                "<espi:start>ten</espi:start></espi:timePeriod>",
            ),
            "expected a start as the standard has it, got `ten`",
        ),
    ];
    for (text, expected) in table {
        let error = read("usage.xml", &text).unwrap_err().to_string();
        assert!(
            error.starts_with("usage.xml, line ") && error.contains(expected),
            "{expected}: {error}"
        );
    }
    let escaped = good.replace("<!-- made -->", "<title>A &amp; B &#65;</title>");
    assert!(read("usage.xml", &escaped).is_ok());
    let huge = good.replace("<!-- made -->", &" ".repeat(32 << 20));
    assert!(read("usage.xml", &huge)
        .unwrap_err()
        .to_string()
        .contains("expected at most 33554432 bytes of XML"));
}

#[test]
fn readings_outside_a_block_are_nobodys() {
    let stray = entry(
        "/x",
        "/y",
        &format!("<content>{}</content>", reading(TEN, "999", "")),
    );
    let entries = [
        usage_point("1", "urn:uuid:aaaa"),
        meter_reading("1", "1", "1"),
        reading_type("1", &DELIVERED),
        stray,
        block("1", "1", &(reading(TEN, "5", "") + &reading(TEN + 900, "5", ""))),
    ];
    let table = read("usage.xml", &feed(&entries)).unwrap();
    assert_eq!(all(&table)[0].2.import, Energy(5_000));
}

/// For the fuzzer.
pub fn seed() -> Vec<u8> {
    let more = "<espi:ReadingQuality><espi:quality>8</espi:quality></espi:ReadingQuality>";
    one(
        &DELIVERED,
        &(reading(TEN, "5", more) + &reading(TEN + 900, "5", "") + &reading(TEN + 1_800, "5", "")),
    )
    .into_bytes()
}
