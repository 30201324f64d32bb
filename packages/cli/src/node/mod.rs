//! A devnet's node: real transactions, many of them under way at once, and a clock that can be moved.

mod contracts;
mod money;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, Coin};
use gridpact_client::{Chain, Key, Message, Network, Options, Sender, Transaction};
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use serde::{de::DeserializeOwned, Serialize};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use super::spent::{kind_of, Ledger};
use super::Step;
use crate::onchain::deploy::{Artifacts, Checksum};
use crate::onchain::exit::bad_argument;
use crate::onchain::{ESCROW, REGISTRY, SETTLEMENT};
use crate::run::{Currency, Spent};

/// Messages of one kind that are under way together: the gas of the first, times this, holds for the last, which finds longer
/// lists than the first was simulated with.
const GAS_FACTOR: u64 = 4;
/// Most gas of one of them: ten fit a block.
const MOST_GAS: u64 = 10_000_000;

/// A chain reached through a node.
pub struct Node {
    runtime: Runtime,
    chain: Chain,
    /// Who pays for everybody.
    purse: Sender,
    /// Names this run: no other has its addresses.
    seed: [u8; 32],
    denom: String,
    codes: BTreeMap<&'static str, (u64, Checksum)>,
    people: RefCell<BTreeMap<Addr, Sender>>,
    funded: BTreeMap<Addr, bool>,
    endowments: BTreeMap<Addr, Vec<Coin>>,
    now: u64,
    first_block: u64,
    ledger: Ledger,
}

impl Node {
    /// Connects, and stores the contracts where the chain has them not.
    ///
    /// # Errors
    /// Not a devnet, another coin than the currency, no wasm, no answer.
    pub fn connect(network: Network, purse: Key, artifacts: &Path, currency: &Currency) -> Result<Self> {
        if network.clock.is_none() {
            return Err(bad_argument(format!(
                "the story takes months: expected a devnet, whose clock can be moved (`clock` in its network file), got {}",
                network.chain_id
            )));
        }
        let denom = match network.assets.get(&currency.name) {
            Some(named) if named.decimals == currency.decimals => match &named.asset {
                Asset::Native { denom } => denom.clone(),
                Asset::Cw20 { .. } => {
                    return Err(bad_argument("the story is paid in a coin, not in a token"))
                }
            },
            _ => {
                return Err(bad_argument(format!(
                    "--currency: expected an asset of the network file, with its decimals, got {}:{}",
                    currency.name, currency.decimals
                )))
            }
        };
        let runtime = Runtime::new().context("starting the runtime")?;
        let chain = runtime.block_on(Chain::connect(network))?;
        let latest = runtime.block_on(chain.latest())?;
        let purse = Sender::new(chain.clone(), purse);
        let run = format!(
            "{} {} {:?}",
            purse.address(),
            latest.height,
            std::time::SystemTime::now()
        );
        let mut node = Self {
            runtime,
            chain,
            purse,
            seed: Sha256::digest(run).into(),
            denom,
            codes: BTreeMap::new(),
            people: RefCell::default(),
            funded: BTreeMap::new(),
            endowments: BTreeMap::new(),
            now: latest.time.0,
            first_block: latest.height,
            ledger: Ledger::default(),
        };
        node.store(&Artifacts::open(artifacts)?)?;
        Ok(node)
    }

    /// Goes on to the time the story begins and makes the escrow.
    pub fn begin(&mut self, start: u64) -> Result<Addr> {
        self.at(start)?;
        let [escrow] = self.predicted([ESCROW], ["pledge-escrow"])?;
        let message = escrow::messages::InstantiateMsg {
            assets: vec![Asset::native(&self.denom)],
        };
        self.make_all(
            [ESCROW],
            ["pledge-escrow"],
            [cosmwasm_std::to_json_vec(&message)?],
        )?;
        Ok(escrow)
    }

    /// The chain's name.
    pub fn id(&self) -> &str {
        &self.chain.network().chain_id
    }

    /// The story's coin.
    pub fn denom(&self) -> &str {
        &self.denom
    }

    /// The coin that fees are paid in.
    pub fn fee_denom(&self) -> &str {
        &self.chain.network().gas_price.denom
    }

    /// What it cost so far.
    pub fn spent(&self) -> Result<Spent> {
        let latest = self.runtime.block_on(self.chain.latest())?.height;
        Ok(self
            .ledger
            .spent(self.id(), self.fee_denom(), latest - self.first_block))
    }

    /// Somebody's address, with a key made of the run and the name.
    pub fn address(&self, name: &str) -> Result<Addr> {
        let secret = Sha256::new()
            .chain_update(self.seed)
            .chain_update(name)
            .finalize();
        let key = Key::from_secret(&secret.into(), &self.chain.network().prefix)?;
        let address = Addr::unchecked(key.address());
        let mut people = self.people.borrow_mut();
        let sender = || Sender::new(self.chain.clone(), key);
        people.entry(address.clone()).or_insert_with(sender);
        Ok(address)
    }

    /// Gives somebody coins, with the next message at the latest.
    pub fn endow(&mut self, to: &Addr, amount: Vec<Coin>) {
        self.endowments.entry(to.clone()).or_default().extend(amount);
    }

    /// The time of the newest block known.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Goes on to a time, if it is not past already.
    pub fn at(&mut self, time: u64) -> Result<()> {
        self.look()?;
        if time > self.now {
            let block = self.runtime.block_on(self.chain.advance(time - self.now))?;
            self.now = block.time.0;
        }
        Ok(())
    }

    fn look(&mut self) -> Result<()> {
        self.now = self.runtime.block_on(self.chain.latest())?.time.0;
        Ok(())
    }

    /// Sends one message and waits for its block.
    pub fn execute(&mut self, who: &Addr, to: &Addr, message: Vec<u8>, funds: Vec<Coin>) -> Result<()> {
        self.fund([who])?;
        let kind = kind_of(&message);
        let sender = self.sender(who)?;
        let message = execute(to, message, funds);
        let done = self.runtime.block_on(sender.send(&[message]))?;
        self.ledger.add(&kind, &done);
        self.look()
    }

    /// Sends many, waits for all.
    pub fn execute_each(&mut self, steps: Vec<(Step, Vec<Coin>)>) -> Result<()> {
        let Some((first, _)) = steps.first() else {
            return Ok(());
        };
        self.fund(steps.iter().map(|(step, _)| &step.who))?;
        if let Some(time) = steps.iter().filter_map(|(step, _)| step.at).max() {
            self.at(time)?;
        }
        let estimate = {
            let (step, funds) = steps.first().context("no step")?;
            let message = execute(&step.to, step.message.clone(), funds.clone());
            self.runtime
                .block_on(self.sender(&first.who)?.estimate(&[message]))?
        };
        let options = Options {
            gas: Some(estimate.gas.saturating_mul(GAS_FACTOR).min(MOST_GAS)),
            ..Options::default()
        };
        let mut waiting = Vec::with_capacity(steps.len());
        for (step, funds) in steps {
            let sender = self.sender(&step.who)?.with_options(options.clone());
            let kind = kind_of(&step.message);
            let message = execute(&step.to, step.message, funds);
            let submitted = self.runtime.block_on(sender.submit(&[message]))?;
            waiting.push((kind, submitted));
        }
        for (kind, submitted) in waiting {
            let done: Transaction = self.runtime.block_on(self.chain.wait(&submitted))?;
            self.ledger.add(&kind, &done);
            done.result().with_context(|| kind)?;
        }
        self.look()
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, question: &impl Serialize) -> Result<T> {
        Ok(self
            .runtime
            .block_on(self.chain.query(contract.as_str(), question))?)
    }

    /// What an address holds of a coin.
    pub fn balance(&self, of: &Addr, denom: &str) -> Result<u128> {
        Ok(self.runtime.block_on(self.chain.balance(of.as_str(), denom))?)
    }

    /// The addresses that a grid's registry and settlement will have.
    pub fn predict(&self, salts: [&str; 2]) -> Result<[Addr; 2]> {
        self.predicted([REGISTRY, SETTLEMENT], salts)
    }

    /// Makes both, in one transaction.
    pub fn make(&mut self, salts: [&str; 2], messages: [Vec<u8>; 2]) -> Result<()> {
        self.make_all([REGISTRY, SETTLEMENT], salts, messages)
    }

    fn sender(&self, who: &Addr) -> Result<Sender> {
        let people = self.people.borrow();
        people
            .get(who)
            .cloned()
            .with_context(|| format!("nobody of the story has the address {who}"))
    }
}

fn execute(to: &Addr, msg: Vec<u8>, funds: Vec<Coin>) -> Message {
    Message::Execute {
        contract: to.to_string(),
        msg,
        funds,
    }
}
