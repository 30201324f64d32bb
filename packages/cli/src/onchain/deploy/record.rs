//! `deployments/records.json`, beside `state.json`: how each deployment came about, step by step, so that a run that was
//! stopped can go on, and that somebody later can see what was done.
//!
//! ```json
//! { "gridpact-devnet-1": { "example": { "creator": "wasm1…", "contracts": { … }, "transactions": [ … ] } } }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use gridpact_client::{Submitted, Transaction};
use serde::{Deserialize, Serialize};

use crate::onchain::files;

/// Everything in the file: records by chain id and deployment.
type Records = BTreeMap<String, BTreeMap<String, Record>>;

/// How one deployment came about.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Who makes the contracts; part of their addresses.
    pub creator: String,
    /// The grid's file, as it was named.
    pub grid_file: PathBuf,
    /// SHA-256 of the file, hex.
    pub grid_file_sha256: String,
    /// Commit of the working tree, with `-dirty` where it had changes; none outside of git.
    pub git_commit: Option<String>,
    /// Version of the program.
    pub gridpact: String,
    /// The contracts, by name.
    pub contracts: BTreeMap<String, ContractRecord>,
    /// What was sent, in order.
    #[serde(default)]
    pub transactions: Vec<Sent>,
    /// What was being sent when this was written.
    #[serde(default)]
    pub under_way: Option<UnderWay>,
}

/// One contract of a deployment.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct ContractRecord {
    /// Its address, known before it exists.
    pub address: String,
    /// Checksum of its first code, hex; part of the address.
    pub checksum: String,
    /// Part of the address; none for a contract that existed before.
    pub salt: Option<String>,
}

/// One transaction.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What it did.
    pub step: String,
    /// Its hash.
    pub hash: String,
    /// Its block.
    pub height: u64,
    /// Gas it used.
    pub gas_used: u64,
    /// Fee paid.
    pub fee: String,
}

/// A step that was begun.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// What it does.
    pub step: String,
    /// The transaction, once it was handed to a node.
    pub transaction: Option<Handed>,
}

/// A transaction that a node has.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Its hash.
    pub hash: String,
    /// It is in no block up to here.
    pub seen_height: u64,
    /// Nor in one after this.
    pub timeout_height: u64,
}

impl From<&Submitted> for Handed {
    fn from(submitted: &Submitted) -> Self {
        Self {
            hash: submitted.hash.clone(),
            seen_height: submitted.seen_height,
            timeout_height: submitted.timeout_height,
        }
    }
}

impl Handed {
    /// As the client waits for it.
    pub fn submitted(&self) -> Submitted {
        Submitted {
            hash: self.hash.clone(),
            seen_height: self.seen_height,
            timeout_height: self.timeout_height,
            bytes: 0,
            doubtful: true,
            wait_limit: gridpact_client::Options::default().wait_limit,
        }
    }
}

impl Sent {
    /// What became of a step.
    pub fn of(step: &str, transaction: &Transaction) -> Self {
        Self {
            step: step.to_owned(),
            hash: transaction.hash.clone(),
            height: transaction.height,
            gas_used: transaction.gas_used,
            fee: crate::onchain::coins(&transaction.fee),
        }
    }
}

/// Reads a deployment's record; `None` where there is none.
///
/// # Errors
/// A file that cannot be read.
pub fn read(folder: &Path, chain_id: &str, deployment: &str) -> Result<Option<Record>> {
    let mut records: Records = files::read_json(&path(folder))?.unwrap_or_default();
    Ok(records
        .get_mut(chain_id)
        .and_then(|chain| chain.remove(deployment)))
}

/// Writes a deployment's record; the others stay as they are.
///
/// # Errors
/// A file that cannot be read or written.
pub fn write(folder: &Path, chain_id: &str, deployment: &str, record: &Record) -> Result<()> {
    let path = path(folder);
    let mut records: Records = files::read_json(&path)?.unwrap_or_default();
    let chain = records.entry(chain_id.to_owned()).or_default();
    chain.insert(deployment.to_owned(), record.clone());
    files::write_json(&path, &records)
}

fn path(folder: &Path) -> PathBuf {
    folder.join("records.json")
}
