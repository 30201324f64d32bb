//! Reading a chain: its blocks, accounts, codes and contracts.

use std::time::{Duration, Instant};

use cosmrs::proto::cosmos::auth::v1beta1::query_client::QueryClient as AuthClient;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountRequest};
use cosmrs::proto::cosmos::bank::v1beta1::query_client::QueryClient as BankClient;
use cosmrs::proto::cosmos::bank::v1beta1::QueryBalanceRequest;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::service_client::ServiceClient as NodeClient;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::{GetBlockByHeightRequest, GetLatestBlockRequest};
use cosmrs::proto::cosmos::tx::v1beta1::service_client::ServiceClient as TxClient;
use cosmrs::proto::cosmos::tx::v1beta1::GetTxRequest;
use cosmrs::tendermint::block::Header;
use cosmrs::AccountId;
use cosmwasm_std::{instantiate2_address, CanonicalAddr};
use gridpact_units::UnixSeconds;
use tonic::Code as StatusCode;

use crate::connection::{answered, Connection, LARGEST_ANSWER};
use crate::message::decode;
use crate::sender::Submitted;
use crate::transaction::{hash, unsigned, Transaction};
use crate::{Error, Network};

/// How often a wait looks for the next block. Blocks come every half second on a devnet, every few elsewhere.
const POLL: Duration = Duration::from_millis(150);
/// How long a devnet may take to make a block of a time that its clock was moved to.
const ADVANCE_LIMIT: Duration = Duration::from_secs(60);

/// A chain, reached through one node. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(crate) network: Network,
    pub(crate) connection: Connection,
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time.
    pub time: UnixSeconds,
}

/// An account as the chain knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The number that signatures name.
    pub number: u64,
    /// The sequence of its next transaction.
    pub sequence: u64,
}

impl Chain {
    /// Connects, and checks that the node serves the network's chain.
    pub async fn connect(network: Network) -> Result<Self, Error> {
        let connection = Connection::new(&network)?;
        let chain = Self { network, connection };
        let got = chain.header(None).await?.0.chain_id.to_string();
        if got != chain.network.chain_id {
            return Err(Error::WrongChain {
                endpoint: chain.network.grpc,
                expected: chain.network.chain_id,
                got,
            });
        }
        Ok(chain)
    }

    /// The network it was connected by.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The newest block.
    pub async fn latest(&self) -> Result<Block, Error> {
        block(&self.header(None).await?.0)
    }

    /// What an address holds of a coin, base units.
    pub async fn balance(&self, address: &str, denom: &str) -> Result<u128, Error> {
        let request = QueryBalanceRequest {
            address: address.to_owned(),
            denom: denom.to_owned(),
        };
        let answer = self
            .connection
            .ask(|channel| {
                let request = request.clone();
                async move { BankClient::new(channel).balance(request).await }
            })
            .await?;
        let amount = answer
            .into_inner()
            .balance
            .map(|coin| coin.amount)
            .unwrap_or_default();
        amount
            .parse()
            .map_err(|_| Error::Answer(format!("balance {amount:?}")))
    }

    /// An account; `None` where the chain has never seen it.
    pub async fn account(&self, address: &str) -> Result<Option<Account>, Error> {
        let request = QueryAccountRequest {
            address: address.to_owned(),
        };
        let answer = self
            .connection
            .ask_status(|channel| {
                let request = request.clone();
                async move { AuthClient::new(channel).account(request).await }
            })
            .await?;
        let found = match answer {
            Ok(answer) => answer.into_inner().account,
            Err(status) if status.code() == StatusCode::NotFound => None,
            Err(status) => return Err(answered(&status)),
        };
        let Some(any) = found else { return Ok(None) };
        if !any.type_url.ends_with("BaseAccount") {
            return Err(Error::Answer(format!(
                "account {address}: expected a BaseAccount, got {}",
                any.type_url
            )));
        }
        let base: BaseAccount = decode(&any.value)?;
        Ok(Some(Account {
            number: base.account_number,
            sequence: base.sequence,
        }))
    }

    /// The address of a contract before it exists: `instantiate2` of CosmWasm.
    pub fn predict(&self, checksum: &[u8; 32], creator: &str, salt: &[u8]) -> Result<String, Error> {
        let invalid = |error: &dyn core::fmt::Display| Error::Invalid(format!("address {creator}: {error}"));
        let creator: AccountId = creator.parse().map_err(|error| invalid(&error))?;
        let canonical = CanonicalAddr::from(creator.to_bytes());
        let address = instantiate2_address(checksum, &canonical, salt)
            .map_err(|error| Error::Invalid(error.to_string()))?;
        let address =
            AccountId::new(&self.network.prefix, address.as_slice()).map_err(|error| invalid(&error))?;
        Ok(address.to_string())
    }

    /// A transaction by its hash; `None` where no block has it (yet).
    pub async fn transaction(&self, hash: &str) -> Result<Option<Transaction>, Error> {
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
        let told = told.ok_or_else(|| Error::Answer(format!("transaction {hash}: nothing in the answer")))?;
        let bytes = told.tx.as_ref().map(|any| any.value.clone()).unwrap_or_default();
        Ok(Some(Transaction::from_parts(&bytes, told)?))
    }

    /// All transactions of a block, in order, with their results. A block of the future is an error.
    pub async fn transactions_at(&self, height: u64) -> Result<Vec<Transaction>, Error> {
        self.block_at(height).await.map(|(_, transactions)| transactions)
    }

    /// A block and its transactions.
    async fn block_at(&self, height: u64) -> Result<(Block, Vec<Transaction>), Error> {
        let (header, bytes) = self.header(Some(height)).await?;
        let mut transactions = Vec::with_capacity(bytes.len());
        for bytes in bytes {
            let what = || format!("the result of transaction {} of block {height}", hash(&bytes));
            // The index of transactions follows the blocks a moment later.
            let transaction = wait_for(ADVANCE_LIMIT, what, || self.transaction_of(&bytes)).await?;
            transactions.push(transaction);
        }
        Ok((block(&header)?, transactions))
    }

    async fn transaction_of(&self, bytes: &[u8]) -> Result<Option<Transaction>, Error> {
        self.transaction(&hash(bytes)).await
    }

    /// Follows the chain from a height on, block by block.
    pub fn follow(&self, from_height: u64) -> Follow {
        Follow {
            chain: self.clone(),
            next: from_height.max(1),
        }
    }

    /// Waits until a submitted transaction is in a block, or is known to be dead.
    pub async fn wait(&self, submitted: &Submitted) -> Result<Transaction, Error> {
        let what = || {
            format!(
                "transaction {} in a block up to {}",
                submitted.hash, submitted.timeout_height
            )
        };
        wait_for(submitted.wait_limit, what, || self.outcome(submitted)).await
    }

    /// The transaction, nothing where it may still come, an error where it cannot.
    async fn outcome(&self, submitted: &Submitted) -> Result<Option<Transaction>, Error> {
        let latest = self.latest().await?.height;
        if let Some(transaction) = self.transaction(&submitted.hash).await? {
            return Ok(Some(transaction));
        }
        if latest <= submitted.timeout_height {
            return Ok(None);
        }
        // Its last block has passed. The blocks themselves decide, since the index of transactions follows a moment later.
        for height in submitted.seen_height..=submitted.timeout_height {
            let (_, bytes) = self.header(Some(height.max(1))).await?;
            if bytes.iter().any(|bytes| hash(bytes) == submitted.hash) {
                return Ok(None);
            }
        }
        Err(Error::Expired {
            hash: submitted.hash.clone(),
            timeout_height: submitted.timeout_height,
        })
    }

    /// Moves a devnet's clock forward, and waits for a block of that time.
    pub async fn advance(&self, seconds: u64) -> Result<Block, Error> {
        let Some(clock) = &self.network.clock else {
            return Err(Error::Invalid(format!(
                "chain {}: only a devnet's clock can be moved (its network file has `clock`)",
                self.network.chain_id
            )));
        };
        let from = self.latest().await?.time.0;
        let target = from.saturating_add(seconds);
        let file = |error: std::io::Error| Error::Invalid(format!("clock {}: {error}", clock.display()));
        let shift: u64 = std::fs::read_to_string(clock)
            .map_err(file)?
            .trim()
            .parse()
            .map_err(|_| Error::Invalid(format!("clock {}: expected whole seconds", clock.display())))?;
        let part = clock.with_extension("part");
        std::fs::write(&part, format!("{}\n", shift.saturating_add(seconds))).map_err(file)?;
        std::fs::rename(&part, clock).map_err(file)?;
        let what = || format!("a block of unix second {target}");
        wait_for(ADVANCE_LIMIT, what, || self.block_from(target)).await
    }

    async fn block_from(&self, time: u64) -> Result<Option<Block>, Error> {
        let latest = self.latest().await?;
        Ok((latest.time.0 >= time).then_some(latest))
    }

    /// A block's header and its transactions' bytes; of the newest block without a height.
    async fn header(&self, height: Option<u64>) -> Result<(Header, Vec<Vec<u8>>), Error> {
        let found = match height {
            None => {
                let answer = self.connection.ask(|channel| async move {
                    NodeClient::new(channel)
                        .max_decoding_message_size(LARGEST_ANSWER)
                        .get_latest_block(GetLatestBlockRequest {})
                        .await
                });
                answer.await?.into_inner().block
            }
            Some(height) => {
                let height = i64::try_from(height)
                    .map_err(|_| Error::Invalid(format!("height {height} is too large")))?;
                let answer = self.connection.ask(|channel| async move {
                    NodeClient::new(channel)
                        .max_decoding_message_size(LARGEST_ANSWER)
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

fn block(header: &Header) -> Result<Block, Error> {
    Ok(Block {
        height: header.height.value(),
        time: UnixSeconds(unsigned(header.time.unix_timestamp())?),
    })
}

/// Follows a chain from a height on.
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
    pub async fn next(&mut self, limit: Duration) -> Result<(Block, Vec<Transaction>), Error> {
        let height = self.next;
        let chain = &self.chain;
        wait_for(
            limit,
            || format!("block {height}"),
            || async move { Ok((chain.latest().await?.height >= height).then_some(())) },
        )
        .await?;
        let found = self.chain.block_at(height).await?;
        self.next = height.saturating_add(1);
        Ok(found)
    }

    /// The next block where it exists already.
    pub async fn ready(&mut self) -> Result<Option<(Block, Vec<Transaction>)>, Error> {
        if self.chain.latest().await?.height < self.next {
            return Ok(None);
        }
        self.next(Duration::ZERO).await.map(Some)
    }
}

/// Looks again and again until there is something, at most `limit`; then says what it waited for.
pub(crate) async fn wait_for<T, F>(
    limit: Duration,
    what: impl Fn() -> String,
    look: impl Fn() -> F,
) -> Result<T, Error>
where
    F: std::future::Future<Output = Result<Option<T>, Error>>,
{
    let since = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if since.elapsed() > limit {
            return Err(Error::TimedOut {
                what: what(),
                seconds: limit.as_secs(),
            });
        }
        tokio::time::sleep(POLL).await;
    }
}
