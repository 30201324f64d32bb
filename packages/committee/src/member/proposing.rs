//! The leader's part: the observations that came, and the draft that follows from them.
//!
//! As soon as all members observed; else from 0.4 T of the turn with those who did, never fewer than a quorum. A leader proposes
//! once a slot, whatever its turns.

use gridpact_report::{encode, split, Report};

use super::action::News;
use super::state::Member;
use crate::bounds::LAST_REVISION;
use crate::leader::{leader, turn, turn_start};
use crate::message::content::{About, Content, Proposal};
use crate::moment::{milliseconds, Moment};
use crate::record::{Kind, Record};
use crate::refusal::Refusal;
use crate::signing::Signing;
use crate::vote::Bench;

/// How long a leader waits for the last observations, in hundredths of the shortest slot.
const PATIENCE: u64 = 40;

/// When a leader no longer waits for everybody, in ms after its turn began.
pub(super) fn patience(slot_milliseconds: u64) -> u64 {
    slot_milliseconds.saturating_mul(PATIENCE).div_euclid(100)
}

impl<K: Signing, R: Record> Member<K, R> {
    /// Proposes, where it is this member's turn and there is enough to propose.
    pub(super) fn propose(&mut self, now: Moment) {
        let Some((bench, window)) = self.bench() else {
            return;
        };
        let Some(slot) = bench.slots().at(now).filter(|slot| *slot <= LAST_REVISION) else {
            return;
        };
        if window.mailbox.has_proposed(slot, window.me) {
            return;
        }
        let (state, shortest) = (bench.state, bench.times.slot);
        let start = bench.slots().start(slot);
        let turn = turn(start, shortest, now);
        let members = state.committee.size();
        if leader(state.epoch, state.first, slot, turn, members) != window.me {
            return;
        }
        let waited = now.since(turn_start(start, shortest, turn));
        let halvings = bench.halvings(slot);
        let Some(chosen) = choose(&bench, slot, halvings) else {
            return;
        };
        let all = chosen.len() == usize::from(members);
        let enough = chosen.len() >= usize::from(state.committee.quorum);
        if !(all || enough && waited >= patience(milliseconds(shortest))) {
            return;
        }
        match draft(&bench, slot, turn, halvings, &chosen) {
            Ok(proposal) => self.say(Kind::Proposal, slot, Content::Proposal(proposal), now),
            Err(error) => self.tell(News::Reading(error)),
        }
    }
}

/// An observation that can be merged: who, what it is called, its report.
type Chosen<'a> = (u8, [u8; 32], &'a [u8]);

/// The observations of a slot that can be merged into a draft of it.
fn choose<'a>(bench: &Bench<'a>, slot: u16, halvings: u8) -> Option<Vec<Chosen<'a>>> {
    let header = bench.header(slot, halvings)?;
    let fit = bench.mailbox.observations(slot).filter(|(_, _, observation)| {
        let covers = split(&observation.report).is_ok_and(|(covers, _)| crate::vote::fits(&covers, &header));
        covers && observation.about.file == bench.file
    });
    Some(
        fit.map(|(member, held, observation)| (member, held.id, observation.report.as_slice()))
            .collect(),
    )
}

fn draft(bench: &Bench, slot: u16, turn: u32, halvings: u8, chosen: &[Chosen]) -> Result<Proposal, String> {
    let header = bench.header(slot, halvings).ok_or("no interval is over")?;
    let reports: Vec<(u8, &[u8])> = chosen
        .iter()
        .map(|(member, _, report)| (*member, *report))
        .collect();
    let readings = bench
        .merge(&header, &reports)
        .map_err(|error: Refusal| error.to_string())?;
    let mut observations: Vec<[u8; 32]> = chosen.iter().map(|(_, id, _)| *id).collect();
    observations.sort_unstable();
    Ok(Proposal {
        about: About {
            file: bench.file,
            epoch: header.epoch,
            first: header.first_interval,
            slot,
        },
        turn,
        height: bench.state.height,
        halvings,
        observations,
        draft: encode(&Report { header, readings }).map_err(|error| error.to_string())?,
    })
}
