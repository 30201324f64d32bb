//! The contracts' codes on a node, and the addresses that contracts will have.

use anyhow::{Context, Result};
use cosmwasm_std::Addr;
use gridpact_client::Message;
use sha2::{Digest, Sha256};

use super::Node;
use crate::onchain::deploy::{Artifacts, Checksum};
use crate::onchain::{ESCROW, REGISTRY, SETTLEMENT};

impl Node {
    /// Stores the contracts that the chain has not.
    pub(super) fn store(&mut self, artifacts: &Artifacts) -> Result<()> {
        let known = self.runtime.block_on(self.chain.codes())?;
        for name in [ESCROW, REGISTRY, SETTLEMENT] {
            let checksum = artifacts.checksum(name)?;
            let id = match known.iter().find(|code| code.checksum == checksum) {
                Some(code) => code.id,
                None => {
                    let wasm = artifacts.wasm(name)?;
                    let done = self
                        .runtime
                        .block_on(self.purse.send(&[Message::Store { wasm }]))?;
                    self.ledger.add("store code", &done);
                    done.code_id().context("the chain names the code it stored")?
                }
            };
            self.codes.insert(name, (id, checksum));
        }
        Ok(())
    }

    /// The addresses that contracts of these codes and salts will have.
    pub(super) fn predicted<const N: usize>(&self, codes: [&str; N], salts: [&str; N]) -> Result<[Addr; N]> {
        let mut predicted = Vec::with_capacity(N);
        for (code, salt) in codes.into_iter().zip(salts) {
            let (_, checksum) = self.code(code)?;
            let address = self
                .chain
                .predict(&checksum, self.purse.address(), &self.salt(salt))?;
            predicted.push(Addr::unchecked(address));
        }
        predicted.try_into().ok().context("one address a code")
    }

    /// Makes contracts, in one transaction.
    pub(super) fn make_all<const N: usize>(
        &mut self,
        codes: [&str; N],
        salts: [&str; N],
        messages: [Vec<u8>; N],
    ) -> Result<()> {
        let mut all = Vec::with_capacity(N);
        for ((code, salt), msg) in codes.into_iter().zip(salts).zip(messages) {
            all.push(Message::Instantiate2 {
                code_id: self.code(code)?.0,
                label: salt.to_owned(),
                msg,
                admin: None,
                salt: self.salt(salt),
                funds: vec![],
            });
        }
        let done = self
            .runtime
            .block_on(self.purse.send(&all))
            .context("cannot deploy")?;
        self.ledger.add("instantiate", &done);
        Ok(())
    }

    fn code(&self, name: &str) -> Result<(u64, Checksum)> {
        self.codes
            .get(name)
            .copied()
            .with_context(|| format!("{name} is not stored"))
    }

    /// Of this run and no other.
    fn salt(&self, name: &str) -> Vec<u8> {
        Sha256::new()
            .chain_update(self.seed)
            .chain_update(name)
            .finalize()
            .to_vec()
    }
}
