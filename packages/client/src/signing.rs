//! Making a transaction: simulate, sign, hand over to a node.

use std::time::Duration;

use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::{BroadcastMode, BroadcastTxRequest, SimulateRequest};
use cosmrs::tx::{Body, Fee, SignDoc, SignerInfo};
use cosmrs::Coin as FeeCoin;
use cosmwasm_std::Coin;
use tokio::time::Instant;
use tonic::Status;

use crate::connection::{answered, is_unreachable, LARGEST_MESSAGE};
use crate::error::refused;
use crate::transaction::hash;
use crate::{ChainAccount, Error, Estimate, Message, Sender, Submitted};

/// How long the same bytes are sent again while the node is not reachable.
const BROADCAST_LIMIT: Duration = Duration::from_secs(60);
/// Pause before the same bytes are sent again.
const BROADCAST_PAUSE: Duration = Duration::from_millis(500);
/// The SDK's codes (cosmos-sdk `types/errors`) for a transaction that the node has already, and for a full mempool.
const ALREADY_THERE: u32 = 19;
const MEMPOOL_FULL: u32 = 20;

/// What became of a broadcast.
enum Broadcast {
    Taken,
    /// No answer came, or one that the same transaction in a block would bring about as well.
    Doubtful,
}

impl Sender {
    pub(crate) async fn estimate_with(
        &self,
        messages: &[Message],
        account: ChainAccount,
    ) -> Result<Estimate, Error> {
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

    async fn simulate(&self, messages: &[Message], account: ChainAccount) -> Result<u64, Error> {
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

    pub(crate) async fn submit_with(
        &self,
        messages: &[Message],
        account: ChainAccount,
    ) -> Result<Submitted, Error> {
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
                    self.chain.connection.pause(BROADCAST_PAUSE).await;
                    continue;
                }
                Err(status) if is_unreachable(&status) => return Ok(Broadcast::Doubtful),
                Err(_) if lost => return Ok(Broadcast::Doubtful),
                Err(status) => return Err(self.unreadable(&status).unwrap_or_else(|| answered(&status))),
            };
            match (told.codespace.as_str(), told.code) {
                (_, 0) | ("sdk", ALREADY_THERE) => return Ok(Broadcast::Taken),
                ("sdk", MEMPOOL_FULL) if since.elapsed() < BROADCAST_LIMIT => {
                    self.chain.connection.pause(BROADCAST_PAUSE).await;
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

    /// What the chain says of an allowance that does not suffice names accounts by their raw bytes, so that its answer is no text
    /// and cannot be read.
    fn unreadable(&self, status: &Status) -> Option<Error> {
        let granter = self.options.granter.as_ref()?;
        status.message().contains("raw_log").then(|| Error::Refused {
            text: format!("fee allowance of {granter}: expected one that covers this fee, got none, or one that is used up"),
            hash: None,
        })
    }

    fn fee(&self, amount: FeeCoin, gas: u64) -> Result<Fee, Error> {
        let granter = self.options.granter.as_ref().map(|granter| {
            granter
                .parse()
                .map_err(|error| Error::Invalid(format!("fee granter {granter:?}: {error}")))
        });
        Ok(Fee {
            granter: granter.transpose()?,
            ..Fee::from_amount_and_gas(amount, gas)
        })
    }

    fn sign(
        &self,
        messages: &[Message],
        account: ChainAccount,
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
            .auth_info(self.fee(fee, estimate.gas)?);
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
