//! Rows of one meter in few bytes, so that a year of a thousand meters is held while files are read: what follows from the row before
//! is not said again. A quarter hour after a quarter hour takes 1 byte and those of its numbers, 3 to 8 in all; what no file has
//! usually, 48 at most.

use gridpact_units::{Quality, UnixSeconds};

use crate::row::{Kind, Origin, Row};

/// Bits of a row's first byte: the time since the row before is another one than that row's.
const STEP: u8 = 1;
/// Lines since the row before are others than that row's.
const LINES: u8 = 1 << 1;
/// Something of what seldom changes did.
const SETTING: u8 = 1 << 2;
/// There is an import.
const IMPORT: u8 = 1 << 3;
/// There is an export.
const EXPORT: u8 = 1 << 4;
/// Above these bits stands the quality.
const QUALITY: u32 = 5;

/// What is known of a row from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Before {
    at: u64,
    step: u64,
    line: u64,
    lines: u64,
    setting: Setting,
}

/// What seldom changes from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Setting {
    seconds: u32,
    file: u16,
    offset: i16,
    ends: bool,
    kind: Kind,
}

impl Setting {
    fn of(row: &Row) -> Self {
        Self {
            seconds: row.seconds,
            file: row.origin.file,
            offset: row.offset,
            ends: row.ends,
            kind: row.kind,
        }
    }
}

impl Default for Before {
    fn default() -> Self {
        let setting = Setting {
            seconds: 0,
            file: 0,
            offset: 0,
            ends: false,
            kind: Kind::Energy,
        };
        Self {
            at: 0,
            step: 0,
            line: 0,
            lines: 0,
            setting,
        }
    }
}

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
            self.write(folded(step));
        }
        if lines != before.lines {
            self.write(folded(lines));
        }
        if setting != before.setting {
            self.write_setting(setting);
        }
        for value in [row.import, row.export].into_iter().flatten() {
            self.write(value);
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

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn write(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            let rest = number >> 7;
            if rest == 0 {
                self.bytes.push(low);
                return;
            }
            self.bytes.push(low | 128);
            number = rest;
        }
    }

    fn write_setting(&mut self, setting: Setting) {
        self.write(setting.seconds.into());
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

/// The rows of a log.
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    left: usize,
    meter: u32,
    before: Before,
}

impl Rows<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127).wrapping_shl(shift);
            if byte < 128 {
                break;
            }
        }
        Some(number)
    }

    fn two(&mut self) -> Option<[u8; 2]> {
        Some([self.byte()?, self.byte()?])
    }

    fn setting(&mut self) -> Option<Setting> {
        let seconds = u32::try_from(self.number()?).ok()?;
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
            self.before.step = unfolded(self.number()?);
        }
        if has(LINES) {
            self.before.lines = unfolded(self.number()?);
        }
        if has(SETTING) {
            self.before.setting = self.setting()?;
        }
        let import = if has(IMPORT) { Some(self.number()?) } else { None };
        let export = if has(EXPORT) { Some(self.number()?) } else { None };
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

/// A difference that may be below zero as a small number: 0, -1, 1, -2 are 0 to 3.
fn folded(difference: u64) -> u64 {
    let sign = if difference >> 63 == 1 { u64::MAX } else { 0 };
    (difference << 1) ^ sign
}

fn unfolded(number: u64) -> u64 {
    (number >> 1) ^ 0_u64.wrapping_sub(number & 1)
}
