//! The file that Home Assistant's energy page saves: a row a sensor, a column an hour, what each sensor changed by in it.
//!
//! One file is one home, called as the file is. Sensors of the grid's consumption are what it took and those of its return what it gave,
//! each summed; production, devices, gas, water and costs are left out, and told.

use gridpact_units::{Quality, UnixSeconds};

use super::opened::stem;
use super::streams::{Direction, Part, Streams};
use crate::collected::Collected;
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::findings::what::What;
use crate::numbers::{Rounding, Unit};
use crate::options::Options;
use crate::rfc3339;

/// Columns before the hours.
const LEADING: [&str; 3] = ["entity_id", "type", "unit"];

/// Whether a header is one of these.
pub(super) fn is(header: &[String]) -> bool {
    header.len() > LEADING.len() && header.iter().zip(LEADING).all(|(name, known)| name == known)
}

/// Reads all rows.
pub(super) fn read(mut rows: CsvRows, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let mut streams = Streams::new(collected.begin(rows.file()));
    let file = rows.file().to_owned();
    let meter = collected.meter("meter", stem(&file));
    let meter = meter.map_err(|expected| rows.bad_header(&expected))?;
    let hours = hours(&rows)?;
    let seconds = options.interval.map_or(0, |interval| interval.seconds());
    // The program saves floats with all their digits.
    let rounding = options.rounding.or(Some(Rounding::Nearest));
    while rows.advance()? {
        let line = u32::try_from(rows.line()).unwrap_or(u32::MAX);
        let direction = match rows.cell(1) {
            "grid_consumption" => Direction::Import,
            "grid_return" => Direction::Export,
            _ => {
                collected.notice(streams.origin(meter, line), What::LeftOut);
                continue;
            }
        };
        let unit = Unit::named(rows.cell(2)).filter(|unit| !unit.is_power());
        let unit = unit.ok_or_else(|| rows.bad_cell(2, "Wh, kWh or MWh"))?;
        let sensor = rows.cell(0).to_owned();
        for (column, at) in (LEADING.len()..).zip(&hours) {
            let value = rows.value(column, unit, rounding)?;
            let quality = if value.is_some() {
                Quality::Measured
            } else {
                Quality::Missing
            };
            let part = Part {
                meter,
                at: *at,
                direction,
                value,
                quality,
                seconds,
                line,
                offset: 0,
            };
            let added = streams.add(part, &sensor);
            added.map_err(|expected| rows.bad_cell(column, &expected))?;
        }
    }
    streams.finish(collected)
}

/// The starts of the hours, or of whatever the page showed, that the header names.
fn hours(rows: &CsvRows) -> Result<Vec<UnixSeconds>, Error> {
    let hour = |text: &String| {
        let whole = text.replace(".000Z", "Z");
        rfc3339::parse(&whole)
            .map_err(|error| rows.bad_header(&format!("{} in place of `{text}`", error.expected())))
    };
    rows.header().iter().skip(LEADING.len()).map(hour).collect()
}
