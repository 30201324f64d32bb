//! Blocks and the transactions in them: one by its hash, all of a block, block after block.

use std::time::Duration;

use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmrs::proto::cosmos::base::node::v1beta1::service_client::ServiceClient as AppClient;
use cosmrs::proto::cosmos::base::node::v1beta1::StatusRequest;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::service_client::ServiceClient as NodeClient;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::{GetBlockByHeightRequest, GetLatestBlockRequest};
use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::GetTxRequest;
use cosmrs::tendermint::block::Header;
use gridpact_units::UnixSeconds;
use tonic::Code as StatusCode;

use crate::block::Block;
use crate::connection::{answered, LARGEST_ANSWER};
use crate::transaction::{hash, is_transaction, unsigned, Transaction};
use crate::waiting::wait_for;
use crate::{Chain, Error};

/// How far a node's index of transactions may lag behind its blocks.
const INDEX_LIMIT: Duration = Duration::from_secs(60);

impl Chain {
    /// The newest block whose effects can be read. A node knows a block a moment before it has carried it out: then
    /// questions and simulations still see the one before.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub async fn latest(&self) -> Result<Block, Error> {
        let answer = self
            .connection
            .ask_status(|channel| async move { AppClient::new(channel).status(StatusRequest {}).await })
            .await?;
        let told = match answer {
            Ok(answer) => answer.into_inner(),
            // Before SDK 0.50 only the block itself can be asked for.
            Err(status) if status.code() == StatusCode::Unimplemented => {
                return Block::of(&self.header(None).await?.0);
            }
            Err(status) => return Err(answered(&status)),
        };
        let time = told
            .timestamp
            .ok_or_else(|| Error::Answer("a node's status without a time".to_owned()))?;
        Ok(Block {
            height: told.height,
            time: UnixSeconds(unsigned(time.seconds)?),
        })
    }

    /// A transaction by its hash (SHA-256 of its bytes, hex); `None` where no block has it (yet).
    ///
    /// # Errors
    /// [`Error::Refused`] where the text is no hash, or the node keeps no index of transactions.
    pub async fn transaction(&self, hash: &str) -> Result<Option<Transaction>, Error> {
        let Some(told) = self.told(hash).await? else {
            return Ok(None);
        };
        let bytes = told.tx.as_ref().map(|any| any.value.clone()).unwrap_or_default();
        Ok(Some(Transaction::from_parts(&bytes, told)?))
    }

    /// All transactions of a block, in order, with their results, also those that failed.
    ///
    /// # Errors
    /// [`Error::Refused`] where there is no such block yet, or the node has forgotten it.
    pub async fn transactions_at(&self, height: u64) -> Result<Vec<Transaction>, Error> {
        self.block_at(height).await.map(|(_, transactions)| transactions)
    }

    /// Follows the chain from a height on, block by block.
    pub fn follow(&self, from_height: u64) -> Follow {
        Follow {
            chain: self.clone(),
            next: from_height.max(1),
        }
    }

    /// A block and its transactions.
    pub(crate) async fn block_at(&self, height: u64) -> Result<(Block, Vec<Transaction>), Error> {
        let (header, all) = self.header(Some(height)).await?;
        let mut transactions = Vec::with_capacity(all.len());
        // Some chains' validators put data of their own among the transactions: no account sent it, no index has it.
        for bytes in all.iter().filter(|bytes| is_transaction(bytes)) {
            let hash = hash(bytes);
            let what = || format!("the result of transaction {hash} of block {height}");
            // The index of transactions follows the blocks a moment later.
            let told = wait_for(INDEX_LIMIT, what, || self.told(&hash)).await?;
            transactions.push(Transaction::from_parts(bytes, told)?);
        }
        Ok((Block::of(&header)?, transactions))
    }

    /// What the node tells of a transaction.
    async fn told(&self, hash: &str) -> Result<Option<TxResponse>, Error> {
        let request = GetTxRequest {
            hash: hash.to_owned(),
        };
        let answer = self
            .connection
            .ask_status(|channel| {
                let request = request.clone();
                async move {
                    TxClient::new(channel)
                        .max_decoding_message_size(LARGEST_ANSWER)
                        .get_tx(request)
                        .await
                }
            })
            .await?;
        let told = match answer {
            Ok(answer) => answer.into_inner().tx_response,
            Err(status) if status.code() == StatusCode::NotFound => return Ok(None),
            Err(status) => return Err(answered(&status)),
        };
        told.map(Some)
            .ok_or_else(|| Error::Answer(format!("transaction {hash}: nothing in the answer")))
    }

    /// A block's header and its transactions' bytes; of the newest block without a height.
    pub(crate) async fn header(&self, height: Option<u64>) -> Result<(Header, Vec<Vec<u8>>), Error> {
        let client = |channel| NodeClient::new(channel).max_decoding_message_size(LARGEST_ANSWER);
        let found = match height {
            None => {
                let answer = self.connection.ask(|channel| async move {
                    client(channel).get_latest_block(GetLatestBlockRequest {}).await
                });
                answer.await?.into_inner().block
            }
            Some(height) => {
                let height = i64::try_from(height)
                    .map_err(|_| Error::Invalid(format!("height: expected less than 2^63, got {height}")))?;
                let answer = self.connection.ask(|channel| async move {
                    client(channel)
                        .get_block_by_height(GetBlockByHeightRequest { height })
                        .await
                });
                answer.await?.into_inner().block
            }
        };
        let found = found.ok_or_else(|| Error::Answer("no block in the answer".to_owned()))?;
        let transactions = found.data.map(|data| data.txs).unwrap_or_default();
        let header = found
            .header
            .ok_or_else(|| Error::Answer("no header in the block".to_owned()))?;
        let header = Header::try_from(header).map_err(|error| Error::Answer(error.to_string()))?;
        Ok((header, transactions))
    }
}

/// Follows a chain from a height on. Whoever keeps [`Follow::height`] can stop at any time and resume from there.
#[derive(Clone, Debug)]
pub struct Follow {
    chain: Chain,
    next: u64,
}

impl Follow {
    /// The next block's height: what to resume from.
    pub fn height(&self) -> u64 {
        self.next
    }

    /// The next block and its transactions, as soon as it exists; waits at most `limit` for it.
    ///
    /// # Errors
    /// [`Error::TimedOut`] where it does not come in time, also where no node answers; the same call can be made again.
    pub async fn next(&mut self, limit: Duration) -> Result<(Block, Vec<Transaction>), Error> {
        let height = self.next;
        let chain = &self.chain;
        wait_for(
            limit,
            || format!("block {height}"),
            || async move { Ok((chain.latest().await?.height >= height).then_some(())) },
        )
        .await?;
        self.take().await
    }

    /// The next block where it exists already.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub async fn ready(&mut self) -> Result<Option<(Block, Vec<Transaction>)>, Error> {
        if self.chain.latest().await?.height < self.next {
            return Ok(None);
        }
        self.take().await.map(Some)
    }

    async fn take(&mut self) -> Result<(Block, Vec<Transaction>), Error> {
        let found = self.chain.block_at(self.next).await?;
        self.next = self.next.saturating_add(1);
        Ok(found)
    }
}
