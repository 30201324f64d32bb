//! The three projects: A, B and C's line; the same with a party missing; the street's grid.

use anyhow::Result;
use gridpact_types::escrow::answers::PledgesResponse;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{
    Admission, Condition, NamedParty, PartyCondition, PledgersCondition, ProjectId,
};
use gridpact_units::Amount;

use super::chain::Chain;
use super::people::Home;
use super::project::{self, Party, Plot};
use super::promises::{Promise, Promises};
use super::DAY;
use crate::options::Plan;
use crate::run::Project;
use gridpact_units::decimal;

/// What each of A, B and C pledges, in main units.
const FOUNDING: u128 = 10_000;
/// Days before the first interval at which the projects open.
const FOUNDING_OPENS: u64 = 280;
const FAILING_OPENS: u64 = 110;
const STREET_OPENS: u64 = 80;

/// Tells all three; also the number of the street's project, which the grid's fees flow to.
pub fn tell(
    chain: &mut Chain,
    promises: &mut Promises,
    plan: &Plan,
    homes: &[Home],
    start: u64,
) -> Result<(Vec<Project>, ProjectId)> {
    let before = |days: u64| start - days * DAY;
    let amount = Amount(FOUNDING * 10_u128.pow(u32::from(plan.currency.decimals)));
    let words = format!("10,000 {}", plan.currency.name);
    let founding = founders(chain, "founding line", amount, &words)?;
    let failing = founders(chain, "second line", amount, &words)?;
    let named = |parties: &[Party]| Admission::Named {
        parties: parties
            .iter()
            .map(|party| NamedParty {
                address: party.address.to_string(),
                amount: party.amount,
            })
            .collect(),
    };

    let first = Plot {
        title: "The founding line",
        description: format!("A, B and C lay a line between their houses: {words} each, and only together."),
        opens_at: before(FOUNDING_OPENS),
        open_days: 30,
        target: Amount(3 * amount.0),
        admission: named(&founding),
        parties: founding,
        absent: vec![],
        contractor: ("the line builder", chain.address("line builder")?),
        milestones: vec![
            ("Trench dug and cable laid", 4_000, 30),
            ("Houses connected", 4_000, 60),
            ("Tested and handed over", 2_000, 90),
        ],
        defects_days: 60,
    };
    let (_, first) = project::tell(chain, promises, first)?;

    let admission = named(&failing);
    let mut parties = failing;
    let absent = parties.split_off(2);
    let second = Plot {
        title: "The line that was not built",
        description:
            "The same terms, but C has not pledged by the deadline: everybody takes their money back.".into(),
        opens_at: before(FAILING_OPENS),
        open_days: 14,
        target: Amount(3 * amount.0),
        admission,
        parties,
        absent,
        contractor: ("the line builder", chain.address("line builder")?),
        milestones: vec![("Trench dug and cable laid", 10_000, 60)],
        defects_days: 60,
    };
    let (_, second) = project::tell(chain, promises, second)?;

    let (number, third) = {
        let street = street(chain, plan, homes, before(STREET_OPENS))?;
        project::tell(chain, promises, street)?
    };
    pages(chain, promises, number, third.pledges.len())?;
    Ok((vec![first, second, third], number))
}

/// A, B and C, each pledging if the two others do.
fn founders(chain: &mut Chain, line: &str, amount: Amount, words: &str) -> Result<Vec<Party>> {
    let names = ["A", "B", "C"];
    let address = |chain: &Chain, name: &str| chain.address(&format!("{line} {name}"));
    let mut parties = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let others: Vec<&str> = names.into_iter().filter(|other| *other != name).collect();
        let mut asked = Vec::with_capacity(others.len());
        for other in &others {
            asked.push(PartyCondition {
                address: address(chain, other)?.to_string(),
                at_least: amount,
            });
        }
        let party = Party {
            name: name.to_owned(),
            address: address(chain, name)?,
            amount,
            condition: Condition {
                parties: asked,
                ..Condition::default()
            },
            words: format!("if {} each pledge {words}", others.join(" and ")),
            after: (1 + 2 * number as u64) * DAY,
        };
        chain.endow(&party.address, amount)?;
        parties.push(party);
    }
    Ok(parties)
}

/// The street's grid: every home pledges, each if nine in ten do.
fn street(chain: &Chain, plan: &Plan, homes: &[Home], opens_at: u64) -> Result<Plot> {
    let pledging = homes
        .iter()
        .enumerate()
        .filter(|(_, home)| !home.pledge.is_zero());
    let count = u32::try_from(pledging.clone().count()).unwrap_or(u32::MAX);
    let asked = (count * 9).div_ceil(10);
    let money = decimal::show_rounded(
        i128::try_from(plan.pledge.0).unwrap_or(i128::MAX),
        u32::from(plan.currency.decimals),
        2,
    );
    let words = format!("if at least {asked} homes pledge {money} {}", plan.currency.name);
    let parties = pledging.map(|(slot, home)| Party {
        name: format!("home {slot}"),
        address: home.owner.clone(),
        amount: home.pledge,
        condition: Condition {
            pledgers: Some(PledgersCondition {
                count: asked,
                at_least: plan.pledge,
            }),
            ..Condition::default()
        },
        words: words.clone(),
        // One every ten minutes from the second day on: 512 homes take less than four days.
        after: DAY + 600 * slot as u64,
    });
    Ok(Plot {
        title: "The street's grid",
        description: format!(
            "{count} homes pay for meters and cabinets: {money} {} each.",
            plan.currency.name
        ),
        opens_at,
        open_days: 14,
        target: Amount(plan.pledge.0 * u128::from(count)),
        admission: Admission::Open { minimum: plan.pledge },
        parties: parties.collect(),
        absent: vec![],
        contractor: ("the grid builder", chain.address("grid builder")?),
        milestones: vec![
            ("Cabinets and cables", 6_000, 30),
            ("Meters read every interval", 4_000, 45),
        ],
        defects_days: 20,
    })
}

/// Reads the pledges page by page.
fn pages(chain: &Chain, promises: &mut Promises, project: ProjectId, expected: usize) -> Result<()> {
    let mut start_after = None;
    let mut count = 0;
    loop {
        let query = QueryMsg::Pledges {
            project,
            start_after,
            limit: Some(100),
        };
        let page: PledgesResponse = chain.query(&chain.escrow, &query)?;
        count += page.pledges.len();
        promises.that(Promise::EscrowBounds, page.pledges.len() <= 100, || {
            "a page of more than 100".to_owned()
        });
        start_after = page.pledges.last().map(|pledge| pledge.pledger.clone());
        if !page.more || start_after.is_none() {
            break;
        }
    }
    promises.equal(
        Promise::EscrowBounds,
        || "pledges on all pages".to_owned(),
        expected,
        count,
    );
    Ok(())
}
