//! Promise: arbitrary bytes never make decoding take more memory than it states. Its own binary, since it counts every
//! allocation of the process.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::alloc::System;

use cap::Cap;
use gridpact_report::{
    decode, encode, split, Decoder, Header, Mode, Report, Resolution, Scheme, FORMAT_VERSION,
};
use gridpact_units::{Energy, IntervalIndex, Reading};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// What `Decoder` states for itself, and for the caller's buffer of one interval.
const STREAMING: usize = 48_000 + 24 * 1_024;
/// What `decode` states.
const WHOLE: usize = 4_800_000;

/// Bytes allocated while `work` ran, those freed again included: no less than the peak.
fn allocated(work: impl FnOnce()) -> usize {
    let before = ALLOCATOR.total_allocated();
    work();
    ALLOCATOR.total_allocated().saturating_sub(before)
}

fn stream(bytes: &[u8]) {
    let (header, body) = split(bytes).unwrap();
    let Ok(mut decoder) = Decoder::new(&header, body) else {
        return;
    };
    let mut interval = Vec::new();
    while let Ok(Some(_)) = decoder.next_interval(&mut interval) {}
}

/// One test, so that no other thread allocates meanwhile.
#[test]
fn decoding_stays_within_the_stated_memory() {
    // Open readings, secp256k1, epoch 0, roster 0, first interval 0, 192 intervals, 1,024 seats, revision 0, 1 mWh; then next to nothing.
    let mut short = vec![FORMAT_VERSION, 0, 0, 0, 0, 0, 0xc0, 0x01, 0x80, 0x08, 0, 1];
    short.extend([0; 4]);

    let mut endless = short.clone();
    endless.extend(vec![0x5a; 4_000_000]);

    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 0,
        roster_version: 0,
        first_interval: IntervalIndex(0),
        intervals: Mode::Open.max_intervals(),
        seats: Mode::Open.max_seats(),
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    };
    let reading = Reading::measured(Energy(7_000), Energy(3_000));
    let largest = encode(&Report {
        header,
        readings: vec![reading; header.reading_count()],
    })
    .unwrap();

    for bytes in [short, endless, largest] {
        let streamed = allocated(|| stream(&bytes));
        assert!(
            streamed <= STREAMING,
            "streaming {} bytes took {streamed}",
            bytes.len()
        );
        let whole = allocated(|| drop(decode(&bytes)));
        assert!(whole <= WHOLE, "decoding {} bytes took {whole}", bytes.len());
    }

    // A count out of bounds is refused before anything is allocated.
    let too_many = [
        FORMAT_VERSION,
        0,
        0,
        0,
        0,
        0,
        0xff,
        0xff,
        0x03,
        0xff,
        0xff,
        0x03,
        0,
        1,
        0,
        0,
        0,
        0,
    ];
    assert_eq!(allocated(|| assert!(decode(&too_many).is_err())), 0);
}
