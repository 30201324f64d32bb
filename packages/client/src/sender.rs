//! One signer: its sequence under one lock, so that several transactions may be under way at once.

use std::sync::Arc;
use std::time::Duration;

use cosmwasm_std::Coin;
use serde::Serialize;
use tokio::sync::{Mutex, MutexGuard};

use crate::{Chain, ChainAccount, Error, GasPrice, Key, Message, Transaction};

/// Blocks a transaction may wait for: some four minutes at six seconds a block.
const TIMEOUT_BLOCKS: u64 = 40;
/// How long a wait may take in all, also where the chain stands still.
const WAIT_LIMIT: Duration = Duration::from_secs(600);
/// How often another sequence is tried: more often means that somebody else signs with the same key.
const SEQUENCE_TRIES: u32 = 5;

/// How transactions are made.
#[derive(Clone, Debug)]
pub struct Options {
    /// A fixed gas limit; without it gas is simulated, with the network's headroom.
    pub gas: Option<u64>,
    /// Who pays the fee, where that is another account, which allowed it.
    pub granter: Option<String>,
    /// Another gas price than the network's.
    pub gas_price: Option<GasPrice>,
    /// Blocks after which a transaction that is in none is dead.
    pub timeout_blocks: u64,
    /// How long a wait for a block may take.
    pub wait_limit: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            gas: None,
            granter: None,
            gas_price: None,
            timeout_blocks: TIMEOUT_BLOCKS,
            wait_limit: WAIT_LIMIT,
        }
    }
}

/// What a transaction will cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The gas limit.
    pub gas: u64,
    /// The fee.
    pub fee: Coin,
}

/// A transaction that a node has taken, or may have taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its hash.
    pub hash: String,
    /// The newest block when it was made: it is in none up to there.
    pub seen_height: u64,
    /// The last block that it can be in.
    pub timeout_height: u64,
    /// Its length in bytes.
    pub bytes: usize,
    /// True where the node's answer was lost. Waiting for it tells.
    pub doubtful: bool,
    /// How long to wait for it.
    pub wait_limit: Duration,
}

/// Signs and sends with one key. Clones share the key's sequence; two senders of one key would disturb each other.
#[derive(Clone, Debug)]
pub struct Sender {
    pub(crate) chain: Chain,
    pub(crate) key: Arc<Key>,
    account: Arc<Mutex<Option<ChainAccount>>>,
    pub(crate) options: Options,
}

impl Sender {
    /// A signer on a chain.
    pub fn new(chain: Chain, key: Key) -> Self {
        Self {
            chain,
            key: Arc::new(key),
            account: Arc::default(),
            options: Options::default(),
        }
    }

    /// The same signer, whose transactions are made another way.
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// The chain it sends to.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.key.address()
    }

    /// What messages will cost; nothing is sent.
    ///
    /// # Errors
    /// What the messages would meet now, in the contract's own words; [`Error::UnknownAccount`], [`Error::Unreachable`].
    pub async fn estimate(&self, messages: &[Message]) -> Result<Estimate, Error> {
        let mut account = self.account.lock().await;
        self.with_sequence(&mut account, |account| self.estimate_with(messages, account))
            .await
    }

    /// Simulates, signs and hands over to the node; does not wait for a block.
    ///
    /// Several may be under way at once. A lost answer is no error, since the transaction may be under way: `doubtful`.
    ///
    /// # Errors
    /// The node's refusal, with its cause: nothing was sent, or nothing of it will happen.
    pub async fn submit(&self, messages: &[Message]) -> Result<Submitted, Error> {
        let mut account = self.account.lock().await;
        let submitted = self
            .with_sequence(&mut account, |account| self.submit_with(messages, account))
            .await;
        match &submitted {
            Ok(submitted) if !submitted.doubtful => {
                if let Some(account) = account.as_mut() {
                    account.sequence = account.sequence.saturating_add(1);
                }
            }
            // What the chain counts now is read again before the next one.
            _ => *account = None,
        }
        submitted
    }

    /// Submits and waits for the block.
    ///
    /// # Errors
    /// The chain did not carry it out, in the contract's own words. [`Error::Expired`]: it never will, and it can be sent
    /// again. [`Error::TimedOut`]: it may still; send nothing that must not happen twice.
    pub async fn send(&self, messages: &[Message]) -> Result<Transaction, Error> {
        let submitted = self.submit(messages).await?;
        self.wait(&submitted).await
    }

    /// Waits for the block of what this signer has submitted.
    ///
    /// # Errors
    /// As [`Sender::send`].
    pub async fn wait(&self, submitted: &Submitted) -> Result<Transaction, Error> {
        let waited = self.chain.wait(submitted).await;
        if waited.is_err() {
            *self.account.lock().await = None;
        }
        waited?.result()
    }

    /// Calls one contract, with coins.
    ///
    /// # Errors
    /// As [`Sender::send`].
    pub async fn execute(
        &self,
        contract: &str,
        msg: &impl Serialize,
        funds: Vec<Coin>,
    ) -> Result<Transaction, Error> {
        self.send(&[Message::execute(contract, msg, funds)?]).await
    }

    /// Does something with the account's sequence; where the chain expects another one, again with that.
    async fn with_sequence<T, F>(
        &self,
        known: &mut MutexGuard<'_, Option<ChainAccount>>,
        act: impl Fn(ChainAccount) -> F,
    ) -> Result<T, Error>
    where
        F: std::future::Future<Output = Result<T, Error>>,
    {
        let mut tries = 0;
        loop {
            let account = match **known {
                Some(account) => account,
                None => self.read_account().await?,
            };
            **known = Some(account);
            match act(account).await {
                Err(Error::Sequence { expected, .. }) if tries < SEQUENCE_TRIES => {
                    tries = tries.saturating_add(1);
                    **known = Some(ChainAccount {
                        sequence: expected,
                        ..account
                    });
                }
                done => return done,
            }
        }
    }

    async fn read_account(&self) -> Result<ChainAccount, Error> {
        let account = self.chain.account(self.address()).await?;
        account.ok_or_else(|| Error::UnknownAccount(self.address().to_owned()))
    }
}
