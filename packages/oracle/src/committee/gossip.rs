//! What goes between members: new messages at once, and every few seconds what is here, so that nothing is lost for good.

use std::collections::BTreeSet;

use gridpact_committee::bounds::MAX_FILES;
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::MessageId;
use gridpact_committee::message::envelope::Message;
use gridpact_units::UnixSeconds;

use super::error::DriverError;
use super::parts::Driver;
use super::peers::bounds::MAX_WAITING;
use super::peers::frame::Frame;
use super::peers::line::{Heard, What};
use super::peers::pinned::Pin;
use super::suspension::{self, Said};
use crate::reporting::chain::ChainSide;

/// How long a message that was passed over is not asked for again, ms: part of the shortest slot.
const ASK_AGAIN: u64 = 15_000;
/// Messages that are remembered as passed over; of more, each is asked for again.
const MAX_PASSED: usize = 4_096;

impl<C: ChainSide> Driver<C> {
    /// A peer said something.
    pub(super) async fn hear(&mut self, heard: Heard) -> Result<(), DriverError> {
        let from = heard.from;
        match &heard.what {
            What::Up => self.greet(&from),
            What::Ahead(ahead) => return self.measured(&from, *ahead).await,
            What::Have(names) => self.ask_for(&from, names),
            What::Want(names) => self.give(&from, names),
            What::Message(bytes) => return self.heard_message(bytes).await,
            What::Files(names) => self.ask_for_files(&from, names),
            What::WantFile(name) => {
                if let Some(text) = self.shelf.texts.get(name) {
                    self.network.say(&from, &Frame::File(text.clone().into_bytes()));
                }
            }
            What::File(bytes) => return self.brought(bytes).await,
            What::WantReport(name) => self.give_report(&from, name),
            What::Report(bytes) => self.brought_report(bytes),
        }
        Ok(())
    }

    /// What the member passes over is not asked for again at once: it may be for later, or for nobody here.
    async fn heard_message(&mut self, bytes: &[u8]) -> Result<(), DriverError> {
        #[cfg(feature = "abort-points")]
        if Message::decode(bytes).is_ok_and(|message| super::tamper::hides(&message, self)) {
            return Ok(());
        }
        self.happen(Event::Message(bytes.to_vec())).await?;
        let Some(grid) = &self.grid else { return Ok(()) };
        if let Ok(message) = Message::decode(bytes) {
            let name = message.id(&grid.domain());
            let passed_over = self.passed.len() < MAX_PASSED && !self.inventory().contains(&name);
            if passed_over {
                self.passed.insert(name, self.desk.clock.moment());
            }
        }
        Ok(())
    }

    fn greet(&self, to: &Pin) {
        self.network.say(to, &self.have());
        self.network.say(to, &self.files_here());
    }

    fn have(&self) -> Frame {
        let names = self.member.as_ref().map(|member| member.inventory());
        Frame::Have(names.unwrap_or_default())
    }

    fn files_here(&self) -> Frame {
        let files = self.shelf.files.keys().copied();
        Frame::Files(files.take(MAX_FILES).collect())
    }

    async fn measured(&mut self, from: &Pin, ahead: i64) -> Result<(), DriverError> {
        let Some(known) = self.known.get_mut(from) else {
            return Ok(());
        };
        known.ahead = Some(ahead);
        let key = known.key;
        let member = self.committee().and_then(|committee| committee.position(&key));
        match member {
            Some(member) => self.happen(Event::Clock { member, ahead }).await,
            None => Ok(()),
        }
    }

    fn ask_for(&mut self, from: &Pin, names: &[MessageId]) {
        let now = self.desk.clock.moment();
        self.passed.retain(|_, since| now.since(*since) < ASK_AGAIN);
        let mut here = self.inventory();
        here.extend(self.passed.keys());
        let lacks: Vec<MessageId> = names
            .iter()
            .filter(|name| !here.contains(*name))
            .copied()
            .collect();
        if !lacks.is_empty() {
            self.network.say(from, &Frame::Want(lacks));
        }
    }

    /// Gives what is here, as much as waits on a line at most; the rest is asked for again.
    fn give(&self, to: &Pin, names: &[MessageId]) {
        let Some(member) = &self.member else { return };
        let here = self.inventory();
        let wanted: BTreeSet<&MessageId> = names.iter().filter(|name| here.contains(*name)).collect();
        for name in wanted.into_iter().take(MAX_WAITING) {
            if let Some(message) = member.message(name) {
                #[cfg(feature = "abort-points")]
                if super::tamper::hides(&message, self) {
                    continue;
                }
                self.network.say(to, &Frame::Message(message.encode()));
            }
        }
    }

    fn inventory(&self) -> BTreeSet<MessageId> {
        let names = self.member.as_ref().map(|member| member.inventory());
        names.unwrap_or_default().into_iter().collect()
    }

    /// Every few seconds.
    pub(super) async fn gossip(&mut self) -> Result<(), DriverError> {
        self.do_what_was_said().await?;
        self.look_at_folder().await?;
        self.keep_heard()?;
        self.find_peers();
        self.network.say_to_all(&self.have());
        self.network.say_to_all(&self.files_here());
        if let Some(wanted) = self
            .wanted
            .filter(|wanted| !self.shelf.files.contains_key(wanted))
        {
            self.network.say_to_all(&Frame::WantFile(wanted));
        }
        self.fetch_report();
        Ok(())
    }

    async fn do_what_was_said(&mut self) -> Result<(), DriverError> {
        let folder = self.desk.store.folder().to_owned();
        let Some(said) = suspension::heard(&folder).filter(|_| self.member.is_some()) else {
            return Ok(());
        };
        match said {
            Said::Resume => {
                // What another signed with the key until now is not known here. First in the record: it must outlast this process.
                self.desk.store.set_clean_from(self.desk.clock.now()).await?;
                self.happen(Event::Resume).await?;
                self.note("the operator resumes: windows that begin from now on are signed");
            }
            Said::NewKey => {
                self.desk.store.set_clean_from(UnixSeconds(0)).await?;
                self.begin_anew().await?;
                self.note("the operator says that the key is new: every window is signed");
            }
        }
        Ok(suspension::done(&folder, said)?)
    }
}
