//! What a deployment still needs, found by asking the chain: the same whether nothing, a part or all of it is done.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use gridpact_client::{Chain, Message};

use super::artifacts::{self, Artifacts, Checksum};
use super::codes::{self, Codes};
use super::projects::Projects;
use super::record::{ContractRecord, Record};
use crate::onchain::exit::bad_argument;
use crate::onchain::grid_file::{Addresses, EscrowPlan, GridFile};
use crate::onchain::state_file::StateFile;
use crate::onchain::{hex, ESCROW, REGISTRY, SETTLEMENT};

/// Where a grid's contracts are or will be, and what of them is missing.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Addresses, checksums and salts, as they go into the record.
    pub contracts: BTreeMap<String, ContractRecord>,
    /// Codes that the chain has.
    pub codes: Codes,
    /// Codes to store, by contract.
    pub to_store: Vec<&'static str>,
    /// Contracts to make, in one transaction: a grid is linked from its first block or does not exist.
    pub to_make: Vec<&'static str>,
    /// The projects that get money of the grid, opened in that transaction where they are not there.
    pub projects: Projects,
}

impl Survey {
    /// Works out what is missing. `record` is that of contracts which exist.
    ///
    /// # Errors
    /// The chain does not answer; an escrow that should exist does not; a code in the file is another one.
    pub async fn of(
        chain: &Chain,
        grid: &GridFile,
        creator: &str,
        artifacts: &Artifacts,
        state: &StateFile,
        record: Option<&Record>,
    ) -> Result<Self> {
        let contracts = contracts(chain, grid, creator, artifacts, record)?;
        let mut to_make = Vec::new();
        let chain_id = &chain.network().chain_id;
        for contract in [ESCROW, REGISTRY, SETTLEMENT] {
            let planned = contracts.get(contract).context("every contract is planned")?;
            // What another program noted under this name is not ours to forget.
            if let Some(noted) = state
                .address(chain_id, &grid.name, contract)
                .filter(|at| *at != planned.address)
            {
                if chain.contract(noted).await?.is_some() {
                    return Err(bad_argument(format!(
                        "{}: has {contract} of {} at {noted}, made from other code or by somebody else than {creator}; choose another name for the grid",
                        state.path().display(), grid.name
                    )));
                }
            }
            let exists = chain.contract(&planned.address).await?.is_some();
            match (exists, &planned.salt) {
                (true, _) => {}
                (false, Some(_)) => to_make.push(contract),
                (false, None) => {
                    return Err(bad_argument(format!(
                        "escrow.address: expected a contract on {}, got none at {}",
                        chain_id, planned.address
                    )));
                }
            }
        }
        // Whoever is not to be paid needs no answer: a grid that runs has its destinations already.
        let projects = if to_make.contains(&SETTLEMENT) {
            let escrow = contracts.get(ESCROW).context("every contract is planned")?;
            Projects::of(chain, grid, &escrow.address, !to_make.contains(&ESCROW)).await?
        } else {
            Projects::default()
        };
        let mut wanted: BTreeMap<&str, Checksum> = BTreeMap::new();
        for contract in &to_make {
            let planned = contracts.get(*contract).context("every contract is planned")?;
            let checksum = artifacts::checksum(&planned.checksum);
            wanted.insert(
                contract,
                checksum.context("records.json: expected a checksum of 64 hex digits")?,
            );
        }
        let codes = codes::known(chain, &wanted, &grid.codes, state).await?;
        let missing = to_make
            .iter()
            .copied()
            .filter(|contract| !codes.contains_key(*contract));
        Ok(Self {
            to_store: missing.collect(),
            contracts,
            codes,
            to_make,
            projects,
        })
    }

    /// Whether nothing is left to send.
    pub fn is_done(&self) -> bool {
        self.to_make.is_empty()
    }

    /// Where the contracts are, or will be.
    ///
    /// # Errors
    /// None: every survey has all three.
    pub fn addresses(&self) -> Result<Addresses> {
        let of = |name: &str| {
            let contract = self.contracts.get(name).map(|contract| contract.address.clone());
            contract.with_context(|| format!("records.json: expected {name}, got none"))
        };
        Ok(Addresses {
            escrow: of(ESCROW)?,
            registry: of(REGISTRY)?,
            settlement: of(SETTLEMENT)?,
        })
    }

    /// The messages that make the missing contracts, once all codes are stored. Projects are opened between the escrow and the
    /// settlement, which asks for them.
    ///
    /// # Errors
    /// A code is not stored.
    pub fn instantiations(&self, chain: &Chain, grid: &GridFile, codes: &Codes) -> Result<Vec<Message>> {
        let at = self.addresses()?;
        let mut messages = Vec::new();
        for contract in &self.to_make {
            if *contract == SETTLEMENT {
                messages.extend(self.projects.messages(chain, &at.escrow)?);
            }
            let msg = match *contract {
                ESCROW => serde_json::to_vec(&grid.escrow_message())?,
                REGISTRY => serde_json::to_vec(&grid.registry_message(&at))?,
                _ => serde_json::to_vec(&grid.settlement_message(&at, &self.projects.hashes)?)?,
            };
            messages.push(Message::Instantiate2 {
                code_id: *codes
                    .get(*contract)
                    .with_context(|| format!("{contract} is not stored"))?,
                label: format!("gridpact {contract} {}", grid.name),
                msg,
                admin: grid.admin.clone(),
                salt: salt(&grid.name, contract).into_bytes(),
                funds: Vec::new(),
            });
        }
        Ok(messages)
    }
}

/// Readable, and the same for a grid of this name whoever asks: with creator and code it is the address.
fn salt(grid: &str, contract: &str) -> String {
    format!("{grid}/{contract}")
}

/// Where each contract is or will be. Contracts that exist stay where they are: new wasm in artifacts/ is then a matter of
/// `gridpact migrate`, not of other addresses.
fn contracts(
    chain: &Chain,
    grid: &GridFile,
    creator: &str,
    artifacts: &Artifacts,
    record: Option<&Record>,
) -> Result<BTreeMap<String, ContractRecord>> {
    if let Some(record) = record {
        return Ok(record.contracts.clone());
    }
    let mut contracts = BTreeMap::new();
    for contract in [ESCROW, REGISTRY, SETTLEMENT] {
        let planned = match (&grid.escrow, contract) {
            (EscrowPlan::At(address), ESCROW) => ContractRecord {
                address: address.clone(),
                checksum: hex(&artifacts.checksum(contract)?),
                salt: None,
            },
            _ => {
                let checksum = artifacts.checksum(contract)?;
                let salt = salt(&grid.name, contract);
                ContractRecord {
                    address: chain.predict(&checksum, creator, salt.as_bytes())?,
                    checksum: hex(&checksum),
                    salt: Some(salt),
                }
            }
        };
        contracts.insert(contract.to_owned(), planned);
    }
    Ok(contracts)
}
