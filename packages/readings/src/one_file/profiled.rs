//! Somebody's table, by a profile.

mod columns;
mod numbers;
mod times;

use gridpact_units::{Quality, UnixSeconds};

use super::opened::stem;
use super::streams::{Direction, Part, Streams};
use crate::collected::Collected;
use crate::csv_rows::footer::Footer;
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::findings::what::What;
use crate::numbers::{Rounding, Unit};
use crate::options::Options;
use crate::profile::told::{Sign, Told, Value};
use crate::profile::Profile;
use crate::row::Kind;
use crate::stamps::Stamps;
use columns::Columns;

/// Longer readings are no intervals' but days' and months': they are left out.
const HOUR: u64 = 3_600;

/// What reading takes along.
struct Reader<'a> {
    rows: CsvRows<'a>,
    told: &'a Told,
    columns: Columns,
    with_offset: bool,
    register: bool,
    stamps: Stamps,
    streams: Streams,
    /// What digits too fine become where the profile says nothing.
    rounding: Option<Rounding>,
}

/// Reads all rows.
pub(super) fn read(
    rows: CsvRows,
    profile: &Profile,
    options: &Options,
    collected: &mut Collected,
) -> Result<(), Error> {
    let mut streams = Streams::new(collected.begin(rows.file()));
    let mut values = profile.values();
    let (register, power) = values
        .next()
        .map_or((false, false), |(value, unit)| (value.register, unit.is_power()));
    streams.kind = match (register, power) {
        (true, _) => Kind::Register,
        (false, true) => Kind::Power,
        (false, false) => Kind::Energy,
    };
    streams.ends = profile.told().time.ends && !register;
    let mut reader = Reader {
        columns: Columns::find(&rows, profile.told())?,
        rows,
        told: profile.told(),
        with_offset: profile.with_offset(),
        register,
        stamps: Stamps::new(Some(options.zone.unwrap_or(profile.zone()))),
        streams,
        rounding: options.rounding,
    };
    let mut footer = Footer::new(
        reader.columns.first(),
        format!("a time as {}", profile.told().time.format),
    );
    while footer.advance(&mut reader.rows)? {
        for (position, (value, unit)) in profile.values().enumerate() {
            reader.value((position, value, unit), collected)?;
        }
    }
    collected.notice_of_file(&reader.rows, &footer);
    reader.streams.finish(collected)
}

impl Reader<'_> {
    /// A value of the current row.
    fn value(
        &mut self,
        (position, value, unit): (usize, &Value, Unit),
        collected: &mut Collected,
    ) -> Result<(), Error> {
        let line = u32::try_from(self.rows.line()).unwrap_or(u32::MAX);
        let meter = self.meter(value, collected)?;
        let Some((direction, stream)) = self.direction(position, value) else {
            collected.notice(self.streams.origin(meter, line), What::LeftOut);
            return Ok(());
        };
        let known = self.streams.stream(&stream).map(|position| position as u64);
        let known = known.map_err(|expected| self.rows.bad_cell(0, &expected))?;
        // A series of rows in order of time: of a meter, stream and end of the interval.
        let series = u64::from(meter)
            .saturating_mul(1 << 20)
            .saturating_add(known.saturating_mul(2));
        let start = self.start(series)?;
        let mut seconds = 0;
        if self.columns.end.is_some() {
            let length = self.length(start.at, series.saturating_add(1))?;
            if length > HOUR {
                collected.notice(self.streams.origin(meter, line), What::LeftOut);
                return Ok(());
            }
            seconds = u32::try_from(length).unwrap_or_default();
        }
        let quality = self.quality()?;
        let column = self.columns.value(position);
        let (direction, number) = self.number(column, (value, unit), direction)?;
        let part = Part {
            meter,
            at: UnixSeconds(start.at.0.saturating_add(self.told.time.later.into())),
            direction,
            value: number.filter(|_| quality != Quality::Missing),
            quality,
            seconds,
            line,
            offset: i16::try_from(start.offset.checked_div(60).unwrap_or_default()).unwrap_or_default(),
        };
        let other = Part {
            direction: match direction {
                Direction::Import => Direction::Export,
                Direction::Export => Direction::Import,
            },
            value: part.value.map(|_| 0),
            ..part
        };
        let net = value.direction == Some(Sign::Net);
        for part in [Some(part), net.then_some(other)].into_iter().flatten() {
            let added = self.streams.add(part, &stream);
            added.map_err(|expected| self.rows.bad_cell(column, &expected))?;
        }
        Ok(())
    }

    fn meter(&self, value: &Value, collected: &mut Collected) -> Result<u32, Error> {
        let (column, name) = match (&value.meter, self.columns.meter, &self.told.meter) {
            (Some(name), _, _) => (0, name.as_str()),
            (None, Some(column), Some(meter)) => {
                let around = |letter| meter.trim.contains(letter);
                (column, self.rows.cell(column).trim_matches(around))
            }
            _ => (0, stem(self.rows.file())),
        };
        let meter = collected.meter("meter", name);
        meter.map_err(|expected| self.rows.bad_cell(column, &expected))
    }

    /// Which way the current row counts, and the name of its stream; `None` of a row that is left out.
    fn direction(&self, position: usize, value: &Value) -> Option<(Direction, String)> {
        let Some((directions, column)) = self.told.direction.as_ref().zip(self.columns.direction) else {
            let direction = match value.direction {
                Some(Sign::Export) => Direction::Export,
                _ => Direction::Import,
            };
            return Some((direction, position.to_string()));
        };
        let cell = self.rows.cell(column);
        let is = |names: &[String]| names.iter().any(|name| name == cell);
        match (is(&directions.import), is(&directions.export)) {
            (true, _) => Some((Direction::Import, cell.to_owned())),
            (_, true) => Some((Direction::Export, cell.to_owned())),
            _ => None,
        }
    }

    fn quality(&self) -> Result<Quality, Error> {
        let Some((qualities, column)) = self.told.quality.as_ref().zip(self.columns.quality) else {
            return Ok(Quality::Measured);
        };
        let quality = qualities.of(self.rows.cell(column));
        quality.ok_or_else(|| self.rows.bad_cell(column, "a quality that the profile knows"))
    }
}
