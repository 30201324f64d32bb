//! Promise: a refusal names what was expected and what came.

use gridpact_report::{
    decode, encode, split, DecodeError, Decoder, Header, Mode, Report, Resolution, Scheme,
};
use gridpact_units::{Energy, IntervalIndex, Reading};

pub fn valid() -> Report {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 2,
        first_interval: IntervalIndex(3),
        intervals: 2,
        seats: 2,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    };
    Report {
        header,
        readings: vec![Reading::measured(Energy(5_000), Energy(0)); 4],
    }
}

/// The bytes of a valid header up to `field`, then `bytes`.
fn header_with(field: usize, bytes: &[u8]) -> Vec<u8> {
    // Version, mode, scheme, epoch, roster version, first interval, intervals, seats, revision, resolution.
    let fields: [&[u8]; 10] = [
        &[1],
        &[0],
        &[0],
        &[1],
        &[2],
        &[3],
        &[2],
        &[2],
        &[0],
        &[0xe8, 0x07],
    ];
    fields
        .iter()
        .enumerate()
        .flat_map(|(i, valid)| if i == field { bytes } else { valid }.to_vec())
        .collect()
}

#[test]
fn decoding_refuses_headers() {
    let cases: [(Vec<u8>, &str); 17] = [
        (
            vec![],
            "header: expected more after the first 0 bytes, got the end",
        ),
        (
            vec![1],
            "header: expected more after the first 1 bytes, got the end",
        ),
        (
            vec![1, 0, 0, 0x80],
            "header: expected more after the first 4 bytes, got the end",
        ),
        (header_with(0, &[2]), "format version: expected 1, got 2"),
        (header_with(1, &[1]), "mode: expected 0 (open readings), got 1"),
        (
            header_with(2, &[255]),
            "signature scheme: expected 0 (secp256k1, each of the committee's listed members), got 255",
        ),
        (
            header_with(3, &[0x81, 0]),
            "epoch: expected the shortest encoding, got a last byte of zero",
        ),
        (
            header_with(3, &[0xff, 0xff, 0xff, 0xff, 0x1f]),
            "epoch: expected at most 32 bits, got more",
        ),
        (
            header_with(4, &[0xff, 0xff, 0xff, 0xff, 0xff, 0]),
            "roster version: expected at most 32 bits, got more",
        ),
        (
            header_with(5, &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]),
            "first interval: expected at most 9007199254740991, got 9007199254740992",
        ),
        (
            header_with(5, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2]),
            "first interval: expected at most 64 bits, got more",
        ),
        (header_with(6, &[0]), "intervals: expected 1 to 192, got 0"),
        (
            header_with(6, &[0xff, 0xff, 3]),
            "intervals: expected 1 to 192, got 65535",
        ),
        (header_with(7, &[0x81, 8]), "seats: expected 1 to 1024, got 1025"),
        (
            header_with(8, &[0xff, 0xff, 4]),
            "revision: expected at most 16 bits, got more",
        ),
        (
            header_with(9, &[0]),
            "resolution: expected 1 to 1000000 mWh, got 0",
        ),
        (
            header_with(9, &[0xc1, 0x84, 0x3d]),
            "resolution: expected 1 to 1000000 mWh, got 1000001",
        ),
    ];
    for (mut bytes, expected) in cases {
        let got = decode(&bytes).unwrap_err().to_string();
        assert_eq!(got, expected, "{bytes:?}");
        if !expected.starts_with("header") {
            bytes.extend([0; 40]);
            assert_eq!(
                decode(&bytes).unwrap_err().to_string(),
                expected,
                "with readings behind it"
            );
        }
    }
}

#[test]
fn decoding_refuses_readings() {
    let right = encode(&valid()).unwrap();
    let start = header_with(usize::MAX, &[]).len();
    assert_eq!(right[..start], header_with(usize::MAX, &[]));
    let (length, body) = (right.len(), right.len() - start);

    let mut code_value = right.clone();
    code_value[start..].fill(0xff);
    let mut remainder = right.clone();
    remainder[length - 1] ^= 1;
    let mut trailing = right.clone();
    trailing.push(0);
    for (bytes, expected) in [
        (
            code_value,
            "code value: expected less than 4294967295, got 4294967295".to_owned(),
        ),
        (
            right[..length - 1].to_vec(),
            format!(
                "body: expected more after the first {} bytes, got the end",
                body - 1
            ),
        ),
        (
            remainder,
            "end of the readings: expected a remainder of 0, got 1".to_owned(),
        ),
        (trailing, format!("body: expected {body} bytes, got {}", body + 1)),
    ] {
        assert_eq!(decode(&bytes).unwrap_err().to_string(), expected);
    }

    let (header, body) = split(&right).unwrap();
    let mut decoder = Decoder::new(&header, body).unwrap();
    decoder.next_interval(&mut Vec::new()).unwrap();
    assert_eq!(
        decoder.finish().unwrap_err().to_string(),
        "intervals: expected 2 to be read before the end, got 1"
    );
}

/// Reached only by bytes that no encoder writes; the search shows that each can be reached, the texts are pinned here.
#[test]
fn decoding_refuses_what_no_encoder_writes() {
    let texts: [(DecodeError, &str); 4] = [
        (DecodeError::Quality { got: 9 }, "quality: expected 0 to 4, got 9"),
        (
            DecodeError::KindUnchanged { kind: 0 },
            "kind: expected one other than 0, got the same again",
        ),
        (
            DecodeError::MissingWithEnergy,
            "kind: expected a missing reading without energy, got one with both directions",
        ),
        (
            DecodeError::TooLarge { limit: 10, got: 11 },
            "energy: expected at most 10 counts, got 11",
        ),
    ];
    for (error, text) in texts {
        assert_eq!(error.to_string(), text);
        let reached = (0..=u16::MAX).map(u16::to_be_bytes).any(|[first, second]| {
            let mut bytes = header_with(9, &[0xc0, 0x84, 0x3d]);
            bytes.extend([first, second, 0x5a, 0x17, 0x29, 0x44, 0x80, 0x03, 0x51, 0x66]);
            decode(&bytes).is_err_and(|got| core::mem::discriminant(&got) == core::mem::discriminant(&error))
        });
        assert!(reached, "{text}");
    }
}

/// A header that stands alone: the one way in which it may not be built, and the one in which it may not end.
#[test]
fn a_header_alone_is_checked_as_one_in_a_report() {
    let mut unfit = valid().header;
    unfit.seats = 0;
    let refused = Decoder::new(&unfit, &[0; 40])
        .err()
        .map(|error| error.to_string());
    assert_eq!(refused.as_deref(), Some("seats: expected 1 to 1024, got 0"));
    let longer = [header_with(usize::MAX, &[]), vec![0]].concat();
    let error = Header::decode(&longer).unwrap_err().to_string();
    assert_eq!(error, "header: expected 11 bytes, got 12");
    let error = Header::decode(&header_with(7, &[0])).unwrap_err().to_string();
    assert_eq!(error, "seats: expected 1 to 1024, got 0");
}
