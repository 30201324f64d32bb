//! The measured rows, and their comparison with the committed ones.

use core::fmt;

use serde::{Deserialize, Serialize};

/// How much dearer a row may get, percent: amounts and times of another day change a few bytes.
const TOLERANCE_PERCENT: u64 = 2;
/// Gas that a byte of a transaction costs (cosmos-sdk, x/auth parameter `tx_size_cost_per_byte`).
pub const GAS_A_BYTE: u64 = 10;

/// What one transaction cost.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// What was done.
    pub name: String,
    /// Gas used.
    pub gas: u64,
    /// Length of the transaction, bytes.
    pub bytes: u64,
    /// How much the contracts' state grew, bytes of keys and values.
    pub state_bytes: i64,
    /// Gas for reading and writing the keys whose values changed.
    pub storage_gas: u64,
    /// Readings in a report: meters times intervals; 0 for other messages.
    pub readings: u64,
}

/// All rows, in the order they were measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Book {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Row {
    /// The heading of rows as [`Display`](fmt::Display) writes them.
    pub fn heading() -> String {
        format!(
            "{:<44} {:>11} {:>8} {:>8} {:>9} {:>6} {:>8} {:>10}",
            "message", "gas", "tx bytes", "state", "a reading", "bytes%", "storage%", "computing%"
        )
    }

    /// Gas a meter and interval.
    pub fn a_reading(&self) -> Option<f64> {
        (self.readings > 0).then(|| self.gas as f64 / self.readings as f64)
    }

    /// Shares of the gas, percent: the transaction's bytes, storage, and the rest (computing, signatures, accounts, fees).
    pub fn shares(&self) -> [f64; 3] {
        let part = |gas: u64| 100.0 * gas as f64 / self.gas as f64;
        let bytes = self.bytes * GAS_A_BYTE;
        let rest = self.gas.saturating_sub(bytes + self.storage_gas);
        [part(bytes), part(self.storage_gas), part(rest)]
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let a_reading = self.a_reading().map_or(String::new(), |gas| format!("{gas:.1}"));
        let [bytes, storage, rest] = self.shares();
        write!(
            f,
            "{:<44} {:>11} {:>8} {:>8} {a_reading:>9} {bytes:>6.0} {storage:>8.0} {rest:>10.0}",
            self.name, self.gas, self.bytes, self.state_bytes
        )
    }
}

impl Book {
    /// What got dearer than committed, or is not committed, or is no longer measured; a line each.
    pub fn dearer_than(&self, committed: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let Some(before) = committed.rows.iter().find(|before| before.name == row.name) else {
                lines.push(format!(
                    "{}: not in docs/gas.json; run scripts/gas --write",
                    row.name
                ));
                continue;
            };
            let limit = before.gas + before.gas * TOLERANCE_PERCENT / 100;
            if row.gas > limit {
                lines.push(format!(
                    "{}: expected at most {limit} gas ({} + {TOLERANCE_PERCENT} %), got {}",
                    row.name, before.gas, row.gas
                ));
            }
        }
        for before in &committed.rows {
            if !self.rows.iter().any(|row| row.name == before.name) {
                lines.push(format!(
                    "{}: in docs/gas.json, but not measured any more",
                    before.name
                ));
            }
        }
        lines
    }
}
