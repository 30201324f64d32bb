//! Rows of one meter in few bytes, so that a year of a thousand meters is held while files are read: what follows from the row before
//! is not said again. A quarter hour after a quarter hour takes 1 byte and those of its numbers, 3 to 8 in all; what no file has
//! usually, 48 at most.

mod before;
mod bits;
mod number;
mod rows;

use gridpact_units::UnixSeconds;

use crate::row::{Kind, Row};
use before::{Before, Setting};
use bits::{EXPORT, IMPORT, LINES, QUALITY, SETTING, STEP};
use number::{folded, write};
pub(crate) use rows::Rows;

/// Rows of one meter, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowLog {
    bytes: Vec<u8>,
    rows: usize,
    before: Before,
    /// A row came that is not later than the one before.
    disordered: bool,
    /// A row came that says one direction only.
    halved: bool,
    /// A row came that is of an interval.
    energies: bool,
}

impl RowLog {
    /// Adds a row.
    pub fn push(&mut self, row: &Row) {
        let before = self.before;
        let (at, line) = (row.at.0, u64::from(row.origin.line));
        let setting = Setting::of(row);
        let (step, lines) = (at.wrapping_sub(before.at), line.wrapping_sub(before.line));
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        self.make_room();
        self.bytes.push(
            bit(step != before.step, STEP)
                | bit(lines != before.lines, LINES)
                | bit(setting != before.setting, SETTING)
                | bit(row.import.is_some(), IMPORT)
                | bit(row.export.is_some(), EXPORT)
                | row.quality.code().wrapping_shl(QUALITY),
        );
        if step != before.step {
            write(&mut self.bytes, folded(step));
        }
        if lines != before.lines {
            write(&mut self.bytes, folded(lines));
        }
        if setting != before.setting {
            self.write_setting(setting);
        }
        for value in [row.import, row.export].into_iter().flatten() {
            write(&mut self.bytes, value);
        }
        self.disordered |= self.rows > 0 && at <= before.at;
        self.halved |= row.import.is_none() || row.export.is_none();
        self.energies |= row.is_energy();
        self.rows = self.rows.saturating_add(1);
        self.before = Before {
            at,
            step,
            line,
            lines,
            setting,
        };
    }

    /// A quarter more and not twice as much: a thousand of these grow together.
    fn make_room(&mut self) {
        const ROW: usize = 48;
        let free = self.bytes.capacity().saturating_sub(self.bytes.len());
        if free < ROW {
            let quarter = self.bytes.len().wrapping_shr(2);
            self.bytes.reserve_exact(quarter.max(ROW));
        }
    }

    fn write_setting(&mut self, setting: Setting) {
        write(&mut self.bytes, setting.seconds.into());
        self.bytes.extend(setting.file.to_le_bytes());
        self.bytes.extend(setting.offset.to_le_bytes());
        let kind = match setting.kind {
            Kind::Energy => 0,
            Kind::Power => 1,
            Kind::Register => 2,
        };
        self.bytes.push(if setting.ends { kind | 128 } else { kind });
    }

    /// All rows, which are this meter's.
    pub fn rows(&self, meter: u32) -> Rows<'_> {
        Rows {
            bytes: &self.bytes,
            left: self.rows,
            meter,
            before: Before::default(),
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// When the last row is.
    pub fn last(&self) -> Option<UnixSeconds> {
        (self.rows > 0).then_some(UnixSeconds(self.before.at))
    }

    /// Whether every row is later than the one before, and says both directions: none is another's double, or half.
    pub fn is_plain(&self) -> bool {
        !self.disordered && !self.halved
    }

    /// Whether a row is of an interval, and not what registers show.
    pub fn has_energies(&self) -> bool {
        self.energies
    }
}
