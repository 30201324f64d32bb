//! Somebody's table, by a profile.

use gridpact_units::{Quality, UnixSeconds};
use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::opened::stem;
use super::streams::{Direction, Part, Streams};
use crate::collected::Collected;
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::findings::what::What;
use crate::numbers::{Rounding, Unit};
use crate::options::Options;
use crate::profile::{Profile, Sign, Told, Value};
use crate::row::Kind;
use crate::stamps::{Moment, Stamp, Stamps};

/// Longer readings are no intervals' but days' and months': they are left out.
const HOUR: u64 = 3_600;

/// What reading takes along.
struct Reader<'a> {
    rows: CsvRows<'a>,
    told: &'a Told,
    with_offset: bool,
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
        rows,
        told: profile.told(),
        with_offset: profile.with_offset(),
        stamps: Stamps::new(Some(options.zone.unwrap_or(profile.zone()))),
        streams,
        rounding: options.rounding,
    };
    while reader.rows.advance()? {
        for (value, unit) in profile.values() {
            reader.value(value, unit, collected)?;
        }
    }
    collected.notice_latin1(&reader.rows);
    reader.streams.finish(collected)
}

impl Reader<'_> {
    /// A value of the current row.
    fn value(&mut self, value: &Value, unit: Unit, collected: &mut Collected) -> Result<(), Error> {
        let line = u32::try_from(self.rows.line()).unwrap_or(u32::MAX);
        let meter = self.meter(collected)?;
        let Some((direction, stream)) = self.direction(value)? else {
            collected.notice(self.streams.origin(meter, line), What::LeftOut);
            return Ok(());
        };
        let stream = self
            .streams
            .stream(&stream)
            .map(|position| (stream, position as u64));
        let (stream, position) = stream.map_err(|expected| self.rows.bad_cell(0, &expected))?;
        // A series of rows in order of time: of a meter, stream and end of the interval.
        let series = u64::from(meter)
            .saturating_mul(1 << 20)
            .saturating_add(position.saturating_mul(2));
        let start = self.moment(&self.told.time.start, series)?;
        let mut seconds = 0;
        if let Some(columns) = &self.told.time.end {
            let end = self.moment(columns, series.saturating_add(1))?;
            let length = end.at.0.saturating_sub(start.at.0);
            if length == 0 || length > HOUR {
                collected.notice(self.streams.origin(meter, line), What::LeftOut);
                return Ok(());
            }
            seconds = u32::try_from(length).unwrap_or_default();
        }
        let quality = self.quality()?;
        let column = self.rows.column(&value.column)?;
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

    fn meter(&self, collected: &mut Collected) -> Result<u32, Error> {
        let (column, name) = match &self.told.meter {
            Some(meter) => {
                let column = self.rows.column(&meter.column)?;
                let around = |letter| meter.trim.contains(letter);
                (column, self.rows.cell(column).trim_matches(around))
            }
            None => (0, stem(self.rows.file())),
        };
        let meter = collected.meter("meter", name);
        meter.map_err(|expected| self.rows.bad_cell(column, &expected))
    }

    /// Which way the current row counts, and the name of its stream; `None` of a row that is left out.
    fn direction(&self, value: &Value) -> Result<Option<(Direction, String)>, Error> {
        let Some(directions) = &self.told.direction else {
            let direction = match value.direction {
                Some(Sign::Export) => Direction::Export,
                _ => Direction::Import,
            };
            return Ok(Some((direction, value.column.clone())));
        };
        let cell = self.rows.cell(self.rows.column(&directions.column)?);
        let is = |names: &[String]| names.iter().any(|name| name == cell);
        Ok(match (is(&directions.import), is(&directions.export)) {
            (true, _) => Some((Direction::Import, cell.to_owned())),
            (_, true) => Some((Direction::Export, cell.to_owned())),
            _ => None,
        })
    }

    /// The moment in these columns.
    fn moment(&mut self, columns: &[String], series: u64) -> Result<Moment, Error> {
        let cells = columns
            .iter()
            .map(|column| Ok(self.rows.cell(self.rows.column(column)?)));
        let text = cells.collect::<Result<Vec<&str>, Error>>()?.join(" ");
        let first = columns.first().map_or(Ok(0), |column| self.rows.column(column))?;
        if self.with_offset {
            let moment = self.stamps.read(&text, Stamp::Start, series);
            return moment.map_err(|expected| self.rows.bad_cell(first, &expected));
        }
        let format = &self.told.time.format;
        let clock = strtime::parse(format, &text).ok();
        let clock: Option<DateTime> = clock.and_then(|time| time.to_datetime().ok());
        let clock = clock.ok_or_else(|| self.rows.bad_cell(first, &format!("a time as {format}")))?;
        let moment = self.stamps.of_clock(clock, series);
        moment.map_err(|expected| self.rows.bad_cell(first, &expected))
    }

    fn quality(&self) -> Result<Quality, Error> {
        let Some(qualities) = &self.told.quality else {
            return Ok(Quality::Measured);
        };
        let column = self.rows.column(&qualities.column)?;
        let quality = qualities.of(self.rows.cell(column));
        quality.ok_or_else(|| self.rows.bad_cell(column, "a quality that the profile knows"))
    }

    /// A number, and which way it counts: of a net column by its sign.
    fn number(
        &self,
        column: usize,
        (value, unit): (&Value, Unit),
        direction: Direction,
    ) -> Result<(Direction, Option<u64>), Error> {
        let rounding = value.rounding().or(self.rounding);
        if value.direction != Some(Sign::Net) {
            return Ok((direction, self.rows.value(column, unit, rounding)?));
        }
        let given = self.rows.cell(column).starts_with('-');
        let number = self.rows.magnitude(column, unit, rounding)?;
        Ok((if given { Direction::Export } else { direction }, number))
    }
}
