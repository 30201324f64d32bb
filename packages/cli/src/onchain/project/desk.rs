//! What is done with one escrow: each command asks, shows what it will do, sends, and tells what came of it.

use std::path::Path;

use anyhow::Result;
use gridpact_client::{Escrow, Message};
use gridpact_types::escrow::terms::ProjectId;
use serde_json::json;

use super::{show, Agreed, ConditionArgs, ProjectFile};
use crate::onchain::{money, Session};

/// A session and the escrow it is about.
pub(super) struct Desk {
    pub session: Session,
    pub escrow: Escrow,
}

impl Desk {
    pub async fn send(&self, what: &str, message: Message) -> Result<bool> {
        let outcome = self.session.send(what, &[message]).await?;
        self.session.print_outcome(&outcome)?;
        Ok(true)
    }

    pub async fn open(&self, path: &Path) -> Result<bool> {
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

    pub async fn list(&self) -> Result<bool> {
        let projects = self.escrow.all_projects().await?;
        self.session
            .print(&projects, |projects| show::list(projects, self.session.network()))?;
        Ok(true)
    }

    pub async fn show(&self, project: ProjectId) -> Result<bool> {
        let found = self.escrow.project(project).await?;
        let agreed = Agreed::of(&found)?;
        self.session.print(&found, |found| {
            show::project(found, &agreed, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn pledge(&self, project: ProjectId, amount: &str, condition: &ConditionArgs) -> Result<bool> {
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
            show::pledges::condition(&condition, asset, network)
        );
        let outcome = self.session.send(&what, &[message]).await?;
        let funded = outcome.transaction().is_some() && self.escrow.project(project).await?.funded.is_some();
        let outcome = outcome
            .with("terms_hash", Some(agreed.hash.to_hex()))
            .with("funded", Some(funded));
        self.session.print_outcome(&outcome)?;
        Ok(true)
    }

    pub async fn pledges(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let pledges = self.escrow.all_pledges(project).await?;
        self.session.print(&pledges, |pledges| {
            show::pledges::table(pledges, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn displaced(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let displaced = self.escrow.all_displaced(project).await?;
        self.session.print(&displaced, |displaced| {
            show::pledges::displaced(displaced, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn restate(&self, project: ProjectId, condition: &ConditionArgs) -> Result<bool> {
        let agreed = self.agreed(project).await?;
        let (asset, network) = (&agreed.terms.asset, self.session.network());
        let condition = condition.parse(asset, network, |account| self.session.address(account))?;
        let what = format!(
            "pledge to project {project} “{}” {}",
            agreed.terms.title,
            show::pledges::condition(&condition, asset, network)
        );
        let message = self.escrow.restate(project, condition)?;
        let outcome = self.session.send(&what, &[message]).await?;
        let funded = outcome.transaction().is_some() && self.escrow.project(project).await?.funded.is_some();
        self.session
            .print_outcome(&outcome.with("funded", Some(funded)))?;
        Ok(true)
    }

    pub async fn accept(&self, project: ProjectId) -> Result<bool> {
        let agreed = self.agreed(project).await?;
        self.session.note(&show::agreed(&agreed, self.session.network()));
        let (bond, asset) = (agreed.terms.bond, &agreed.terms.asset);
        let message = if bond.is_zero() {
            self.escrow.accept(project, agreed.hash)?
        } else {
            self.escrow.accept_with_bond(project, agreed.hash, asset, bond)?
        };
        let posted = if bond.is_zero() {
            String::new()
        } else {
            format!(
                ", posting a bond of {}",
                money::show(bond, asset, self.session.network())
            )
        };
        self.send(
            &format!(
                "accept the work of project {project} “{}”{posted}",
                agreed.terms.title
            ),
            message,
        )
        .await
    }

    /// A message that pays its sender, with what was paid.
    pub async fn claim(&self, what: &str, project: ProjectId, event: &str, message: Message) -> Result<bool> {
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

    pub async fn books(&self, project: Option<ProjectId>) -> Result<bool> {
        let network = self.session.network();
        if let Some(project) = project {
            let asset = self.agreed(project).await?.terms.asset;
            let books = self.escrow.project_books(project).await?;
            self.session
                .print(&books, |books| show::books::of_project(books, &asset, network))?;
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
        self.session
            .print(&value, |_| show::books::of_assets(&all, network))?;
        Ok(true)
    }

    pub async fn agreed(&self, project: ProjectId) -> Result<Agreed> {
        Agreed::of(&self.escrow.project(project).await?)
    }
}
