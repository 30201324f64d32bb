//! Random windows and what the native engine makes of them, one JSON object a line, for the same engine in a browser's shape to
//! repeat: `cargo run -p gridpact-engine --example windows -- 200 | node packages/engine/tests/browser.mjs`
//!
//! The last lines are days of 1,000 homes one after the other, for measuring: one of them, or as many as a second number says. A third
//! number makes them windows of so many quarter hours instead.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a generator of test data"
)]

mod draw;
mod homes;
mod rules;

use draw::Draw;
use gridpact_engine::seat::Seat;
use gridpact_engine::signed::{verify, Committee, Signatures};
use gridpact_engine::window::settle;
use gridpact_market::{Policy, Terms};
use gridpact_report::archive::{balances_bytes, sha256};
use gridpact_report::sign::SigningKey;
use gridpact_report::{
    body_hash, digest_of, encode, split, Domain, Header, Mode, Report, Resolution, Scheme,
};
use gridpact_units::{Amount, Energy, IntervalIndex, Ppm, Quality, Reading, Slot};
use serde_json::{json, Value};

/// The registry is an address as a grid.json has it, so that the app can be measured over these windows.
const DOMAIN: Domain = Domain {
    chain_id: "gridpact-test-1",
    registry: "wasm1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqssdk9vm",
};
/// 8 November 2025, 00:00 UTC, in quarter hours.
const FIRST: IntervalIndex = IntervalIndex(1_958_400);
const QUORUM: usize = 3;
/// Quarter hours.
const DAY: u64 = 96;
/// Nothing is spoilt.
const WHOLE: u64 = u64::MAX;

fn main() {
    let number = |place, usual| {
        std::env::args()
            .nth(place)
            .map_or(usual, |number| number.parse().unwrap())
    };
    let (count, windows, intervals) = (number(1, 200), number(2, 1), number(3, DAY));
    for seed in 0..count {
        println!("{}", random(&mut Draw::new(seed)));
    }
    let mut draw = Draw::new(count);
    for window in 0..windows {
        println!("{}", thousand(&mut draw, intervals * window, intervals));
    }
}

/// Quarter hours of 1,000 homes that take part as a whole, under the rules most grids have; `since` midnight.
fn thousand(draw: &mut Draw, since: u64, intervals: u64) -> Value {
    let home = |seat: u32| {
        Some(Seat {
            slot: Slot(seat),
            household: seat,
            weight: 1,
            part: Ppm::WHOLE,
            priority: 0,
            buy_tier: 0,
            sell_tier: 0,
        })
    };
    let header = Header {
        epoch: 1,
        roster_version: 1,
        first_interval: FIRST.plus(since),
        intervals: intervals as u16,
        seats: 1_000,
        revision: 0,
        ..HEADER
    };
    let report = report(draw, header, |draw, place| {
        homes::reading(
            draw,
            (since as usize + place / 1_000) % DAY as usize,
            place % 1_000,
        )
    });
    let window = Window {
        policy: rules::usual(),
        seats: (0..1_000).map(home).collect(),
        balances: balances_bytes((0..1_000).map(|_| Amount(30_000_000))),
        signed: signed(&report, WHOLE),
        report,
    };
    window.line()
}

/// A window and what came of it: the outcome, or the words of the refusal. By some numbers something is spoilt before, of which
/// both engines must say the same.
fn random(draw: &mut Draw) -> Value {
    let header = Header {
        epoch: 1 + draw.below(3) as u32,
        roster_version: 1 + draw.below(300) as u32,
        first_interval: FIRST.plus(draw.below(100_000)),
        intervals: 1 + draw.below(12) as u16,
        seats: 1 + draw.below(40) as u16,
        revision: draw.below(3) as u16,
        ..HEADER
    };
    let seats: Vec<_> = (0..header.seats).map(|seat| holder(draw, seat)).collect();
    let free: Vec<_> = seats.iter().map(|_| Amount(draw.below(400_000).into())).collect();
    let report = report(draw, header, |draw, _| reading(draw));
    let spoilt = draw.below(12);
    let mut window = Window {
        policy: rules::policy(draw),
        seats,
        balances: balances_bytes(free),
        signed: signed(&report, spoilt),
        report,
    };
    match draw.below(20) {
        0 => window.balances.truncate(window.balances.len() - 1),
        1 => window.report.truncate(window.report.len() - 1),
        2 => window.report[0] = 2,
        _ => {}
    }
    window.line()
}

struct Window {
    policy: Policy,
    seats: Vec<Option<Seat>>,
    balances: Vec<u8>,
    report: Vec<u8>,
    signed: Value,
}

impl Window {
    fn line(self) -> Value {
        let settled = match settle(&self.policy, &self.seats, &self.balances, &self.report) {
            Err(error) => json!({ "refused": error.to_string() }),
            Ok(window) => json!({
                "outcome": window.outcome_json().unwrap(),
                "intervals": window.intervals_json().unwrap(),
                "balances_hash": hex::encode(window.balances_hash),
                "results_hash": hex::encode(window.results_hash),
                "needed": fingerprint(&window.steps.needed),
                "asked": fingerprint(&window.steps.asked),
                "offered": fingerprint(&window.steps.offered),
                "bought": fingerprint(&window.steps.bought),
                "sold": fingerprint(&window.steps.sold),
            }),
        };
        json!({
            "policy": serde_json::to_string(&self.policy).unwrap(),
            "seats": serde_json::to_string(&self.seats).unwrap(),
            "balances": hex::encode(&self.balances),
            "report": hex::encode(&self.report),
            "decoded": decoded(&self.report),
            "signed": self.signed,
            "settled": settled,
        })
    }
}

fn holder(draw: &mut Draw, seat: u16) -> Option<Seat> {
    if draw.below(10) == 0 {
        return None;
    }
    let tier = |draw: &mut Draw| [0, 0, 0, 1, Terms::NO_TIER][draw.below(5) as usize];
    Some(Seat {
        slot: Slot(u32::from(seat) + 7),
        household: u32::from(seat) - draw.below(2).min(seat.into()) as u32,
        weight: 1 + draw.below(3) as u32,
        part: [Ppm::WHOLE, Ppm::WHOLE, Ppm(333_333)][draw.below(3) as usize],
        priority: draw.below(3) as u16,
        buy_tier: tier(draw),
        sell_tier: tier(draw),
    })
}

/// What all reports here have.
const HEADER: Header = Header {
    mode: Mode::Open,
    scheme: Scheme::Secp256k1,
    epoch: 1,
    roster_version: 1,
    first_interval: FIRST,
    intervals: 1,
    seats: 1,
    revision: 0,
    resolution: Resolution::WATT_HOUR,
};

fn report(draw: &mut Draw, header: Header, reading: impl Fn(&mut Draw, usize) -> Reading) -> Vec<u8> {
    let readings = (0..header.reading_count())
        .map(|place| reading(draw, place))
        .collect();
    encode(&Report { header, readings }).unwrap()
}

fn reading(draw: &mut Draw) -> Reading {
    let quality = Quality::try_from(draw.below(30).saturating_sub(25) as u8).unwrap();
    let mut energy = |most: u64| Energy(draw.below(most) * 1_000);
    match quality {
        Quality::Missing => Reading::MISSING,
        _ => Reading {
            import: energy(900),
            export: energy(700).saturating_sub(Energy(300_000)),
            quality,
        },
    }
}

fn decoded(report: &[u8]) -> Value {
    let (Ok((_, body)), Ok(decoded)) = (split(report), gridpact_report::decode(report)) else {
        let error = gridpact_report::decode(report).unwrap_err();
        return json!({ "refused": error.to_string() });
    };
    let list = |of: fn(&Reading) -> u64| fingerprint(&decoded.readings.iter().map(of).collect::<Vec<_>>());
    let header = decoded.header;
    json!({
        "epoch": header.epoch,
        "roster_version": header.roster_version,
        "first_interval": header.first_interval.0.to_string(),
        "intervals": header.intervals,
        "seats": header.seats,
        "revision": header.revision,
        "resolution": header.resolution.milliwatt_hours(),
        "body_hash": hex::encode(body_hash(body)),
        "imports": list(|reading| reading.import.0),
        "exports": list(|reading| reading.export.0),
        "qualities": hex::encode(sha256(&decoded.readings.iter().map(|reading| reading.quality.code()).collect::<Vec<_>>())),
    })
}

/// Three of four members sign; by some numbers a signature is spoilt, or one is missing.
fn signed(report: &[u8], spoilt: u64) -> Value {
    let members: Vec<SigningKey> = (1..=4)
        .map(|member| SigningKey::from_bytes(&[member; 32]).unwrap())
        .collect();
    let digest = digest_of(&DOMAIN, report).unwrap();
    let mut signers = vec![0, 2, 3];
    let mut signatures: Vec<u8> = signers
        .iter()
        .flat_map(|member| members[usize::from(*member)].sign_digest(&digest))
        .collect();
    match spoilt {
        0 => signatures[70] ^= 1,
        1 => {
            signers.pop();
            signatures.truncate(128);
        }
        2 => signatures.truncate(191),
        3 => signers.swap(0, 1),
        _ => {}
    }
    let keys: Vec<u8> = members.iter().flat_map(SigningKey::public_key).collect();
    let committee = Committee {
        keys: &keys,
        quorum: QUORUM,
    };
    let given = Signatures {
        members: &signers,
        signatures: &signatures,
    };
    let verified = match verify(&DOMAIN, report, committee, given) {
        Ok(signers) => json!({ "signers": signers }),
        Err(error) => json!({ "refused": error.to_string() }),
    };
    json!({
        "chain_id": DOMAIN.chain_id,
        "registry": DOMAIN.registry,
        "digest": hex::encode(digest),
        "keys": hex::encode(&keys),
        "quorum": QUORUM,
        "members": signers,
        "signatures": hex::encode(&signatures),
        "report": hex::encode(report),
        "verified": verified,
    })
}

/// SHA-256 of a list as it lies in a browser's memory.
fn fingerprint(list: &[u64]) -> String {
    let bytes: Vec<u8> = list.iter().flat_map(|number| number.to_le_bytes()).collect();
    hex::encode(sha256(&bytes))
}
