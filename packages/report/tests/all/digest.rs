//! Promises: a digest belongs to one chain, contract and report, and needs no more of the report than its header and the
//! hash of its body.

use gridpact_report::quorum::Signature;
use gridpact_report::sign::{verify, SigningKey};
use gridpact_report::{
    body_hash, digest, digest_of, encode, split, Domain, Header, Mode, Report, Resolution, Scheme,
    MAX_FIRST_INTERVAL, MAX_HEADER_LENGTH,
};
use gridpact_units::{Energy, IntervalIndex, Reading};

const DOMAIN: Domain = Domain {
    chain_id: "grid-1",
    registry: "wasm1abc",
};

fn header() -> Header {
    Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 2,
        first_interval: IntervalIndex(1_988_000),
        intervals: 96,
        seats: 1_000,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    }
}

/// A day of a thousand homes, all alike but for `odd`.
fn day(odd: u64) -> Vec<u8> {
    let header = header();
    let mut readings = vec![Reading::measured(Energy(40_000), Energy::ZERO); header.reading_count()];
    readings[777].import = Energy(odd * Energy::PER_WATT_HOUR);
    encode(&Report { header, readings }).unwrap()
}

#[test]
fn a_digest_separates_its_fields() {
    let of = |chain_id, registry, header: &Header, body: &[u8]| {
        digest(&Domain { chain_id, registry }, header, &body_hash(body))
    };
    let header = header();
    let changed = |change: fn(&mut Header)| {
        let mut other = header;
        change(&mut other);
        of("grid-1", "wasm1abc", &other, b"body")
    };
    let all = [
        of("grid-1", "wasm1abc", &header, b"body"),
        of("grid-1w", "asm1abc", &header, b"body"),
        of("grid-", "1wasm1abc", &header, b"body"),
        of("", "grid-1wasm1abc", &header, b"body"),
        of("grid-1wasm1abc", "", &header, b"body"),
        of("grid-2", "wasm1abc", &header, b"body"),
        of("grid-1", "wasm1abd", &header, b"body"),
        of("grid-1", "wasm1abc", &header, b"Body"),
        of("grid-1", "wasm1abc", &header, b"bod"),
        of("grid-1", "wasm1abc", &header, b""),
        changed(|header| header.epoch = 3),
        changed(|header| header.roster_version = 3),
        changed(|header| header.first_interval = IntervalIndex(5)),
        changed(|header| header.intervals = 95),
        changed(|header| header.seats = 999),
        changed(|header| header.revision = 1),
        changed(|header| header.resolution = Resolution::QUARTER_WATT_HOUR),
    ];
    for (i, one) in all.iter().enumerate() {
        assert!(!all[..i].contains(one), "digest {i} repeats an earlier one");
    }
}

#[test]
fn a_digest_needs_only_the_header_and_the_hash_of_the_body() {
    let bytes = day(1);
    let (_, body) = split(&bytes).unwrap();
    let (start, hash) = (&bytes[..bytes.len() - body.len()], body_hash(body));
    let from_parts = digest(&DOMAIN, &Header::decode(start).unwrap(), &hash);
    assert_eq!(digest_of(&DOMAIN, &bytes), Ok(from_parts));
    assert_ne!(digest_of(&DOMAIN, &day(2)), Ok(from_parts));
}

/// One member's signatures under two reports of one window: what shows them is as small for a thousand homes as for one.
#[test]
fn evidence_of_a_double_signature_takes_some_200_bytes() {
    let key = SigningKey::from_bytes(&[5; 32]).unwrap();
    let shown = [day(1), day(2)].map(|bytes| {
        let (header, body) = split(&bytes).unwrap();
        let signature = Signature {
            member: 3,
            signature: key.sign_digest(&digest_of(&DOMAIN, &bytes).unwrap()),
        };
        (header.encode(), body_hash(body), signature)
    });
    let mut signed = Vec::new();
    for (header, body_hash, signature) in &shown {
        let digest = digest(&DOMAIN, &Header::decode(header).unwrap(), body_hash);
        assert!(verify(&digest, &signature.signature, &key.public_key()));
        signed.push(digest);
    }
    assert_ne!(signed[0], signed[1]);
    let bytes = |(header, body_hash, signature): &(Vec<u8>, [u8; 32], Signature)| {
        (header.len() + body_hash.len(), signature.signature.len())
    };
    assert_eq!(shown.each_ref().map(bytes), [(46, 64), (46, 64)]);
}

#[test]
fn the_longest_header_takes_31_bytes() {
    let longest = Header {
        epoch: u32::MAX,
        roster_version: u32::MAX,
        first_interval: MAX_FIRST_INTERVAL,
        intervals: Mode::Open.max_intervals(),
        seats: Mode::Open.max_seats(),
        revision: u16::MAX,
        resolution: Resolution::from_milliwatt_hours(1_000_000).unwrap(),
        ..header()
    };
    assert_eq!((longest.encode().len(), MAX_HEADER_LENGTH), (31, 31));
    assert_eq!(Header::decode(&longest.encode()), Ok(longest));
}
