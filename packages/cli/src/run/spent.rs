//! What a run cost on a chain.

use serde::{Deserialize, Serialize};

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
