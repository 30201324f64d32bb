//! The three contracts, each with its messages and queries as functions.

mod escrow;
mod registry;
mod settlement;

use cosmwasm_std::{Binary, Coin, Uint128};
use cw20::Cw20ExecuteMsg;
use gridpact_types::asset::Asset;
use gridpact_units::Amount;
use serde::Serialize;

use crate::encoding::json;
use crate::{Error, Message};

pub use escrow::Escrow;
pub use registry::{Registry, ReportBasis};
pub use settlement::{BeforeReport, Settlement};

/// A message with money: coins beside `native`, or tokens sent to the contract with `hook`.
fn pay(
    contract: &str,
    asset: &Asset,
    amount: Amount,
    native: &impl Serialize,
    hook: &impl Serialize,
) -> Result<Message, Error> {
    match asset {
        Asset::Native { denom } => Message::execute(contract, native, vec![Coin::new(amount.0, denom)]),
        Asset::Cw20 { address } => {
            let send = Cw20ExecuteMsg::Send {
                contract: contract.to_owned(),
                amount: Uint128::new(amount.0),
                msg: Binary::from(json(hook)?),
            };
            Message::execute(address, &send, vec![])
        }
    }
}

/// Walks the pages of a query to the end.
macro_rules! all_pages {
    ($self:ident, $page:ident ($($argument:expr),*), $limit:expr, $list:ident, |$last:ident| $after:expr) => {{
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = $self.$page($($argument,)* after, Some($limit)).await?;
            after = page.$list.last().map(|$last| $after);
            found.extend(page.$list);
            if !page.more || after.is_none() {
                return Ok(found);
            }
        }
    }};
}
use all_pages;
