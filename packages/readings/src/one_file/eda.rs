//! The workbook of energy data that Austria's EDA portal, and the programs of its communities, save for an energy community.
//!
//! Column A names the rows of the head: `MeteringpointID`, `Energy direction`, `Period start`, `Period end`, `Metercode`; below them it
//! holds the starts of quarter hours as a clock in Austria shows them. Every other column is a value of a metering point: what was
//! consumed is read as import, what was generated as export. The shares of the community, own coverage and surplus, are what somebody
//! settled with these readings and no readings: they are left out, and told. So are sums over all metering points.

mod cells;
mod head;
mod unpacked;

use gridpact_units::{Quality, UnixSeconds};

use super::streams::{Part, Streams};
use crate::clock::Zone;
use crate::collected::Collected;
use crate::error::Error;
use crate::file::Begun;
use crate::findings::what::What;
use crate::numbers::{Flaw, Numbers, Rounding};
use crate::options::Options;
use crate::stamps::Stamps;
use cells::{Cell, Rows};
use head::{Column, Head};

/// What every workbook begins with.
const ZIP: &[u8] = b"PK\x03\x04";
/// How long a value's interval is, s.
const QUARTER: u32 = 900;
/// Decimals of kWh in mWh.
const DECIMALS: u32 = 6;

/// Whether a file begins like one.
pub(super) fn is(beginning: &[u8]) -> bool {
    beginning.starts_with(ZIP)
}

/// Reads the sheet of energy data.
pub(super) fn read(
    file: &str,
    bytes: Begun<Box<dyn std::io::Read + '_>>,
    options: &Options,
    collected: &mut Collected,
) -> Result<(), Error> {
    let mut streams = Streams::new(collected.begin(file));
    let mut reader = Reader {
        file,
        head: Head::default(),
        columns: None,
        stamps: Stamps::new(Some(
            options
                .zone
                .or_else(|| Zone::named("Europe/Vienna"))
                .unwrap_or(Zone::CentralEurope),
        )),
        // A workbook's numbers are floats, with all their digits.
        numbers: Numbers {
            point: '.',
            rounding: options.rounding.or(Some(Rounding::Nearest)),
        },
    };
    cells::each_row(file, bytes, &mut |rows: &Rows| {
        reader.row(rows, &mut streams, collected)
    })?;
    if reader.columns.as_ref().is_none_or(Vec::is_empty) {
        let expected =
            "a head with MeteringpointID, Energy direction and Metercode, and quarter hours below it";
        return Err(reader.error(
            1,
            expected,
            "another sheet; save it as CSV to have its columns guessed",
        ));
    }
    streams.finish(collected)
}

struct Reader<'a> {
    file: &'a str,
    head: Head,
    /// What stands in each column, once the first quarter hour came.
    columns: Option<Vec<Column>>,
    stamps: Stamps,
    numbers: Numbers,
}

impl Reader<'_> {
    /// A row of the sheet.
    fn row(&mut self, row: &Rows, streams: &mut Streams, collected: &mut Collected) -> Result<(), Error> {
        let Some(clock) = row.first().and_then(Cell::clock) else {
            let label = row.first().map(Cell::text).unwrap_or_default();
            return match &self.columns {
                None => {
                    self.head.take(&label, row);
                    Ok(())
                }
                Some(_) if label.is_empty() => Ok(()),
                Some(_) => Err(self.error(row.number, "a quarter hour as 01.06.2024 00:15:00", &label)),
            };
        };
        if self.columns.is_none() {
            self.columns = Some(self.columns(row.number, streams, collected)?);
        }
        let line = u32::try_from(row.number).unwrap_or(u32::MAX);
        let start = self
            .stamps
            .of_clock(clock, 0)
            .map_err(|expected| self.error(row.number, &expected, &clock.to_string()))?;
        for column in self
            .columns
            .iter()
            .flatten()
            .filter(|column| column.covers(clock))
        {
            let value = match row.cell(column.position) {
                None => None,
                Some(cell) => match self.numbers.read(&cell.text(), DECIMALS) {
                    Ok(value) => Some(value),
                    Err(Flaw::NoValue) => None,
                    Err(Flaw::Other) => return Err(self.error(row.number, "kWh of 0 or more", &cell.text())),
                },
            };
            let part = Part {
                meter: column.meter,
                at: UnixSeconds(start.at.0),
                direction: column.direction,
                value,
                quality: if value.is_some() {
                    Quality::Measured
                } else {
                    Quality::Missing
                },
                seconds: QUARTER,
                line,
                offset: i16::try_from(start.offset.checked_div(60).unwrap_or_default()).unwrap_or_default(),
            };
            let added = streams.add(part, "");
            added.map_err(|expected| self.error(row.number, &expected, "more"))?;
        }
        Ok(())
    }

    /// The columns that the head describes; what is no reading is told.
    fn columns(
        &self,
        line: u64,
        streams: &mut Streams,
        collected: &mut Collected,
    ) -> Result<Vec<Column>, Error> {
        let mut columns = Vec::new();
        for described in self.head.columns() {
            let described =
                described.map_err(|(expected, got)| self.error(line.saturating_sub(1), expected, &got))?;
            let meter = collected.meter("meter", &described.meter);
            let meter =
                meter.map_err(|expected| self.error(line.saturating_sub(1), &expected, &described.meter))?;
            match described.direction {
                Some(direction) => columns.push(Column {
                    position: described.position,
                    meter,
                    direction,
                    period: described.period,
                }),
                None => {
                    let line = u32::try_from(described.line).unwrap_or(u32::MAX);
                    collected.notice(streams.origin(meter, line), What::LeftOut);
                }
            }
        }
        Ok(columns)
    }

    fn error(&self, line: u64, expected: &str, got: &str) -> Error {
        Error::Format {
            file: self.file.to_owned(),
            line,
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
    }
}
