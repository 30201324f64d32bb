//! What a sender pushes.

use gridpact_oracle::bounds::{MAX_PUSHED_READINGS, MAX_REGISTER};
use gridpact_oracle::sources::push::body::arrivals;
use gridpact_units::UnixSeconds;

use super::super::support::JUNE;
use super::{all, harm, kwh, Draw, Fate};

fn a_body(draw: &mut Draw) -> Fate {
    let meters = ["house 1".to_owned(), "house 2".to_owned()];
    let mut expected = Vec::new();
    let mut readings = Vec::new();
    for _ in 0..=draw.below(4) {
        let (meter, at) = (draw.below(2) as usize, 900 * draw.below(96));
        let value = draw.register();
        let name = draw.one(&["import_kwh", "export_kwh"]);
        let text = match draw.below(2) {
            0 => format!("\"{}\"", kwh(value)),
            _ => format!("{}.{:03}", value / 1_000_000, value % 1_000_000 / 1_000),
        };
        let stamp = gridpact_readings::rfc3339::show(UnixSeconds(JUNE + at));
        readings.push(format!(
            "{{\"meter\":\"{}\",\"at\":\"{stamp}\",\"{name}\":{text}}}",
            meters[meter]
        ));
        expected.push((meters[meter].clone(), JUNE + at, value));
    }
    let mut bytes = format!("{{\"readings\":[{}]}}", readings.join(",")).into_bytes();
    let original = bytes.clone();
    for _ in 0..draw.below(3) {
        harm(draw, &mut bytes);
    }
    if draw.below(16) == 0 {
        bytes = draw.bytes(64);
    }
    // A token of one house alone says nothing of another.
    let mine = if draw.below(4) == 0 {
        &meters[..1]
    } else {
        &meters[..]
    };
    let Ok(read) = arrivals(&bytes, mine) else {
        let all_mine = expected.iter().all(|(meter, _, _)| mine.contains(meter));
        assert!(bytes != original || !all_mine);
        return Fate::Refused;
    };
    assert!((1..=MAX_PUSHED_READINGS).contains(&read.len()));
    for arrival in &read {
        assert!(mine.contains(&arrival.meter));
        assert!((1..=2).contains(&arrival.samples.len()));
        assert!(arrival.samples.iter().all(|sample| sample.value <= MAX_REGISTER));
    }
    if bytes == original {
        let read: Vec<(String, u64, u64)> = read
            .iter()
            .map(|arrival| {
                (
                    arrival.meter.clone(),
                    arrival.samples[0].at.0,
                    arrival.samples[0].value,
                )
            })
            .collect();
        assert_eq!(read, expected);
    }
    Fate::Taken
}

#[test]
fn whatever_a_sender_pushes_is_kept_whole_or_not_at_all() {
    all("bodies", a_body);
}
