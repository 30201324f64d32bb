//! Files that only their owner can read: how a secret is written, and what is refused on reading.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use age::secrecy::zeroize::Zeroizing;
use age::secrecy::SecretString;

use crate::KeyStoreError;

/// Longest file: 24 words or an age identity, with comments.
const LONGEST: u64 = 16 * 1024;

/// Reads a secret. A file that others could read or have written is refused, not repaired: its owner has to know.
///
/// # Errors
/// It is not there, others can read it, it is another's, longer than 16 KiB, or no text.
pub fn read(path: &Path) -> Result<SecretString, KeyStoreError> {
    let io = |cause| KeyStoreError::Io {
        path: path.to_owned(),
        cause,
    };
    let not_a_file = || KeyStoreError::NotAFile {
        path: path.to_owned(),
        most: LONGEST,
    };
    // Opening a named pipe would wait for ever.
    if !fs::metadata(path).map_err(io)?.is_file() {
        return Err(not_a_file());
    }
    let file = fs::File::open(path).map_err(io)?;
    let facts = file.metadata().map_err(io)?;
    private(path, &facts)?;
    if facts.len() > LONGEST {
        return Err(not_a_file());
    }
    // Room for all of it at once, so that no copy stays behind where the buffer grew.
    let mut text = Zeroizing::new(String::with_capacity(
        usize::try_from(LONGEST).unwrap_or_default(),
    ));
    match file.take(LONGEST).read_to_string(&mut text) {
        Ok(_) => Ok(SecretString::from(text.as_str())),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(not_a_file()),
        Err(error) => Err(io(error)),
    }
}

/// Refuses what others can read, and what belongs to others. Of the file that is open, so that none can be put in its
/// place after the look.
#[cfg(unix)]
fn private(path: &Path, facts: &fs::Metadata) -> Result<(), KeyStoreError> {
    use std::os::unix::fs::MetadataExt;
    let mode = facts.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyStoreError::Mode {
            path: path.to_owned(),
            mode,
        });
    }
    let (expected, got) = (rustix::process::geteuid().as_raw(), facts.uid());
    if expected != got {
        return Err(KeyStoreError::Owner {
            path: path.to_owned(),
            expected,
            got,
        });
    }
    Ok(())
}

/// Other systems have no modes.
#[cfg(not(unix))]
fn private(_path: &Path, _facts: &fs::Metadata) -> Result<(), KeyStoreError> {
    Ok(())
}

/// Writes a new file of mode 0600, in a folder of mode 0700 where there is none yet. A file that is there stays as it is.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), KeyStoreError> {
    let io = |cause: io::Error| match cause.kind() {
        io::ErrorKind::AlreadyExists => KeyStoreError::Exists(path.display().to_string()),
        _ => KeyStoreError::Io {
            path: path.to_owned(),
            cause,
        },
    };
    let no_folder = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    if let Some(folder) = path.parent().filter(no_folder) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(io)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io)
}
