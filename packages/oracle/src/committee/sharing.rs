//! What members share beside messages: files that say how they work, who accepted which, and where each member is.

use std::collections::BTreeMap;

use gridpact_committee::bounds::MAX_FILE;
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::member::event::Event;

use super::error::DriverError;
use super::files;
use super::parts::{Driver, Known};
use super::peers::frame::Frame;
use super::peers::network::Peer;
use super::peers::pinned::Pin;
use super::progress::PeerProgress;
use crate::reporting::chain::ChainSide;

impl<C: ChainSide> Driver<C> {
    pub(super) fn ask_for_files(&self, from: &Pin, names: &[FileHash]) {
        let lacks = names.iter().find(|name| !self.shelf.files.contains_key(*name));
        if let Some(name) = lacks.filter(|_| self.shelf.has_room()) {
            self.network.say(from, &Frame::WantFile(*name));
        }
    }

    /// A shared file came: it is kept for the operator to look at, and nothing follows from it before a quorum accepted it.
    pub(super) async fn brought(&mut self, bytes: &[u8]) -> Result<(), DriverError> {
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

    /// Who accepted which file, for people who ask.
    pub(super) fn keep_heard(&mut self) -> Result<(), DriverError> {
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
            trouble: self.network.trouble(pin),
        });
        let seen = seen.collect();
        self.with_progress(|progress| progress.peers = seen);
    }
}
