//! Where the story is played: a chain with the escrow on it, asked and told in the contracts' own messages.

use anyhow::{ensure, Result};
use cosmwasm_std::{coins, from_json, to_json_vec, Addr, Coin};
use gridpact_types::asset::Asset;
use gridpact_types::{escrow, registry, settlement};
use gridpact_units::Amount;
use serde::{de::DeserializeOwned, Serialize};

use crate::run::Spent;
use crate::story_chain::{Call, Code, NewContract, StoryChain};

/// The chain and the escrow, which serves all projects.
pub struct Stage {
    chain: Box<dyn StoryChain>,
    /// The escrow.
    pub escrow: Addr,
}

/// One message of many that do not wait for each other.
pub struct Step {
    /// When, at the earliest.
    pub at: Option<u64>,
    /// Who sends it.
    pub who: Addr,
    /// To which contract.
    pub to: Addr,
    /// The message, JSON.
    pub message: Vec<u8>,
    /// Money sent with it.
    pub pays: Amount,
}

impl Step {
    /// A message.
    pub fn new(who: &Addr, to: &Addr, message: &impl Serialize, pays: Amount) -> Result<Self> {
        Ok(Self {
            at: None,
            who: who.clone(),
            to: to.clone(),
            message: to_json_vec(message)?,
            pays,
        })
    }
}

impl Stage {
    /// Goes on to the time the story begins, and makes the escrow.
    pub fn open(mut chain: Box<dyn StoryChain>, begin: u64) -> Result<Self> {
        const LABEL: &str = "pledge-escrow";
        chain.advance_to(begin)?;
        let escrow = chain.predict(Code::Escrow, LABEL)?;
        let message = escrow::messages::InstantiateMsg {
            assets: vec![Asset::native(chain.coin())],
        };
        chain.instantiate(vec![NewContract {
            code: Code::Escrow,
            label: LABEL.to_owned(),
            message: to_json_vec(&message)?,
        }])?;
        Ok(Self { chain, escrow })
    }

    /// The chain's name: part of what oracles sign.
    pub fn chain_id(&self) -> &str {
        self.chain.id()
    }

    /// What it cost so far; nothing inside the program.
    pub fn spent(&self) -> Result<Option<Spent>> {
        self.chain.spent()
    }

    /// The coin everything is paid in.
    pub fn asset(&self) -> Asset {
        Asset::native(self.chain.coin())
    }

    /// Coins of a kind that the escrow does not take.
    pub fn foreign_coins(&self, amount: Amount) -> Vec<Coin> {
        coins(amount.0, self.chain.foreign_coin())
    }

    /// An address of this name.
    pub fn address(&self, name: &str) -> Result<Addr> {
        self.chain.account(name)
    }

    /// Gives an address money to begin with.
    pub fn endow(&mut self, to: &Addr, amount: Amount) -> Result<()> {
        self.endow_coins(to, self.coins(amount))
    }

    /// Gives an address coins of any kind.
    pub fn endow_coins(&mut self, to: &Addr, amount: Vec<Coin>) -> Result<()> {
        if amount.is_empty() {
            return Ok(());
        }
        self.chain.endow(to, amount)
    }

    fn coins(&self, amount: Amount) -> Vec<Coin> {
        if amount.is_zero() {
            vec![]
        } else {
            coins(amount.0, self.chain.coin())
        }
    }

    /// Now, in unix seconds.
    pub fn now(&self) -> u64 {
        self.chain.now()
    }

    /// Goes on to a time.
    pub fn at(&mut self, time: u64) -> Result<()> {
        self.chain.advance_to(time)
    }

    /// Sends a message with money.
    pub fn execute(&mut self, who: &Addr, to: &Addr, message: &impl Serialize, pays: Amount) -> Result<()> {
        self.execute_each(vec![Step::new(who, to, message, pays)?])
    }

    /// Sends a message with any coins.
    pub fn execute_with(
        &mut self,
        who: &Addr,
        to: &Addr,
        message: &impl Serialize,
        funds: Vec<Coin>,
    ) -> Result<()> {
        self.chain.execute(vec![Call {
            at: None,
            sender: who.clone(),
            contract: to.clone(),
            message: to_json_vec(message)?,
            funds,
        }])
    }

    /// Sends messages that do not wait for each other.
    pub fn execute_each(&mut self, steps: Vec<Step>) -> Result<()> {
        let calls = steps.into_iter().map(|step| Call {
            at: step.at,
            sender: step.who,
            contract: step.to,
            message: step.message,
            funds: self.coins(step.pays),
        });
        let calls = calls.collect();
        self.chain.execute(calls)
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, question: &impl Serialize) -> Result<T> {
        let answer = self.chain.query(contract, &to_json_vec(question)?)?;
        Ok(from_json(answer)?)
    }

    /// Asks a contract for a list, page by page: `ask` makes the question for what comes after an entry, `take` keeps a page
    /// and tells after which entry the next one begins, none where it was the last.
    pub fn pages<After, Page: DeserializeOwned, Question: Serialize>(
        &self,
        contract: &Addr,
        ask: impl Fn(Option<After>) -> Question,
        mut take: impl FnMut(Page) -> Result<Option<After>>,
    ) -> Result<()> {
        let mut after = None;
        loop {
            after = take(self.query(contract, &ask(after))?)?;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// What an address holds.
    pub fn balance(&self, of: &Addr) -> Result<Amount> {
        self.chain.balance(of, self.chain.coin()).map(Amount)
    }

    /// Deploys a grid: both addresses are known before either contract exists.
    pub fn deploy_grid(
        &mut self,
        name: &str,
        registry: impl FnOnce(&Addr) -> registry::messages::InstantiateMsg,
        settlement: impl FnOnce(&Addr) -> settlement::messages::InstantiateMsg,
    ) -> Result<(Addr, Addr)> {
        let (of_registry, of_settlement) = (format!("{name} registry"), format!("{name} settlement"));
        let registry_addr = self.chain.predict(Code::Registry, &of_registry)?;
        let settlement_addr = self.chain.predict(Code::Settlement, &of_settlement)?;
        self.chain.instantiate(vec![
            NewContract {
                code: Code::Registry,
                label: of_registry,
                message: to_json_vec(&registry(&settlement_addr))?,
            },
            NewContract {
                code: Code::Settlement,
                label: of_settlement,
                message: to_json_vec(&settlement(&registry_addr))?,
            },
        ])?;
        let made: registry::answers::ConfigResponse =
            self.query(&registry_addr, &registry::queries::QueryMsg::Config {})?;
        ensure!(
            made.settlement == settlement_addr.as_str(),
            "instantiate2 gave other addresses"
        );
        Ok((registry_addr, settlement_addr))
    }
}
