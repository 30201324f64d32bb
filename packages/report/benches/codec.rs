//! Time to encode and decode a report of synthetic readings.
//!
//! `cargo bench -p gridpact-report --bench codec`
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a benchmark"
)]

use divan::counter::ItemsCount;
use divan::{black_box, Bencher};
use gridpact_report::{decode, encode, split, Decoder, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{Energy, IntervalIndex, Reading};

/// Seats and intervals.
const SHAPES: [(u16, u16); 3] = [(1_000, 96), (1_000, 1), (100, 96)];

fn main() {
    divan::main();
}

#[divan::bench(args = SHAPES)]
fn encoding(bencher: Bencher, (seats, intervals): (u16, u16)) {
    let report = report(seats, intervals);
    bencher
        .counter(ItemsCount::new(report.readings.len()))
        .bench_local(|| encode(black_box(&report)).unwrap());
}

#[divan::bench(args = SHAPES)]
fn decoding(bencher: Bencher, (seats, intervals): (u16, u16)) {
    let report = report(seats, intervals);
    let bytes = encode(&report).unwrap();
    bencher
        .counter(ItemsCount::new(report.readings.len()))
        .bench_local(|| decode(black_box(&bytes)).unwrap());
}

/// As a contract reads: one interval at a time.
#[divan::bench(args = SHAPES)]
fn streaming(bencher: Bencher, (seats, intervals): (u16, u16)) {
    let report = report(seats, intervals);
    let bytes = encode(&report).unwrap();
    bencher
        .counter(ItemsCount::new(report.readings.len()))
        .bench_local(|| {
            let (header, body) = split(black_box(&bytes)).unwrap();
            let mut decoder = Decoder::new(&header, body).unwrap();
            let mut interval = Vec::new();
            while decoder.next_interval(&mut interval).unwrap().is_some() {
                black_box(&interval);
            }
            decoder.finish().unwrap();
        });
}

/// Homes whose use wanders by some 30 Wh an interval, about as hard to code as SimBench's; every fourth also exports.
fn report(seats: u16, intervals: u16) -> Report {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 20) % limit
    };
    let mut levels: Vec<u64> = (0..seats).map(|_| below(300)).collect();
    let mut readings = Vec::new();
    for _ in 0..intervals {
        for (seat, level) in levels.iter_mut().enumerate() {
            let step = below(40) * below(40) / 20;
            *level = if below(2) == 0 {
                *level + step
            } else {
                level.saturating_sub(step)
            };
            let offset = if seat % 4 == 0 { 200 } else { 0 };
            let watt_hours = |counts: u64| Energy(counts * Energy::PER_WATT_HOUR);
            let (import, export) = (level.saturating_sub(offset), offset.saturating_sub(*level));
            readings.push(Reading::measured(watt_hours(import), watt_hours(export)));
        }
    }
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 3,
        roster_version: 41,
        first_interval: IntervalIndex(1_990_000),
        intervals,
        seats,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    };
    Report { header, readings }
}
