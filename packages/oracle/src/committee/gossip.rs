//! What goes between members: new messages at once, and every few seconds what is here, so that nothing is lost for good.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_committee::bounds::{MAX_FILE, MAX_FILES};
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::MessageId;
use gridpact_committee::message::envelope::Message;
use gridpact_units::UnixSeconds;

use super::error::DriverError;
use super::files;
use super::parts::{Driver, Known};
use super::peers::bounds::MAX_WAITING;
use super::peers::frame::Frame;
use super::peers::line::{Heard, What};
use super::peers::network::Peer;
use super::peers::pinned::Pin;
use super::progress::PeerProgress;
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
        }
        Ok(())
    }

    /// What the member passes over is not asked for again at once: it may be for later, or for nobody here.
    async fn heard_message(&mut self, bytes: &[u8]) -> Result<(), DriverError> {
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
                if super::tamper::instead(&message, self).is_some() {
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

    fn ask_for_files(&self, from: &Pin, names: &[FileHash]) {
        let lacks = names.iter().find(|name| !self.shelf.files.contains_key(*name));
        if let Some(name) = lacks.filter(|_| self.shelf.has_room()) {
            self.network.say(from, &Frame::WantFile(*name));
        }
    }

    /// A shared file came: it is kept for the operator to look at, and nothing follows from it before a quorum accepted it.
    async fn brought(&mut self, bytes: &[u8]) -> Result<(), DriverError> {
        let Some(text) = core::str::from_utf8(bytes)
            .ok()
            .filter(|text| text.len() <= MAX_FILE)
        else {
            return Ok(());
        };
        let hash = files::parse(text).map(|file| file.hash()).ok();
        if !self.shelf.has_room() && hash != self.wanted {
            return Ok(());
        }
        match files::keep(self.desk.store.folder(), text) {
            Ok(_) => self.look_at_folder().await,
            Err(error) => {
                self.note(&format!("a shared file of a peer: {error}"));
                Ok(())
            }
        }
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

    /// Who accepted which file, for people who ask.
    fn keep_heard(&mut self) -> Result<(), DriverError> {
        let (Some(member), Some(committee)) = (self.member.as_ref(), self.committee()) else {
            return Ok(());
        };
        let own = self.key.public_key();
        let mut heard = self.shelf.heard.clone();
        for hash in self.shelf.files.keys() {
            let acceptors = member.files().acceptors(hash, committee, &own);
            let keys = acceptors
                .iter()
                .filter_map(|member| committee.keys.get(usize::from(*member)));
            heard.extend(keys.map(|key| (*hash, *key)));
        }
        if heard != self.shelf.heard {
            files::keep_heard(self.desk.store.folder(), &heard)?;
            self.shelf.heard = heard;
        }
        Ok(())
    }

    /// Takes in what the operator put into the folder.
    pub(super) async fn look_at_folder(&mut self) -> Result<(), DriverError> {
        let stamp = files::stamp(self.desk.store.folder());
        if self.stamp.as_ref() == Some(&stamp) || self.member.is_none() {
            return Ok(());
        }
        let shelf = files::look(self.desk.store.folder())?;
        self.stamp = Some(stamp);
        let before = core::mem::replace(&mut self.shelf, shelf);
        let here = self.shelf.files.iter();
        let new = here.filter(|(hash, _)| !before.files.contains_key(*hash));
        let new: Vec<_> = new.map(|(_, file)| file.clone()).collect();
        let accepted: Vec<FileHash> = self.shelf.accepted.clone();
        for file in new {
            self.happen(Event::File(Box::new(file))).await?;
        }
        for hash in accepted
            .into_iter()
            .filter(|hash| !before.accepted.contains(hash))
        {
            self.happen(Event::Accept(hash)).await?;
        }
        self.find_peers();
        Ok(())
    }

    /// The members of the files that the operator accepted are the peers; a newer file says where each is.
    pub(super) fn find_peers(&mut self) {
        let accepted = self.shelf.accepted.iter();
        let mut files: Vec<_> = accepted.filter_map(|hash| self.shelf.files.get(hash)).collect();
        files.sort_by_key(|file| file.version);
        let own = self.key.public_key();
        let mut peers = BTreeMap::new();
        for member in files.into_iter().flat_map(|file| &file.members) {
            peers.insert(member.key.0, member);
        }
        let mut known = BTreeMap::new();
        for (key, member) in &peers {
            let ahead = self.known.get(&member.tls.0).and_then(|known| known.ahead);
            let name = member.name.clone();
            if *key != own {
                known.insert(
                    member.tls.0,
                    Known {
                        name,
                        key: *key,
                        ahead,
                    },
                );
            }
        }
        let lines = peers
            .iter()
            .filter(|(key, _)| **key != own)
            .map(|(_, member)| Peer {
                pin: member.tls.0,
                url: member.url.clone(),
            });
        self.network.set_peers(lines);
        self.known = known;
        let up = self.network.connected();
        let seen = self.known.iter().map(|(pin, known)| PeerProgress {
            name: known.name.clone(),
            up: up.contains(pin),
            ahead: known.ahead,
        });
        let seen = seen.collect();
        self.with_progress(|progress| progress.peers = seen);
    }
}
