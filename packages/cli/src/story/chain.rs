//! The chain inside the program: cw-multi-test with one native coin, and time that only goes forward.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{coins, instantiate2_address, Addr, Api, BlockInfo, Coin, Timestamp};
use cw_multi_test::{App, AppResponse, BankSudo, ContractWrapper, Executor, SudoMsg};
use gridpact_types::{escrow, Asset};
use gridpact_units::{Amount, UnixSeconds};
use serde::{de::DeserializeOwned, Serialize};

use crate::run::Currency;

/// The chain's name: part of what oracles sign.
pub const CHAIN_ID: &str = "gridpact-simulation";

/// Codes of the contracts.
#[derive(Clone, Copy)]
struct Codes {
    registry: u64,
    settlement: u64,
}

/// The chain.
pub struct Chain {
    app: App,
    codes: Codes,
    deployer: Addr,
    denom: String,
    /// The escrow, which serves all projects.
    pub escrow: Addr,
}

impl Chain {
    /// A chain at a time, with the escrow deployed.
    pub fn new(currency: &Currency, start: u64) -> Result<Self> {
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
        let denom = format!("u{}", currency.name.to_lowercase());
        let message = escrow::InstantiateMsg {
            assets: vec![Asset::native(&denom)],
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
        Ok(Self {
            app,
            codes,
            deployer,
            denom,
            escrow,
        })
    }

    /// The coin everything is paid in.
    pub fn asset(&self) -> Asset {
        Asset::native(&self.denom)
    }

    /// An address of this name.
    pub fn address(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    /// Gives an address money to begin with.
    pub fn endow(&mut self, to: &Addr, amount: Amount) -> Result<()> {
        self.endow_coin(to, self.coins(amount))
    }

    /// Gives an address coins of any kind.
    pub fn endow_coin(&mut self, to: &Addr, amount: Vec<Coin>) -> Result<()> {
        if !amount.is_empty() {
            self.app.sudo(SudoMsg::Bank(BankSudo::Mint {
                to_address: to.to_string(),
                amount,
            }))?;
        }
        Ok(())
    }

    fn coins(&self, amount: Amount) -> Vec<Coin> {
        if amount.is_zero() {
            vec![]
        } else {
            coins(amount.0, &self.denom)
        }
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

    /// Sends a message with money.
    pub fn execute(
        &mut self,
        who: &Addr,
        to: &Addr,
        message: &impl Serialize,
        pays: Amount,
    ) -> Result<AppResponse> {
        let funds = self.coins(pays);
        self.execute_with(who, to, message, &funds)
    }

    /// Sends a message with any coins.
    pub fn execute_with(
        &mut self,
        who: &Addr,
        to: &Addr,
        message: &impl Serialize,
        funds: &[Coin],
    ) -> Result<AppResponse> {
        // The executor wants `Debug` of its message; the JSON goes through as it is.
        let message = cosmwasm_std::to_json_binary(message)?;
        let message = cosmwasm_std::WasmMsg::Execute {
            contract_addr: to.to_string(),
            msg: message,
            funds: funds.to_vec(),
        };
        self.app.execute(who.clone(), message.into())
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, question: &impl Serialize) -> Result<T> {
        Ok(self.app.wrap().query_wasm_smart(contract, question)?)
    }

    /// What an address holds.
    pub fn balance(&self, of: &Addr) -> Result<Amount> {
        Ok(Amount(
            self.app.wrap().query_balance(of, &self.denom)?.amount.u128(),
        ))
    }

    /// Deploys a grid: both addresses are known before either contract exists.
    pub fn deploy_grid(
        &mut self,
        name: &str,
        registry: impl FnOnce(&Addr) -> gridpact_types::registry::InstantiateMsg,
        settlement: impl FnOnce(&Addr) -> gridpact_types::settlement::InstantiateMsg,
    ) -> Result<(Addr, Addr)> {
        let salts = [format!("{name} registry"), format!("{name} settlement")];
        let registry_addr = self.predict(self.codes.registry, &salts[0])?;
        let settlement_addr = self.predict(self.codes.settlement, &salts[1])?;
        let settlement = settlement(&registry_addr);
        let registry = registry(&settlement_addr);
        let deployer = self.deployer.clone();
        let made = [
            self.app
                .instantiate2_contract(
                    self.codes.settlement,
                    deployer.clone(),
                    &settlement,
                    &[],
                    &salts[1],
                    None,
                    salts[1].as_bytes(),
                )
                .context("cannot deploy the settlement")?,
            self.app
                .instantiate2_contract(
                    self.codes.registry,
                    deployer,
                    &registry,
                    &[],
                    &salts[0],
                    None,
                    salts[0].as_bytes(),
                )
                .context("cannot deploy the registry")?,
        ];
        ensure!(
            made == [settlement_addr.clone(), registry_addr.clone()],
            "instantiate2 gave other addresses"
        );
        Ok((registry_addr, settlement_addr))
    }

    fn predict(&self, code: u64, salt: &str) -> Result<Addr> {
        let checksum = self.app.wrap().query_wasm_code_info(code)?.checksum;
        let creator = self.app.api().addr_canonicalize(self.deployer.as_str())?;
        let address = instantiate2_address(checksum.as_slice(), &creator, salt.as_bytes())?;
        Ok(self.app.api().addr_humanize(&address)?)
    }
}

/// A moment of the story as contracts write it.
pub fn moment(seconds: u64) -> UnixSeconds {
    UnixSeconds(seconds)
}
