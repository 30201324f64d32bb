//! The escrow: the longest list of pledges, all of which wait.

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Escrow, Message, Options, Sender};
use gridpact_e2e::Devnet;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::{Admission, Condition, PledgersCondition, ProjectId};
use gridpact_units::Amount;

use crate::gas_meter::GasMeter;
use crate::projects::{terms, DAY};

/// What each pledges: a main unit.
pub const SMALL: Amount = Amount(1_000_000);
/// Gas that a pledge may use.
pub const LIST_GAS: u64 = 3_000_000;
/// The escrow's longest list.
pub const LONGEST_LIST: u16 = 512;

/// An open call that 512 pledge to, and that fails for want of one more.
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
    let terms = terms(
        asset,
        Admission::Open { minimum: SMALL },
        target,
        contractor.address(),
        now,
    );
    let all = [escrow.address()];
    sponsor.send(&[escrow.open(terms)?]).await?;
    let project = escrow.config().await?.projects;
    let hash = escrow.project(project).await?.terms_hash;
    let people = devnet.people(usize::from(LONGEST_LIST) + 1, SMALL.0 + 1).await?;
    let mut waiting = Vec::with_capacity(LONGEST_LIST.into());
    // Nobody's condition is met, so that every pledge is examined at every further one.
    let pledge = |amount: u128| pledge(escrow, project, &hash, asset, Amount(amount));
    // A simulation knows nothing of the pledges that are under way, so their gas is fixed.
    let options = Options {
        gas: Some(LIST_GAS),
        ..Options::default()
    };
    for person in &people[..usize::from(LONGEST_LIST) - 1] {
        let sender = person.sender.clone().with_options(options.clone());
        waiting.push(sender.submit(&[pledge(SMALL.0)?]).await?);
    }
    for submitted in waiting {
        chain
            .wait(&submitted)
            .await?
            .result()
            .context("a pledge of a long list")?;
    }
    let (last, first_too_many) = (&people[people.len() - 2], &people[people.len() - 1]);
    meter
        .row(
            "pledge, the 512th of an open call",
            &last.sender,
            &[pledge(SMALL.0)?],
            &all,
            0,
        )
        .await?;
    meter
        .row(
            "pledge into a full list, displacing one",
            &first_too_many.sender,
            &[pledge(SMALL.0 + 1)?],
            &all,
            0,
        )
        .await?;
    let restate = [escrow.restate(project, one_more(LONGEST_LIST - 1))?];
    meter
        .row("restate a condition, of 512", &last.sender, &restate, &all, 0)
        .await?;
    chain.advance(31 * DAY).await?;
    let refund = [escrow.claim_refund(project)?];
    meter
        .row("claim a refund, of 512", &last.sender, &refund, &all, 0)
        .await?;
    Ok(())
}

/// A pledge that asks for one more pledger than the list can hold.
fn pledge(
    escrow: &Escrow,
    project: ProjectId,
    hash: &HexBinary,
    asset: &Asset,
    amount: Amount,
) -> Result<Message> {
    let condition = one_more(LONGEST_LIST);
    Ok(escrow.pledge_message(project, hash.clone(), condition, asset, amount)?)
}

/// So many who pledge one more than the least.
fn one_more(count: u16) -> Condition {
    Condition {
        pledgers: Some(PledgersCondition {
            count: count.into(),
            at_least: Amount(SMALL.0 + 1),
        }),
        ..Condition::default()
    }
}
