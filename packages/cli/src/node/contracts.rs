//! The contracts' codes on a node, and the addresses that contracts will have.

use anyhow::{Context, Result};
use cosmwasm_std::Addr;
use gridpact_client::Message;
use gridpact_simulation::story_chain::{Code, NewContract};

use super::Node;
use crate::onchain::deploy::{Artifacts, Checksum};
use crate::onchain::{ESCROW, REGISTRY, SETTLEMENT};

/// The codes by the names of their wasm files.
const CODES: [(Code, &str); 3] = [
    (Code::Escrow, ESCROW),
    (Code::Registry, REGISTRY),
    (Code::Settlement, SETTLEMENT),
];

impl Node {
    /// Stores the contracts that the chain has not.
    pub(super) fn store(&mut self, artifacts: &Artifacts) -> Result<()> {
        let known = self.runtime.block_on(self.chain.codes())?;
        for (code, name) in CODES {
            let checksum = artifacts.checksum(name)?;
            let id = match known.iter().find(|code| code.checksum == checksum) {
                Some(code) => code.id,
                None => {
                    let wasm = artifacts.wasm(name)?;
                    let done = self
                        .runtime
                        .block_on(self.purse.send(&[Message::Store { wasm }]))?;
                    self.spending.add("store code", &done);
                    done.code_id().context("the chain names the code it stored")?
                }
            };
            self.codes.insert(code, (id, checksum));
        }
        Ok(())
    }

    /// The address that a contract of this code and label will have.
    pub(super) fn predicted(&self, code: Code, label: &str) -> Result<Addr> {
        let (_, checksum) = self.stored(code)?;
        let salt = self.of_this_run(label);
        let address = self.chain.predict(&checksum, self.purse.address(), &salt)?;
        Ok(Addr::unchecked(address))
    }

    /// Makes contracts, in one transaction.
    pub(super) fn make(&mut self, contracts: Vec<NewContract>) -> Result<()> {
        let mut all = Vec::with_capacity(contracts.len());
        for contract in contracts {
            all.push(Message::Instantiate2 {
                code_id: self.stored(contract.code)?.0,
                salt: self.of_this_run(&contract.label).to_vec(),
                label: contract.label,
                msg: contract.message,
                admin: None,
                funds: vec![],
            });
        }
        let done = self
            .runtime
            .block_on(self.purse.send(&all))
            .context("cannot deploy")?;
        self.spending.add("instantiate", &done);
        Ok(())
    }

    fn stored(&self, code: Code) -> Result<(u64, Checksum)> {
        let stored = self.codes.get(&code).copied();
        stored.context("a code that is not stored")
    }
}
