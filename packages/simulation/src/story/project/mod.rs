//! One project in the escrow, from opening to its end, told by what the contract answers.

mod course;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_types::escrow::answers::ProjectsResponse;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Admission, Condition, MilestoneTerms, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds};

use super::chain::{moment, Chain};
use super::promises::Promises;
use super::DAY;
use crate::run::Project;

/// Days pledgers may look at a milestone.
const REVIEW_DAYS: u64 = 7;
/// Kept back until the defects period is over: 5 %.
const RETENTION: BasisPoints = BasisPoints(500);

/// A party about to pledge.
pub struct Party {
    /// What the story calls it.
    pub name: String,
    /// Its address.
    pub address: Addr,
    /// How much.
    pub amount: Amount,
    /// On which condition.
    pub condition: Condition,
    /// The condition in words.
    pub words: String,
    /// Seconds after opening.
    pub after: u64,
}

/// A project as the story wants it.
pub struct Plot {
    /// Short name.
    pub title: &'static str,
    /// One sentence.
    pub description: String,
    /// When it opens.
    pub opens_at: u64,
    /// Days pledges are taken.
    pub open_days: u64,
    /// What must come together.
    pub target: Amount,
    /// Who may pledge.
    pub admission: Admission,
    /// Who does.
    pub parties: Vec<Party>,
    /// Named in the terms, but never pledges.
    pub absent: Vec<Party>,
    /// Who builds: what the story calls it, and its address.
    pub contractor: (&'static str, Addr),
    /// Title, share in basis points, days after opening when it is done.
    pub milestones: Vec<(&'static str, u16, u64)>,
    /// Days the retention is kept.
    pub defects_days: u64,
}

/// A project under way.
struct Told<'a> {
    chain: &'a mut Chain,
    promises: &'a mut Promises,
    plot: Plot,
    number: ProjectId,
    hash: HexBinary,
}

/// Tells a project to its end.
pub fn tell(chain: &mut Chain, promises: &mut Promises, plot: Plot) -> Result<(ProjectId, Project)> {
    let title = plot.title;
    chain.at(plot.opens_at)?;
    let terms = terms(chain, &plot)?;
    // Everybody who pledges works out for themselves what they agree to.
    let hash = sha256(&cosmwasm_std::to_json_vec(&terms)?);
    let opener = plot
        .parties
        .first()
        .context("a project needs a party")?
        .address
        .clone();
    let escrow = chain.escrow.clone();
    chain
        .execute(&opener, &escrow, &ExecuteMsg::Open { terms }, Amount::ZERO)
        .context(title)?;
    let newest: ProjectsResponse = chain.query(
        &escrow,
        &QueryMsg::Projects {
            start_after: None,
            limit: None,
        },
    )?;
    let opened = newest
        .projects
        .last()
        .context("the project just opened is not listed")?;
    let number = opened.project;
    let mut told = Told {
        chain,
        promises,
        plot,
        number,
        hash,
    };
    let project = told.tell().context(title)?;
    Ok((number, project))
}

fn terms(chain: &Chain, plot: &Plot) -> Result<Terms> {
    let milestone = |(title, share, day): &(&str, u16, u64)| MilestoneTerms {
        title: (*title).to_owned(),
        share: BasisPoints(*share),
        // A month's grace: dates in the terms are the latest, not the planned ones.
        due: moment(plot.opens_at + (day + 30) * DAY),
    };
    Ok(Terms {
        title: plot.title.to_owned(),
        description_uri: String::new(),
        description_hash: sha256(plot.description.as_bytes()),
        asset: chain.asset(),
        target: plot.target,
        cap: plot.target,
        admission: plot.admission.clone(),
        deadline: moment(plot.opens_at + plot.open_days * DAY),
        contractor: plot.contractor.1.to_string(),
        accept_within: Seconds::days(14),
        milestones: plot.milestones.iter().map(milestone).collect(),
        retention: RETENTION,
        review_period: Seconds::days(REVIEW_DAYS),
        defects_period: Seconds::days(plot.defects_days),
    })
}

fn sha256(bytes: &[u8]) -> HexBinary {
    use sha2::{Digest, Sha256};
    HexBinary::from(&Sha256::digest(bytes)[..])
}
