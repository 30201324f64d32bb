//! When a member signs nothing, whatever it hears: another has its key, its clock is off, its record is not whole, the file in
//! force is none that its operator accepted.

use super::action::News;
use super::state::Member;
use crate::file::hash::FileHash;
use crate::file::shape::SharedFile;
use crate::message::content::Content;
use crate::message::envelope::{message_digest, Message};
use crate::moment::Moment;
use crate::record::Record;
use crate::signing::Signing;
use crate::vote::skew;

impl<K: Signing, R: Record> Member<K, R> {
    /// Whether anything may be signed for the window now.
    pub(super) fn may_work(&mut self, now: Moment) -> bool {
        let Some((bench, window)) = self.bench() else {
            return false;
        };
        if bench.state.gap || window.certificates.stands() || self.doppelganger {
            return false;
        }
        let (file, most) = (bench.file, skew(&bench.times).div_euclid(2));
        let begins = Moment::of(self.grid.start_of(window.next.first));
        let beyond = bench.slots().at(now).is_none() && now >= bench.slots().anchor;
        if !self.files.is_mine(&file) {
            self.tell(News::NotAccepted { hash: file });
            return false;
        }
        // A lost record may have signed any window that was over, or ran, before this one was made. It signed none that begins after.
        if begins < self.start.known_from {
            self.tell(News::Restored);
            return false;
        }
        let behind = self.median_offset();
        if behind.unsigned_abs() > most {
            self.tell(News::Clock {
                most,
                ahead: behind.saturating_neg(),
            });
            return false;
        }
        if beyond {
            self.tell(News::NoRevision);
        }
        !beyond
    }

    /// How far most peers' clocks are before this one, ms; this one counts among them.
    fn median_offset(&self) -> i64 {
        let mut offsets: Vec<i64> = self.offsets.values().copied().chain([0]).collect();
        offsets.sort_unstable();
        let middle = offsets.len().saturating_sub(1).div_euclid(2);
        offsets.get(middle).copied().unwrap_or(0)
    }

    /// The operator knows that nobody else has the key. What was signed until now elsewhere may be unknown here, so that windows
    /// which began before count as signed.
    pub(super) fn resume(&mut self, now: Moment) {
        if self.doppelganger {
            self.doppelganger = false;
            self.start.at = now;
            self.start.known_from = now;
        }
        self.told.clear();
    }

    /// Takes a file to know.
    pub(super) fn learn_file(&mut self, file: SharedFile) {
        if let Err(error) = file.check_grid(&self.grid) {
            self.tell(News::Unfit(error));
            return;
        }
        if let Err(error) = self.files.learn(file) {
            self.tell(News::File(error));
        }
    }

    /// The operator's act.
    pub(super) fn accept(&mut self, hash: FileHash) {
        if let Err(error) = self.files.accept(hash) {
            self.tell(News::File(error));
        }
        let me = self.chain.as_ref();
        if let Some(member) = me.and_then(|state| state.committee.position(&self.public_key)) {
            self.say_accepted(member);
        }
    }

    /// Tells everybody what this member accepted.
    pub(super) fn say_accepted(&mut self, member: u8) {
        let content = Content::Accepted(self.files.mine());
        let digest = message_digest(&self.grid.domain(), member, &content);
        // Not of any slot, and nobody is held to it: sets only grow. So it needs no row in the record.
        let signature = self.key.sign(&digest);
        let message = Message::Signed {
            member,
            content,
            signature,
        };
        self.acceptances.insert(member, message.clone());
        self.out.push(super::action::Action::Send(Box::new(message)));
    }
}
