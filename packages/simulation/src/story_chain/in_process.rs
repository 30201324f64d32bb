//! The chain inside the program: cw-multi-test, and time that only goes forward.

use anyhow::{bail, ensure, Context, Result};
use cosmwasm_std::{
    instantiate2_address, to_json_vec, Addr, Api, BlockInfo, Coin, ContractResult, Empty, Querier,
    QueryRequest, SystemResult, Timestamp, WasmMsg, WasmQuery,
};
use cw_multi_test::{App, BankSudo, ContractWrapper, Executor, SudoMsg};

use super::{Call, Code, NewContract, StoryChain};
use crate::run::{Currency, Spent};

/// The chain's name: part of what oracles sign.
const CHAIN_ID: &str = "gridpact-simulation";

/// A chain that lives as long as this value. It begins in 1970 and goes on to any time.
pub struct InProcess {
    app: App,
    codes: [(Code, u64); 3],
    deployer: Addr,
    coin: String,
}

impl InProcess {
    /// A chain with the contracts' code on it, where everything is paid in this currency's coin.
    pub fn new(currency: &Currency) -> Self {
        let mut app = App::default();
        app.set_block(BlockInfo {
            height: 1,
            time: Timestamp::from_seconds(0),
            chain_id: CHAIN_ID.to_owned(),
        });
        let escrow = app.store_code(Box::new(ContractWrapper::new(
            pledge_escrow::contract::execute,
            pledge_escrow::contract::instantiate,
            pledge_escrow::contract::query,
        )));
        let registry = app.store_code(Box::new(ContractWrapper::new(
            meter_registry::contract::execute,
            meter_registry::contract::instantiate,
            meter_registry::contract::query,
        )));
        let settlement = app.store_code(Box::new(ContractWrapper::new(
            energy_settlement::contract::execute,
            energy_settlement::contract::instantiate,
            energy_settlement::contract::query,
        )));
        Self {
            deployer: app.api().addr_make("deployer"),
            app,
            codes: [
                (Code::Escrow, escrow),
                (Code::Registry, registry),
                (Code::Settlement, settlement),
            ],
            coin: format!("u{}", currency.name.to_lowercase()),
        }
    }

    fn code_id(&self, code: Code) -> Result<u64> {
        let found = self.codes.iter().find(|(stored, _)| *stored == code);
        let (_, id) = found.context("a code that is not stored")?;
        Ok(*id)
    }
}

impl StoryChain for InProcess {
    fn id(&self) -> &str {
        CHAIN_ID
    }

    fn coin(&self) -> &str {
        &self.coin
    }

    fn foreign_coin(&self) -> &str {
        // The story's coin begins with another letter, whatever the currency is called.
        "foreign"
    }

    fn account(&self, name: &str) -> Result<Addr> {
        Ok(self.app.api().addr_make(name))
    }

    fn endow(&mut self, account: &Addr, amount: Vec<Coin>) -> Result<()> {
        self.app.sudo(SudoMsg::Bank(BankSudo::Mint {
            to_address: account.to_string(),
            amount,
        }))?;
        Ok(())
    }

    fn now(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    fn advance_to(&mut self, time: u64) -> Result<()> {
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
                height: height.saturating_add(1),
                time: Timestamp::from_seconds(time),
                chain_id,
            });
        }
        Ok(())
    }

    fn execute(&mut self, calls: Vec<Call>) -> Result<()> {
        for call in calls {
            if let Some(time) = call.at {
                self.advance_to(time)?;
            }
            let message = WasmMsg::Execute {
                contract_addr: call.contract.into_string(),
                msg: call.message.into(),
                funds: call.funds,
            };
            self.app.execute(call.sender, message.into())?;
        }
        Ok(())
    }

    fn query(&self, contract: &Addr, question: &[u8]) -> Result<Vec<u8>> {
        let request: QueryRequest<Empty> = QueryRequest::Wasm(WasmQuery::Smart {
            contract_addr: contract.to_string(),
            msg: question.into(),
        });
        match self.app.raw_query(&to_json_vec(&request)?) {
            SystemResult::Ok(ContractResult::Ok(answer)) => Ok(answer.into()),
            SystemResult::Ok(ContractResult::Err(refusal)) => bail!(refusal),
            SystemResult::Err(error) => Err(error.into()),
        }
    }

    fn balance(&self, account: &Addr, coin: &str) -> Result<u128> {
        Ok(self.app.wrap().query_balance(account, coin)?.amount.u128())
    }

    fn predict(&self, code: Code, label: &str) -> Result<Addr> {
        let code = self.app.wrap().query_wasm_code_info(self.code_id(code)?)?;
        let creator = self.app.api().addr_canonicalize(self.deployer.as_str())?;
        let address = instantiate2_address(code.checksum.as_slice(), &creator, label.as_bytes())?;
        Ok(self.app.api().addr_humanize(&address)?)
    }

    fn instantiate(&mut self, contracts: Vec<NewContract>) -> Result<()> {
        for contract in contracts {
            let message = WasmMsg::Instantiate2 {
                admin: None,
                code_id: self.code_id(contract.code)?,
                label: contract.label.clone(),
                msg: contract.message.into(),
                funds: vec![],
                salt: contract.label.as_bytes().into(),
            };
            self.app
                .execute(self.deployer.clone(), message.into())
                .with_context(|| format!("cannot deploy the {}", contract.label))?;
        }
        Ok(())
    }

    fn spent(&self) -> Result<Option<Spent>> {
        Ok(None)
    }
}
