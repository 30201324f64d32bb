//! The chain that the story is played on. The story knows this trait and nothing else of it: the chain inside the program
//! stands here, a node's is made by whoever can reach one.

mod in_process;

use anyhow::Result;
use cosmwasm_std::{Addr, Coin};

use crate::run::Spent;

pub use in_process::InProcess;

/// A chain with the contracts' code on it, people who can have accounts there, and a clock that goes on when it is told to.
pub trait StoryChain {
    /// The chain's name: part of what oracles sign.
    fn id(&self) -> &str;

    /// The coin in which everything is paid.
    fn coin(&self) -> &str;

    /// A coin that the story's escrow does not take.
    fn foreign_coin(&self) -> &str;

    /// Somebody's account; the same name has the same.
    ///
    /// # Errors
    /// The chain can make none.
    fn account(&self, name: &str) -> Result<Addr>;

    /// Gives an account coins, with the next message at the latest.
    ///
    /// # Errors
    /// The chain does not do so.
    fn endow(&mut self, account: &Addr, coins: Vec<Coin>) -> Result<()>;

    /// The time of the newest block, unix seconds.
    fn now(&self) -> u64;

    /// Goes on to a time: to that very second inside the program, to the first block that is not before it on a node.
    ///
    /// # Errors
    /// A time that is past, where every second is the program's own; the chain does not go on.
    fn advance_to(&mut self, time: u64) -> Result<()>;

    /// Carries out calls that do not wait for each other, each in a transaction of its own: one after the other, each at
    /// its time, inside the program; as many as blocks hold, at the last one's time, on a node.
    ///
    /// # Errors
    /// A contract refuses one; no answer.
    fn execute(&mut self, calls: Vec<Call>) -> Result<()>;

    /// A contract's answer to a question, both JSON.
    ///
    /// # Errors
    /// The contract refuses; no answer.
    fn query(&self, contract: &Addr, question: &[u8]) -> Result<Vec<u8>>;

    /// What an account has of a coin.
    ///
    /// # Errors
    /// No answer.
    fn balance(&self, account: &Addr, coin: &str) -> Result<u128>;

    /// The address that a contract of this code and label will have.
    ///
    /// # Errors
    /// The chain cannot tell.
    fn predict(&self, code: Code, label: &str) -> Result<Addr>;

    /// Makes contracts, each at the address predicted for it.
    ///
    /// # Errors
    /// A contract refuses its message.
    fn instantiate(&mut self, contracts: Vec<NewContract>) -> Result<()>;

    /// What the transactions cost so far; nothing where there are no fees.
    ///
    /// # Errors
    /// No answer.
    fn spent(&self) -> Result<Option<Spent>>;
}

/// Code of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// `pledge-escrow`
    Escrow,
    /// `meter-registry`
    Registry,
    /// `energy-settlement`
    Settlement,
}

/// A message of somebody to a contract.
#[derive(Clone, Debug)]
pub struct Call {
    /// When, at the earliest.
    pub at: Option<u64>,
    /// Who sends it.
    pub sender: Addr,
    /// To which contract.
    pub contract: Addr,
    /// The message, JSON.
    pub message: Vec<u8>,
    /// Coins sent with it.
    pub funds: Vec<Coin>,
}

/// A contract to be made.
#[derive(Clone, Debug)]
pub struct NewContract {
    /// Its code.
    pub code: Code,
    /// Its name, part of its address.
    pub label: String,
    /// Its first message, JSON.
    pub message: Vec<u8>,
}
