//! What a broker brings.

use gridpact_oracle::bounds::MAX_REGISTER;
use gridpact_oracle::config::Topic;
use gridpact_oracle::payload::samples;
use gridpact_oracle::sample::Register;
use gridpact_units::UnixSeconds;

use super::super::support::{config, JUNE};
use super::{all, harm, kwh, Draw, Fate};

fn topic() -> Topic {
    let file = config(
        "[[mqtt]]\nname = \"b\"\nbroker = \"mqtt://127.0.0.1:1883\"\ntopics = [{ topic = \"t\", meter = \"house 1\", \
         import = \"/a/0/in~1out\", export = \"/b\", unit = \"kWh\", time = \"/t\" }]\n",
    );
    file.mqtt[0].topics[0].clone()
}

/// A value in any way that JSON has, other values around it.
fn value(draw: &mut Draw, depth: u64) -> String {
    match draw.below(if depth > 4 { 5 } else { 7 }) {
        0 => draw.number().to_string(),
        1 => format!("-{}.{}e{}", draw.below(9), draw.below(99), draw.below(400)),
        2 => draw
            .one(&["null", "true", "\"\"", "\"\\u0041\\n\"", "1e999", "[]", "{}"])
            .to_owned(),
        3 => format!("\"{}\"", "x".repeat(draw.below(40) as usize)),
        4 => "0.1".to_owned(),
        5 => format!("[{},{}]", value(draw, depth + 1), value(draw, depth + 1)),
        _ => format!(
            "{{\"k\":{},\"a\":{}}}",
            value(draw, depth + 1),
            value(draw, depth + 1)
        ),
    }
}

fn a_payload(draw: &mut Draw, topic: &Topic) -> Fate {
    let (import, export) = (draw.register(), draw.register());
    let quoted = |draw: &mut Draw, register: u64| match draw.below(3) {
        0 => format!("\"{}\"", kwh(register)),
        // JSON writes no zeros in front, and may write an exponent.
        1 => format!("{}e-3", register / 1_000),
        _ => format!("{}.{:03}", register / 1_000_000, register % 1_000_000 / 1_000),
    };
    let mut parts = [
        format!(
            "\"a\":[{{\"in/out\":{},\"z\":{}}},{}]",
            quoted(draw, import),
            value(draw, 0),
            value(draw, 0)
        ),
        format!("\"b\":{}", quoted(draw, export)),
        format!(
            "\"t\":{}",
            draw.one(&["1780272000", "\"2026-06-01T00:00:00Z\"", "1780272000123"])
        ),
        format!("\"c\":{}", value(draw, 0)),
    ];
    parts.rotate_left(draw.below(4) as usize);
    let mut bytes = format!("{{{}}}", parts.join(draw.one(&[",", " ,\n"]))).into_bytes();
    let original = bytes.clone();
    for _ in 0..draw.below(3) {
        harm(draw, &mut bytes);
    }
    if draw.below(16) == 0 {
        bytes = draw.bytes(64);
    }
    let Ok(read) = samples(&bytes, topic, UnixSeconds(JUNE)) else {
        assert_ne!(bytes, original);
        return Fate::Refused;
    };
    let registers: Vec<Register> = read.iter().map(|sample| sample.register).collect();
    assert_eq!(registers, Register::BOTH);
    assert!(read
        .iter()
        .all(|sample| sample.value <= MAX_REGISTER && sample.at == read[0].at));
    if bytes == original {
        assert_eq!(
            (read[0].value, read[1].value, read[0].at.0),
            (import, export, JUNE)
        );
    }
    Fate::Taken
}

#[test]
fn whatever_a_broker_brings_is_a_reading_exactly_or_is_none() {
    let topic = topic();
    all("payloads", move |draw| a_payload(draw, &topic));
}
