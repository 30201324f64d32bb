//! `gridpact project`: money that neighbours pledge together, and what becomes of it.

mod agreed;
mod args;
mod condition;
mod desk;
mod dispute_args;
mod disputes;
mod file;
mod show;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::Escrow;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::exit::bad_argument;
use super::{money, network, print, Wallet};
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
        Action::Show { project } => desk.show(*project).await,
        Action::Pledge {
            project,
            amount,
            condition,
        } => desk.pledge(*project, amount, condition).await,
        Action::Restate { project, condition } => desk.restate(*project, condition).await,
        Action::Pledges { project } => desk.pledges(*project).await,
        Action::Displaced { project } => desk.displaced(*project).await,
        Action::Accept { project } => desk.accept(*project).await,
        Action::Submit {
            project,
            milestone,
            evidence,
            evidence_hash,
            uri,
        } => {
            let hash = evidence_hash_of(evidence.as_ref(), evidence_hash.as_deref(), "--evidence-hash")?;
            let message = desk
                .escrow
                .submit_milestone(*project, *milestone, hash, uri.clone())?;
            desk.send(
                &format!("submit milestone {milestone} of project {project}"),
                message,
            )
            .await
        }
        Action::Draw { project, payee } => {
            let message = desk.escrow.draw(*project, *payee)?;
            desk.claim("draw from", *project, "drawn", message).await
        }
        Action::Terminate { project } => {
            let message = desk.escrow.terminate(*project)?;
            desk.send(&format!("end project {project}"), message).await
        }
        Action::Refund { project } => {
            let message = desk.escrow.claim_refund(*project)?;
            desk.claim("take back from", *project, "refunded", message).await
        }
        Action::PayRevenue { project, amount } => {
            let agreed = desk.agreed(*project).await?;
            let asset = agreed.terms.asset;
            let paid = money::parse_of(amount, &asset, desk.session.network())?;
            let message = desk.escrow.pay_revenue(*project, agreed.hash, &asset, paid)?;
            desk.send(&format!("pay {amount} of revenue to project {project}"), message)
                .await
        }
        Action::ClaimRevenue { project } => {
            let message = desk.escrow.claim_revenue(*project)?;
            desk.claim("claim revenue of", *project, "revenue_claimed", message)
                .await
        }
        Action::Books { project } => desk.books(*project).await,
        Action::IfPledged {
            project,
            amount,
            account,
            condition,
        } => {
            desk.if_pledged(*project, amount, account.as_deref(), condition)
                .await
        }
        Action::PledgesOf { account } => desk.pledges_of(account).await,
        Action::Objections { project, milestone } => desk.objections(*project, *milestone).await,
        Action::Claims { project } => desk.claims(*project).await,
        Action::Votes { project, account } => desk.votes(*project, account).await,
        Action::Payees { project } => desk.payees(*project).await,
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

fn evidence_hash_of(file: Option<&PathBuf>, hash: Option<&str>, option: &str) -> Result<HexBinary> {
    if let Some(file) = file {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        return Ok(HexBinary::from(&Sha256::digest(bytes)[..]));
    }
    let hash = hash.unwrap_or_default();
    HexBinary::from_hex(hash)
        .ok()
        .filter(|hash| hash.len() == 32)
        .ok_or_else(|| bad_argument(format!("{option}: expected 64 hex digits, got `{hash}`")))
}
