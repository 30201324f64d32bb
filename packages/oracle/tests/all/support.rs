//! What tests share: a file, a store, a grid that counts quarter hours.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use gridpact_oracle::clock::Clock;
use gridpact_oracle::config::{Config, Meter};
use gridpact_oracle::derive::Limits;
use gridpact_oracle::grid::Grid;
use gridpact_oracle::intake::{Arrival, Intake};
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::error::StoreError;
use gridpact_oracle::store::files::{lock, Lock};
use gridpact_oracle::store::Store;
use gridpact_oracle::tally::Tally;
use gridpact_readings::registers::energies::Counting;
use gridpact_units::{IntervalLength, Power, Slot, UnixSeconds};

/// 2026-06-01T00:00:00Z, the start of interval 1,977,888 of 900 s.
pub const JUNE: u64 = 1_780_272_000;

/// Two meters, and nothing that reads them.
pub const CONFIG: &str = r#"
network = "devnet.toml"
registry = "wasm1registry"
folder = "data"

[keys]
oracle = "oracle.mnemonic"

[[meters]]
name = "house 1"
slot = 0

[[meters]]
name = "house 2"
slot = 1
import_only = true
"#;

pub fn config(more: &str) -> Config {
    Config::parse(&format!("{CONFIG}{more}"), Path::new("oracle.toml")).unwrap()
}

pub fn meters() -> Vec<Meter> {
    config("").meters
}

/// Quarter hours of whole Wh, 17,250 W both ways.
pub fn grid() -> Grid {
    let limits = Limits {
        import: Power(17_250),
        export: Power(17_250),
    };
    Grid {
        counting: Counting {
            length: IntervalLength::QUARTER_HOUR,
            resolution: NonZeroU32::new(1_000).unwrap(),
        },
        limits: [(Slot(0), limits), (Slot(1), limits)].into(),
    }
}

pub fn store(folder: &Path) -> Store {
    open(folder, JUNE)
}

/// Opens a store, once the one before has let go of the folder.
pub fn open(folder: &Path, now: u64) -> Store {
    patiently(|| Store::open(folder, UnixSeconds(now)))
}

/// Takes a folder, once a store has let go of it.
pub fn free(folder: &Path) -> Lock {
    patiently(|| lock(folder))
}

fn patiently<T: std::fmt::Debug>(take: impl Fn() -> Result<T, StoreError>) -> T {
    let since = Instant::now();
    loop {
        match take() {
            Err(StoreError::Locked { .. }) if since.elapsed() < Duration::from_secs(20) => {
                std::thread::sleep(Duration::from_millis(5));
            }
            taken => return taken.unwrap(),
        }
    }
}

pub fn intake(store: &Store) -> Intake {
    Intake::new(store.clone(), Clock::default(), Tally::default())
}

pub fn sample(at: u64, value: u64) -> Sample {
    Sample {
        register: Register::Import,
        at: UnixSeconds(at),
        value,
    }
}

pub fn arrival(meter: &str, samples: Vec<Sample>) -> Arrival {
    Arrival {
        meter: meter.to_owned(),
        samples,
    }
}
