//! One signer: its sequence under one lock, so that several transactions may be under way at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::{BroadcastMode, BroadcastTxRequest, SimulateRequest};
use cosmrs::tx::{Body, Fee, SignDoc, SignerInfo};
use cosmrs::Coin as FeeCoin;
use cosmwasm_std::Coin;
use serde::Serialize;
use tokio::sync::{Mutex, MutexGuard};

use crate::connection::{answered, is_unreachable, LARGEST_MESSAGE};
use crate::error::refused;
use crate::transaction::hash;
use crate::{Account, Chain, Error, GasPrice, Key, Message, Transaction};

/// Blocks a transaction may wait for: some four minutes at six seconds a block.
const TIMEOUT_BLOCKS: u64 = 40;
/// How long a wait may take in all, also where the chain stands still.
const WAIT_LIMIT: Duration = Duration::from_secs(600);
/// How often another sequence is tried: more often means that somebody else signs with the same key.
const SEQUENCE_TRIES: u32 = 5;
/// How long the same bytes are sent again while the node is not reachable.
const BROADCAST_LIMIT: Duration = Duration::from_secs(60);
/// Pause before the same bytes are sent again.
const BROADCAST_PAUSE: Duration = Duration::from_millis(500);
/// The SDK's codes (cosmos-sdk `types/errors`) for a transaction that the node has already, and for a full mempool.
const ALREADY_THERE: u32 = 19;
const MEMPOOL_FULL: u32 = 20;

/// How transactions are made.
#[derive(Clone, Debug)]
pub struct Options {
    /// A fixed gas limit; without it gas is simulated, with the network's headroom.
    pub gas: Option<u64>,
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
    chain: Chain,
    key: Arc<Key>,
    account: Arc<Mutex<Option<Account>>>,
    options: Options,
}

/// What became of a broadcast.
enum Broadcast {
    Taken,
    /// No answer came, or one that the same transaction in a block would bring about as well.
    Doubtful,
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
    pub async fn estimate(&self, messages: &[Message]) -> Result<Estimate, Error> {
        let mut account = self.account.lock().await;
        self.with_sequence(&mut account, |account| self.estimate_with(messages, account))
            .await
    }

    /// Simulates, signs and hands over to the node; does not wait for a block.
    ///
    /// The node's refusal is an error; a lost answer is not, since the transaction may be under way: `doubtful`.
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

    /// Submits and waits for the block; an error where the chain did not carry it out.
    pub async fn send(&self, messages: &[Message]) -> Result<Transaction, Error> {
        let submitted = self.submit(messages).await?;
        let waited = self.chain.wait(&submitted).await;
        if waited.is_err() {
            *self.account.lock().await = None;
        }
        waited?.result()
    }

    /// Calls one contract.
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
        known: &mut MutexGuard<'_, Option<Account>>,
        act: impl Fn(Account) -> F,
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
                    **known = Some(Account {
                        sequence: expected,
                        ..account
                    });
                }
                done => return done,
            }
        }
    }

    async fn read_account(&self) -> Result<Account, Error> {
        let account = self.chain.account(self.address()).await?;
        account.ok_or_else(|| Error::UnknownAccount(self.address().to_owned()))
    }

    async fn estimate_with(&self, messages: &[Message], account: Account) -> Result<Estimate, Error> {
        let gas = match self.options.gas {
            Some(gas) => gas,
            None => {
                let used = self.simulate(messages, account).await?;
                let percent = u64::from(self.chain.network.gas_headroom_percent).saturating_add(100);
                used.saturating_mul(percent).div_ceil(100)
            }
        };
        let price = self
            .options
            .gas_price
            .as_ref()
            .unwrap_or(&self.chain.network.gas_price);
        let fee = price
            .fee(gas)
            .ok_or_else(|| Error::Invalid(format!("{gas} gas at {price}: the fee is above 2^128")))?;
        Ok(Estimate {
            gas,
            fee: Coin::new(fee, &price.denom),
        })
    }

    async fn simulate(&self, messages: &[Message], account: Account) -> Result<u64, Error> {
        // A fee of one unit, so that taking it is part of what is measured.
        let some = Estimate {
            gas: 0,
            fee: Coin::new(1_u128, &self.chain.network.gas_price.denom),
        };
        let tx_bytes = self.sign(messages, account, &some, 0)?;
        let request = SimulateRequest {
            tx_bytes,
            ..SimulateRequest::default()
        };
        let answer = self
            .chain
            .connection
            .ask(|channel| {
                let request = request.clone();
                async move {
                    TxClient::new(channel)
                        .max_encoding_message_size(LARGEST_MESSAGE)
                        .simulate(request)
                        .await
                }
            })
            .await?;
        let gas = answer.into_inner().gas_info;
        gas.map(|gas| gas.gas_used)
            .ok_or_else(|| Error::Answer("a simulation without gas".to_owned()))
    }

    async fn submit_with(&self, messages: &[Message], account: Account) -> Result<Submitted, Error> {
        let estimate = self.estimate_with(messages, account).await?;
        let seen_height = self.chain.latest().await?.height;
        let timeout_height = seen_height.saturating_add(self.options.timeout_blocks);
        let bytes = self.sign(messages, account, &estimate, timeout_height)?;
        let outcome = self.broadcast(&bytes).await?;
        Ok(Submitted {
            hash: hash(&bytes),
            seen_height,
            timeout_height,
            bytes: bytes.len(),
            doubtful: matches!(outcome, Broadcast::Doubtful),
            wait_limit: self.options.wait_limit,
        })
    }

    /// Hands signed bytes to the node. Sending the same bytes again is safe: a block takes them once.
    async fn broadcast(&self, bytes: &[u8]) -> Result<Broadcast, Error> {
        let since = Instant::now();
        let mut lost = false;
        loop {
            let request = BroadcastTxRequest {
                tx_bytes: bytes.to_vec(),
                mode: BroadcastMode::Sync.into(),
            };
            let mut client =
                TxClient::new(self.chain.connection.channel()).max_encoding_message_size(LARGEST_MESSAGE);
            let told = match client.broadcast_tx(request).await {
                Ok(answer) => answer.into_inner().tx_response.unwrap_or_default(),
                Err(status) if status.message().contains("tx already exists in cache") => {
                    return Ok(Broadcast::Taken)
                }
                Err(status) if is_unreachable(&status) && since.elapsed() < BROADCAST_LIMIT => {
                    lost = true;
                    tokio::time::sleep(BROADCAST_PAUSE).await;
                    continue;
                }
                Err(status) if is_unreachable(&status) => return Ok(Broadcast::Doubtful),
                Err(_) if lost => return Ok(Broadcast::Doubtful),
                Err(status) => return Err(answered(&status)),
            };
            match (told.codespace.as_str(), told.code) {
                (_, 0) | ("sdk", ALREADY_THERE) => return Ok(Broadcast::Taken),
                ("sdk", MEMPOOL_FULL) if since.elapsed() < BROADCAST_LIMIT => {
                    tokio::time::sleep(BROADCAST_PAUSE).await;
                }
                // After a lost answer a refusal may mean that the first sending is in a block already.
                _ if lost => return Ok(Broadcast::Doubtful),
                (codespace, code) => {
                    let gas = (
                        u64::try_from(told.gas_wanted).unwrap_or_default(),
                        u64::try_from(told.gas_used).unwrap_or_default(),
                    );
                    return Err(refused(codespace, code, &told.raw_log, gas, None));
                }
            }
        }
    }

    fn sign(
        &self,
        messages: &[Message],
        account: Account,
        estimate: &Estimate,
        timeout_height: u64,
    ) -> Result<Vec<u8>, Error> {
        let invalid = |error: &dyn core::fmt::Display| Error::Invalid(format!("transaction: {error}"));
        let messages = messages
            .iter()
            .map(|message| message.to_any(self.address()))
            .collect::<Result<Vec<_>, _>>()?;
        let timeout = u32::try_from(timeout_height).map_err(|_| {
            Error::Invalid(format!(
                "timeout height: expected less than 2^32, got {timeout_height}"
            ))
        })?;
        let body = Body::new(messages, "", timeout);
        let fee = FeeCoin {
            denom: estimate.fee.denom.parse().map_err(|error| invalid(&error))?,
            amount: estimate.fee.amount.u128(),
        };
        let key = self.key.signer();
        let auth = SignerInfo::single_direct(Some(key.public_key()), account.sequence)
            .auth_info(Fee::from_amount_and_gas(fee, estimate.gas));
        let chain_id = self
            .chain
            .network
            .chain_id
            .parse()
            .map_err(|error| invalid(&error))?;
        let document =
            SignDoc::new(&body, &auth, &chain_id, account.number).map_err(|error| invalid(&error))?;
        let raw = document.sign(key).map_err(|error| invalid(&error))?;
        raw.to_bytes().map_err(|error| invalid(&error))
    }
}
