//! Who said what: the signed messages of each window, until nobody can ask any more, and two of one member for good.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gridpact_committee::mailbox;
use gridpact_committee::member::action::Evidence;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds, UnixSeconds};

use crate::store::error::StoreError;
use crate::store::files::write_whole;

/// Its folder in the store's.
const FOLDER: &str = "evidence";
/// Its folder of what shows that a member said two things.
const TWICE: &str = "evidence/twice";

/// Writes the messages of a window as `evidence/FIRST`, each behind its length, four bytes, most significant first. What is there
/// already stays.
///
/// # Errors
/// The system refuses.
pub fn keep(folder: &Path, first: IntervalIndex, messages: &[Vec<u8>]) -> Result<PathBuf, StoreError> {
    let path = made(folder, FOLDER)?.join(first.to_string());
    let known = fs::read(&path).unwrap_or_default();
    let mut seen: BTreeSet<&[u8]> = BTreeSet::new();
    let mut all = Vec::new();
    for message in split(&known).chain(messages.iter().map(Vec::as_slice)) {
        if seen.insert(message) {
            push(&mut all, message);
        }
    }
    write_whole(&path, &all)?;
    Ok(path)
}

/// The messages in a file of evidence.
pub fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    core::iter::from_fn(move || {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (message, behind) = behind.split_at_checked(length)?;
        rest = behind;
        Some(message)
    })
}

/// Writes two messages of which an honest member says one as `evidence/twice/FIRST-SLOT-MEMBER-…`.
///
/// # Errors
/// The system refuses.
pub fn keep_twice(folder: &Path, first: IntervalIndex, evidence: &Evidence) -> Result<PathBuf, StoreError> {
    let slot = mailbox::slot(&evidence.first).unwrap_or_default();
    let (one, other) = (evidence.first.encode(), evidence.second.encode());
    let kind = one.first().copied().unwrap_or_default();
    let name = format!("{first}-{slot}-{}-{kind}", evidence.member);
    let path = made(folder, TWICE)?.join(name);
    let mut bytes = Vec::new();
    push(&mut bytes, &one);
    push(&mut bytes, &other);
    write_whole(&path, &bytes)?;
    Ok(path)
}

/// Deletes windows that began before a time: they are final, and nobody can ask any more.
///
/// # Errors
/// The system refuses.
pub fn forget(
    folder: &Path,
    length: IntervalLength,
    now: UnixSeconds,
    keep: Seconds,
) -> Result<(), StoreError> {
    let folder = folder.join(FOLDER);
    let file = |cause| StoreError::File {
        path: folder.clone(),
        cause,
    };
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(&folder).map_err(file)? {
        let path = entry.map_err(file)?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let first = name.and_then(|name| name.parse().ok()).map(IntervalIndex);
        if first.is_some_and(|first| length.start_of(first).saturating_add(keep.0) < now.0) {
            fs::remove_file(&path).map_err(file)?;
        }
    }
    Ok(())
}

fn push(bytes: &mut Vec<u8>, message: &[u8]) {
    // No message is longer than half a megabyte.
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    bytes.extend(length.to_be_bytes());
    bytes.extend(message);
}

fn made(folder: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let path = folder.join(name);
    fs::create_dir_all(&path).map_err(|cause| StoreError::File {
        path: path.clone(),
        cause,
    })?;
    Ok(path)
}
