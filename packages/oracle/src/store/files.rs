//! The folder: its lock, its modes, and the number beside the database that tells a restored copy.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// The database.
pub const DATABASE: &str = "oracle.db";
const LOCK: &str = "oracle.lock";
const GENERATION: &str = "oracle.generation";

/// One process's hold of the folder; ends with it.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held, not used")] File);

fn at(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
    |cause| StoreError::File {
        path: path.to_owned(),
        cause,
    }
}

/// Opens a file to write, for its owner alone, and makes it where there is none; what is in it stays.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)?;
    // One that was there keeps its mode on opening.
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

/// Makes the folder where there is none, for its owner alone, and takes it.
///
/// # Errors
/// Another process has it; the system refuses.
pub fn lock(folder: &Path) -> Result<Lock, StoreError> {
    if !folder.is_dir() {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(at(folder))?;
    }
    let path = folder.join(LOCK);
    let file = private(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::Locked { path }),
        Err(fs::TryLockError::Error(cause)) => Err(at(&path)(cause)),
    }
}

/// Makes the database's file before SQLite does, which would ask the umask: its log and index take over its mode.
///
/// # Errors
/// The system refuses.
pub fn private_database(folder: &Path) -> Result<PathBuf, StoreError> {
    let path = folder.join(DATABASE);
    private(&path).map_err(at(&path))?;
    Ok(path)
}

/// The number in the file beside the database; none where there is no file, or something else in it.
pub fn generation(folder: &Path) -> Option<u64> {
    fs::read_to_string(folder.join(GENERATION))
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// Writes the number, whole or not at all.
///
/// # Errors
/// The system refuses.
pub fn write_generation(folder: &Path, generation: u64) -> Result<(), StoreError> {
    write_whole(&folder.join(GENERATION), format!("{generation}\n").as_bytes())
}

/// Writes a file for its owner alone, whole or not at all, also where the power fails.
///
/// # Errors
/// The system refuses.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let part = path.with_extension("part");
    let mut file = private(&part).map_err(at(&part))?;
    // A part that a kill left behind may be longer.
    file.set_len(0)
        .and_then(|()| file.write_all(bytes))
        .and_then(|()| file.sync_all())
        .map_err(at(&part))?;
    fs::rename(&part, path).map_err(at(path))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(folder))
}
