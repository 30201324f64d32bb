//! The head of the sheet: rows that say, column by column, whose value stands below, and which.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::cells::Rows;
use crate::one_file::streams::Direction;

/// Rows of the head that are read, by their labels in column A.
const POINT: &str = "MeteringpointID";
const BEGINS: &str = "Period start";
const ENDS: &str = "Period end";
const CODE: &str = "Metercode";

/// How the metercodes begin that are readings: what was consumed, what was generated.
const CONSUMED: &str = "Gesamtverbrauch lt. Messung";
const GENERATED: &str = "Gesamte gemeinschaftliche Erzeugung";
/// Sums over all metering points.
const TOTAL: &str = "TOTAL";

/// What the head says so far: by row, by column.
#[derive(Default)]
pub(super) struct Head(BTreeMap<String, (u64, BTreeMap<u32, String>)>);

/// A column as the head describes it.
pub(super) struct Described {
    pub position: u32,
    pub meter: String,
    /// Which way its values count; `None` of values that are no readings.
    pub direction: Option<Direction>,
    pub period: (Option<DateTime>, Option<DateTime>),
    /// Line of the metercode.
    pub line: u64,
}

/// A column that is read.
pub(super) struct Column {
    pub position: u32,
    pub meter: u32,
    pub direction: Direction,
    pub period: (Option<DateTime>, Option<DateTime>),
}

impl Column {
    /// Whether the metering point took part then: before and after, cells say nothing.
    pub fn covers(&self, clock: DateTime) -> bool {
        let (begins, ends) = self.period;
        begins.is_none_or(|begins| begins <= clock) && ends.is_none_or(|ends| clock <= ends)
    }
}

impl Head {
    /// Keeps a row of the head.
    pub fn take(&mut self, label: &str, row: &Rows) {
        if ![POINT, BEGINS, ENDS, CODE].contains(&label) {
            return;
        }
        let cells = row.rest().map(|(position, cell)| {
            let text = cell
                .clock()
                .map_or_else(|| cell.text(), |clock| clock.to_string());
            (position, text)
        });
        self.0.insert(label.to_owned(), (row.number, cells.collect()));
    }

    /// All columns that belong to a metering point, or what is wrong with one: what was expected, and what came.
    pub fn columns(&self) -> impl Iterator<Item = Result<Described, (&'static str, String)>> + '_ {
        let points = self.0.get(POINT).map(|(_, cells)| cells);
        let points = points.into_iter().flatten();
        let points = points.filter(|(_, meter)| !meter.is_empty() && meter.as_str() != TOTAL);
        points.map(|(position, meter)| {
            let cell = |label: &str| self.0.get(label).and_then(|(_, cells)| cells.get(position));
            let code = cell(CODE).filter(|code| !code.is_empty());
            let code = code.ok_or(("a Metercode for every column of a metering point", meter.clone()))?;
            let direction = match (code.starts_with(CONSUMED), code.starts_with(GENERATED)) {
                (true, _) => Some(Direction::Import),
                (_, true) => Some(Direction::Export),
                _ => None,
            };
            if direction.is_some() && !code.to_uppercase().contains("[KWH]") {
                return Err(("a Metercode in [KWH]", code.clone()));
            }
            let moment = |label: &str| cell(label).and_then(|text| text.parse().ok());
            Ok(Described {
                position: *position,
                meter: meter.clone(),
                direction,
                period: (moment(BEGINS), moment(ENDS)),
                line: self.0.get(CODE).map_or(0, |(line, _)| *line),
            })
        })
    }
}
