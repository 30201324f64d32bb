//! The columns of our own table, said once: for reading, for writing, for what is told of a wrong header.

use gridpact_units::Quality;

use crate::collected::Naming;
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::numbers::Unit;
use crate::options::Options;
use crate::profile::built_in;
use crate::qualities;
use crate::row::Kind;
use crate::stamps::Stamp;

/// Names of the columns of starts and ends.
const STAMPS: [(&str, Stamp); 2] = [("interval_start", Stamp::Start), ("interval_end", Stamp::End)];

/// The header of a table that names its meters in this column.
pub(crate) fn header(meter: &str) -> String {
    format!("interval_start,{meter},import_kwh,export_kwh,quality")
}

/// A column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Its position.
    pub column: usize,
    /// What it counts in.
    pub unit: Unit,
    /// What its numbers are.
    pub kind: Kind,
}

/// Where a row's numbers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// Both directions in one row.
    Wide {
        /// What was taken.
        import: Numbers,
        /// What was given.
        export: Numbers,
    },
    /// A row a direction.
    Long {
        /// The direction's column.
        direction: usize,
        /// How much.
        value: Numbers,
    },
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// The stamp.
    pub stamp: usize,
    /// What it names, where the header says so; options may say otherwise of a start.
    pub stamps: Stamp,
    /// The meter.
    pub meter: usize,
    /// The numbers.
    pub values: Values,
    /// The quality.
    pub quality: Option<usize>,
}

impl Columns {
    /// Finds the columns by their names; refuses another header.
    pub fn find(rows: &CsvRows, naming: &Naming, options: &Options) -> Result<Self, Error> {
        Self::of(rows.header(), naming, options).ok_or_else(|| {
            let headers: Vec<String> = naming.columns.iter().map(|meter| header(meter)).collect();
            let profile = built_in::guess(rows.header());
            let profile = profile.map(|profile| format!("; the profile {} fits this header", profile.name()));
            let expected = format!(
                "{}, where quality may be left out{}",
                headers.join(" or "),
                profile.unwrap_or_default()
            );
            rows.bad_header(&expected)
        })
    }

    /// The columns of a header; `None` where one is not there, or another is.
    pub fn of(header: &[String], naming: &Naming, options: &Options) -> Option<Self> {
        let at = |name: &str| header.iter().position(|have| have == name);
        let (stamp, stamps) = STAMPS
            .iter()
            .find_map(|(name, stamps)| Some((at(name)?, *stamps)))?;
        let meter = naming.columns.iter().find_map(|name| at(name))?;
        let quality = at("quality");
        let values = match at("direction") {
            Some(direction) => Values::Long {
                direction,
                value: numbers(header, "energy", options)?,
            },
            None => Values::Wide {
                import: numbers(header, "import", options)?,
                export: numbers(header, "export", options)?,
            },
        };
        if let Values::Wide { import, export } = values {
            if import.kind != export.kind {
                return None;
            }
        }
        // Every column is known, and known once.
        let known = 4_usize.saturating_add(quality.is_some().into());
        (header.len() == known).then_some(Self {
            stamp,
            stamps,
            meter,
            values,
            quality,
        })
    }
}

/// The one column of numbers so called: `import`, `import_kwh`, `import_register_kwh`.
fn numbers(header: &[String], called: &str, options: &Options) -> Option<Numbers> {
    let mut found = (0..).zip(header).filter_map(|(column, name)| {
        let rest = name.strip_prefix(called)?;
        let register = rest.strip_prefix("_register");
        let unit = register.unwrap_or(rest);
        let unit = match unit.strip_prefix('_') {
            Some(unit) => options.unit.or(Unit::named(unit))?,
            None => options.unit.filter(|_| unit.is_empty())?,
        };
        let kind = match (register.is_some() || options.registers, unit.is_power()) {
            (true, true) => return None,
            (true, false) => Kind::Register,
            (false, true) => Kind::Power,
            (false, false) => Kind::Energy,
        };
        Some(Numbers { column, unit, kind })
    });
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

/// The quality of the current row.
pub(super) fn quality(rows: &CsvRows, column: usize) -> Result<Quality, Error> {
    let found = qualities::named(rows.cell(column));
    found.ok_or_else(|| {
        let expected = format!("one of {}, or nothing for measured", qualities::names());
        rows.bad_cell(column, &expected)
    })
}
