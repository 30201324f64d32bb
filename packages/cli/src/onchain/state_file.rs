//! `deployments/state.json`: which codes and contracts this project has on which chain, in the shape that
//! cw-orchestrator reads and writes:
//!
//! ```json
//! {
//!   "gridpact-devnet-1": {
//!     "code_ids": { "meter-registry": 2 },
//!     "example": { "meter-registry": "wasm1…" }
//!   }
//! }
//! ```
//!
//! A deployment bears the name of its grid. Whatever else stands in the file is kept as it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::files;

/// Key under a chain that is no deployment.
pub const CODE_IDS: &str = "code_ids";

/// The file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateFile {
    path: PathBuf,
    chains: Map<String, Value>,
}

impl StateFile {
    /// Reads `FOLDER/state.json`; empty where there is none yet.
    ///
    /// # Errors
    /// A file that cannot be read or is no JSON object of objects.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("state.json");
        let chains = files::read_json(&path)?.unwrap_or_default();
        Ok(Self { path, chains })
    }

    /// Writes the file as a whole: a reader sees the old one or the new one.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn write(&self) -> Result<()> {
        files::write_json(&self.path, &self.chains)
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of the code a contract was stored as.
    pub fn code_id(&self, chain_id: &str, contract: &str) -> Option<u64> {
        self.entry(chain_id, CODE_IDS)?.get(contract)?.as_u64()
    }

    /// Address of a contract of a deployment.
    pub fn address(&self, chain_id: &str, deployment: &str, contract: &str) -> Option<&str> {
        self.entry(chain_id, deployment)?.get(contract)?.as_str()
    }

    /// The deployments on a chain: address by contract.
    pub fn deployments(&self, chain_id: &str) -> BTreeMap<String, BTreeMap<String, String>> {
        let chain = self.chains.get(chain_id).and_then(Value::as_object);
        let entries = chain.into_iter().flatten().filter(|(name, _)| *name != CODE_IDS);
        let text =
            |(contract, address): (&String, &Value)| Some((contract.clone(), address.as_str()?.to_owned()));
        entries
            .filter_map(|(name, contracts)| {
                let contracts = contracts.as_object()?.iter().filter_map(text).collect();
                Some((name.clone(), contracts))
            })
            .collect()
    }

    /// Notes a stored code.
    ///
    /// # Errors
    /// Something else stands in its place in the file.
    pub fn set_code_id(&mut self, chain_id: &str, contract: &str, code_id: u64) -> Result<()> {
        self.set(chain_id, CODE_IDS, contract, code_id.into())
    }

    /// Notes a contract.
    ///
    /// # Errors
    /// Something else stands in its place in the file.
    pub fn set_address(
        &mut self,
        chain_id: &str,
        deployment: &str,
        contract: &str,
        address: &str,
    ) -> Result<()> {
        self.set(chain_id, deployment, contract, address.into())
    }

    fn entry(&self, chain_id: &str, name: &str) -> Option<&Map<String, Value>> {
        self.chains.get(chain_id)?.get(name)?.as_object()
    }

    fn set(&mut self, chain_id: &str, name: &str, contract: &str, value: Value) -> Result<()> {
        let empty = || Value::Object(Map::new());
        let chain = self.chains.entry(chain_id).or_insert_with(empty).as_object_mut();
        let entry = chain.and_then(|chain| chain.entry(name).or_insert_with(empty).as_object_mut());
        let entry = entry.with_context(|| {
            format!(
                "{}: expected an object at {chain_id}.{name}, got something else",
                self.path.display()
            )
        })?;
        entry.insert(contract.to_owned(), value);
        Ok(())
    }
}
