//! What goes over a line: four bytes of length, most significant first, one of kind, and the rest. The length is looked at by kind
//! before a byte of the rest is asked for.

use std::io;

use gridpact_committee::bounds::{MAX_FILE, MAX_FILES, MAX_MESSAGE};
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::message::content::MessageId;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

use super::bounds::{FRAME, MAX_NAMES, SILENCE};

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// This machine's time, ms since 1970: what is yours?
    Ping(u64),
    /// The answer.
    Pong {
        /// What was asked, as it came.
        asked: u64,
        /// This machine's time, ms since 1970.
        at: u64,
    },
    /// Messages that are here.
    Have(Vec<MessageId>),
    /// Messages that are wanted of those.
    Want(Vec<MessageId>),
    /// A message of the committee.
    Message(Vec<u8>),
    /// Shared files that are here.
    Files(Vec<FileHash>),
    /// A shared file that is wanted.
    WantFile(FileHash),
    /// A shared file's text.
    File(Vec<u8>),
    /// An accepted report that is wanted, by the hash of its body.
    WantReport([u8; NAME]),
    /// A report's bytes.
    Report(Vec<u8>),
}

/// Bytes that are no frame.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum NotFrame {
    /// A kind that nobody knows.
    #[error("frame: expected kind 0 to 9, got {0}")]
    Kind(u8),
    /// A length that its kind has not.
    #[error("frame of kind {kind}: expected at most {most} bytes, got {got}")]
    Length {
        /// Its kind.
        kind: u8,
        /// The most.
        most: usize,
        /// What it says.
        got: u32,
    },
    /// What stands in it is none of its kind.
    #[error("frame of kind {0}: its bytes are none of this kind")]
    Content(u8),
}

/// A name's length.
const NAME: usize = 32;

impl Frame {
    /// Its one encoding, with its length in front.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, rest) = match self {
            Self::Ping(at) => (0, at.to_be_bytes().to_vec()),
            Self::Pong { asked, at } => (1, [asked.to_be_bytes(), at.to_be_bytes()].concat()),
            Self::Have(names) => (2, names.concat()),
            Self::Want(names) => (3, names.concat()),
            Self::Message(bytes) => (4, bytes.clone()),
            Self::Files(names) => (5, names.concat()),
            Self::WantFile(name) => (6, name.to_vec()),
            Self::File(bytes) => (7, bytes.clone()),
            Self::WantReport(name) => (8, name.to_vec()),
            Self::Report(bytes) => (9, bytes.clone()),
        };
        let length = u32::try_from(rest.len()).unwrap_or(u32::MAX);
        let mut bytes = length.to_be_bytes().to_vec();
        bytes.push(kind);
        bytes.extend(rest);
        bytes
    }

    fn decode(kind: u8, rest: Vec<u8>) -> Result<Self, NotFrame> {
        let wrong = || NotFrame::Content(kind);
        let number = |bytes: &[u8]| bytes.try_into().map(u64::from_be_bytes).map_err(|_| wrong());
        let name = |bytes: &[u8]| <[u8; NAME]>::try_from(bytes).map_err(|_| wrong());
        let names = |bytes: &[u8]| bytes.chunks(NAME).map(name).collect::<Result<Vec<_>, _>>();
        Ok(match kind {
            0 => Self::Ping(number(&rest)?),
            1 => {
                let (asked, at) = rest.split_at_checked(8).ok_or_else(wrong)?;
                Self::Pong {
                    asked: number(asked)?,
                    at: number(at)?,
                }
            }
            2 => Self::Have(names(&rest)?),
            3 => Self::Want(names(&rest)?),
            4 => Self::Message(rest),
            5 => Self::Files(names(&rest)?),
            6 => Self::WantFile(name(&rest)?),
            7 => Self::File(rest),
            8 => Self::WantReport(name(&rest)?),
            9 => Self::Report(rest),
            other => return Err(NotFrame::Kind(other)),
        })
    }
}

/// The most bytes of a kind.
const fn most(kind: u8) -> Option<usize> {
    Some(match kind {
        0 => 8,
        1 => 16,
        2 | 3 => MAX_NAMES * NAME,
        // An observation of 512 kB is none that can be said, so no report is longer.
        4 | 9 => MAX_MESSAGE,
        5 => MAX_FILES * NAME,
        6 | 8 => NAME,
        7 => MAX_FILE,
        _ => return None,
    })
}

/// Reads one frame, and says how many bytes it took.
///
/// # Errors
/// The line ended, or was silent for too long; bytes that are no frame.
pub async fn read(line: &mut (impl AsyncRead + Unpin)) -> io::Result<(Frame, usize)> {
    let mut head = [0; 5];
    timeout(SILENCE, line.read_exact(&mut head)).await??;
    let [a, b, c, d, kind] = head;
    let got = u32::from_be_bytes([a, b, c, d]);
    let wrong = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    let most = most(kind).ok_or_else(|| wrong(NotFrame::Kind(kind)))?;
    let length = usize::try_from(got).ok().filter(|length| *length <= most);
    let length = length.ok_or_else(|| wrong(NotFrame::Length { kind, most, got }))?;
    let mut rest = vec![0; length];
    timeout(FRAME, line.read_exact(&mut rest)).await??;
    let frame = Frame::decode(kind, rest).map_err(wrong)?;
    Ok((frame, length.saturating_add(head.len())))
}
