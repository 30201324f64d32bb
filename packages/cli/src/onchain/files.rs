//! JSON files that survive a program killed at any point.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{bail, Context, Result};
use serde::de::DeserializeOwned;
use serde::Serialize;

/// Reads a file; `None` where there is none.
///
/// # Errors
/// Unreadable, or not of this shape.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let value =
        serde_json::from_str(&text).with_context(|| format!("{}: not as expected", path.display()))?;
    Ok(Some(value))
}

/// Writes a file beside the old one, to the disk, and then puts it in its place: no reader ever sees half of it.
///
/// # Errors
/// A folder that cannot be made or written to.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let part = path.with_extension("json.part");
        let mut file = File::create(&part)?;
        file.write_all(serde_json::to_string_pretty(value)?.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(part, path)
    };
    write().with_context(|| format!("writing {}", path.display()))
}

/// Makes sure that one program at a time changes what a folder says. The system lets go of it when the program ends,
/// however it ends.
///
/// # Errors
/// Another program holds it.
pub fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(".lock");
    let open = || {
        fs::create_dir_all(folder)?;
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
    };
    let file = open().with_context(|| path.display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "expected to be the only deploy or migrate in {}, another one is running",
                folder.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}
