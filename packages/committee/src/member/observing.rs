//! What this member read itself, said once a slot.
//!
//! It is said a quarter of the shortest slot before the slot begins, so that everybody holds it when the slot does: a leader
//! that has all of them proposes at once, and one that leaves a meter out is seen to. That of a window's first slot is said as
//! soon as it is whole: what cannot get better need not wait, and who said it may be away when the report is made.

use gridpact_report::{encode, Report};
use gridpact_units::{Quality, Reading};

use super::action::{Action, News};
use super::state::Member;
use super::window::Asked;
use crate::chain::Next;
use crate::extent::Times;
use crate::message::content::{About, Content, Observation};
use crate::moment::{milliseconds, Moment};
use crate::record::{Kind, Record, Row};
use crate::signing::Signing;
use crate::vote::Bench;

/// How long before a slot begins it is observed, ms.
pub(super) fn lead(times: &Times) -> u64 {
    milliseconds(times.slot).div_euclid(4)
}

/// When a slot's observation may be said at the soonest: a while before the slot, and that of the window's first slot from the
/// window's end on, since what it covers is known by then.
pub(super) fn soonest(bench: &Bench, slot: u16) -> Moment {
    let slots = bench.slots();
    let usual = slots.start(slot).minus(lead(&bench.times));
    let header = bench.header(slot, 0).filter(|_| slot == slots.first);
    header.map_or(usual, |header| {
        usual.min(Moment::of(bench.grid.start_of(header.end())))
    })
}

/// Whether a member read all that it is to read, so well that it cannot get better.
fn is_whole(bench: &Bench, me: u8, readings: &[Reading]) -> bool {
    let mut seats = readings.iter().zip(bench.rules.seats.iter().cycle());
    seats.all(|(reading, seat)| reading.quality == Quality::Measured || !seat.readers.contains(&me))
}

impl<K: Signing, R: Record> Member<K, R> {
    /// Asks for readings where a slot wants them, and again when none came. Those of the window's first slot it asks for from the
    /// window's end on: who has read everything says so at once, and may be away when the report is made.
    pub(super) fn observe(&mut self, now: Moment) {
        let Some((bench, window)) = self.bench() else {
            return;
        };
        let (slots, lead) = (bench.slots(), lead(&bench.times));
        let (slot, ahead) = match slots.at(now.plus(lead)) {
            Some(slot) => (slot, false),
            None if now < slots.anchor && now >= soonest(&bench, slots.first) && !self.may_yield(&bench) => {
                (slots.first, true)
            }
            None => return,
        };
        let pause = if ahead {
            milliseconds(bench.times.slot)
        } else {
            lead
        };
        let asked = window.reading.is_some_and(|asked| {
            (asked.slot, asked.ahead) == (slot, ahead) && now.since(asked.since) < pause
        });
        if asked || window.mailbox.has_observed(slot, window.me) {
            return;
        }
        let Some(header) = bench.header(slot, 0) else {
            return;
        };
        let next = window.next;
        if let Some(window) = self.window.as_mut() {
            let since = now;
            window.reading = Some(Asked { slot, ahead, since });
        }
        self.out.push(Action::Read {
            next,
            slot,
            intervals: header.intervals,
            // Half of the lead stays for the way to the peers.
            latest: if ahead { now } else { now.plus(lead.div_euclid(2)) },
            ahead,
        });
    }

    /// Whether another file may be in force for the window by the time of its report: what is said by this one would not count then.
    fn may_yield(&self, bench: &Bench) -> bool {
        let start = self.grid.start_of(bench.state.first);
        self.files.may_yield(&bench.file, start)
    }

    /// Signs what was read, and says it.
    pub(super) fn observed(
        &mut self,
        (next, slot): (Next, u16),
        readings: Vec<Reading>,
        ahead: bool,
        now: Moment,
    ) {
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
        if ahead && !is_whole(&bench, window.me, &readings) {
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
