//! Payloads of gateways, as they really send them.

use gridpact_oracle::config::Topic;
use gridpact_oracle::payload::{samples, NotPayload};
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::sources::push::body::{arrivals, NotBody};
use gridpact_units::UnixSeconds;
use proptest::prelude::*;

use super::support::config;

const NOW: UnixSeconds = UnixSeconds(1_780_272_000);

fn topic(rest: &str) -> Topic {
    let more = format!(
        "[[mqtt]]\nname = \"m\"\nbroker = \"mqtts://b:1\"\ntopics = [{{ topic = \"t\", meter = \"house 1\", {rest} }}]\n"
    );
    config(&more).mqtt[0].topics[0].clone()
}

fn read(rest: &str, payload: &str) -> Result<Vec<(Register, u64, u64)>, NotPayload> {
    let samples = samples(payload.as_bytes(), &topic(rest), NOW)?;
    let plain = |sample: Sample| (sample.register, sample.at.0, sample.value);
    Ok(samples.into_iter().map(plain).collect())
}

#[test]
fn gateways_as_they_send() {
    use Register::{Export, Import};
    // A plain number, as ESPHome and Home Assistant's statestream publish it.
    let plain = "import = \"\", unit = \"kWh\"";
    assert_eq!(read(plain, "1234.567"), Ok(vec![(Import, NOW.0, 1_234_567_000)]));
    assert_eq!(
        read(plain, "\"1234.5\""),
        Ok(vec![(Import, NOW.0, 1_234_500_000)])
    );
    // Tasmota: local time without its zone.
    let tasmota =
        "import = \"/ENERGY/Total\", export = \"/ENERGY/ExportActive\", time = \"/Time\", unit = \"kWh\"";
    let payload =
        r#"{"Time":"2026-06-01T02:00:00","ENERGY":{"Total":12.345,"ExportActive":0.5,"Power":437}}"#;
    assert_eq!(
        read(tasmota, payload),
        Ok(vec![(Import, NOW.0, 12_345_000), (Export, NOW.0, 500_000)])
    );
    // Shelly: Wh with many digits, unix time with a part of a second.
    let shelly = "import = \"/params/em1data:0/total_act_energy\", time = \"/params/ts\", unit = \"Wh\"";
    let payload = r#"{"method":"NotifyStatus","params":{"ts":1780272000.53,"em1data:0":{"total_act_energy":52185782.123456}}}"#;
    assert_eq!(read(shelly, payload), Ok(vec![(Import, NOW.0, 52_185_782_123)]));
    // A place in a list, and a name with a slash in it.
    let list = "import = \"/emeters/1/a~1b\", unit = \"Wh\"";
    assert_eq!(
        read(list, r#"{"emeters":[0,{"a/b":7}]}"#),
        Ok(vec![(Import, NOW.0, 7_000)])
    );
}

#[test]
fn numbers_keep_digits_that_a_float_would_lose() {
    let exact = "import = \"/e\", unit = \"Wh\"";
    let read = read(exact, r#"{"e": 9007199254740.993}"#).unwrap();
    assert_eq!(read[0].2, 9_007_199_254_740_993);
}

#[test]
fn what_is_no_reading_is_refused() {
    let place = "import = \"/e\", unit = \"kWh\"";
    for payload in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{\"e\":null}",
        "{\"e\":\"unavailable\"}",
        "{\"e\":-1}",
        "{\"e\":{}}",
        "{\"e\":[1]}",
        "{\"e\":true}",
        "12",
        "{\"e\":1e400}",
    ] {
        assert!(read(place, payload).is_err(), "{payload}");
    }
    assert_eq!(
        samples(&[0xFF, 0xFE], &topic(place), NOW),
        Err(NotPayload::NotText)
    );
    let timed = "import = \"/e\", time = \"/t\", unit = \"kWh\"";
    assert!(matches!(read(timed, r#"{"e":1}"#), Err(NotPayload::Place { .. })));
    assert!(matches!(
        read(timed, r#"{"e":1,"t":"2026-10-25T02:30:00"}"#),
        Err(NotPayload::Time { .. })
    ));
    // Nested beyond what anybody sends: refused, not walked.
    let deep = format!("{}1{}", "{\"e\":".repeat(5_000), "}".repeat(5_000));
    assert!(read(place, &deep).is_err());
}

fn meters() -> Vec<String> {
    vec!["house 1".to_owned()]
}

#[test]
fn a_sender_speaks_of_its_meters_only() {
    let body = r#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00Z","import_kwh":1.5,"export_kwh":"0.25"}]}"#;
    let all = arrivals(body.as_bytes(), &meters()).unwrap();
    let values: Vec<u64> = all[0].samples.iter().map(|sample| sample.value).collect();
    assert_eq!((values, all[0].samples[0].at), (vec![1_500_000, 250_000], NOW));
    for (body, error) in [
        (r#"{"readings":[]}"#, NotBody::Count(0)),
        (
            r#"{"readings":[{"meter":"house 2","at":"2026-06-01T00:00:00Z","import_kwh":1}]}"#,
            NotBody::Meter(1),
        ),
    ] {
        assert_eq!(arrivals(body.as_bytes(), &meters()), Err(error));
    }
    for body in [
        "",
        "[]",
        r#"{"readings":[{"meter":"house 1"}]}"#,
        r#"{"readings":[],"more":1}"#,
        r#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00Z"}]}"#,
        r#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00","import_kwh":1}]}"#,
        r#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00Z","import_kwh":-1}]}"#,
        r#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00Z","import_kwh":1,"power":3}]}"#,
        r#"{"readings":[{"meter":"house 1","at":"1780272000","import_kwh":1}]}"#,
    ] {
        assert!(arrivals(body.as_bytes(), &meters()).is_err(), "{body}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// A good payload, damaged anyhow, or any other: it is read or refused, never more.
    #[test]
    fn any_payload_is_read_or_refused(at in 0_usize..80, byte in any::<u8>(), noise in "\\PC{0,40}") {
        let mut payload = br#"{"Time":"2026-06-01T02:00:00","ENERGY":{"Total":12.345,"ExportActive":0.5}}"#.to_vec();
        let place = at % payload.len();
        payload[place] = byte;
        let topic = topic("import = \"/ENERGY/Total\", time = \"/Time\", unit = \"kWh\"");
        for payload in [payload.as_slice(), noise.as_bytes()] {
            if let Ok(samples) = samples(payload, &topic, NOW) {
                prop_assert_eq!(samples.len(), 1);
            }
            let _ = arrivals(payload, &meters());
        }
    }

    #[test]
    fn any_body_is_read_or_refused(at in 0_usize..100, byte in any::<u8>()) {
        let mut body =
            br#"{"readings":[{"meter":"house 1","at":"2026-06-01T00:00:00Z","import_kwh":1.5}]}"#.to_vec();
        let place = at % body.len();
        body[place] = byte;
        if let Ok(all) = arrivals(&body, &meters()) {
            prop_assert!(all.iter().all(|arrival| arrival.meter == "house 1" && !arrival.samples.is_empty()));
        }
    }
}
