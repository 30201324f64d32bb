//! `gridpact project`: money that neighbours pledge together, and what becomes of it.

mod agreed;
mod args;
mod condition;
mod desk;
mod dispute_args;
mod disputes;
mod documents;
mod file;
pub mod show;

use std::path::Path;

use anyhow::Result;
use gridpact_client::Escrow;
use serde_json::json;

use super::{network, print, Wallet};
use desk::Desk;

pub use agreed::Agreed;
pub use args::{Action, ProjectArgs};
pub use condition::ConditionArgs;
pub use file::ProjectFile;

/// Carries it out.
///
/// # Errors
/// Bad arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &ProjectArgs) -> Result<bool> {
    // No chain is needed for this one.
    if let Action::Hash { file } = &args.action {
        return hash(args, file);
    }
    let (session, address) = super::contract(&args.on, |grid| grid.escrow()).await?;
    let escrow = Escrow::new(session.chain(), &address);
    let desk = Desk { session, escrow };
    match &args.action {
        Action::Hash { file } => hash(args, file),
        Action::Open { file } => desk.open(file).await,
        Action::List => desk.list().await,
        Action::Show(of) => desk.show(of.project).await,
        Action::Pledge {
            of,
            amount,
            condition,
        } => desk.pledge(of.project, amount, condition).await,
        Action::Restate { of, condition } => desk.restate(of.project, condition).await,
        Action::Pledges(of) => desk.pledges(of.project).await,
        Action::Displaced(of) => desk.displaced(of.project).await,
        Action::Accept(of) => desk.accept(of.project).await,
        Action::Draw { of, payee } => {
            let message = desk.escrow.draw(of.project, *payee)?;
            desk.claim("draw from", of.project, "drawn", message).await
        }
        Action::Refund(of) => {
            let message = desk.escrow.claim_refund(of.project)?;
            desk.claim("take back from", of.project, "refunded", message)
                .await
        }
        Action::ClaimRevenue(of) => {
            let message = desk.escrow.claim_revenue(of.project)?;
            desk.claim("claim revenue of", of.project, "revenue_claimed", message)
                .await
        }
        Action::Books { project } => desk.books(*project).await,
        Action::IfPledged {
            of,
            amount,
            account,
            condition,
        } => {
            desk.if_pledged(of.project, amount, account.as_deref(), condition)
                .await
        }
        Action::PledgesOf { account } => desk.pledges_of(account).await,
        Action::Objections(of) => desk.objections(of.project, of.milestone).await,
        Action::Claims(of) => desk.claims(of.project).await,
        Action::Votes { of, account } => desk.votes(of.project, account).await,
        Action::Payees(of) => desk.payees(of.project).await,
        other => desk.say(other).await,
    }
}

/// Works out the hash that the terms of a file will have; no chain is asked.
fn hash(args: &ProjectArgs, file: &Path) -> Result<bool> {
    let chain = &args.on.grid.chain;
    let network = network(chain)?;
    let wallet = Wallet::new(&chain.keys, &network.prefix)?;
    let agreed = Agreed::of_file(file, &network, |account| wallet.address(account))?;
    // The very bytes, so that other programs can hash them too.
    let bytes = String::from_utf8(agreed.terms.to_bytes()?)?;
    let value = json!({ "terms": bytes, "terms_hash": agreed.hash });
    print(chain.json, &value, |_| show::agreed(&agreed, &network))?;
    Ok(true)
}
