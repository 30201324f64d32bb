//! `gridpact grid`: one neighbourhood as it stands: what was agreed, where its money is.

mod fees;
mod shared;
mod show;
mod web_args;
mod web_config;

use anyhow::Result;
use clap::{Args, Subcommand};
use gridpact_client::{Registry, Settlement};
use serde_json::json;

use super::{GridArgs, Session};
use show::{books_table, show, windows_table};

/// Options of `grid`.
#[derive(Args, Debug, Clone)]
pub struct GridCommand {
    /// What to show or do.
    #[command(subcommand)]
    pub action: Action,
    /// Grid, chain, key and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// What can be shown or done.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// What was agreed: contracts, operator, committee, policy in words; how many meters, and what is next.
    Show,
    /// The money: deposited, withdrawn, free, held in open windows, in the community account, and what the contract really has.
    Books,
    /// Windows that are not final yet.
    Windows,
    /// Offer the grid to another operator, as the operator. Nothing changes until they take it over.
    HandOver {
        /// Their address, or the name of a key.
        account: String,
    },
    /// Become the grid's operator, as who was offered it.
    TakeOver,
    /// Pay the network fees of households, within bounds and until a day, so that they need no coins of the chain.
    ///
    /// For calls of contracts and nothing else. Who has an allowance of yours gets the new one in its place. An account that never had
    /// a coin exists from then on. Households name you as --fee-granter; their app does so by grid.json.
    GrantFees(fees::FeeArgs),
    /// Write grid.json, by which the households' app knows the grid: chain, nodes, contracts, committee, asset, checksums.
    WebConfig(Box<web_args::WebArgs>),
}

/// Shows it.
///
/// # Errors
/// The chain does not answer; no such grid.
pub async fn run(args: &GridCommand) -> Result<bool> {
    let (session, contracts) = Session::open_grid(&args.grid).await?;
    let registry = Registry::new(session.chain(), contracts.registry()?);
    let settlement = Settlement::new(session.chain(), contracts.settlement()?);
    match &args.action {
        Action::Show => show(&session, &contracts.name, &registry, &settlement).await?,
        Action::Books => books(&session, &settlement).await?,
        Action::Windows => {
            let config = settlement.config().await?;
            let windows = settlement.all_held_windows().await?;
            session.print(&windows, |windows| {
                windows_table(windows, &config.policy, &config.asset, session.network())
            })?;
        }
        Action::HandOver { account } => {
            let heir = session.address(account)?;
            let message = registry.hand_over(&heir)?;
            let what = format!("offer grid {} to {heir}", contracts.name);
            let outcome = session.send(&what, &[message]).await?;
            session.print_outcome(&outcome)?;
        }
        Action::GrantFees(fees) => fees::run(&session, &contracts.name, &settlement, fees).await?,
        Action::WebConfig(web) => {
            web_config::run(&session, &contracts, &registry, &settlement, web).await?;
        }
        Action::TakeOver => {
            let what = format!("take over grid {}", contracts.name);
            let outcome = session.send(&what, &[registry.take_over()?]).await?;
            session.print_outcome(&outcome)?;
        }
    }
    Ok(true)
}

async fn books(session: &Session, settlement: &Settlement) -> Result<()> {
    let network = session.network();
    let config = settlement.config().await?;
    let books = settlement.books().await?;
    let community = settlement.community().await?;
    let has = session.balance(settlement.address(), &config.asset).await?;
    let value = json!({ "books": books, "community": community, "has": has });
    session.print(&value, |_| books_table(&books, &community, has, &config, network))
}
