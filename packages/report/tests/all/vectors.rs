//! Promise: the committed vectors, which other implementations check themselves against, are what this crate does.

use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::sign::verify;
use gridpact_report::{
    body_hash, decode, digest, digest_of, encode, split, Domain, Header, Mode, Report, Resolution, Scheme,
};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use serde_json::Value;

fn files() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn number<T: TryFrom<u64>>(value: &Value) -> T {
    value
        .as_u64()
        .and_then(|number| T::try_from(number).ok())
        .unwrap_or_else(|| panic!("no such number: {value}"))
}

fn report(value: &Value) -> Report {
    let header = Header {
        mode: Mode::try_from(number::<u8>(&value["mode"])).unwrap(),
        scheme: Scheme::try_from(number::<u8>(&value["scheme"])).unwrap(),
        epoch: number(&value["epoch"]),
        roster_version: number(&value["roster_version"]),
        first_interval: IntervalIndex(number(&value["first_interval"])),
        intervals: number(&value["intervals"]),
        seats: number(&value["seats"]),
        revision: number(&value["revision"]),
        resolution: Resolution::from_milliwatt_hours(number(&value["resolution_mwh"])).unwrap(),
    };
    let mut readings: Vec<_> = value["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(reading)
        .collect();
    if let [only] = readings[..] {
        readings = vec![only; header.reading_count()];
    }
    Report { header, readings }
}

fn reading(value: &Value) -> Reading {
    let parts: Vec<u64> = value
        .as_str()
        .unwrap()
        .split(' ')
        .map(|part| part.parse().unwrap())
        .collect();
    let quality = Quality::try_from(u8::try_from(parts[2]).unwrap()).unwrap();
    Reading {
        import: Energy(parts[0]),
        export: Energy(parts[1]),
        quality,
    }
}

#[test]
fn reports_encode_to_the_vectors_and_back() {
    let mut seen = 0;
    for file in files().iter().filter(|file| file["bytes"].is_string()) {
        let (expected, bytes) = (report(&file["report"]), bytes(&file["bytes"]));
        assert_eq!(encode(&expected).unwrap(), bytes, "{}", file["name"]);
        assert_eq!(decode(&bytes).unwrap(), expected, "{}", file["name"]);
        seen += 1;
    }
    assert_eq!(seen, 7);
}

#[test]
fn digests_and_quorums_are_those_of_the_vectors() {
    for file in files().iter().filter(|file| file["bytes"].is_string()) {
        let chain_id = file["domain"]["chain_id"].as_str().unwrap();
        let registry = file["domain"]["registry"].as_str().unwrap();
        let domain = Domain { chain_id, registry };
        let whole = bytes(&file["bytes"]);
        let (_, body) = split(&whole).unwrap();
        assert_eq!(
            body_hash(body)[..],
            bytes(&file["body_hash"])[..],
            "{}",
            file["name"]
        );
        // What the committee signs follows from the header and the body's hash alone.
        let header = Header::decode(&bytes(&file["header"])).unwrap();
        let body_hash = bytes(&file["body_hash"]).try_into().unwrap();
        let digest = digest(&domain, &header, &body_hash);
        assert_eq!(digest[..], bytes(&file["digest"])[..], "{}", file["name"]);
        assert_eq!(digest_of(&domain, &whole), Ok(digest), "{}", file["name"]);

        let keys: Vec<_> = file["committee"]["public_keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(bytes)
            .collect();
        let signatures: Vec<_> = file["signatures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| Signature {
                member: number(&value["member"]),
                signature: bytes(&value["signature"]).try_into().unwrap(),
            })
            .collect();
        let quorum = number(&file["committee"]["quorum"]);
        assert_eq!(
            check_quorum(&keys, quorum, &digest, &signatures, verify),
            Ok(0b1011),
            "{}",
            file["name"]
        );
    }
}

#[test]
fn the_refused_vectors_are_refused() {
    let files = files();
    let refused = files.iter().find(|file| file["cases"].is_array()).unwrap();
    let cases = refused["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 10);
    for case in cases {
        assert_eq!(
            decode(&bytes(&case["bytes"])).unwrap_err().to_string(),
            case["error"].as_str().unwrap()
        );
    }
}
