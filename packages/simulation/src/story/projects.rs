//! The three projects: A, B and C's line; the same with a party missing; the street's grid.

use anyhow::{Context, Result};
use gridpact_types::escrow::answers::PledgesResponse;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{
    Admission, Condition, NamedParty, PartyCondition, PledgersCondition, ProjectId,
};
use gridpact_units::decimal;
use gridpact_units::Amount;

use super::people::Home;
use super::project::{self, Party, Storyline};
use super::promises::{Promises, StoryPromise};
use super::setting::days;
use super::stage::Stage;
use crate::run::Project;
use crate::scenario::Scenario;

/// What each of A, B and C pledges, in main units.
const FOUNDING: u128 = 10_000;
/// Days before the first interval at which the projects open.
const FOUNDING_OPENS: u64 = 280;
const FAILING_OPENS: u64 = 110;
const STREET_OPENS: u64 = 80;

/// Tells all three; also the number of the street's project, which the grid's fees flow to.
pub fn tell(
    stage: &mut Stage,
    promises: &mut Promises,
    scenario: &Scenario,
    homes: &[Home],
    start: u64,
) -> Result<(Vec<Project>, ProjectId)> {
    let before = |count: u64| start.saturating_sub(days(count));
    let line = Line::of(scenario)?;
    let founding = line.founders(stage, "founding line")?;
    let failing = line.founders(stage, "second line")?;

    let built = line.built(stage, founding, before(FOUNDING_OPENS))?;
    let (_, first) = project::tell(stage, promises, built)?;
    let not_built = line.not_built(stage, failing, before(FAILING_OPENS))?;
    let (_, second) = project::tell(stage, promises, not_built)?;
    let street = street(stage, scenario, homes, before(STREET_OPENS))?;
    let (number, third) = project::tell(stage, promises, street)?;
    pages(stage, promises, number, third.pledges.len())?;
    Ok((vec![first, second, third], number))
}

/// The line between the houses of A, B and C.
struct Line {
    /// What each of them pledges.
    each: Amount,
    /// What the line costs.
    all: Amount,
    /// `10,000 EUR`
    words: String,
}

impl Line {
    fn of(scenario: &Scenario) -> Result<Self> {
        let each = times(scenario.currency.main_unit(), FOUNDING, "what a founder pledges")?;
        Ok(Self {
            each,
            all: times(each, 3, "what three founders pledge")?,
            words: format!("10,000 {}", scenario.currency.name),
        })
    }

    /// Everybody pledges, and it is built.
    fn built(&self, stage: &Stage, founders: Vec<Party>, opens_at: u64) -> Result<Storyline> {
        Ok(Storyline {
            title: "The founding line",
            description: format!(
                "A, B and C lay a line between their houses: {} each, and only together.",
                self.words
            ),
            opens_at,
            open_days: 30,
            target: self.all,
            admission: named(&founders),
            parties: founders,
            absent: vec![],
            contractor: ("the line builder", stage.address("line builder")?),
            milestones: vec![
                ("Trench dug and cable laid", 4_000, 30),
                ("Houses connected", 4_000, 60),
                ("Tested and handed over", 2_000, 90),
            ],
            defects_days: 60,
        })
    }

    /// C does not pledge.
    fn not_built(&self, stage: &Stage, founders: Vec<Party>, opens_at: u64) -> Result<Storyline> {
        let admission = named(&founders);
        let mut parties = founders;
        let absent = parties.split_off(2);
        Ok(Storyline {
            title: "The line that was not built",
            description:
                "The same terms, but C has not pledged by the deadline: everybody takes their money back."
                    .into(),
            opens_at,
            open_days: 14,
            target: self.all,
            admission,
            parties,
            absent,
            contractor: ("the line builder", stage.address("line builder")?),
            milestones: vec![("Trench dug and cable laid", 10_000, 60)],
            defects_days: 60,
        })
    }

    /// A, B and C, each pledging if the two others do.
    fn founders(&self, stage: &mut Stage, line: &str) -> Result<Vec<Party>> {
        let names = ["A", "B", "C"];
        let address = |stage: &Stage, name: &str| stage.address(&format!("{line} {name}"));
        let mut parties = Vec::new();
        for (name, after) in names.into_iter().zip([1, 3, 5].map(days)) {
            let others: Vec<&str> = names.into_iter().filter(|other| *other != name).collect();
            let mut asked = Vec::with_capacity(others.len());
            for other in &others {
                asked.push(PartyCondition {
                    address: address(stage, other)?.to_string(),
                    at_least: self.each,
                });
            }
            let party = Party {
                name: name.to_owned(),
                address: address(stage, name)?,
                amount: self.each,
                condition: Condition {
                    parties: asked,
                    ..Condition::default()
                },
                words: format!("if {} each pledge {}", others.join(" and "), self.words),
                after,
            };
            stage.endow(&party.address, self.each)?;
            parties.push(party);
        }
        Ok(parties)
    }
}

fn named(parties: &[Party]) -> Admission {
    let parties = parties.iter().map(|party| NamedParty {
        address: party.address.to_string(),
        amount: party.amount,
    });
    Admission::Named {
        parties: parties.collect(),
    }
}

/// The street's grid: every home pledges, each if nine in ten do.
fn street(stage: &Stage, scenario: &Scenario, homes: &[Home], opens_at: u64) -> Result<Storyline> {
    let pledging = homes
        .iter()
        .enumerate()
        .filter(|(_, home)| !home.pledge.is_zero());
    let count = u32::try_from(pledging.clone().count()).unwrap_or(u32::MAX);
    let asked = count.saturating_mul(9).div_ceil(10);
    let money = decimal::show_rounded(
        i128::try_from(scenario.pledge.0).unwrap_or(i128::MAX),
        scenario.currency.scale(),
        2,
    );
    let words = format!(
        "if at least {asked} homes pledge {money} {}",
        scenario.currency.name
    );
    let parties = pledging.map(|(slot, home)| Party {
        name: format!("home {slot}"),
        address: home.owner.clone(),
        amount: home.pledge,
        condition: Condition {
            pledgers: Some(PledgersCondition {
                count: asked,
                at_least: scenario.pledge,
            }),
            ..Condition::default()
        },
        words: words.clone(),
        // One every ten minutes from the second day on: 512 homes take less than four days.
        after: days(1).saturating_add((slot as u64).saturating_mul(600)),
    });
    Ok(Storyline {
        title: "The street's grid",
        description: format!(
            "{count} homes pay for meters and cabinets: {money} {} each.",
            scenario.currency.name
        ),
        opens_at,
        open_days: 14,
        target: times(scenario.pledge, count.into(), "what the street pledges")?,
        admission: Admission::Open {
            minimum: scenario.pledge,
        },
        parties: parties.collect(),
        absent: vec![],
        contractor: ("the grid builder", stage.address("grid builder")?),
        milestones: vec![
            ("Cabinets and cables", 6_000, 30),
            ("Meters read every interval", 4_000, 45),
        ],
        defects_days: 20,
    })
}

/// A multiple of an amount.
fn times(amount: Amount, count: u128, what: &str) -> Result<Amount> {
    let product = amount.0.checked_mul(count).map(Amount);
    product.with_context(|| format!("{what} exceeds 2^128 base units"))
}

/// Reads the pledges page by page.
fn pages(stage: &Stage, promises: &mut Promises, project: ProjectId, expected: usize) -> Result<()> {
    let mut count = 0_usize;
    stage.pages(
        &stage.escrow,
        |start_after| QueryMsg::Pledges {
            project,
            start_after,
            limit: Some(100),
        },
        |page: PledgesResponse| {
            count = count.saturating_add(page.pledges.len());
            promises.that(StoryPromise::EscrowBounds, page.pledges.len() <= 100, || {
                "a page of more than 100".to_owned()
            });
            let last = page.pledges.last().filter(|_| page.more);
            Ok(last.map(|pledge| pledge.pledger.clone()))
        },
    )?;
    promises.equal(
        StoryPromise::EscrowBounds,
        || "pledges on all pages".to_owned(),
        expected,
        count,
    );
    Ok(())
}
