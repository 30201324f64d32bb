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
use crate::profile::moments::Shown;
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
    /// The last moment's text, and what it shows.
    shown: Option<(String, (Shown, bool))>,
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
        shown: None,
        streams,
        rounding: options.rounding,
    };
    let mut footer = Footer::new(
        reader.columns.first(),
        format!("a time as {}", profile.told().time.format),
    );
    while footer.advance(&mut reader.rows)? {
        reader.row(profile, collected)?;
    }
    collected.notice_of_file(&reader.rows, &footer);
    reader.streams.finish(collected)
}

impl Reader<'_> {
    /// The current row.
    fn row(&mut self, profile: &Profile, collected: &mut Collected) -> Result<(), Error> {
        let line = u32::try_from(self.rows.line()).unwrap_or(u32::MAX);
        let meter = match self.told.values.iter().all(|value| value.meter.is_some()) {
            true => None,
            false => Some(self.meter(collected)?),
        };
        let Some((direction, stream)) = self.direction()? else {
            let origin = self.streams.origin(meter.unwrap_or_default(), line);
            collected.notice(origin, What::LeftOut);
            return Ok(());
        };
        // A series of rows in order of time: of a meter, stream and end of the interval.
        let series = u64::from(meter.unwrap_or_default())
            .saturating_mul(1 << 20)
            .saturating_add((stream.unwrap_or_default() as u64).saturating_mul(2));
        let start = self.start(series)?;
        let mut seconds = 0;
        if self.columns.end.is_some() {
            let length = self.length(start.at, series.saturating_add(1))?;
            if length > HOUR {
                let origin = self.streams.origin(meter.unwrap_or_default(), line);
                collected.notice(origin, What::LeftOut);
                return Ok(());
            }
            seconds = u32::try_from(length).unwrap_or_default();
        }
        let part = Part {
            meter: meter.unwrap_or_default(),
            at: UnixSeconds(start.at.0.saturating_add(self.told.time.later.into())),
            direction: Direction::Import,
            value: None,
            quality: self.quality()?,
            seconds,
            line,
            offset: i16::try_from(start.offset.checked_div(60).unwrap_or_default()).unwrap_or_default(),
        };
        for (position, (value, unit)) in profile.values().enumerate() {
            let of_meter = match &value.meter {
                Some(name) => self.named(0, name, collected)?,
                None => part.meter,
            };
            let way = match value.direction {
                Some(Sign::Export) => Direction::Export,
                _ => direction,
            };
            let stream = match stream {
                Some(stream) => stream,
                None => position,
            };
            let part = Part {
                meter: of_meter,
                ..part
            };
            self.value((position, value, unit), part, (way, stream))?;
        }
        Ok(())
    }

    /// A value of the current row.
    fn value(
        &mut self,
        (position, value, unit): (usize, &Value, Unit),
        part: Part,
        (direction, stream): (Direction, usize),
    ) -> Result<(), Error> {
        let column = self.columns.value(position);
        let (direction, number) = self.number(column, (value, unit), direction)?;
        let part = Part {
            direction,
            value: number.filter(|_| part.quality != Quality::Missing),
            ..part
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
            let added = self.streams.add_to(part, stream);
            added.map_err(|expected| self.rows.bad_cell(column, &expected))?;
        }
        Ok(())
    }

    /// Whose the current row is.
    fn meter(&self, collected: &mut Collected) -> Result<u32, Error> {
        let (column, name) = match (self.columns.meter, &self.told.meter) {
            (Some(column), Some(meter)) => {
                let around = |letter| meter.trim.contains(letter);
                (column, self.rows.cell(column).trim_matches(around))
            }
            _ => (0, stem(self.rows.file())),
        };
        self.named(column, name, collected)
    }

    fn named(&self, column: usize, name: &str, collected: &mut Collected) -> Result<u32, Error> {
        let meter = collected.meter("meter", name);
        meter.map_err(|expected| self.rows.bad_cell(column, &expected))
    }

    /// Which way the current row counts, and the stream that a cell names; `None` of a row that is left out.
    fn direction(&mut self) -> Result<Option<(Direction, Option<usize>)>, Error> {
        let Some((directions, column)) = self.told.direction.as_ref().zip(self.columns.direction) else {
            return Ok(Some((Direction::Import, None)));
        };
        let cell = self.rows.cell(column);
        let is = |names: &[String]| names.iter().any(|name| name == cell);
        let direction = match (is(&directions.import), is(&directions.export)) {
            (true, _) => Direction::Import,
            (_, true) => Direction::Export,
            _ => return Ok(None),
        };
        let stream = self.streams.stream(cell);
        let stream = stream.map_err(|expected| self.rows.bad_cell(column, &expected))?;
        Ok(Some((direction, Some(stream))))
    }

    fn quality(&self) -> Result<Quality, Error> {
        let Some((qualities, column)) = self.told.quality.as_ref().zip(self.columns.quality) else {
            return Ok(Quality::Measured);
        };
        let quality = qualities.of(self.rows.cell(column));
        quality.ok_or_else(|| self.rows.bad_cell(column, "a quality that the profile knows"))
    }
}
