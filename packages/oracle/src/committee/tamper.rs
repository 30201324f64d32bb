//! For tests of what a committee bears: a member that is told to be hostile. In no release: the feature's binary says so itself.

use std::sync::Arc;

use gridpact_committee::merge::{merge, Observed, Rules};
use gridpact_committee::message::content::{Content, Proposal};
use gridpact_committee::message::envelope::{message_digest, Message};
use gridpact_committee::signing::Signing;
use gridpact_report::{decode, encode, Report};

use super::parts::Driver;
use super::state;

/// Set to `omit`: every draft that it leads passes over what one of the others read.
const HOW: &str = "GRIDPACT_ORACLE_HOSTILE";

/// Whether it keeps a message from its peers, and passes over what they say of it: the honest draft in place of which it said another.
pub(super) fn hides<C>(message: &Message, driver: &Driver<C>) -> bool {
    own_proposal(message, driver).is_some()
}

fn own_proposal<'a, C>(message: &'a Message, driver: &Driver<C>) -> Option<(u8, &'a Proposal)> {
    if std::env::var(HOW).ok()? != "omit" {
        return None;
    }
    let me = driver
        .look
        .as_ref()?
        .committee
        .position(&driver.key.public_key())?;
    match message {
        Message::Signed {
            member,
            content: Content::Proposal(proposal),
            ..
        } if *member == me => Some((me, proposal)),
        _ => None,
    }
}

/// What it says in a message's place; `None`: the message.
pub(super) fn instead<C>(message: &Message, driver: &Driver<C>) -> Option<Vec<u8>> {
    let (member, proposal) = own_proposal(message, driver)?;
    let content = Content::Proposal(omitting(member, proposal, driver)?);
    let domain = driver.grid.as_ref()?.domain();
    let signature = driver.key.sign(&message_digest(&domain, member, &content));
    eprintln!(
        "hostile: slot {}: an observation is passed over",
        proposal.about.slot
    );
    let message = Message::Signed {
        member,
        content,
        signature,
    };
    Some(message.encode())
}

/// The same draft without the first of the others' observations, where a quorum is left.
fn omitting<C>(me: u8, proposal: &Proposal, driver: &Driver<C>) -> Option<Proposal> {
    let (machine, look, grid) = (
        driver.member.as_ref()?,
        driver.look.as_ref()?,
        driver.grid.as_ref()?,
    );
    let mut observations = Vec::new();
    for name in &proposal.observations {
        if let Message::Signed {
            member,
            content: Content::Observation(observation),
            ..
        } = machine.message(name)?
        {
            observations.push((*name, member, decode(&observation.report).ok()?));
        }
    }
    let others = observations.iter().filter(|(_, member, _)| *member != me);
    let passed_over = others.map(|(_, member, _)| *member).min()?;
    observations.retain(|(_, member, _)| *member != passed_over);
    if observations.len() < usize::from(look.committee.quorum) {
        return None;
    }
    let state = state::state(&look.asked.basis, Arc::clone(&look.committee))?;
    let rules = Rules::new(driver.shelf.files.get(&proposal.about.file)?, grid, &state);
    let header = decode(&proposal.draft).ok()?.header;
    let observed: Vec<Observed> = (observations.iter())
        .map(|(_, member, report)| Observed {
            member: *member,
            readings: &report.readings,
        })
        .collect();
    let readings = merge(&rules, &header, &observed);
    Some(Proposal {
        observations: observations.iter().map(|(name, _, _)| *name).collect(),
        draft: encode(&Report { header, readings }).ok()?,
        ..proposal.clone()
    })
}
