//! This member's signature of a draft: one a slot, the first that passes, through the record.

use gridpact_report::split;

use super::action::News;
use super::state::Member;
use crate::message::content::Vote;
use crate::message::envelope::Message;
use crate::moment::Moment;
use crate::record::{Kind, Record, Row};
use crate::refusal::Refusal;
use crate::signing::Signing;
use crate::vote::skew;

impl<K: Signing, R: Record> Member<K, R> {
    /// Looks at the drafts of the slots that run, give or take the clocks.
    pub(super) fn vote(&mut self, now: Moment) {
        let Some((bench, window)) = self.bench() else {
            return;
        };
        let (slots, skew, me) = (bench.slots(), skew(&bench.times), window.me);
        let latest = slots.at(now.plus(skew));
        let earliest = slots.at(now.minus(skew)).or(latest);
        let (Some(earliest), Some(latest)) = (earliest, latest) else {
            return;
        };
        for slot in earliest..=latest {
            let voted = self
                .window
                .as_ref()
                .is_none_or(|window| window.mailbox.has_voted(slot, me));
            if !voted {
                self.vote_in(slot, now);
            }
        }
    }

    fn vote_in(&mut self, slot: u16, now: Moment) {
        let Some((bench, window)) = self.bench() else {
            return;
        };
        let drafts = window.mailbox.proposals(slot);
        let mut drafts: Vec<_> = drafts
            .filter(|(member, _, _)| !window.rejected.contains(&(slot, *member)))
            .collect();
        drafts.sort_by_key(|(member, held, proposal)| (proposal.turn, held.at, *member));
        let mut refused: Vec<(u8, Refusal)> = Vec::new();
        let mut found = None;
        for (member, _, proposal) in drafts {
            match bench.judge(member, proposal, now) {
                Ok(()) => {
                    found = Some(proposal.draft.clone());
                    break;
                }
                Err(refusal) => refused.push((member, refusal)),
            }
        }
        for (member, refusal) in refused {
            if let Some(window) = self.window.as_mut().filter(|_| !refusal.passes()) {
                window.rejected.insert((slot, member));
            }
            self.tell(News::Disagreement {
                slot,
                member,
                refusal,
            });
        }
        if let Some(draft) = found {
            self.sign_report(draft, now);
        }
    }

    fn sign_report(&mut self, report: Vec<u8>, now: Moment) {
        let (Ok(vote), Ok((header, _)), Some(window)) =
            (Vote::of(&report), split(&report), self.window.as_ref())
        else {
            return;
        };
        let member = window.me;
        let row = Row {
            kind: Kind::Vote,
            epoch: header.epoch,
            first: header.first_interval,
            intervals: header.intervals,
            slot: header.revision,
            digest: vote.digest(&self.grid.domain()),
            bytes: report,
        };
        if let Some(signature) = self.sign(&row) {
            let message = Message::Vote {
                member,
                vote,
                signature,
            };
            self.keep_and_send(message, now);
        }
    }
}
