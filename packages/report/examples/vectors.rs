//! Writes the test vectors in `vectors/` anew, after a deliberate change of the format (with a new version byte):
//!
//! `cargo run -p gridpact-report --example vectors --features sign`
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a generator of fixed files"
)]

use gridpact_report::sign::SigningKey;
use gridpact_report::{
    body_hash, decode, digest, encode, split, Domain, Header, Mode, Report, Resolution, Scheme, MAX_ENERGY,
};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use serde_json::{json, Value};

const DOMAIN: Domain = Domain {
    chain_id: "gridpact-test-1",
    registry: "wasm1meterregistry",
};
const MEMBERS: u8 = 4;
const SIGNERS: [u8; 3] = [0, 1, 3];

fn main() {
    let reports = [
        (
            "smallest",
            report(1, 1, Resolution::MILLIWATT_HOUR, |_| {
                Reading::measured(Energy::ZERO, Energy::ZERO)
            }),
        ),
        ("one_interval", report(1, 12, Resolution::WATT_HOUR, home)),
        ("one_day", report(24, 12, Resolution::WATT_HOUR, home)),
        (
            "quarter_watt_hours",
            report(4, 6, Resolution::QUARTER_WATT_HOUR, home),
        ),
        (
            "qualities_and_both_directions",
            report(6, 5, Resolution::WATT_HOUR, every_kind),
        ),
        ("extremes", report(4, 4, Resolution::MILLIWATT_HOUR, extreme)),
        (
            "vacant",
            report(192, 1_024, Resolution::WATT_HOUR, |_| Reading::MISSING),
        ),
    ];
    for (name, report) in &reports {
        write(name, &vector(name, report));
    }
    write("refused", &refused(&encode(&reports[1].1).unwrap()));
}

fn report(intervals: u16, seats: u16, resolution: Resolution, reading: fn(u64) -> Reading) -> Report {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 3,
        roster_version: 300,
        first_interval: IntervalIndex(1_994_112),
        intervals,
        seats,
        revision: u16::from(intervals == 6),
        resolution,
    };
    Report {
        header,
        readings: (0..u64::from(intervals) * u64::from(seats))
            .map(reading)
            .collect(),
    }
}

/// A home of twelve: seats 0, 4 and 8 have PV; in no way random, in no way smooth.
fn home(place: u64) -> Reading {
    let (interval, seat) = (place / 12, place % 12);
    let load = 40 + seat * 11 + (interval * interval * 7 + seat * interval * 13 + place * place) % 90;
    let sun = if seat % 4 == 0 {
        (interval * (24 - interval.min(24))) * 3 / 2
    } else {
        0
    };
    let watt_hours = |counts: u64| Energy(counts * Energy::PER_WATT_HOUR);
    Reading::measured(
        watt_hours(load.saturating_sub(sun)),
        watt_hours(sun.saturating_sub(load)),
    )
}

fn every_kind(place: u64) -> Reading {
    let quality = [
        Quality::Measured,
        Quality::SubstitutedFinal,
        Quality::SubstitutedProvisional,
        Quality::Missing,
        Quality::Limited,
    ][usize::try_from(place * place % 7 % 5).unwrap()];
    if quality == Quality::Missing {
        return Reading::MISSING;
    }
    let watt_hours = |counts: u64| Energy(counts % 300 * Energy::PER_WATT_HOUR);
    Reading {
        import: watt_hours(place * 37),
        export: watt_hours(place % 3 * 41),
        quality,
    }
}

fn extreme(place: u64) -> Reading {
    match place % 5 {
        0 => Reading::measured(MAX_ENERGY, Energy::ZERO),
        1 => Reading::measured(Energy::ZERO, MAX_ENERGY),
        2 => Reading::measured(MAX_ENERGY, MAX_ENERGY),
        3 => Reading::MISSING,
        _ => Reading::measured(Energy(1), Energy(2)),
    }
}

fn vector(name: &str, report: &Report) -> Value {
    let bytes = encode(report).unwrap();
    let (header, body) = split(&bytes).unwrap();
    let body_hash = body_hash(body);
    let digest = digest(&DOMAIN, &header, &body_hash);
    // Test keys that everybody knows: member m has the private key of 32 bytes m + 1.
    let key = |member: u8| SigningKey::from_bytes(&[member + 1; 32]).unwrap();
    let Header {
        mode,
        scheme,
        epoch,
        roster_version,
        first_interval,
        intervals,
        seats,
        revision,
        resolution,
    } = report.header;
    let triple = |r: &Reading| format!("{} {} {}", r.import.0, r.export.0, r.quality.code());
    let first = report.readings.first();
    let uniform = report.readings.iter().all(|reading| Some(reading) == first);
    let readings: Vec<_> = report
        .readings
        .iter()
        .take(if uniform { 1 } else { usize::MAX })
        .map(triple)
        .collect();
    let signatures = SIGNERS.map(
        |member| json!({ "member": member, "signature": hex::encode(key(member).sign_digest(&digest)) }),
    );
    json!({
        "name": name,
        "report": {
            "mode": mode.code(),
            "scheme": scheme.code(),
            "epoch": epoch,
            "roster_version": roster_version,
            "first_interval": first_interval.0,
            "intervals": intervals,
            "seats": seats,
            "revision": revision,
            "resolution_mwh": resolution.milliwatt_hours(),
            // "import export quality", in mWh; one entry where all readings are the same.
            "readings": readings,
        },
        "bytes": hex::encode(&bytes),
        "header": hex::encode(header.encode()),
        "body_hash": hex::encode(body_hash),
        "domain": { "chain_id": DOMAIN.chain_id, "registry": DOMAIN.registry },
        "digest": hex::encode(digest),
        "committee": {
            "public_keys": (0..MEMBERS).map(|member| hex::encode(key(member).public_key())).collect::<Vec<_>>(),
            "quorum": SIGNERS.len(),
        },
        "signatures": signatures,
    })
}

/// Bytes that must be refused, each one change away from a report.
fn refused(right: &[u8]) -> Value {
    let changed = |place: usize, value: u8| {
        let mut bytes = right.to_vec();
        bytes[place] = value;
        bytes
    };
    let last = right.len() - 1;
    let mut longer_field = right.to_vec();
    longer_field.splice(3..4, [0x83, 0]);
    let cases = [
        vec![],
        changed(0, 2),
        changed(1, 1),
        changed(2, 1),
        longer_field,
        changed(8, 0),
        right[..last].to_vec(),
        [right, &[0]].concat(),
        changed(last, right[last] ^ 1),
        changed(last, right[last] ^ 0x80),
    ];
    let case = |bytes: Vec<u8>| json!({ "bytes": hex::encode(&bytes), "error": decode(&bytes).unwrap_err().to_string() });
    json!({ "name": "refused", "cases": cases.map(case) })
}

fn write(name: &str, value: &Value) {
    let path = format!("{}/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(&path, serde_json::to_string_pretty(value).unwrap() + "\n").unwrap();
    println!("{name}");
}
