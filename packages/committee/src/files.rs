//! The shared files that a member knows, who accepted which, and which one is in force.
//!
//! In force for a window is the newest file whose `from` is not behind the window's beginning and that a quorum accepted, none
//! older than the last certified window's. Acceptances only grow and every one is signed, so members who hear of each other come
//! to the same file. One who did not accept it stays out until its operator does: it cannot check what it never agreed to.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_units::UnixSeconds;

use crate::bounds::MAX_FILES;
use crate::chain::Committee;
use crate::file::hash::FileHash;
use crate::file::shape::SharedFile;

/// Hashes of one member that are remembered; more would only fill its peers' memory.
const MAX_ACCEPTED: usize = 4 * MAX_FILES;

/// The files of one grid.
#[derive(Clone, Debug, Default)]
pub struct Files {
    known: BTreeMap<FileHash, SharedFile>,
    mine: BTreeSet<FileHash>,
    /// By key, so that a new committee in another order changes nothing.
    accepted: BTreeMap<[u8; 33], BTreeSet<FileHash>>,
    /// Version of the last certified window's file.
    floor: u32,
}

/// A file that cannot be accepted.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAccepted {
    /// Nobody brought it.
    #[error("expected the hash of a shared file that is here, got another")]
    Unknown,
    /// There are too many.
    #[error("expected at most {MAX_FILES} shared files, got one more")]
    TooMany,
}

impl Files {
    /// Takes a file to know; nothing follows from it before it is accepted.
    ///
    /// # Errors
    /// There are too many already.
    pub fn learn(&mut self, file: SharedFile) -> Result<FileHash, NotAccepted> {
        let hash = file.hash();
        if !self.known.contains_key(&hash) && self.known.len() >= MAX_FILES {
            // One that is older than what the last window was certified by never comes to be in force again.
            let floor = self.floor;
            let old = self.known.iter().find(|(_, file)| file.version < floor);
            let old = old.map(|(hash, _)| *hash).ok_or(NotAccepted::TooMany)?;
            self.known.remove(&old);
            self.mine.remove(&old);
        }
        self.known.insert(hash, file);
        Ok(hash)
    }

    /// The operator accepts a file.
    ///
    /// # Errors
    /// It is not here.
    pub fn accept(&mut self, hash: FileHash) -> Result<(), NotAccepted> {
        if !self.known.contains_key(&hash) {
            return Err(NotAccepted::Unknown);
        }
        self.mine.insert(hash);
        Ok(())
    }

    /// The files that this member accepted, ascending.
    pub fn mine(&self) -> Vec<FileHash> {
        self.mine.iter().copied().collect()
    }

    /// A file by its hash.
    pub fn get(&self, hash: &FileHash) -> Option<&SharedFile> {
        self.known.get(hash)
    }

    /// A member said what it accepted. Tells whether that was news.
    pub fn heard(&mut self, key: [u8; 33], hashes: &[FileHash]) -> bool {
        let accepted = self.accepted.entry(key).or_default();
        let before = accepted.len();
        for hash in hashes {
            if accepted.len() < MAX_ACCEPTED {
                accepted.insert(*hash);
            }
        }
        accepted.len() > before
    }

    /// A window was certified by a file: no older one counts from now on.
    pub fn certified(&mut self, hash: &FileHash) {
        let version = self.known.get(hash).map_or(0, |file| file.version);
        self.floor = self.floor.max(version);
    }

    /// The file in force for a window that begins at a moment, of those that are here.
    pub fn in_force(&self, start: UnixSeconds, committee: &Committee, me: &[u8; 33]) -> Option<FileHash> {
        let candidates = self.known.iter().filter(|(hash, file)| {
            file.from.0 <= start && file.version >= self.floor && self.has_quorum(hash, committee, me)
        });
        // Two files of one version are nobody's wish; still everybody takes the same.
        candidates
            .max_by_key(|(hash, file)| (file.version, **hash))
            .map(|(hash, _)| *hash)
    }

    /// Whether a file that this member accepted may yet take another's place for a window that begins at a moment, once enough
    /// others accept it.
    pub fn may_yield(&self, hash: &FileHash, start: UnixSeconds) -> bool {
        let rank = |hash: &FileHash| self.known.get(hash).map(|file| (file.version, *hash));
        let counts = |other: &FileHash| self.known.get(other).is_some_and(|file| file.from.0 <= start);
        let mut mine = self.mine.iter().filter(|other| counts(other));
        mine.any(|other| rank(other) > rank(hash))
    }

    /// Whether this member accepted a file.
    pub fn is_mine(&self, hash: &FileHash) -> bool {
        self.mine.contains(hash)
    }

    /// Hashes that a quorum accepted and nobody brought here.
    pub fn unknown(&self, committee: &Committee, me: &[u8; 33]) -> Option<FileHash> {
        let heard: BTreeSet<&FileHash> = self.accepted.values().flatten().collect();
        let mut unknown = heard.into_iter().filter(|hash| !self.known.contains_key(*hash));
        unknown.find(|hash| self.has_quorum(hash, committee, me)).copied()
    }

    /// The members of a committee who are known to have accepted a file, ascending.
    pub fn acceptors(&self, hash: &FileHash, committee: &Committee, me: &[u8; 33]) -> Vec<u8> {
        let accepts = |key: &[u8; 33]| {
            let heard = self.accepted.get(key);
            let heard = heard.is_some_and(|accepted| accepted.contains(hash));
            heard || (key == me && self.mine.contains(hash))
        };
        let members = (0..).zip(&committee.keys);
        let accepting = members.filter(|(_, key)| accepts(key));
        accepting.map(|(member, _)| member).collect()
    }

    fn has_quorum(&self, hash: &FileHash, committee: &Committee, me: &[u8; 33]) -> bool {
        self.acceptors(hash, committee, me).len() >= usize::from(committee.quorum)
    }
}
