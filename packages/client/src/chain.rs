//! A chain: connecting to it, its accounts and money; a devnet's clock.

use std::time::Duration;

use cosmrs::proto::cosmos::auth::v1beta1::query_client::QueryClient as AuthClient;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountRequest};
use cosmrs::proto::cosmos::bank::v1beta1::query_client::QueryClient as BankClient;
use cosmrs::proto::cosmos::bank::v1beta1::QueryBalanceRequest;
use cosmrs::AccountId;
use cosmwasm_std::{instantiate2_address, CanonicalAddr};
use cw20::{BalanceResponse, Cw20QueryMsg};
use gridpact_types::asset::Asset;
use tonic::metadata::MetadataValue;
use tonic::{Code as StatusCode, Request};

use crate::block::Block;
use crate::connection::{answered, Connection};
use crate::encoding::decode;
use crate::waiting::wait_for;
use crate::{Error, Network};

/// How long a devnet may take to make a block of a time that its clock was moved to.
const ADVANCE_LIMIT: Duration = Duration::from_secs(60);

/// The header of a question that names its block.
const BLOCK_HEIGHT: &str = "x-cosmos-block-height";

/// A chain, reached through one node. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(crate) network: Network,
    pub(crate) connection: Connection,
    /// The block as of which contracts and balances are asked for; none: the newest.
    as_of: Option<u64>,
}

/// An account as the chain knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainAccount {
    /// The number that signatures name.
    pub number: u64,
    /// The sequence of its next transaction.
    pub sequence: u64,
}

impl Chain {
    /// Connects (with TLS for `https://`), and checks that the node serves the network's chain.
    ///
    /// # Errors
    /// [`Error::Unreachable`] after fifteen seconds without an answer, [`Error::WrongChain`].
    pub async fn connect(network: Network) -> Result<Self, Error> {
        let connection = Connection::new(&network)?;
        let first = Self {
            connection: connection.impatient(),
            network,
            as_of: None,
        };
        let got = first.header(None).await?.0.chain_id.to_string();
        let network = first.network;
        if got != network.chain_id {
            return Err(Error::WrongChain {
                endpoint: network.grpc,
                expected: network.chain_id,
                got,
            });
        }
        Ok(Self {
            network,
            connection,
            as_of: None,
        })
    }

    /// The same chain, whose contracts and balances are asked for as they were after a block. A node forgets what is older
    /// than it was told to keep, and then says so.
    #[must_use]
    pub fn as_of(&self, height: u64) -> Self {
        Self {
            as_of: Some(height),
            ..self.clone()
        }
    }

    /// A question as of the block that was chosen.
    pub(crate) fn question<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        if let Some(height) = self.as_of {
            request
                .metadata_mut()
                .insert(BLOCK_HEIGHT, MetadataValue::from(height));
        }
        request
    }

    /// The network it was connected by.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// How many requests were sent again since it was connected, because no answer came or the node was not ready.
    pub fn repeated(&self) -> u64 {
        self.connection.repeated()
    }

    /// What an address holds of a coin, base units; 0 where the chain has never seen the address.
    ///
    /// # Errors
    /// [`Error::Refused`] where `address` is none, [`Error::Unreachable`].
    pub async fn balance(&self, address: &str, denom: &str) -> Result<u128, Error> {
        let request = QueryBalanceRequest {
            address: address.to_owned(),
            denom: denom.to_owned(),
        };
        let answer = self
            .connection
            .ask(|channel| {
                let request = self.question(request.clone());
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
    ///
    /// # Errors
    /// [`Error::Refused`] where `address` is none, [`Error::Unreachable`].
    pub async fn account(&self, address: &str) -> Result<Option<ChainAccount>, Error> {
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
        Ok(Some(ChainAccount {
            number: base.account_number,
            sequence: base.sequence,
        }))
    }

    /// What an address holds of an asset, a coin or a cw20 token, base units.
    ///
    /// # Errors
    /// [`Error::Refused`] in the token's words, [`Error::Unreachable`].
    pub async fn holding(&self, address: &str, asset: &Asset) -> Result<u128, Error> {
        match asset {
            Asset::Native { denom } => self.balance(address, denom).await,
            Asset::Cw20 { address: token } => {
                let question = Cw20QueryMsg::Balance {
                    address: address.to_owned(),
                };
                let answer: BalanceResponse = self.query(token, &question).await?;
                Ok(answer.balance.u128())
            }
        }
    }

    /// The address of a contract before it exists: `instantiate2` of CosmWasm.
    ///
    /// # Errors
    /// [`Error::Invalid`] where `creator` is no address, or the salt is empty or longer than 64 bytes.
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

    /// Moves a devnet's clock forward, and waits for a block of that time.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the network file names no clock, [`Error::TimedOut`] after a minute.
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
}
