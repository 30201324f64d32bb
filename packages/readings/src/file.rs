//! Where bytes come from: whoever calls opens files, on a disk, in a database or in the program itself.

use std::io::{self, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

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
    /// A file, plain or, where its name ends with `.gz` or its first bytes say so, gzip; at most [`MAX_FILE_BYTES`] of text.
    pub fn new(name: impl Into<String>, bytes: impl Read + 'a) -> Self {
        Self::limited(name, bytes, MAX_FILE_BYTES)
    }

    /// As [`NamedFile::new`], with another limit, for instance for what strangers send.
    pub fn limited(name: impl Into<String>, bytes: impl Read + 'a, max_bytes: u64) -> Self {
        let name = name.into();
        let bytes: Box<dyn Read + 'a> = if name.ends_with(".gz") {
            Box::new(MultiGzDecoder::new(bytes))
        } else {
            Box::new(MaybeGzip::Unknown(Some(bytes)))
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

/// What every gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Bytes whose first two say whether they are gzip: no text begins with them.
enum MaybeGzip<R> {
    /// Nothing was read yet.
    Unknown(Option<R>),
    Plain(Begun<R>),
    Gzip(Box<MultiGzDecoder<Begun<R>>>),
}

/// Bytes of which the first are read already.
pub(crate) type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads the first `count` bytes, or all where there are fewer, and puts them back.
pub(crate) fn peek<R: Read>(mut bytes: R, count: u64) -> io::Result<(Vec<u8>, Begun<R>)> {
    let mut first = Vec::new();
    bytes.by_ref().take(count).read_to_end(&mut first)?;
    Ok((first.clone(), Cursor::new(first).chain(bytes)))
}

impl<R: Read> Read for MaybeGzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Unknown(bytes) = self {
            let Some(bytes) = bytes.take() else {
                return Ok(0);
            };
            let (first, bytes) = peek(bytes, GZIP.len() as u64)?;
            *self = match first == GZIP {
                true => Self::Gzip(Box::new(MultiGzDecoder::new(bytes))),
                false => Self::Plain(bytes),
            };
        }
        match self {
            Self::Unknown(_) => Ok(0),
            Self::Plain(bytes) => bytes.read(buffer),
            Self::Gzip(bytes) => bytes.read(buffer),
        }
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
