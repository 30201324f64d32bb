//! NEM12, the file of Australia's meters: per register a 200 row, per day a 300 row with all its intervals, and where their qualities
//! differ 400 rows; 500 rows say nothing of energy.
//!
//! A metering point (NMI) is a meter. Registers `E…` are what it took and are summed, `B…` what it gave; reactive energy and the rest
//! are left out, and told. Days begin at midnight of market time, UTC+10 all year; a zone that is stated goes first.

use gridpact_units::{Quality, UnixSeconds};
use jiff::civil::Date;

use super::opened::Text;
use super::streams::{Direction, Part, Streams};
use crate::clock::Zone;
use crate::collected::Collected;
use crate::error::Error;
use crate::findings::What;
use crate::numbers::{Flaw, Numbers, Unit};
use crate::options::Options;
use crate::qualities;

/// How files of this kind begin; some portals leave the first row out.
const BEGINNINGS: [&str; 2] = ["100,NEM12", "200,"];
/// Market time.
const MARKET: Zone = Zone::Fixed(36_000);
/// Minutes of an interval that there are.
const LENGTHS: [u32; 3] = [5, 15, 30];
const MINUTES: u32 = 1_440;

/// Whether a file begins like one.
pub(super) fn is(beginning: &str) -> bool {
    BEGINNINGS.iter().any(|known| beginning.starts_with(known))
}

/// The register that 300 rows are of.
struct Register {
    meter: u32,
    direction: Direction,
    suffix: String,
    unit: Unit,
    /// s.
    seconds: u32,
}

/// A day's intervals, to which 400 rows may still come.
struct Day {
    line: u32,
    /// Start of the day.
    midnight: u64,
    values: Vec<(Option<u64>, Quality)>,
    /// Whether the qualities stand in 400 rows, of intervals up to this one so far.
    varied: Option<usize>,
}

/// Reads all rows.
pub(super) fn read(text: Text, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let mut rows = Rows::new(text);
    let mut streams = Streams::new(collected.begin(&rows.file));
    let mut register: Option<Register> = None;
    let mut day: Option<Day> = None;
    while rows.advance()? {
        let kind = rows.cell(0).to_owned();
        if kind != "400" {
            close(&rows, register.as_ref(), day.take(), &mut streams)?;
        }
        match kind.as_str() {
            "100" if rows.cell(1) == "NEM12" => {}
            "100" => return Err(rows.bad(1, "NEM12")),
            "200" => register = rows.register(collected, &streams)?,
            "300" => match &register {
                Some(register) => day = Some(rows.day(register, options)?),
                None if streams.left_out => {}
                None => return Err(rows.bad(0, "a 200 row before the first 300 row")),
            },
            "400" => match &mut day {
                Some(day) => rows.qualities(day)?,
                None if register.is_none() => {}
                None => return Err(rows.bad(0, "a 300 row before a 400 row")),
            },
            "500" | "900" => {}
            "" if rows.record.len() <= 1 => {}
            _ => return Err(rows.bad(0, "100, 200, 300, 400, 500 or 900")),
        }
        streams.left_out |= kind == "200" && register.is_none();
    }
    close(&rows, register.as_ref(), day.take(), &mut streams)?;
    streams.finish(collected)
}

/// Adds a day of which no more comes.
fn close(
    rows: &Rows,
    register: Option<&Register>,
    day: Option<Day>,
    streams: &mut Streams,
) -> Result<(), Error> {
    let (Some(register), Some(day)) = (register, day) else {
        return Ok(());
    };
    if day.varied.is_some_and(|until| until < day.values.len()) {
        return Err(Error::Format {
            file: rows.file.clone(),
            line: day.line.into(),
            expected: format!(
                "400 rows for all {} intervals of a day of quality V",
                day.values.len()
            ),
            got: format!("{} of them", day.varied.unwrap_or_default()),
        });
    }
    for (number, (value, quality)) in (0_u64..).zip(&day.values) {
        let part = Part {
            meter: register.meter,
            at: UnixSeconds(
                day.midnight
                    .saturating_add(number.saturating_mul(register.seconds.into())),
            ),
            direction: register.direction,
            value: *value,
            quality: *quality,
            seconds: register.seconds,
            line: day.line,
            offset: 0,
        };
        let added = streams.add(part, &register.suffix);
        added.map_err(|expected| rows.error(day.line.into(), &expected, "more"))?;
    }
    Ok(())
}

/// The rows of a file, each as long as it likes.
struct Rows<'a> {
    file: String,
    reader: csv::Reader<Box<dyn std::io::Read + 'a>>,
    record: csv::StringRecord,
    /// Lines that the reader does not count.
    uncounted: u64,
}

impl<'a> Rows<'a> {
    fn new(text: Text<'a>) -> Self {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.flexible(true).has_headers(false).from_reader(text.bytes);
        Self {
            file: text.file,
            reader,
            record: csv::StringRecord::new(),
            uncounted: text.crlf.into(),
        }
    }

    fn advance(&mut self) -> Result<bool, Error> {
        let read = self.reader.read_record(&mut self.record);
        read.map_err(|error| crate::csv_rows::refused(&self.file, self.uncounted, error))
    }

    fn line(&self) -> u64 {
        let line = self.record.position().map_or(0, csv::Position::line);
        // The first line is counted as it should be.
        line.saturating_add(if line > 1 { self.uncounted } else { 0 })
    }

    fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    fn error(&self, line: u64, expected: &str, got: &str) -> Error {
        Error::Format {
            file: self.file.clone(),
            line,
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
    }

    fn bad(&self, column: usize, expected: &str) -> Error {
        self.error(self.line(), expected, self.cell(column))
    }

    /// A 200 row; `None` of a register that is left out.
    fn register(&self, collected: &mut Collected, streams: &Streams) -> Result<Option<Register>, Error> {
        let (nmi, suffix, unit) = (self.cell(1), self.cell(4), self.cell(7));
        let direction = match suffix.bytes().next() {
            Some(b'E' | b'e') => Some(Direction::Import),
            Some(b'B' | b'b') => Some(Direction::Export),
            _ => None,
        };
        // The specification knows no thousandth of a Wh, so that MWh may be written as it likes.
        let energies = [Unit::WattHours, Unit::KilowattHours, Unit::MegawattHours];
        let unit = energies
            .into_iter()
            .find(|known| known.name().eq_ignore_ascii_case(unit));
        let meter = collected.meter("meter", nmi);
        let meter = meter.map_err(|expected| self.bad(1, &expected))?;
        let (Some(direction), Some(unit)) = (direction, unit) else {
            let line = u32::try_from(self.line()).unwrap_or(u32::MAX);
            collected.notice(streams.origin(meter, line), What::LeftOut);
            return Ok(None);
        };
        let minutes = self
            .cell(8)
            .parse()
            .ok()
            .filter(|minutes| LENGTHS.contains(minutes));
        let minutes = minutes.ok_or_else(|| self.bad(8, "intervals of 5, 15 or 30 minutes"))?;
        Ok(Some(Register {
            meter,
            direction,
            suffix: suffix.to_owned(),
            unit,
            seconds: minutes.saturating_mul(60),
        }))
    }

    /// A 300 row.
    fn day(&self, register: &Register, options: &Options) -> Result<Day, Error> {
        let zone = options.zone.unwrap_or(MARKET);
        let midnight = date(self.cell(1)).and_then(|date| zone.to_utc(date.at(0, 0, 0, 0)));
        let midnight = midnight.and_then(|midnight| u64::try_from(midnight).ok());
        let midnight = midnight.ok_or_else(|| self.bad(1, "a day as 20240430, in 1970 or later"))?;
        let minutes = register.seconds.checked_div(60).unwrap_or(MINUTES);
        let count = usize::try_from(MINUTES.checked_div(minutes).unwrap_or_default()).unwrap_or_default();
        let method = count.saturating_add(2);
        let varied = self.cell(method) == "V";
        let quality = match varied {
            true => Quality::Missing,
            false => self.quality(method)?,
        };
        let numbers = Numbers {
            point: '.',
            rounding: options.rounding,
        };
        let value = |column: usize| match numbers.read(self.cell(column), register.unit.decimals()) {
            Ok(value) => Ok((Some(value), quality)),
            Err(Flaw::NoValue) => Ok((None, quality)),
            Err(Flaw::Other) => {
                let (unit, decimals) = (register.unit.name(), register.unit.decimals());
                Err(self.bad(
                    column,
                    &format!("{unit} as digits with at most {decimals} behind the point"),
                ))
            }
        };
        Ok(Day {
            line: u32::try_from(self.line()).unwrap_or(u32::MAX),
            midnight,
            values: (2..method).map(value).collect::<Result<_, Error>>()?,
            varied: varied.then_some(0),
        })
    }

    /// A quality and maybe the number of a method: `A`, `S14`.
    fn quality(&self, column: usize) -> Result<Quality, Error> {
        let letter = self.cell(column).get(..1);
        let known = letter
            .filter(|letter| "AEFNS".contains(*letter))
            .and_then(qualities::named);
        known.ok_or_else(|| {
            self.bad(
                column,
                "a quality A, E, F, N or S behind the day's values, or V with 400 rows",
            )
        })
    }

    /// A 400 row: from which interval to which, counted from 1, they are of a quality.
    fn qualities(&self, day: &mut Day) -> Result<(), Error> {
        let until = day
            .varied
            .ok_or_else(|| self.bad(0, "400 rows only where the day's quality is V"))?;
        let number = |column: usize| self.cell(column).parse::<usize>().ok();
        let (from, to) = (number(1).unwrap_or_default(), number(2).unwrap_or_default());
        let next = until.saturating_add(1);
        if from != next || to < from || to > day.values.len() {
            let expected = format!("intervals from {next} to at most {}", day.values.len());
            return Err(self.bad(1, &expected));
        }
        let quality = self.quality(3)?;
        for (_, known) in day.values.iter_mut().take(to).skip(until) {
            *known = quality;
        }
        day.varied = Some(to);
        Ok(())
    }
}

/// `20240430`.
fn date(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from, to| text.get(from..to).filter(|_| digits);
    Date::new(
        part(0, 4)?.parse().ok()?,
        part(4, 6)?.parse().ok()?,
        part(6, 8)?.parse().ok()?,
    )
    .ok()
}
