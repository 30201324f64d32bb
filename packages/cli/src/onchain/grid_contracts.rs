//! The contracts of one deployed grid, as `deployments/state.json` has them.

use std::collections::BTreeMap;

use anyhow::Result;

use super::exit::bad_argument;
use super::state_file::StateFile;

/// The contracts of a grid, by the names of their wasm files.
pub const ESCROW: &str = "pledge-escrow";
/// Meters and reports.
pub const REGISTRY: &str = "meter-registry";
/// Accounts.
pub const SETTLEMENT: &str = "energy-settlement";

/// Addresses of one deployed grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridContracts {
    /// The grid's name.
    pub name: String,
    contracts: BTreeMap<String, String>,
}

impl GridContracts {
    /// The grid of this name, or the only one on the chain.
    ///
    /// # Errors
    /// No such grid, or several and none named; the text lists those that are there.
    pub fn find(state: &StateFile, chain_id: &str, grid: Option<&str>) -> Result<Self> {
        let mut deployments = state.deployments(chain_id);
        let names = deployments.keys().cloned().collect::<Vec<_>>().join(", ");
        let place = state.path().display();
        let found = match grid {
            Some(name) => deployments.remove_entry(name),
            None if deployments.len() > 1 => {
                return Err(bad_argument(format!(
                    "--grid: expected one of {names}, got none, and {place} has several on {chain_id}"
                )));
            }
            None => deployments.pop_first(),
        };
        let (name, contracts) = found.ok_or_else(|| match (grid, names.as_str()) {
            (Some(grid), "") => bad_argument(format!(
                "--grid {grid}: {place} has no grid on {chain_id}; gridpact deploy makes one"
            )),
            (Some(grid), names) => bad_argument(format!(
                "--grid: expected one of {names} ({place}, {chain_id}), got `{grid}`"
            )),
            (None, _) => bad_argument(format!(
                "{place} has no grid on {chain_id}; gridpact deploy makes one"
            )),
        })?;
        Ok(Self { name, contracts })
    }

    /// The grid's pledge-escrow.
    ///
    /// # Errors
    /// Not deployed.
    pub fn escrow(&self) -> Result<&str> {
        self.contract(ESCROW)
    }

    /// The grid's meter-registry.
    ///
    /// # Errors
    /// Not deployed.
    pub fn registry(&self) -> Result<&str> {
        self.contract(REGISTRY)
    }

    /// The grid's energy-settlement.
    ///
    /// # Errors
    /// Not deployed.
    pub fn settlement(&self) -> Result<&str> {
        self.contract(SETTLEMENT)
    }

    /// A contract of the grid, by the name of its wasm file.
    ///
    /// # Errors
    /// Not deployed.
    pub fn contract(&self, name: &str) -> Result<&str> {
        self.contracts.get(name).map(String::as_str).ok_or_else(|| {
            bad_argument(format!(
                "grid {}: {name} is not deployed yet; run gridpact deploy to its end",
                self.name
            ))
        })
    }
}
