//! A street of 24 homes over two weeks, as the app shows it to whoever wants to try: readings, signatures, balances and what the
//! contracts would hold, one JSON object. `cargo run -p gridpact-engine --example street > packages/web/fixtures/street.json`
//!
//! Nothing in it is real. Keys are made from numbers; signatures and hashes are right, so that bills can be checked.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a generator of example data"
)]

mod books;
mod homes;

use books::Books;
use gridpact_engine::window::settle;
use gridpact_market::{
    AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, TariffBand, TariffTable,
    UtcOffset,
};
use gridpact_report::archive::balances_bytes;
use gridpact_report::sign::SigningKey;
use gridpact_report::{
    body_hash, digest_of, encode, split, Domain, Header, Mode, Report, Resolution, Scheme,
};
use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds};
use serde_json::{json, Value};

const DOMAIN: Domain = Domain {
    chain_id: "linden-lane-1",
    registry: "wasm1example0registry",
};
/// Midnight in Vienna before 8 June 2026.
const START: u64 = 1_780_869_600;
const DAY: u64 = 86_400;
/// Quarter hours of a day.
const INTERVALS: u16 = 96;
const DAYS: u64 = 14;
/// A day that nobody reported.
const GAP: u64 = 4;
/// Reports come so long after the day.
const LATER: u64 = 1_200;
const WITNESSES: u8 = 4;
const QUORUM: u8 = 3;

fn main() {
    let policy = policy();
    let seats: Vec<_> = (0..homes::HOMES).map(homes::seat).map(Some).collect();
    let keys: Vec<_> = (1..=WITNESSES)
        .map(|number| SigningKey::from_bytes(&[number; 32]).unwrap())
        .collect();
    let mut books = Books::new();
    let windows: Vec<Value> = (0..DAYS)
        .map(|day| {
            if day == GAP {
                gap(day)
            } else {
                window(day, &policy, &seats, &keys, &mut books)
            }
        })
        .collect();
    let example = json!({
        "chain_id": DOMAIN.chain_id,
        "registry": DOMAIN.registry,
        "now": START + DAYS * DAY + 9 * 3_600,
        "policy": policy,
        "quorum": QUORUM,
        "keys": keys.iter().map(|key| hex::encode(key.public_key())).collect::<Vec<_>>(),
        "seats": seats,
        "meters": (0..homes::HOMES).map(homes::meter).collect::<Vec<_>>(),
        "windows": windows,
        "accounts": books.accounts(),
        "books": books.sums(),
    });
    println!("{example}");
}

/// The rules most grids have: even shares, halfway between the utility's prices, two hundredths for the street's own line.
fn policy() -> Policy {
    let band = |from_minute, retail: u128| TariffBand {
        from_minute,
        retail: Price(retail * 1_000_000),
        feed_in: Price(80_000_000),
    };
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::Even,
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        tariff: Tariff {
            tables: vec![TariffTable {
                valid_from: IntervalIndex(START / 900),
                bands: vec![band(0, 260), band(360, 320), band(1_320, 260)],
            }],
            utc_offsets: vec![UtcOffset {
                valid_from: IntervalIndex(START / 900),
                minutes: 120,
            }],
        },
        fees: vec![FeeKind::BasisPoints(BasisPoints(200)).of(1)],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

fn gap(day: u64) -> Value {
    json!({ "first_interval": first(day), "intervals": INTERVALS, "report": null })
}

fn first(day: u64) -> u64 {
    (START + day * DAY) / 900
}

/// One day: read, signed, settled with the balances of its time, booked.
fn window(
    day: u64,
    policy: &Policy,
    seats: &[Option<gridpact_engine::seat::Seat>],
    keys: &[SigningKey],
    books: &mut Books,
) -> Value {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: IntervalIndex(first(day)),
        intervals: INTERVALS,
        seats: homes::HOMES as u16,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    };
    let readings = (0..u64::from(INTERVALS))
        .flat_map(|quarter| (0..homes::HOMES).map(move |home| homes::reading(day, quarter, home)))
        .collect();
    let report = encode(&Report { header, readings }).unwrap();
    let reported_at = START + (day + 1) * DAY + LATER;
    books.make_final(reported_at);
    let balances = balances_bytes(books.free());
    let settled = settle(policy, seats, &balances, &report).unwrap();
    let (outcome, totals) = (&settled.outcome, &settled.outcome.totals);
    let final_at = reported_at + DAY;
    books.hold(first(day), final_at, outcome);
    let traded: Vec<_> = settled
        .intervals
        .iter()
        .filter(|one| one.traded.0 > 0)
        .map(|one| one.price)
        .collect();
    let digest = digest_of(&DOMAIN, &report).unwrap();
    // The third witness was away for a day.
    let signers: Vec<u8> = (0..WITNESSES).filter(|member| day != 6 || *member != 2).collect();
    let signed = signers
        .iter()
        .flat_map(|member| keys[usize::from(*member)].sign_digest(&digest));
    json!({
        "first_interval": first(day),
        "intervals": INTERVALS,
        "report": hex::encode(&report),
        "balances": hex::encode(&balances),
        "signers": signers,
        "signatures": hex::encode(signed.collect::<Vec<_>>()),
        "digest": hex::encode(digest),
        "body_hash": hex::encode(body_hash(split(&report).unwrap().1)),
        "height": 40_000 + day * 14_400,
        "reported_at": reported_at,
        "final_at": final_at,
        "supply": totals.supply,
        "demand": totals.demand,
        "payable": totals.payable,
        "traded": totals.traded,
        "debits": totals.debit,
        "credits": totals.credit,
        "fees": outcome.community.fees,
        "rounding": outcome.community.rounding,
        "lowest_price": traded.iter().min().copied().unwrap_or_default(),
        "highest_price": traded.iter().max().copied().unwrap_or_default(),
        "balances_hash": hex::encode(settled.balances_hash),
        "results_hash": hex::encode(settled.results_hash),
    })
}
