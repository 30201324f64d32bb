//! The projects to which money of the grid goes: opened with the grid, or there already and what the file says.

use anyhow::{ensure, Result};
use gridpact_client::{Chain, Escrow, Message};
use gridpact_types::escrow::answers::ProjectResponse;
use gridpact_types::escrow::terms::ProjectId;

use crate::onchain::exit::bad_argument;
use crate::onchain::grid_file::{GridFile, GridProject, Hashes, ProjectTerms};
use crate::onchain::project::Agreed;

/// What the escrow has or will have of the grid's projects.
#[derive(Clone, Debug, Default)]
pub struct Projects {
    /// Hash of the terms of each.
    pub hashes: Hashes,
    /// Those to open, in the order of their numbers.
    pub to_open: Vec<(ProjectId, Agreed)>,
}

impl Projects {
    /// Asks the escrow, where it is there already. What is to be opened gets the number that the file says or nothing is
    /// made at all: the settlement refuses a project of other terms, and all stands in one transaction.
    ///
    /// # Errors
    /// A project that is not what the file says; one that is not there and cannot be opened; the chain does not answer.
    pub async fn of(chain: &Chain, grid: &GridFile, escrow: &str, exists: bool) -> Result<Self> {
        let mut projects = Self::default();
        if grid.projects.is_empty() {
            return Ok(projects);
        }
        let escrow = Escrow::new(chain, escrow);
        let there = if exists {
            escrow.config().await?.projects
        } else {
            0
        };
        let now = chain.latest().await?.time;
        let mut planned: Vec<&GridProject> = grid.projects.iter().collect();
        planned.sort_by_key(|project| project.number);
        let mut next = there.saturating_add(1);
        for project in planned {
            let number = project.number;
            let hash = if number <= there {
                is_as_planned(project, &escrow.project(number).await?)?
            } else {
                let ProjectTerms::File(file) = &project.terms else {
                    return Err(missing(&escrow, number, there));
                };
                if number != next {
                    return Err(missing(&escrow, number, there));
                }
                next = next.saturating_add(1);
                let agreed = Agreed::to(file.terms(now))?;
                let hash = agreed.hash.clone();
                projects.to_open.push((number, agreed));
                hash
            };
            projects.hashes.insert(number, hash);
        }
        Ok(projects)
    }

    /// For the question before sending: `open project 1 “The line”`.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let line = |(number, agreed): &(ProjectId, Agreed)| {
            format!(
                "open project {number} “{}”, terms of the hash {}",
                agreed.terms.title, agreed.hash
            )
        };
        self.to_open.iter().map(line)
    }

    /// The messages that open them.
    ///
    /// # Errors
    /// None: terms are plain data.
    pub fn messages(&self, chain: &Chain, escrow: &str) -> Result<Vec<Message>> {
        let escrow = Escrow::new(chain, escrow);
        let open = |(_, agreed): &(ProjectId, Agreed)| Ok(escrow.open(agreed.terms.clone())?);
        self.to_open.iter().map(open).collect()
    }
}

/// The hash of a project that is there, if its terms are those of the file.
pub fn is_as_planned(planned: &GridProject, found: &ProjectResponse) -> Result<cosmwasm_std::HexBinary> {
    let number = planned.number;
    let agreed = Agreed::of(found)?;
    match &planned.terms {
        ProjectTerms::File(file) => ensure!(
            file.says(&agreed.terms),
            "project {number}: expected the terms of the grid's file, “{}”, got “{}” of the hash {}",
            file.title(),
            agreed.terms.title,
            agreed.hash
        ),
        ProjectTerms::Hash(expected) => ensure!(
            agreed.hash == *expected,
            "project {number}: expected terms of the hash {expected}, got “{}” of the hash {}",
            agreed.terms.title,
            agreed.hash
        ),
    }
    Ok(agreed.hash)
}

fn missing(escrow: &Escrow, number: ProjectId, there: u64) -> anyhow::Error {
    bad_argument(format!(
        "project: expected one of 1 to {there}, which escrow {} has, or terms for the next, got number {number}",
        escrow.address()
    ))
}
