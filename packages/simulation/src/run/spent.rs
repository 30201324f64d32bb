//! What a run cost on a chain.

use gridpact_units::decimal;
use serde::{Deserialize, Serialize};

use super::Run;

/// Transactions, gas and fees of a run.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The chain.
    pub network: String,
    /// How many transactions.
    pub transactions: u64,
    /// Gas used by all.
    pub gas: u64,
    /// Fees paid by all, base units of the fee coin as a decimal string.
    pub fee: String,
    /// The coin that fees are paid in.
    pub fee_denom: String,
    /// Bytes of all transactions.
    pub bytes: u64,
    /// Blocks made meanwhile.
    pub blocks: u64,
    /// By kind of message, the dearest kind first.
    pub kinds: Vec<Kind>,
}

/// Transactions of one kind.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Kind {
    /// The message.
    pub message: String,
    /// How many transactions.
    pub transactions: u64,
    /// Gas used by them.
    pub gas: u64,
}

impl Run {
    /// Gas of the reports a meter and interval, for people; none where no report was sent to a chain.
    pub fn gas_a_reading(&self) -> Option<String> {
        let kinds = &self.spent.as_ref()?.kinds;
        let reports = kinds.iter().find(|kind| kind.message == "report")?;
        let readings = self.meters.len().saturating_mul(self.intervals.len()) as u128;
        // In tenths, rounded: twice as many twentieths and one more, halved.
        let twentieths = u128::from(reports.gas)
            .saturating_mul(20)
            .checked_div(readings.max(1))?;
        let tenths = i128::try_from(twentieths.saturating_add(1) / 2).ok()?;
        Some(decimal::show(tenths, 1))
    }
}

impl Kind {
    /// Gas of a transaction, on average, rounded down.
    pub fn gas_each(&self) -> u64 {
        self.gas.checked_div(self.transactions).unwrap_or_default()
    }
}
