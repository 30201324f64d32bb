//! Where bytes come from: whoever calls opens files, on a disk, in a database or in the program itself.

use std::io::{self, Read};

use crate::bounds::MAX_FILE_BYTES;
use crate::error::Error;

/// The files of a data set that is more than one.
pub trait Folder {
    /// The names of its files.
    ///
    /// # Errors
    /// It cannot be looked into.
    fn list(&self) -> io::Result<Vec<String>>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// It is not there, or cannot be read.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>>;
}

/// The bytes of one file, and the name that errors give it.
pub struct NamedFile<'a> {
    /// Its name, without the folders above it.
    pub name: String,
    bytes: Box<dyn Read + 'a>,
}

impl<'a> NamedFile<'a> {
    /// A file, plain or, where its name ends with `.gz`, gzip; at most [`MAX_FILE_BYTES`] of text.
    pub fn new(name: impl Into<String>, bytes: impl Read + 'a) -> Self {
        Self::limited(name, bytes, MAX_FILE_BYTES)
    }

    /// As [`NamedFile::new`], with another limit, for instance for what strangers send.
    pub fn limited(name: impl Into<String>, bytes: impl Read + 'a, max_bytes: u64) -> Self {
        let name = name.into();
        let bytes: Box<dyn Read + 'a> = if name.ends_with(".gz") {
            Box::new(flate2::read::MultiGzDecoder::new(bytes))
        } else {
            Box::new(bytes)
        };
        let bytes = Box::new(Limited {
            bytes,
            left: max_bytes,
            max: max_bytes,
        });
        Self { name, bytes }
    }

    /// A file of a folder.
    pub(crate) fn of(folder: &'a dyn Folder, name: &str) -> Result<Self, Error> {
        let bytes = folder.open(name).map_err(|source| Error::Unreadable {
            file: name.to_owned(),
            source,
        })?;
        Ok(Self::new(name, bytes))
    }

    /// Its text.
    pub(crate) fn into_bytes(self) -> Box<dyn Read + 'a> {
        self.bytes
    }
}

/// Bytes that are refused beyond a number, rather than cut off: half a file is no file.
struct Limited<R> {
    bytes: R,
    left: u64,
    max: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let max = self.max;
            io::Error::other(format!(
                "expected at most {max} bytes after decompression, got more"
            ))
        })?;
        Ok(read)
    }
}
