//! Random lives of a grid's books and what the native engine makes of them, one JSON object a line, for the same engine in a browser's
//! shape to repeat: `cargo run -p gridpact-engine --example lives -- 50 | node packages/engine/tests/lives.mjs`
#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a generator of test data"
)]

#[path = "../windows/draw.rs"]
mod draw;
#[allow(dead_code, reason = "the rules that most grids have are the other example's")]
#[path = "../windows/rules.rs"]
mod rules;

use draw::Draw;
use gridpact_engine::error::EngineError;
use gridpact_engine::replay::{Hashes, Replay};
use gridpact_engine::seat::Seat;
use gridpact_report::archive::balances_bytes;
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{Amount, Energy, IntervalIndex, Ppm, Reading, Slot, UnixSeconds};
use serde_json::{json, Value};

const FIRST: IntervalIndex = IntervalIndex(1_958_400);
/// Seconds that a window is held: some eight of them are at once.
const HELD: u64 = 8 * 900;

fn main() {
    let count = std::env::args().nth(1).map_or(50, |count| count.parse().unwrap());
    for seed in 0..count {
        println!("{}", Life::new(Draw::new(seed)).live());
    }
}

struct Life {
    draw: Draw,
    replay: Replay,
    policy: String,
    calls: Vec<Value>,
    seats: u16,
    next: IntervalIndex,
    now: u64,
}

impl Life {
    fn new(mut draw: Draw) -> Self {
        let policy = rules::policy(&mut draw);
        Self {
            policy: serde_json::to_string(&policy).unwrap(),
            replay: Replay::new(policy).unwrap(),
            calls: Vec::new(),
            seats: 2 + draw.below(20) as u16,
            next: FIRST,
            now: FIRST.0 * 900,
            draw,
        }
    }

    fn live(mut self) -> Value {
        self.begin();
        for _ in 0..self.draw.below(6) {
            self.hold();
        }
        for _ in 0..60 {
            match self.draw.below(10) {
                0..4 => self.settle(),
                4..6 => self.deposit(),
                6 => self.withdraw(),
                7..9 => self.finalise(),
                _ => self.sweep(),
            }
        }
        let totals = self.replay.totals();
        let free: Vec<_> = (0..=u32::from(self.seats))
            .map(|slot| self.replay.free(Slot(slot)).map(|free| free.to_string()))
            .collect();
        json!({
            "policy": self.policy,
            "calls": self.calls,
            "free": free,
            "deposited": totals.deposited.to_string(),
            "withdrawn": totals.withdrawn.to_string(),
            "swept": totals.swept.to_string(),
            "held": totals.held.to_string(),
            "community": totals.community.to_string(),
        })
    }

    fn begin(&mut self) {
        for slot in 0..self.seats {
            let free = Amount(self.draw.below(400_000).into());
            let gives = self.replay.open(Slot(slot.into()), free).map(|()| Value::Null);
            self.call("open", json!([slot, free.to_string()]), gives);
        }
        let seat = |slot: u16| {
            Some(Seat {
                slot: Slot(slot.into()),
                household: slot.into(),
                weight: 1 + u32::from(slot % 3),
                part: Ppm::WHOLE,
                priority: slot % 4,
                buy_tier: 0,
                sell_tier: 0,
            })
        };
        let mut seats: Vec<_> = (0..self.seats).map(seat).collect();
        for (version, spoilt) in [(1, false), (2, true)] {
            if spoilt {
                seats[0] = None;
            }
            let gives = self.replay.roster(version, &seats).map(|()| Value::Null);
            let text = serde_json::to_string(&seats).unwrap();
            self.call("roster", json!([version, text]), gives);
        }
    }

    fn hold(&mut self) {
        let free = (0..self.seats).map(|_| Amount(self.draw.below(400_000).into()));
        let mut balances = balances_bytes(free.collect::<Vec<_>>());
        if self.draw.below(8) == 0 {
            balances.pop();
        }
        let (report, end) = self.report(1);
        let gives = self.replay.hold(UnixSeconds(end + HELD), &balances, &report);
        self.settled(end, &gives);
        let told = json!([
            (end + HELD).to_string(),
            hex::encode(&balances),
            hex::encode(&report)
        ]);
        self.call("hold", told, gives.map(hashes));
    }

    fn settle(&mut self) {
        let version = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2][self.draw.below(10) as usize];
        let (report, end) = self.report(version);
        let (now, final_at) = (self.now.max(end), self.now.max(end) + HELD);
        let gives = self
            .replay
            .settle(UnixSeconds(now), UnixSeconds(final_at), &report);
        self.settled(now, &gives);
        let told = json!([now.to_string(), final_at.to_string(), hex::encode(&report)]);
        self.call("settle", told, gives.map(hashes));
    }

    fn deposit(&mut self) {
        let (slot, amount) = (self.slot(), Amount(self.draw.below(90_000).into()));
        let gives = self.replay.deposit(Slot(slot), amount).map(|()| Value::Null);
        self.call("deposit", json!([slot, amount.to_string()]), gives);
    }

    fn withdraw(&mut self) {
        let (slot, amount) = (self.slot(), Amount(self.draw.below(200_000).into()));
        let gives = self.replay.withdraw(UnixSeconds(self.now), Slot(slot), amount);
        let told = json!([self.now.to_string(), slot, amount.to_string()]);
        self.call("withdraw", told, gives.map(|()| Value::Null));
    }

    fn finalise(&mut self) {
        self.now += self.draw.below(1_200);
        let gives = self.replay.finalise(UnixSeconds(self.now));
        let told = json!([self.now.to_string()]);
        self.call(
            "finalise",
            told,
            gives.map(|first| json!(first.map(|first| first.0.to_string()))),
        );
    }

    fn sweep(&mut self) {
        let fee = [None, Some(0), Some(1), Some(9)][self.draw.below(4) as usize];
        let gives = self.replay.sweep(fee).map(|amount| json!(amount.to_string()));
        self.call("sweep", json!([fee]), gives);
    }

    /// A slot that there is, or the first that there is not.
    fn slot(&mut self) -> u32 {
        self.draw.below(u64::from(self.seats) + 1) as u32
    }

    /// The next report, and when its intervals are over; some are torn, and some begin where the last one did.
    fn report(&mut self, roster_version: u32) -> (Vec<u8>, u64) {
        let intervals = 1 + self.draw.below(3) as u16;
        let again = self.draw.below(12) == 0;
        let first_interval = if again { FIRST } else { self.next };
        let readings = (0..intervals * self.seats).map(|_| self.reading()).collect();
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: 1,
            roster_version,
            first_interval,
            intervals,
            seats: self.seats,
            revision: 0,
            resolution: Resolution::WATT_HOUR,
        };
        let mut report = encode(&Report { header, readings }).unwrap();
        if self.draw.below(12) == 0 {
            report.pop();
        }
        (report, (first_interval.0 + u64::from(intervals)) * 900)
    }

    fn reading(&mut self) -> Reading {
        let energy = Energy(self.draw.below(700) * 1_000);
        match self.draw.below(7) {
            0 => Reading::MISSING,
            1..4 => Reading::measured(Energy::ZERO, energy),
            _ => Reading::measured(energy, Energy::ZERO),
        }
    }

    fn settled(&mut self, now: u64, gives: &Result<Hashes, EngineError>) {
        if gives.is_ok() {
            self.now = self.now.max(now);
            self.next = IntervalIndex(self.now / 900);
        }
    }

    fn call(&mut self, call: &str, arguments: Value, gives: Result<Value, EngineError>) {
        self.calls.push(match gives {
            Ok(gives) => json!({ "call": call, "arguments": arguments, "gives": gives }),
            Err(error) => json!({ "call": call, "arguments": arguments, "refused": error.to_string() }),
        });
    }
}

fn hashes(Hashes { balances, results }: Hashes) -> Value {
    json!(hex::encode([balances, results].concat()))
}
