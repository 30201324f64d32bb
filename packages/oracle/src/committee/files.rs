//! Shared files in the service's folder: `committee/HASH.toml`, those that are here, and `committee/accepted`, the hashes that
//! the operator accepted, a line each; and `committee/heard`, a hash and the key of a member who is known to have accepted it on
//! each line.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use gridpact_committee::bounds::{MAX_FILES, MIN_SLOT};
use gridpact_committee::file::error::FileError;
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::file::shape::SharedFile;
use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_units::Seconds;

use crate::store::error::StoreError;
use crate::store::files::write_whole;

const FOLDER: &str = "committee";
const ACCEPTED: &str = "accepted";
const HEARD: &str = "heard";

/// Reads a shared file's text. Slots below a minute are for tests, which have no hour to wait.
///
/// # Errors
/// As [`SharedFile::parse`].
pub fn parse(text: &str) -> Result<SharedFile, FileError> {
    let shortest = if cfg!(feature = "abort-points") {
        Seconds(1)
    } else {
        MIN_SLOT
    };
    SharedFile::parse_with(text, shortest)
}

/// Files of peers that nobody accepted here, at most: room is left for what the operator proposes.
pub const MAX_PROPOSED: usize = 4;

/// What is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Texts by hash.
    pub texts: BTreeMap<FileHash, String>,
    /// What they say.
    pub files: BTreeMap<FileHash, SharedFile>,
    /// Those that the operator accepted.
    pub accepted: Vec<FileHash>,
    /// The keys of members who are known to have accepted one: what was heard stays, since acceptances only grow.
    pub heard: BTreeSet<(FileHash, [u8; 33])>,
}

impl Shelf {
    /// Whether a file of a peer, which nobody asked for, finds a place.
    pub fn has_room(&self) -> bool {
        let known = self.files.len().saturating_sub(self.accepted.len());
        known < MAX_PROPOSED && self.files.len() < MAX_FILES
    }
}

/// What tells whether anything changed: names, lengths and times of the files.
pub type Stamp = Vec<(OsString, u64, Option<SystemTime>)>;

/// The stamp of what is here.
pub fn stamp(folder: &Path) -> Stamp {
    let entries = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
    let stamps = entries.filter_map(|entry| {
        let told = entry.metadata().ok()?;
        Some((entry.file_name(), told.len(), told.modified().ok()))
    });
    let mut stamps: Stamp = stamps.take(8 * MAX_FILES).collect();
    stamps.sort();
    stamps
}

/// Looks. A file that is none, or not under its own hash, is passed over.
///
/// # Errors
/// The system refuses.
pub fn look(folder: &Path) -> Result<Shelf, StoreError> {
    let folder = folder.join(FOLDER);
    let mut shelf = Shelf::default();
    if !folder.is_dir() {
        return Ok(shelf);
    }
    let at = |path: &Path, cause| StoreError::File {
        path: path.to_owned(),
        cause,
    };
    for entry in fs::read_dir(&folder).map_err(|cause| at(&folder, cause))? {
        let path = entry.map_err(|cause| at(&folder, cause))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).map_err(|cause| at(&path, cause))?;
            if let Ok(file) = parse(&text) {
                let hash = file.hash();
                shelf.files.insert(hash, file);
                shelf.texts.insert(hash, text);
            }
        }
    }
    let accepted = fs::read_to_string(folder.join(ACCEPTED)).unwrap_or_default();
    for line in accepted.lines() {
        let mut hash = [0; 32];
        if hex::decode_to_slice(line.trim(), &mut hash).is_ok() && shelf.files.contains_key(&hash) {
            shelf.accepted.push(hash);
        }
    }
    let heard = fs::read_to_string(folder.join(HEARD)).unwrap_or_default();
    let heard = heard.lines().filter_map(heard_line);
    shelf.heard = heard
        .filter(|(hash, _)| shelf.files.contains_key(hash))
        .take(MAX_FILES * MAX_MEMBERS)
        .collect();
    Ok(shelf)
}

fn heard_line(line: &str) -> Option<(FileHash, [u8; 33])> {
    let (mut hash, mut key) = ([0; 32], [0; 33]);
    let (told, by) = line.split_once(' ')?;
    hex::decode_to_slice(told, &mut hash).ok()?;
    hex::decode_to_slice(by, &mut key).ok()?;
    Some((hash, key))
}

/// Keeps who is known to have accepted which file, for whoever asks while the service runs or later.
///
/// # Errors
/// The system refuses.
pub fn keep_heard(folder: &Path, heard: &BTreeSet<(FileHash, [u8; 33])>) -> Result<(), StoreError> {
    let line = |(hash, key): &(FileHash, [u8; 33])| format!("{} {}\n", hex::encode(hash), hex::encode(key));
    let lines: String = heard.iter().map(line).collect();
    write_whole(&made(folder)?.join(HEARD), lines.as_bytes())
}

/// Keeps a file's text under its hash; where [`MAX_FILES`] are here that nobody accepted, none is added.
///
/// # Errors
/// It is none; there are too many; the system refuses.
pub fn keep(folder: &Path, text: &str) -> Result<FileHash, StoreError> {
    let file = parse(text).map_err(|error| StoreError::Value(error.to_string()))?;
    let hash = file.hash();
    let shelf = look(folder)?;
    if shelf.files.contains_key(&hash) {
        return Ok(hash);
    }
    if shelf.files.len() >= MAX_FILES {
        let problem = format!("shared files: expected at most {MAX_FILES}, got one more");
        return Err(StoreError::Value(problem));
    }
    write_whole(
        &made(folder)?.join(format!("{}.toml", hex::encode(hash))),
        text.as_bytes(),
    )?;
    Ok(hash)
}

/// The operator's act.
///
/// # Errors
/// No such file is here; the system refuses.
pub fn accept(folder: &Path, hash: FileHash) -> Result<(), StoreError> {
    let mut shelf = look(folder)?;
    if !shelf.files.contains_key(&hash) {
        let problem = format!(
            "expected the hash of a shared file that is here, got {}",
            hex::encode(hash)
        );
        return Err(StoreError::Value(problem));
    }
    if !shelf.accepted.contains(&hash) {
        shelf.accepted.push(hash);
        let lines: String = shelf
            .accepted
            .iter()
            .map(|hash| hex::encode(hash) + "\n")
            .collect();
        write_whole(&made(folder)?.join(ACCEPTED), lines.as_bytes())?;
    }
    Ok(())
}

fn made(folder: &Path) -> Result<PathBuf, StoreError> {
    let path = folder.join(FOLDER);
    fs::create_dir_all(&path).map_err(|cause| StoreError::File {
        path: path.clone(),
        cause,
    })?;
    Ok(path)
}
