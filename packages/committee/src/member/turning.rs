//! From one window to the next, as the chain asks, and the file in force for it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::{Action, News};
use super::outliers::outliers;
use super::state::Member;
use super::window::{Basis, Window};
use crate::bounds::REFUSED_KEPT;
use crate::certificates::Certificates;
use crate::chain::{ChainState, Next};
use crate::file::hash::FileHash;
use crate::file::shape::SharedFile;
use crate::mailbox::Mailbox;
use crate::merge::Rules;
use crate::message::content::{Content, Vote};
use crate::message::envelope::Message;
use crate::moment::{milliseconds, Moment};
use crate::record::{Kind, Record, Row};
use crate::signing::Signing;
use crate::vote::Bench;

impl<K: Signing, R: Record> Member<K, R> {
    /// What the chain says. An older state than is known says nothing.
    pub(super) fn learn_chain(&mut self, state: ChainState, now: Moment) {
        let forgotten = |(_, since): &(u16, Moment)| now.since(*since) > milliseconds(REFUSED_KEPT);
        self.too_long = self.too_long.filter(|known| !forgotten(known));
        if self
            .chain
            .as_ref()
            .is_some_and(|known| known.height > state.height)
        {
            return;
        }
        let next = state.next();
        let height = state.height;
        let window = self.window.as_mut().filter(|window| window.next == next);
        let gone = window.map(|window| window.certificates.unchanged_at(height));
        for vote in gone.unwrap_or_default() {
            let intervals = vote.header.intervals;
            let shortest = self.too_long.map_or(intervals, |(known, _)| known.min(intervals));
            self.too_long = Some((shortest, now));
            let slot = vote.header.revision;
            self.tell(News::RefusedForGood { slot, intervals });
        }
        self.chain = Some(state);
    }

    /// Takes up the window that the chain asks for, and the file in force for it.
    pub(super) fn turn_window(&mut self) {
        let Some(state) = self.chain.as_ref() else {
            return;
        };
        let next = state.next();
        if self.window.as_ref().is_none_or(|window| window.next != next) {
            let epoch = self.window.as_ref().map(|window| window.next.epoch);
            if epoch != Some(next.epoch) {
                // Positions are of another committee now.
                self.acceptances.clear();
                self.offsets.clear();
            }
            self.leave_window();
            self.window = self.enter(next);
        }
        self.find_basis();
    }

    fn leave_window(&mut self) {
        let Some(window) = self.window.take() else {
            return;
        };
        for news in outliers(&window) {
            self.tell(news);
        }
        if let Some(basis) = window.basis.filter(|_| window.certificates.stands()) {
            self.files.certified(&basis.file);
        }
        let messages: Vec<Vec<u8>> = window.mailbox.all().map(|held| held.message.encode()).collect();
        if !messages.is_empty() {
            self.out.push(Action::Archive {
                first: window.next.first,
                messages,
            });
        }
        self.told.clear();
    }

    /// A fresh window with everything in it that this member signed before: it says the same again.
    fn enter(&mut self, next: Next) -> Option<Window> {
        let state = self.chain.as_ref()?;
        let Some(me) = state.committee.position(&self.public_key) else {
            self.tell(News::NotMember { epoch: next.epoch });
            return None;
        };
        let rows = match self.record.rows(next.epoch, next.first) {
            Ok(rows) => rows,
            Err(error) => {
                self.tell(News::NotSigned(error.into()));
                return None;
            }
        };
        let mut window = Window {
            next,
            me,
            mailbox: Mailbox::default(),
            certificates: Certificates::default(),
            own: rows.iter().map(|row| row.digest).collect(),
            reading: None,
            rejected: BTreeSet::new(),
            basis: None,
        };
        for row in rows {
            self.say_again(&mut window, &row);
        }
        if !self.files.mine().is_empty() {
            self.say_accepted(me);
        }
        Some(window)
    }

    /// Signs what the record has: the same digest, the same bytes.
    fn say_again(&mut self, window: &mut Window, row: &Row) {
        let signature = self.key.sign(&row.digest);
        let (member, domain) = (window.me, self.grid.domain());
        let message = if row.kind == Kind::Vote {
            let Ok(vote) = Vote::of(&row.bytes) else {
                return;
            };
            window.mailbox.keep_draft(&domain, row.slot, member, &row.bytes);
            Message::Vote {
                member,
                vote,
                signature,
            }
        } else {
            let Ok(content) = Content::decode(&row.bytes) else {
                return;
            };
            Message::Signed {
                member,
                content,
                signature,
            }
        };
        // A row of another committee's order, or another chain's name, is under another digest now: it stays unsaid.
        let id = match &message {
            Message::Vote { vote, .. } => vote.digest(&domain),
            other => other.id(&domain),
        };
        if id == row.digest {
            window.mailbox.put(&domain, message.clone(), Moment::default());
            self.out.push(Action::Send(Box::new(message)));
        }
    }

    /// The file in force, and what follows from it.
    fn find_basis(&mut self) {
        let (Some(state), Some(window)) = (self.chain.as_ref(), self.window.as_ref()) else {
            return;
        };
        let start = self.grid.start_of(state.first);
        let file = self.files.in_force(start, &state.committee, &self.public_key);
        if window.basis.as_ref().map(|basis| basis.file) == file && file.is_some() {
            return;
        }
        let fetch = self.files.unknown(&state.committee, &self.public_key);
        let known: Option<(FileHash, &SharedFile)> =
            file.and_then(|hash| Some((hash, self.files.get(&hash)?)));
        let basis = known.map(|(file, content)| Basis {
            file,
            times: content.times(),
            rules: Arc::new(Rules::new(content, &self.grid, state)),
        });
        let none = basis.is_none();
        if let Some(window) = self.window.as_mut() {
            window.basis = basis;
            window.reading = None;
        }
        if none {
            self.tell(News::NoFile);
        }
        if let Some(hash) = fetch {
            self.out.push(Action::Fetch(hash));
        }
    }

    /// What drafts are judged by; `None` where nothing is to be signed.
    pub(super) fn bench(&self) -> Option<(Bench<'_>, &Window)> {
        let (state, window) = (self.chain.as_ref()?, self.window.as_ref()?);
        let basis = window.basis.as_ref()?;
        let bench = Bench {
            grid: &self.grid,
            state,
            file: basis.file,
            times: basis.times,
            rules: &basis.rules,
            mailbox: &window.mailbox,
            refused: self.too_long.map(|(intervals, _)| intervals),
        };
        Some((bench, window))
    }
}
