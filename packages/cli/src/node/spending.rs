//! What transactions cost, written down as they come back.

use std::collections::BTreeMap;

use gridpact_client::Transaction;
use gridpact_simulation::run::{Kind, Spent};

/// The transactions so far.
#[derive(Default)]
pub struct Spending {
    transactions: u64,
    gas: u64,
    fee: u128,
    bytes: u64,
    kinds: BTreeMap<String, Kind>,
}

impl Spending {
    /// Writes down a transaction of one kind of message. No chain lives long enough for a sum to saturate.
    pub fn add(&mut self, kind: &str, done: &Transaction) {
        let more = |sum: &mut u64, by: u64| *sum = sum.saturating_add(by);
        more(&mut self.transactions, 1);
        more(&mut self.gas, done.gas_used);
        more(&mut self.bytes, done.bytes as u64);
        let fee = done.fee.iter().map(|coin| coin.amount.u128());
        self.fee = fee.fold(self.fee, u128::saturating_add);
        let entry = self.kinds.entry(kind.to_owned()).or_insert_with(|| Kind {
            message: kind.to_owned(),
            ..Kind::default()
        });
        more(&mut entry.transactions, 1);
        more(&mut entry.gas, done.gas_used);
    }

    /// Everything so far.
    pub fn spent(&self, network: &str, fee_denom: &str, blocks: u64) -> Spent {
        let mut kinds: Vec<Kind> = self.kinds.values().cloned().collect();
        kinds.sort_by_key(|kind| core::cmp::Reverse(kind.gas));
        Spent {
            network: network.to_owned(),
            transactions: self.transactions,
            gas: self.gas,
            fee: self.fee.to_string(),
            fee_denom: fee_denom.to_owned(),
            bytes: self.bytes,
            blocks,
            kinds,
        }
    }
}

/// What a contract's message is called: the one key of its JSON.
pub fn kind_of(message: &[u8]) -> String {
    let value: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(message).ok();
    value
        .and_then(|value| value.keys().next().cloned())
        .unwrap_or_else(|| "message".to_owned())
}
