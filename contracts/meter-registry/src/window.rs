//! The record of a window: what was closed. Pure.
//!
//! Behind the format version stands the kind, so that others can come without another meaning for what is stored. Of a report
//! everything is kept that its header says and that is neither the record's key nor the grid's, but of the readings only the
//! hash: so header and digest are told from the record, under whichever name the chain has then, and the digest takes no 32
//! bytes of its own. Numbers are LEB128: most take one or two bytes.

use gridpact_report::{Header, Mode, Resolution, Scheme};
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{IntervalIndex, UnixSeconds};

/// The record of one window, kept by its first interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Window {
    /// Never reported in time: nobody took part.
    Gap {
        /// Number of intervals.
        intervals: u64,
    },
    /// Reported.
    Reported(Reported),
}

/// What is kept of a report. Everything that a correction must compare or replace is its own, so a later revision of
/// one window touches no other; its epoch is the one under which it was last certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// How its readings are held.
    pub mode: Mode,
    /// How it is signed.
    pub scheme: Scheme,
    /// The epoch of the committee that signed.
    pub epoch: u32,
    /// The roster it was written for.
    pub roster_version: u32,
    /// Number of intervals.
    pub intervals: u16,
    /// Number of seats.
    pub seats: u16,
    /// Its revision.
    pub revision: u16,
    /// SHA-256 of its body.
    pub body_hash: [u8; 32],
    /// The members whose signatures came with it, a bit each.
    pub signers: u32,
    /// The block in which it was accepted.
    pub height: u64,
    /// When it was accepted.
    pub reported_at: UnixSeconds,
    /// When it becomes final.
    pub final_at: UnixSeconds,
}

impl Reported {
    /// The report's header, of a window that starts there, in a grid of this resolution.
    pub fn header(&self, first_interval: IntervalIndex, resolution: Resolution) -> Header {
        Header {
            mode: self.mode,
            scheme: self.scheme,
            epoch: self.epoch,
            roster_version: self.roster_version,
            first_interval,
            intervals: self.intervals,
            seats: self.seats,
            revision: self.revision,
            resolution,
        }
    }
}

const GAP: u8 = 0;
const REPORTED: u8 = 1;

impl Packed for Window {
    const NAME: &'static str = "window";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Gap { intervals } => {
                bytes.push(GAP);
                write_varint(bytes, *intervals);
            }
            Self::Reported(report) => {
                bytes.extend([REPORTED, report.mode.code(), report.scheme.code()]);
                write_varint(bytes, report.epoch);
                write_varint(bytes, report.roster_version);
                write_varint(bytes, report.intervals);
                write_varint(bytes, report.seats);
                write_varint(bytes, report.revision);
                bytes.extend(report.body_hash);
                write_varint(bytes, report.signers);
                write_varint(bytes, report.height);
                write_varint(bytes, report.reported_at.0);
                write_varint(bytes, report.final_at.0);
            }
        }
    }
}

impl Window {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        match reader.byte()? {
            GAP => Some(Self::Gap {
                intervals: reader.varint_as()?,
            }),
            REPORTED => Some(Self::Reported(Reported {
                mode: Mode::try_from(reader.byte()?).ok()?,
                scheme: Scheme::try_from(reader.byte()?).ok()?,
                epoch: reader.varint_as()?,
                roster_version: reader.varint_as()?,
                intervals: reader.varint_as()?,
                seats: reader.varint_as()?,
                revision: reader.varint_as()?,
                body_hash: reader.array()?,
                signers: reader.varint_as()?,
                height: reader.varint_as()?,
                reported_at: UnixSeconds(reader.varint_as()?),
                final_at: UnixSeconds(reader.varint_as()?),
            })),
            _ => None,
        }
    }
}
