//! One project in the escrow, from opening to its end, told by what the contract answers.

mod building;
mod failing;
mod pledging;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_types::escrow::answers::{Phase, ProjectResponse, ProjectsResponse};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Admission, Condition, MilestoneTerms, ProjectId, Terms, TERMS_VERSION};
use gridpact_types::escrow::terms_bytes::terms_hash;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use super::escrow_books;
use super::promises::{Promises, StoryPromise};
use super::stage::Stage;
use crate::run::Project;

/// Days pledgers may look at a milestone.
const REVIEW_DAYS: u64 = 7;
/// Kept back until the defects period is over: 5 %.
const RETENTION: BasisPoints = BasisPoints(500);
/// Three fifths of what was paid can agree with the contractor.
const CONSENT: BasisPoints = BasisPoints(6_000);

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
pub struct Storyline {
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

impl Storyline {
    fn after_days(&self, count: u64) -> UnixSeconds {
        UnixSeconds(self.opens_at).plus(Seconds::days(count))
    }
}

/// A project under way.
struct Course<'a> {
    stage: &'a mut Stage,
    promises: &'a mut Promises,
    plot: &'a Storyline,
    number: ProjectId,
    hash: HexBinary,
}

/// Tells a project to its end.
pub fn tell(stage: &mut Stage, promises: &mut Promises, plot: Storyline) -> Result<(ProjectId, Project)> {
    stage.at(plot.opens_at)?;
    let terms = terms(stage, &plot)?;
    // Everybody who pledges works out for themselves what they agree to.
    let hash = terms_hash(&terms.to_bytes()?);
    let number = open(stage, &plot, terms).context(plot.title)?;
    let mut course = Course {
        stage,
        promises,
        plot: &plot,
        number,
        hash,
    };
    let project = course.tell().context(plot.title)?;
    Ok((number, project))
}

/// The first party opens it; the project's number.
fn open(stage: &mut Stage, plot: &Storyline, terms: Terms) -> Result<ProjectId> {
    let opener = plot.parties.first().context("a project needs a party")?;
    let escrow = stage.escrow.clone();
    let message = ExecuteMsg::Open { terms };
    stage.execute(&opener.address, &escrow, &message, Amount::ZERO)?;
    let query = QueryMsg::Projects {
        start_after: None,
        limit: None,
    };
    let newest: ProjectsResponse = stage.query(&escrow, &query)?;
    let opened = newest.projects.last();
    let opened = opened.context("the project just opened is not listed")?;
    Ok(opened.project)
}

impl Course<'_> {
    fn tell(&mut self) -> Result<Project> {
        let mut project = self.pledging()?;
        if project.funded_at.is_some() {
            self.build(&mut project)?;
        } else {
            self.fail(&mut project)?;
        }
        let end = self.state()?;
        let ended = matches!(end.phase, Phase::Closed | Phase::Failed);
        self.promises.that(StoryPromise::EscrowEnds, ended, || {
            format!("{}: {:?}", project.title, end.phase)
        });
        let opened = terms(self.stage, self.plot)?.to_bytes()?;
        let same = end.terms_hash == self.hash && end.terms.as_slice() == opened;
        self.promises.that(StoryPromise::EscrowTerms, same, || {
            format!("{}: the terms differ", project.title)
        });
        Ok(project)
    }

    fn send(&mut self, who: &Addr, message: &ExecuteMsg) -> Result<()> {
        let escrow = self.stage.escrow.clone();
        self.stage.execute(who, &escrow, message, Amount::ZERO)?;
        self.books()
    }

    fn state(&self) -> Result<ProjectResponse> {
        let query = QueryMsg::Project { project: self.number };
        self.stage.query(&self.stage.escrow, &query)
    }

    fn books(&mut self) -> Result<()> {
        escrow_books::balance(self.stage, self.promises, self.number, self.plot.title)
    }
}

fn terms(stage: &Stage, plot: &Storyline) -> Result<Terms> {
    let milestone = |(title, share, day): &(&str, u16, u64)| MilestoneTerms {
        title: (*title).to_owned(),
        share: BasisPoints(*share),
        // A month later than planned.
        due: plot.after_days(day.saturating_add(30)),
        payees: vec![],
    };
    Ok(Terms {
        version: TERMS_VERSION,
        title: plot.title.to_owned(),
        description_uri: String::new(),
        description_hash: sha256(plot.description.as_bytes()),
        asset: stage.asset(),
        target: plot.target,
        cap: plot.target,
        admission: plot.admission.clone(),
        deadline: plot.after_days(plot.open_days),
        contractor: plot.contractor.1.to_string(),
        accept_within: Seconds::days(14),
        milestones: plot.milestones.iter().map(milestone).collect(),
        grace: Seconds::days(14),
        retention: RETENTION,
        review_period: Seconds::days(REVIEW_DAYS),
        defects_period: Seconds::days(plot.defects_days),
        consent: CONSENT,
        // The story has no dispute, and so nobody to decide one.
        decider: None,
        bond: Amount::ZERO,
        payees: vec![],
    })
}

fn sha256(bytes: &[u8]) -> HexBinary {
    use sha2::{Digest, Sha256};
    HexBinary::from(&Sha256::digest(bytes)[..])
}
