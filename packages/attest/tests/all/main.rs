//! Readings to a report, and its signatures put together.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod composing;
mod signing;

use gridpact_attest::assignment::Assignment;
use gridpact_attest::compose::{compose, Composed};
use gridpact_attest::error::Error;
use gridpact_types::registry::answers::{ConfigResponse, NextReportResponse, RosterSeat};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{
    Energy, IntervalIndex, IntervalLength, Power, Reading, Seat, Seconds, Slot, UnixSeconds,
};

/// 2027-01-15T08:00Z in quarter hours.
const FIRST: u64 = 2_000_000;

/// Three intervals can be reported, of slots 7 and 4 in this order, 10 kW each.
fn assignment() -> Assignment {
    let seat = |seat, slot| RosterSeat {
        seat: Seat(seat),
        slot: Some(Slot(slot)),
        import_limit: Power(10_000),
        export_limit: Power(10_000),
    };
    let config = ConfigResponse {
        settlement: "wasm1settlement".to_owned(),
        interval_length: IntervalLength::QUARTER_HOUR,
        resolution: 1_000,
        challenge_period: Seconds::DAY,
        report_limit: Seconds::days(7),
        rosters_begin: RostersBegin {
            every: Seconds::DAY,
            offset: Seconds(0),
        },
        newest_roster: 1,
        slots: 8,
        households: 8,
    };
    let next = NextReportResponse {
        first_interval: Some(IntervalIndex(FIRST)),
        max_intervals: 3,
        epoch: 1,
        quorum: 3,
        roster_version: 1,
        seats: 2,
        resolution: 1_000,
        gap: false,
        oldest_interval: IntervalIndex(FIRST),
        expires_at: Some(UnixSeconds((FIRST + 1) * 900 + 7 * 86_400)),
        roster_ends: None,
        last_closing: None,
        grace_until: None,
        previous_reported_at: None,
        previous_revision: None,
        height: 1,
    };
    Assignment::new(
        "chain-1",
        "wasm1registry",
        &config,
        next,
        vec![seat(0, 7), seat(1, 4)],
    )
}

/// A reading: slot, intervals after the first, mWh in and out.
fn row(slot: u32, offset: u64, import: u64, export: u64) -> (Slot, IntervalIndex, Reading) {
    let reading = Reading::measured(Energy(import), Energy(export));
    (Slot(slot), IntervalIndex(FIRST + offset), reading)
}

fn made(readings: &[(Slot, IntervalIndex, Reading)]) -> Result<Composed, Error> {
    compose(&assignment(), readings.iter().copied(), None, 0)
}
