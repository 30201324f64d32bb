//! The rows of a NEM12 file, one by one.

use gridpact_units::Quality;
use jiff::civil::Date;

use crate::clock::Zone;
use crate::collected::Collected;
use crate::csv_rows::limited::RowLimit;
use crate::csv_rows::refused::refused;
use crate::error::Error;
use crate::findings::what::What;
use crate::numbers::{Flaw, Numbers, Unit};
use crate::one_file::opened::Text;
use crate::one_file::streams::{Direction, Streams};
use crate::options::Options;
use crate::qualities;

/// Market time.
const MARKET: Zone = Zone::Fixed(36_000);
/// Minutes of an interval that there are.
const LENGTHS: [u32; 3] = [5, 15, 30];
const MINUTES: u32 = 1_440;

/// The register that 300 rows are of.
pub(super) struct Register {
    pub meter: u32,
    pub direction: Direction,
    pub suffix: String,
    pub unit: Unit,
    /// s.
    pub seconds: u32,
}

/// A day's intervals, to which 400 rows may still come.
pub(super) struct Day {
    pub line: u32,
    /// Start of the day.
    pub midnight: u64,
    pub values: Vec<(Option<u64>, Quality)>,
    /// Whether the qualities stand in 400 rows, of intervals up to this one so far.
    pub varied: Option<usize>,
}

/// The rows of a file, each as long as it likes.
pub(super) struct Rows<'a> {
    pub file: String,
    reader: csv::Reader<Box<dyn std::io::Read + 'a>>,
    pub record: csv::StringRecord,
    limit: RowLimit,
    /// Lines that the reader does not count.
    uncounted: u64,
}

impl<'a> Rows<'a> {
    pub fn new(text: Text<'a>) -> Self {
        let (limit, bytes) = RowLimit::on(text.bytes);
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.flexible(true).has_headers(false).from_reader(bytes);
        Self {
            file: text.file,
            reader,
            record: csv::StringRecord::new(),
            limit,
            uncounted: text.crlf.into(),
        }
    }

    pub fn advance(&mut self) -> Result<bool, Error> {
        self.limit.begin();
        let read = self.reader.read_record(&mut self.record);
        read.map_err(|error| refused(&self.file, self.uncounted, error))
    }

    fn line(&self) -> u64 {
        let line = self.record.position().map_or(0, csv::Position::line);
        // The first line is counted as it should be.
        line.saturating_add(if line > 1 { self.uncounted } else { 0 })
    }

    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    pub fn error(&self, line: u64, expected: &str, got: &str) -> Error {
        Error::Format {
            file: self.file.clone(),
            line,
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
    }

    pub fn bad(&self, column: usize, expected: &str) -> Error {
        self.error(self.line(), expected, self.cell(column))
    }

    /// A 200 row; `None` of a register that is left out.
    pub fn register(&self, collected: &mut Collected, streams: &Streams) -> Result<Option<Register>, Error> {
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
    pub fn day(&self, register: &Register, options: &Options) -> Result<Day, Error> {
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
    pub fn qualities(&self, day: &mut Day) -> Result<(), Error> {
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
