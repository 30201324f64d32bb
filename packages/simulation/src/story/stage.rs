//! The chain that the story happens on: inside the program, or a devnet's node. The story does not know which.

mod local;
mod node;
mod spent;

use anyhow::{ensure, Result};
use cosmwasm_std::{coins, Addr, Coin};
use gridpact_types::asset::Asset;
use gridpact_types::{registry, settlement};
use gridpact_units::{Amount, UnixSeconds};
use serde::{de::DeserializeOwned, Serialize};

use crate::run::{Currency, Spent};
use local::Local;

pub use node::Node;

/// The chain.
pub struct Chain {
    backend: Backend,
    denom: String,
    /// The escrow, which serves all projects.
    pub escrow: Addr,
}

enum Backend {
    Local(Box<Local>),
    Node(Box<Node>),
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
            message: cosmwasm_std::to_json_vec(message)?,
            pays,
        })
    }
}

impl Chain {
    /// A chain inside the program at a time, with the escrow deployed.
    pub fn local(currency: &Currency, start: u64) -> Result<Self> {
        let denom = format!("u{}", currency.name.to_lowercase());
        let (local, escrow) = Local::new(&denom, start)?;
        Ok(Self {
            backend: Backend::Local(Box::new(local)),
            denom,
            escrow,
        })
    }

    /// A devnet, at a time at the earliest, with the escrow deployed.
    pub fn node(mut node: Node, start: u64) -> Result<Self> {
        let escrow = node.begin(start)?;
        Ok(Self {
            denom: node.denom().to_owned(),
            backend: Backend::Node(Box::new(node)),
            escrow,
        })
    }

    /// The chain's name: part of what oracles sign.
    pub fn id(&self) -> &str {
        match &self.backend {
            Backend::Local(_) => local::CHAIN_ID,
            Backend::Node(node) => node.id(),
        }
    }

    /// What it cost; nothing inside the program.
    pub fn spent(&self) -> Result<Option<Spent>> {
        match &self.backend {
            Backend::Local(_) => Ok(None),
            Backend::Node(node) => node.spent().map(Some),
        }
    }

    /// The coin everything is paid in.
    pub fn asset(&self) -> Asset {
        Asset::native(&self.denom)
    }

    /// A coin that the escrow does not take.
    pub fn foreign_coin(&self) -> &str {
        match &self.backend {
            Backend::Local(_) => "uforeign",
            // Fees are paid in another coin than the story's.
            Backend::Node(node) => node.fee_denom(),
        }
    }

    /// An address of this name.
    pub fn address(&self, name: &str) -> Result<Addr> {
        match &self.backend {
            Backend::Local(local) => Ok(local.address(name)),
            Backend::Node(node) => node.address(name),
        }
    }

    /// Gives an address money to begin with.
    pub fn endow(&mut self, to: &Addr, amount: Amount) -> Result<()> {
        self.endow_coin(to, self.coins(amount))
    }

    /// Gives an address coins of any kind.
    pub fn endow_coin(&mut self, to: &Addr, amount: Vec<Coin>) -> Result<()> {
        if amount.is_empty() {
            return Ok(());
        }
        match &mut self.backend {
            Backend::Local(local) => local.endow(to, amount),
            Backend::Node(node) => {
                node.endow(to, amount);
                Ok(())
            }
        }
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
        match &self.backend {
            Backend::Local(local) => local.now(),
            Backend::Node(node) => node.now(),
        }
    }

    /// Goes on to a time: to that very second inside the program, to the first block that is not before it on a node.
    pub fn at(&mut self, time: u64) -> Result<()> {
        match &mut self.backend {
            Backend::Local(local) => local.at(time),
            Backend::Node(node) => node.at(time),
        }
    }

    /// Sends a message with money.
    pub fn execute(&mut self, who: &Addr, to: &Addr, message: &impl Serialize, pays: Amount) -> Result<()> {
        let funds = self.coins(pays);
        self.execute_with(who, to, message, funds)
    }

    /// Sends a message with any coins.
    pub fn execute_with(
        &mut self,
        who: &Addr,
        to: &Addr,
        message: &impl Serialize,
        funds: Vec<Coin>,
    ) -> Result<()> {
        let message = cosmwasm_std::to_json_vec(message)?;
        match &mut self.backend {
            Backend::Local(local) => local.execute(who, to, message, funds),
            Backend::Node(node) => node.execute(who, to, message, funds),
        }
    }

    /// Sends messages that do not wait for each other: one after the other, each at its time, inside the program; as many as
    /// blocks hold, at the last one's time, on a node.
    pub fn execute_each(&mut self, steps: Vec<Step>) -> Result<()> {
        let steps: Vec<(Step, Vec<Coin>)> = steps
            .into_iter()
            .map(|step| {
                let funds = self.coins(step.pays);
                (step, funds)
            })
            .collect();
        match &mut self.backend {
            Backend::Local(local) => {
                for (step, funds) in steps {
                    if let Some(time) = step.at {
                        local.at(time)?;
                    }
                    local.execute(&step.who, &step.to, step.message, funds)?;
                }
                Ok(())
            }
            Backend::Node(node) => node.execute_each(steps),
        }
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, question: &impl Serialize) -> Result<T> {
        match &self.backend {
            Backend::Local(local) => local.query(contract, question),
            Backend::Node(node) => node.query(contract, question),
        }
    }

    /// What an address holds.
    pub fn balance(&self, of: &Addr) -> Result<Amount> {
        let balance = match &self.backend {
            Backend::Local(local) => local.balance(of, &self.denom),
            Backend::Node(node) => node.balance(of, &self.denom),
        };
        balance.map(Amount)
    }

    /// Deploys a grid: both addresses are known before either contract exists.
    pub fn deploy_grid(
        &mut self,
        name: &str,
        registry: impl FnOnce(&Addr) -> registry::messages::InstantiateMsg,
        settlement: impl FnOnce(&Addr) -> settlement::messages::InstantiateMsg,
    ) -> Result<(Addr, Addr)> {
        let salts = [format!("{name} registry"), format!("{name} settlement")];
        let salts = [salts[0].as_str(), salts[1].as_str()];
        let predicted = match &self.backend {
            Backend::Local(local) => local.predict(salts)?,
            Backend::Node(node) => node.predict(salts)?,
        };
        let [registry_addr, settlement_addr] = predicted;
        let messages = [
            cosmwasm_std::to_json_vec(&registry(&settlement_addr))?,
            cosmwasm_std::to_json_vec(&settlement(&registry_addr))?,
        ];
        match &mut self.backend {
            Backend::Local(local) => local.make(salts, messages)?,
            Backend::Node(node) => node.make(salts, messages)?,
        }
        let made: registry::answers::ConfigResponse =
            self.query(&registry_addr, &registry::queries::QueryMsg::Config {})?;
        ensure!(
            made.settlement == settlement_addr.as_str(),
            "instantiate2 gave other addresses"
        );
        Ok((registry_addr, settlement_addr))
    }
}

/// A moment of the story as contracts write it.
pub fn moment(seconds: u64) -> UnixSeconds {
    UnixSeconds(seconds)
}
