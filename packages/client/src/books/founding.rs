//! What a grid was made with: from the messages that made it, or else from what its contracts answer.

use cosmwasm_std::HexBinary;
use gridpact_replay::{Committee, GridTerms};
use gridpact_report::Resolution;
use gridpact_types::registry::messages::InstantiateMsg as OfRegistry;
use gridpact_types::settlement::messages::InstantiateMsg as OfSettlement;
use serde::de::DeserializeOwned;

use super::error::{BooksError, Cause};
use super::reader::Founding;
use crate::{Chain, Message, Registry, Settlement, Transaction};

/// The first committee's epoch.
const FIRST_EPOCH: u32 = 1;

/// Where a grid began.
pub(super) struct Found {
    pub founding: Founding,
    /// The block in which the first of its contracts was made.
    pub height: u64,
    /// How many of the two contracts were made by no message that can be read, so that they were asked themselves.
    pub asked: u64,
}

/// What a contract was made with.
struct Made<M> {
    height: u64,
    with: Option<M>,
}

/// Finds where a grid began, and what it was made with.
pub(super) async fn find(
    chain: &Chain,
    registry: &Registry,
    settlement: &Settlement,
) -> Result<Found, BooksError> {
    let of_registry = made::<OfRegistry>(chain, registry.address()).await?;
    let of_settlement = made::<OfSettlement>(chain, settlement.address()).await?;
    let asked = u64::from(of_registry.with.is_none()).saturating_add(of_settlement.with.is_none().into());
    let height = of_registry.height.min(of_settlement.height);
    let of_registry = match of_registry.with {
        Some(msg) => msg,
        None => ask_registry(registry).await?,
    };
    let of_settlement = match of_settlement.with {
        Some(msg) => msg,
        None => ask_settlement(settlement).await?,
    };
    let resolution = Resolution::from_milliwatt_hours(of_registry.resolution)
        .map_err(|error| BooksError::Grid(Cause::Report(error.into())))?;
    let keys = of_registry.committee.members.into_iter();
    let terms = GridTerms {
        chain_id: chain.network().chain_id.clone(),
        registry: registry.address().to_owned(),
        policy: of_settlement.policy,
        resolution,
        challenge_period: of_registry.challenge_period,
        report_limit: of_registry.report_limit,
        committee: Committee {
            epoch: FIRST_EPOCH,
            keys: keys.map(|member| HexBinary::into(member.public_key)).collect(),
            quorum: of_registry.committee.quorum.into(),
        },
    };
    Ok(Found {
        founding: Founding {
            terms,
            settlement: settlement.address().to_owned(),
            asset: of_settlement.asset,
            fees: of_settlement
                .fees
                .into_iter()
                .map(|fee| (fee.id, fee.label))
                .collect(),
        },
        height,
        asked,
    })
}

async fn made<M: DeserializeOwned>(chain: &Chain, address: &str) -> Result<Made<M>, BooksError> {
    let contract = chain.contract(address).await?;
    let missing = || BooksError::NoContract {
        address: address.to_owned(),
    };
    let height = contract.ok_or_else(missing)?.created.max(1);
    let transactions = chain.calls(&[address], height, height).await?;
    let mut messages = transactions
        .iter()
        .filter_map(|(_, transaction)| instantiation(transaction, address));
    Ok(Made {
        height,
        with: messages.find_map(|msg| serde_json::from_slice(msg).ok()),
    })
}

/// The message of a transaction that made a contract.
fn instantiation<'a>(transaction: &'a Transaction, address: &str) -> Option<&'a [u8]> {
    let made = |position: usize| {
        let own = transaction
            .events
            .iter()
            .filter(|event| event.kind == "instantiate")
            .filter(|event| event.message_index().is_none_or(|index| index == position));
        own.flat_map(|event| &event.attributes)
            .any(|(name, value)| name == "_contract_address" && value == address)
    };
    let messages = transaction.messages.iter().enumerate();
    messages
        .filter(|(position, _)| made(*position))
        .find_map(|(_, message)| match message {
            Message::Instantiate2 { msg, .. } => Some(msg.as_slice()),
            _ => None,
        })
}

async fn ask_registry(registry: &Registry) -> Result<OfRegistry, BooksError> {
    let config = registry.config().await?;
    Ok(OfRegistry {
        operator: String::new(),
        settlement: config.settlement,
        interval_length: config.interval_length,
        resolution: config.resolution,
        committee: registry.committee(Some(FIRST_EPOCH)).await?.committee,
        challenge_period: config.challenge_period,
        report_limit: config.report_limit,
        rosters_begin: config.rosters_begin,
    })
}

async fn ask_settlement(settlement: &Settlement) -> Result<OfSettlement, BooksError> {
    let config = settlement.config().await?;
    Ok(OfSettlement {
        registry: config.registry,
        asset: config.asset,
        policy: config.policy,
        fees: config.fees,
        rounding: config.rounding,
    })
}
