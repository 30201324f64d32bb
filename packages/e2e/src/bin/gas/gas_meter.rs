//! Sends a transaction and writes down what it cost.

use std::collections::BTreeMap;

use anyhow::{bail, Context, Result};
use gridpact_client::{Chain, Message, Sender, Transaction};

use crate::book::Row;

/// Gas of the store (cosmos-sdk, store/types `KVGasConfig`).
const READ_FLAT: u64 = 1_000;
const READ_BYTE: u64 = 3;
const WRITE_FLAT: u64 = 2_000;
const WRITE_BYTE: u64 = 30;
const DELETE_FLAT: u64 = 1_000;
/// What the chain puts before a contract's keys: one byte and the contract's address.
const PREFIX: u64 = 33;

/// Writes down what transactions cost.
pub struct GasMeter {
    chain: Chain,
    /// The rows so far.
    pub rows: Vec<Row>,
}

type State = BTreeMap<(String, Vec<u8>), Vec<u8>>;

impl GasMeter {
    /// Nothing measured yet.
    pub fn new(chain: Chain) -> Self {
        Self {
            chain,
            rows: Vec::new(),
        }
    }

    /// Sends a transaction, prints its row, and keeps it. `contracts` are those whose state may change.
    pub async fn row(
        &mut self,
        name: &str,
        sender: &Sender,
        messages: &[Message],
        contracts: &[&str],
        readings: u64,
    ) -> Result<Transaction> {
        let before = self.state(contracts).await?;
        let done = sender.send(messages).await.with_context(|| name.to_owned())?;
        let after = self.state(contracts).await?;
        let (state_bytes, storage_gas) = difference(&before, &after);
        let row = Row {
            name: name.to_owned(),
            gas: done.gas_used,
            bytes: done.bytes as u64,
            state_bytes,
            storage_gas,
            readings,
        };
        println!("{row}");
        self.rows.push(row);
        Ok(done)
    }

    /// Whether there is a row of this name already.
    pub fn has(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.name == name)
    }

    /// Prints and keeps the row of what made contracts, in the first block from a height that has such a transaction.
    pub async fn made(&mut self, name: &str, from: u64) -> Result<()> {
        let makes = |message: &Message| matches!(message, Message::Instantiate2 { .. });
        let mut follow = self.chain.follow(from);
        while let Some((_, transactions)) = follow.ready().await? {
            let Some(done) = transactions.iter().find(|done| done.messages.iter().any(makes)) else {
                continue;
            };
            let row = Row {
                name: name.to_owned(),
                gas: done.gas_used,
                bytes: done.bytes as u64,
                state_bytes: 0,
                storage_gas: 0,
                readings: 0,
            };
            println!("{row}");
            self.rows.push(row);
            return Ok(());
        }
        bail!("{name}: no such transaction from block {from} on")
    }

    async fn state(&self, contracts: &[&str]) -> Result<State> {
        let mut state = State::new();
        for contract in contracts {
            if self.chain.contract(contract).await?.is_none() {
                continue;
            }
            for (key, value) in self.chain.all_state(contract).await? {
                state.insert(((*contract).to_owned(), key), value);
            }
        }
        Ok(state)
    }
}

/// How much longer the state got, and the gas for reading and writing what changed.
fn difference(before: &State, after: &State) -> (i64, u64) {
    let length = |key: &(String, Vec<u8>), value: &[u8]| PREFIX + (key.1.len() + value.len()) as u64;
    let mut grown = 0_i64;
    let mut gas = 0;
    for (key, value) in after {
        let old = before.get(key);
        if old == Some(value) {
            continue;
        }
        gas += WRITE_FLAT + WRITE_BYTE * length(key, value) + READ_FLAT;
        grown += length(key, value).cast_signed();
        if let Some(old) = old {
            gas += READ_BYTE * length(key, old);
            grown -= length(key, old).cast_signed();
        }
    }
    for (key, value) in before {
        if !after.contains_key(key) {
            gas += DELETE_FLAT + READ_FLAT + READ_BYTE * length(key, value);
            grown -= length(key, value).cast_signed();
        }
    }
    (grown, gas)
}
