//! The node of a story: a devnet's chain with real transactions, many of them under way at once, and a clock that can be
//! moved.

mod as_story_chain;
mod contracts;
mod funding;
mod spending;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, Coin};
use gridpact_client::{Chain, Key, Network, Sender};
use gridpact_simulation::run::Currency;
use gridpact_simulation::story_chain::Code;
use gridpact_types::asset::Asset;
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::onchain::deploy::{Artifacts, Checksum};
use crate::onchain::exit::bad_argument;
use spending::Spending;

/// A chain reached through a node.
pub struct Node {
    runtime: Runtime,
    chain: Chain,
    /// Who pays for everybody.
    purse: Sender,
    /// Names this run: no other has its addresses.
    seed: [u8; 32],
    denom: String,
    codes: BTreeMap<Code, (u64, Checksum)>,
    people: RefCell<BTreeMap<Addr, Sender>>,
    funded: BTreeSet<Addr>,
    endowments: BTreeMap<Addr, Vec<Coin>>,
    now: u64,
    first_block: u64,
    spending: Spending,
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
        let denom = denom(&network, currency)?;
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
            funded: BTreeSet::new(),
            endowments: BTreeMap::new(),
            now: latest.time.0,
            first_block: latest.height,
            spending: Spending::default(),
        };
        node.store(&Artifacts::open(artifacts)?)?;
        Ok(node)
    }

    fn look(&mut self) -> Result<()> {
        self.now = self.runtime.block_on(self.chain.latest())?.time.0;
        Ok(())
    }

    fn sender(&self, who: &Addr) -> Result<Sender> {
        let people = self.people.borrow();
        people
            .get(who)
            .cloned()
            .with_context(|| format!("nobody of the story has the address {who}"))
    }

    /// 32 bytes that belong to this run and a name, and to no other.
    fn of_this_run(&self, name: &str) -> [u8; 32] {
        let bytes = Sha256::new().chain_update(self.seed).chain_update(name);
        bytes.finalize().into()
    }
}

/// The coin that the network file calls as the story's currency.
fn denom(network: &Network, currency: &Currency) -> Result<String> {
    match network.assets.get(&currency.name) {
        Some(named) if named.decimals == currency.decimals => match &named.asset {
            Asset::Native { denom } => Ok(denom.clone()),
            Asset::Cw20 { .. } => Err(bad_argument("the story is paid in a coin, not in a token")),
        },
        _ => Err(bad_argument(format!(
            "--currency: expected an asset of the network file, with its decimals, got {}:{}",
            currency.name, currency.decimals
        ))),
    }
}
