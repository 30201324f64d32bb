//! The escrow: all but one place of its longest list taken by pledges that wait for each other, with the largest conditions there
//! are; and the pledge that lets all of them join.

use anyhow::{Context, Result};
use gridpact_client::{Escrow, Options, Sender};
use gridpact_e2e::{Devnet, Person};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::bounds::MAX_CONDITION_PARTIES;
use gridpact_types::escrow::terms::{Admission, Condition, PartyCondition, PledgersCondition};
use gridpact_units::Amount;

use crate::gas_meter::GasMeter;
use crate::long_list::{LIST_GAS, LONGEST_LIST, SMALL};
use crate::projects::terms;

/// An open call that is funded to the unit when the last of 512 comes.
pub async fn measure(
    devnet: &Devnet,
    meter: &mut GasMeter,
    escrow: &Escrow,
    sponsor: &Sender,
    contractor: &Sender,
    asset: &Asset,
) -> Result<()> {
    let chain = devnet.chain();
    let now = chain.latest().await?.time.0;
    let target = Amount(SMALL.0 * u128::from(LONGEST_LIST));
    let open = Admission::Open { minimum: SMALL };
    let terms = terms(asset, open, target, contractor.address(), now);
    sponsor.send(&[escrow.open(terms)?]).await?;
    let project = escrow.config().await?.projects;
    let hash = escrow.project(project).await?.terms_hash;
    let people = devnet.people(LONGEST_LIST.into(), SMALL.0).await?;
    let pledge = |position: usize| {
        let condition = largest(&people, position, target);
        escrow.pledge_message(project, hash.clone(), condition, asset, SMALL)
    };
    // A simulation knows nothing of the pledges that are under way, so their gas is fixed.
    let options = Options {
        gas: Some(LIST_GAS),
        ..Options::default()
    };
    let last_but_one = usize::from(LONGEST_LIST) - 2;
    let mut under_way = Vec::with_capacity(last_but_one);
    for (position, person) in people[..last_but_one].iter().enumerate() {
        let sender = person.sender.clone().with_options(options.clone());
        under_way.push(sender.submit(&[pledge(position)?]).await?);
    }
    for submitted in under_way {
        let done = chain.wait(&submitted).await?;
        done.result().context("a pledge with the largest condition")?;
    }
    let all = [escrow.address()];
    for (name, position) in [
        (
            "pledge beside 510 that wait with the largest conditions",
            last_but_one,
        ),
        ("pledge that lets 511 of them join: funded", last_but_one + 1),
    ] {
        let sender = &people[position].sender;
        meter.row(name, sender, &[pledge(position)?], &all, 0).await?;
    }
    Ok(())
}

/// If the next sixteen pledge, and 512 do, and the target is reached.
fn largest(people: &[Person], position: usize, target: Amount) -> Condition {
    let after = people.iter().cycle().skip(position + 1);
    let party = |person: &Person| PartyCondition {
        address: person.address().to_owned(),
        at_least: SMALL,
    };
    Condition {
        parties: after.take(MAX_CONDITION_PARTIES).map(party).collect(),
        pledgers: Some(PledgersCondition {
            count: LONGEST_LIST.into(),
            at_least: SMALL,
        }),
        total: Some(target),
    }
}
