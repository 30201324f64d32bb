//! What this member read itself, said once a slot.
//!
//! It is said a quarter of the shortest slot before the slot begins, so that everybody holds it when the slot does: a leader
//! that has all of them proposes at once, and one that leaves a meter out is seen to.

use gridpact_report::{encode, Report};
use gridpact_units::Reading;

use super::action::{Action, News};
use super::state::Member;
use crate::chain::Next;
use crate::extent::Times;
use crate::message::content::{About, Content, Observation};
use crate::moment::{milliseconds, Moment};
use crate::record::{Kind, Record, Row};
use crate::signing::Signing;

/// How long before a slot begins it is observed, ms.
pub(super) fn lead(times: &Times) -> u64 {
    milliseconds(times.slot).div_euclid(4)
}

impl<K: Signing, R: Record> Member<K, R> {
    /// Asks for readings where a slot wants them, and again when none came.
    pub(super) fn observe(&mut self, now: Moment) {
        let Some((bench, window)) = self.bench() else {
            return;
        };
        let lead = lead(&bench.times);
        let Some(slot) = bench.slots().at(now.plus(lead)) else {
            return;
        };
        let asked = window
            .reading
            .is_some_and(|(asked, since)| asked == slot && now.since(since) < lead);
        if asked || window.mailbox.has_observed(slot, window.me) {
            return;
        }
        let Some(header) = bench.header(slot, 0) else {
            return;
        };
        let next = window.next;
        if let Some(window) = self.window.as_mut() {
            window.reading = Some((slot, now));
        }
        self.out.push(Action::Read {
            next,
            slot,
            intervals: header.intervals,
            // Half of the lead stays for the way to the peers.
            latest: now.plus(lead.div_euclid(2)),
        });
    }

    /// Signs what was read, and says it.
    pub(super) fn observed(&mut self, next: Next, slot: u16, readings: Vec<Reading>, now: Moment) {
        self.turn_window();
        if !self.may_work(now) {
            return;
        }
        let Some((bench, window)) = self.bench() else {
            return;
        };
        if window.next != next || window.mailbox.has_observed(slot, window.me) {
            return;
        }
        let Some(header) = bench.header(slot, 0) else {
            return;
        };
        let report = match encode(&Report { header, readings }) {
            Ok(report) => report,
            Err(error) => return self.tell(News::Reading(error.to_string())),
        };
        let content = Content::Observation(Observation {
            about: About {
                file: bench.file,
                epoch: next.epoch,
                first: next.first,
                slot,
            },
            accepted: self.files.mine(),
            report,
        });
        self.say(Kind::Observation, slot, content, now);
    }

    /// Writes a message down, signs it, keeps it and sends it.
    pub(super) fn say(&mut self, kind: Kind, slot: u16, content: Content, now: Moment) {
        let Some(window) = self.window.as_ref() else {
            return;
        };
        let (member, next) = (window.me, window.next);
        let row = Row {
            kind,
            epoch: next.epoch,
            first: next.first,
            intervals: 0,
            slot,
            digest: crate::message::envelope::message_digest(&self.grid.domain(), member, &content),
            bytes: content.encode(),
        };
        if let Some(signature) = self.sign(&row) {
            let message = crate::message::envelope::Message::Signed {
                member,
                content,
                signature,
            };
            self.keep_and_send(message, now);
        }
    }

    /// Through the record; `None`: not signed, and told.
    pub(super) fn sign(&mut self, row: &Row) -> Option<[u8; 64]> {
        match crate::record::sign(&self.key, &mut self.record, row) {
            Ok(signature) => {
                if let Some(window) = self.window.as_mut() {
                    window.own.insert(row.digest);
                }
                Some(signature)
            }
            Err(error) => {
                self.tell(News::NotSigned(error));
                None
            }
        }
    }

    pub(super) fn keep_and_send(&mut self, message: crate::message::envelope::Message, now: Moment) {
        if let Some(window) = self.window.as_mut() {
            window.mailbox.put(&self.grid.domain(), message.clone(), now);
        }
        self.out.push(Action::Send(Box::new(message)));
    }
}
