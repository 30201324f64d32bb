//! `gridpact project`: money that neighbours pledge together, and what becomes of it.

mod agreed;
mod args;
mod condition;
mod file;
mod show;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Escrow, Message};
use gridpact_types::escrow::terms::ProjectId;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::exit::bad_argument;
use super::{money, network, print, Session, Wallet};

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
            let hash = evidence_hash_of(evidence.as_ref(), evidence_hash.as_deref())?;
            let message = desk
                .escrow
                .submit_milestone(*project, *milestone, hash, uri.clone())?;
            desk.send(
                &format!("submit milestone {milestone} of project {project}"),
                message,
            )
            .await
        }
        Action::Draw { project } => desk.draw(*project).await,
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
    }
}

/// A session and the escrow it is about.
struct Desk {
    session: Session,
    escrow: Escrow,
}

impl Desk {
    async fn send(&self, what: &str, message: Message) -> Result<bool> {
        let outcome = self.session.send(what, &[message]).await?;
        self.session.print_outcome(&outcome)?;
        Ok(true)
    }

    async fn open(&self, path: &Path) -> Result<bool> {
        let file = ProjectFile::read(path, self.session.network(), |account| {
            self.session.address(account)
        })?;
        let now = self.session.chain().latest().await?.time;
        let agreed = Agreed::to(file.terms(now))?;
        self.session.note(&show::agreed(&agreed, self.session.network()));
        let what = format!("open project “{}”", agreed.terms.title);
        let open = self.escrow.open(agreed.terms)?;
        let outcome = self.session.send(&what, &[open]).await?;
        let project = outcome.told("project_opened", "project");
        let hash = outcome.told("project_opened", "terms_hash");
        let project = project.and_then(|number| number.parse::<ProjectId>().ok());
        self.session
            .print_outcome(&outcome.with("project", project).with("terms_hash", hash))?;
        Ok(true)
    }

    async fn list(&self) -> Result<bool> {
        let projects = self.escrow.all_projects().await?;
        self.session
            .print(&projects, |projects| show::list(projects, self.session.network()))?;
        Ok(true)
    }

    async fn show(&self, project: ProjectId) -> Result<bool> {
        let found = self.escrow.project(project).await?;
        let agreed = Agreed::of(&found)?;
        self.session.print(&found, |found| {
            show::project(found, &agreed, self.session.network())
        })?;
        Ok(true)
    }

    async fn pledge(&self, project: ProjectId, amount: &str, condition: &ConditionArgs) -> Result<bool> {
        let agreed = self.agreed(project).await?;
        let asset = &agreed.terms.asset;
        let network = self.session.network();
        let pledged = money::parse_of(amount, asset, network)?;
        let condition = condition.parse(asset, network, |account| self.session.address(account))?;
        self.session.note(&show::agreed(&agreed, network));
        let message =
            self.escrow
                .pledge_message(project, agreed.hash.clone(), condition.clone(), asset, pledged)?;
        let what = format!(
            "pledge {amount} to project {project} “{}”, {}",
            agreed.terms.title,
            show::condition(&condition, asset, network)
        );
        let outcome = self.session.send(&what, &[message]).await?;
        let funded = outcome.transaction().is_some() && self.escrow.project(project).await?.funded.is_some();
        let outcome = outcome
            .with("terms_hash", Some(agreed.hash.to_hex()))
            .with("funded", Some(funded));
        self.session.print_outcome(&outcome)?;
        Ok(true)
    }

    async fn pledges(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let pledges = self.escrow.all_pledges(project).await?;
        self.session.print(&pledges, |pledges| {
            show::pledges(pledges, &asset, self.session.network())
        })?;
        Ok(true)
    }

    async fn displaced(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let displaced = self.escrow.all_displaced(project).await?;
        self.session.print(&displaced, |displaced| {
            show::displaced(displaced, &asset, self.session.network())
        })?;
        Ok(true)
    }

    async fn restate(&self, project: ProjectId, condition: &ConditionArgs) -> Result<bool> {
        let agreed = self.agreed(project).await?;
        let (asset, network) = (&agreed.terms.asset, self.session.network());
        let condition = condition.parse(asset, network, |account| self.session.address(account))?;
        let what = format!(
            "pledge to project {project} “{}” {}",
            agreed.terms.title,
            show::condition(&condition, asset, network)
        );
        let message = self.escrow.restate(project, condition)?;
        let outcome = self.session.send(&what, &[message]).await?;
        let funded = outcome.transaction().is_some() && self.escrow.project(project).await?.funded.is_some();
        self.session
            .print_outcome(&outcome.with("funded", Some(funded)))?;
        Ok(true)
    }

    async fn accept(&self, project: ProjectId) -> Result<bool> {
        let agreed = self.agreed(project).await?;
        self.session.note(&show::agreed(&agreed, self.session.network()));
        let message = self.escrow.accept(project, agreed.hash)?;
        self.send(
            &format!("accept the work of project {project} “{}”", agreed.terms.title),
            message,
        )
        .await
    }

    async fn draw(&self, project: ProjectId) -> Result<bool> {
        let message = self.escrow.draw(project)?;
        self.claim("draw from", project, "drawn", message).await
    }

    /// A message that pays its sender, with what was paid.
    async fn claim(&self, what: &str, project: ProjectId, event: &str, message: Message) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let outcome = self
            .session
            .send(&format!("{what} project {project}"), &[message])
            .await?;
        let paid = outcome
            .told(event, "amount")
            .and_then(|amount| amount.parse().ok());
        let shown =
            paid.map(|amount| money::show(gridpact_units::Amount(amount), &asset, self.session.network()));
        self.session.print_outcome(&outcome.with("paid", shown))?;
        Ok(true)
    }

    async fn books(&self, project: Option<ProjectId>) -> Result<bool> {
        let network = self.session.network();
        if let Some(project) = project {
            let asset = self.agreed(project).await?.terms.asset;
            let books = self.escrow.project_books(project).await?;
            self.session
                .print(&books, |books| show::project_books(books, &asset, network))?;
            return Ok(true);
        }
        let mut all = Vec::new();
        for asset in self.escrow.config().await?.assets {
            let books = self.escrow.books(&asset).await?;
            let holds = self.session.balance(self.escrow.address(), &asset).await?;
            all.push((asset, books, holds));
        }
        let value: Vec<_> = all
            .iter()
            .map(|(asset, books, holds)| json!({ "asset": asset, "books": books, "holds": holds }))
            .collect();
        self.session.print(&value, |_| show::asset_books(&all, network))?;
        Ok(true)
    }

    async fn agreed(&self, project: ProjectId) -> Result<Agreed> {
        Agreed::of(&self.escrow.project(project).await?)
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

fn evidence_hash_of(file: Option<&PathBuf>, hash: Option<&str>) -> Result<HexBinary> {
    if let Some(file) = file {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        return Ok(HexBinary::from(&Sha256::digest(bytes)[..]));
    }
    let hash = hash.unwrap_or_default();
    HexBinary::from_hex(hash)
        .ok()
        .filter(|hash| hash.len() == 32)
        .ok_or_else(|| bad_argument(format!("--evidence-hash: expected 64 hex digits, got `{hash}`")))
}
