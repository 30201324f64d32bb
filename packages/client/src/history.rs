//! The transactions in which contracts were called: found by the node's index, the newest in the blocks themselves.

use std::collections::BTreeMap;

use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::{GetTxsEventRequest, OrderBy};
use cosmrs::tendermint::Time;
use gridpact_units::UnixSeconds;

use crate::connection::LARGEST_ANSWER;
use crate::transaction::{hash, unsigned, Transaction};
use crate::{Block, Chain, Error};

/// Blocks that are read one by one, since the index follows them a moment later: ten seconds of a devnet, two minutes
/// elsewhere. Reading them waits for the index.
const NEWEST: u64 = 20;
/// Transactions of a page. A node sends each twice, and one with the largest report is close to 1 MiB.
const PAGE: u64 = 10;

impl Chain {
    /// The transactions in which one of these contracts was made or called, by whatever message, in the blocks from one
    /// height to another, in their order. A transaction that failed called nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] where the node keeps no index of transactions, or has forgotten the blocks;
    /// [`Error::Invalid`] where an address is none.
    pub async fn calls(
        &self,
        contracts: &[&str],
        from: u64,
        to: u64,
    ) -> Result<Vec<(Block, Transaction)>, Error> {
        let newest = self.latest().await?.height.saturating_sub(NEWEST);
        let indexed = to.min(newest);
        let mut found = self.indexed(contracts, from, indexed).await?;
        for height in from.max(indexed.saturating_add(1))..=to {
            let (block, transactions) = self.block_at(height).await?;
            let ours = transactions.into_iter().filter(|one| calls_any(one, contracts));
            found.extend(ours.map(|transaction| (block, transaction)));
        }
        Ok(found)
    }

    /// What the index has, in the blocks' order.
    async fn indexed(
        &self,
        contracts: &[&str],
        from: u64,
        to: u64,
    ) -> Result<Vec<(Block, Transaction)>, Error> {
        let mut blocks: BTreeMap<u64, Vec<TxResponse>> = BTreeMap::new();
        if from > to {
            return Ok(Vec::new());
        }
        for contract in contracts {
            for kind in ["execute", "instantiate"] {
                for told in self.search(kind, contract, from, to).await? {
                    let block = blocks.entry(unsigned(told.height)?).or_default();
                    if block.iter().all(|known| known.txhash != told.txhash) {
                        block.push(told);
                    }
                }
            }
        }
        let mut found = Vec::new();
        for (height, mut told) in blocks {
            if told.len() > 1 {
                let (_, bytes) = self.header(Some(height)).await?;
                let order: Vec<String> = bytes.iter().map(|bytes| hash(bytes)).collect();
                told.sort_by_key(|one| order.iter().position(|hash| *hash == one.txhash));
            }
            for one in told {
                let time = Time::parse_from_rfc3339(&one.timestamp)
                    .map_err(|error| Error::Answer(format!("time {:?}: {error}", one.timestamp)))?;
                let time = UnixSeconds(unsigned(time.unix_timestamp())?);
                let bytes = one.tx.as_ref().map(|any| any.value.clone()).unwrap_or_default();
                found.push((Block { height, time }, Transaction::from_parts(&bytes, one)?));
            }
        }
        Ok(found)
    }

    /// Every transaction with an event of this kind that names the contract, page by page.
    async fn search(&self, kind: &str, contract: &str, from: u64, to: u64) -> Result<Vec<TxResponse>, Error> {
        if contract.is_empty() || !contract.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::Invalid(format!(
                "address: expected letters and digits, got {contract:?}"
            )));
        }
        let query =
            format!("{kind}._contract_address='{contract}' AND tx.height>={from} AND tx.height<={to}");
        let mut found: Vec<TxResponse> = Vec::new();
        for page in 1_u64.. {
            let request = GetTxsEventRequest {
                query: query.clone(),
                order_by: OrderBy::Asc.into(),
                page,
                limit: PAGE,
                ..GetTxsEventRequest::default()
            };
            let answer = self
                .connection
                .ask(|channel| {
                    let request = request.clone();
                    async move {
                        TxClient::new(channel)
                            .max_decoding_message_size(LARGEST_ANSWER)
                            .get_txs_event(request)
                            .await
                    }
                })
                .await?
                .into_inner();
            let is_last = answer.tx_responses.is_empty() || page.saturating_mul(PAGE) >= answer.total;
            found.extend(answer.tx_responses);
            if is_last {
                break;
            }
        }
        Ok(found)
    }
}

fn calls_any(transaction: &Transaction, contracts: &[&str]) -> bool {
    ["execute", "instantiate"].into_iter().any(|kind| {
        let mut called = transaction.attributes(kind, "_contract_address");
        called.any(|contract| contracts.contains(&contract))
    })
}
