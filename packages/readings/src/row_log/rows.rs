//! A log's rows, made again from its bytes.

use gridpact_units::{Quality, UnixSeconds};

use super::before::{Before, Setting};
use super::bits::{EXPORT, IMPORT, LINES, QUALITY, SETTING, STEP};
use super::number::{read, unfolded};
use crate::row::{Kind, Origin, Row};

/// The rows of a log.
pub(crate) struct Rows<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) left: usize,
    pub(super) meter: u32,
    pub(super) before: Before,
}

impl Rows<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn two(&mut self) -> Option<[u8; 2]> {
        Some([self.byte()?, self.byte()?])
    }

    fn setting(&mut self) -> Option<Setting> {
        let seconds = u32::try_from(read(&mut self.bytes)?).ok()?;
        let file = u16::from_le_bytes(self.two()?);
        let offset = i16::from_le_bytes(self.two()?);
        let kind = self.byte()?;
        Some(Setting {
            seconds,
            file,
            offset,
            ends: kind >= 128,
            kind: match kind & 127 {
                0 => Kind::Energy,
                1 => Kind::Power,
                _ => Kind::Register,
            },
        })
    }

    fn row(&mut self) -> Option<Row> {
        let first = self.byte()?;
        let has = |bit: u8| first & bit != 0;
        if has(STEP) {
            self.before.step = unfolded(read(&mut self.bytes)?);
        }
        if has(LINES) {
            self.before.lines = unfolded(read(&mut self.bytes)?);
        }
        if has(SETTING) {
            self.before.setting = self.setting()?;
        }
        let import = if has(IMPORT) {
            Some(read(&mut self.bytes)?)
        } else {
            None
        };
        let export = if has(EXPORT) {
            Some(read(&mut self.bytes)?)
        } else {
            None
        };
        self.before.at = self.before.at.wrapping_add(self.before.step);
        self.before.line = self.before.line.wrapping_add(self.before.lines);
        let setting = self.before.setting;
        Some(Row {
            at: UnixSeconds(self.before.at),
            import,
            export,
            seconds: setting.seconds,
            origin: Origin {
                meter: self.meter,
                line: u32::try_from(self.before.line).ok()?,
                file: setting.file,
            },
            offset: setting.offset,
            ends: setting.ends,
            kind: setting.kind,
            quality: quality(first.wrapping_shr(QUALITY)),
        })
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.left = self.left.checked_sub(1)?;
        self.row()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

/// The quality of [`Quality::code`].
fn quality(code: u8) -> Quality {
    match code {
        0 => Quality::Measured,
        1 => Quality::SubstitutedFinal,
        2 => Quality::SubstitutedProvisional,
        4 => Quality::Limited,
        _ => Quality::Missing,
    }
}
