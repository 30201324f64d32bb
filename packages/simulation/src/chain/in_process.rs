//! The chain inside the program: cw-multi-test, and time that only goes forward.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{instantiate2_address, Addr, Api, BlockInfo, Coin, Timestamp, WasmMsg};
use cw_multi_test::{App, BankSudo, ContractWrapper, Executor, SudoMsg};
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use serde::{de::DeserializeOwned, Serialize};

/// The chain's name: part of what oracles sign.
pub const CHAIN_ID: &str = "gridpact-simulation";

/// Codes of the contracts.
#[derive(Clone, Copy)]
struct Codes {
    registry: u64,
    settlement: u64,
}

/// The chain.
pub struct Local {
    app: App,
    codes: Codes,
    deployer: Addr,
}

impl Local {
    /// A chain at a time, with the escrow deployed; also the escrow's address.
    pub fn new(denom: &str, start: u64) -> Result<(Self, Addr)> {
        let mut app = App::default();
        let time = Timestamp::from_seconds(start);
        app.set_block(BlockInfo {
            height: 1,
            time,
            chain_id: CHAIN_ID.to_owned(),
        });
        let escrow_code = app.store_code(Box::new(ContractWrapper::new(
            pledge_escrow::contract::execute,
            pledge_escrow::contract::instantiate,
            pledge_escrow::contract::query,
        )));
        let codes = Codes {
            registry: app.store_code(Box::new(ContractWrapper::new(
                meter_registry::contract::execute,
                meter_registry::contract::instantiate,
                meter_registry::contract::query,
            ))),
            settlement: app.store_code(Box::new(ContractWrapper::new(
                energy_settlement::contract::execute,
                energy_settlement::contract::instantiate,
                energy_settlement::contract::query,
            ))),
        };
        let deployer = app.api().addr_make("deployer");
        let message = escrow::messages::InstantiateMsg {
            assets: vec![Asset::native(denom)],
        };
        let escrow = app
            .instantiate_contract(
                escrow_code,
                deployer.clone(),
                &message,
                &[],
                "pledge-escrow",
                None,
            )
            .context("cannot deploy the escrow")?;
        let chain = Self { app, codes, deployer };
        Ok((chain, escrow))
    }

    /// An address of this name.
    pub fn address(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    /// Gives an address coins to begin with.
    pub fn endow(&mut self, to: &Addr, amount: Vec<Coin>) -> Result<()> {
        self.app.sudo(SudoMsg::Bank(BankSudo::Mint {
            to_address: to.to_string(),
            amount,
        }))?;
        Ok(())
    }

    /// Now, in unix seconds.
    pub fn now(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    /// Goes on to a time.
    pub fn at(&mut self, time: u64) -> Result<()> {
        let BlockInfo {
            height,
            time: now,
            chain_id,
        } = self.app.block_info();
        ensure!(
            time >= now.seconds(),
            "the story cannot go back from {now} to {time}"
        );
        if time > now.seconds() {
            self.app.set_block(BlockInfo {
                height: height + 1,
                time: Timestamp::from_seconds(time),
                chain_id,
            });
        }
        Ok(())
    }

    /// Sends a message, JSON, with coins.
    pub fn execute(&mut self, who: &Addr, to: &Addr, message: Vec<u8>, funds: Vec<Coin>) -> Result<()> {
        let message = WasmMsg::Execute {
            contract_addr: to.to_string(),
            msg: message.into(),
            funds,
        };
        self.app.execute(who.clone(), message.into())?;
        Ok(())
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, question: &impl Serialize) -> Result<T> {
        Ok(self.app.wrap().query_wasm_smart(contract, question)?)
    }

    /// What an address holds of a coin.
    pub fn balance(&self, of: &Addr, denom: &str) -> Result<u128> {
        Ok(self.app.wrap().query_balance(of, denom)?.amount.u128())
    }

    /// The addresses that a grid's registry and settlement will have.
    pub fn predict(&self, salts: [&str; 2]) -> Result<[Addr; 2]> {
        let predict = |code: u64, salt: &str| -> Result<Addr> {
            let checksum = self.app.wrap().query_wasm_code_info(code)?.checksum;
            let creator = self.app.api().addr_canonicalize(self.deployer.as_str())?;
            let address = instantiate2_address(checksum.as_slice(), &creator, salt.as_bytes())?;
            Ok(self.app.api().addr_humanize(&address)?)
        };
        let [registry, settlement] = salts;
        Ok([
            predict(self.codes.registry, registry)?,
            predict(self.codes.settlement, settlement)?,
        ])
    }

    /// Makes both.
    pub fn make(&mut self, salts: [&str; 2], messages: [Vec<u8>; 2]) -> Result<()> {
        let codes = [self.codes.registry, self.codes.settlement];
        for ((code_id, salt), msg) in codes.into_iter().zip(salts).zip(messages) {
            let message = WasmMsg::Instantiate2 {
                admin: None,
                code_id,
                label: salt.to_owned(),
                msg: msg.into(),
                funds: vec![],
                salt: salt.as_bytes().into(),
            };
            self.app
                .execute(self.deployer.clone(), message.into())
                .with_context(|| format!("cannot deploy the {salt}"))?;
        }
        Ok(())
    }
}
