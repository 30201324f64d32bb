//! Gridpact's own table, in all its forms: a row a meter and interval, or a row a direction of it; energies, mean powers or a
//! register's totals; stamps of starts or ends.

pub(crate) mod columns;

use gridpact_units::Quality;

use crate::collected::Collected;
use crate::csv_rows::footer::Footer;
use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::options::Options;
use crate::rfc3339;
use crate::row::{Kind, Origin, Row};
use crate::stamps::{Moment, Stamp, Stamps};
use columns::{quality, Columns, Numbers, Values};

/// Reads all rows.
pub(super) fn read(mut rows: CsvRows, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let columns = Columns::find(&rows, &collected.naming, options)?;
    let file = collected.begin(rows.file());
    let mut stamps = Stamps::new(options.zone);
    let mut footer = Footer::new(columns.stamp, rfc3339::a_moment());
    while footer.advance(&mut rows)? {
        let text = rows.cell(columns.meter);
        let column = rows.header().get(columns.meter).map(String::as_str);
        let meter = collected.meter(column.unwrap_or_default(), text);
        let meter = meter.map_err(|expected| rows.bad_cell(columns.meter, &expected))?;
        let origin = Origin {
            meter,
            line: u32::try_from(rows.line()).unwrap_or(u32::MAX),
            file,
        };
        let ends = columns.stamps == Stamp::End || options.stamp_of(collected.name_of(origin)) == Stamp::End;
        let row = row(&rows, &columns, options, origin, ends, &mut stamps)?;
        let pushed = collected.push(row);
        pushed.map_err(|expected| rows.bad_cell(columns.stamp, &expected))?;
    }
    collected.notice_of_file(&rows, &footer);
    Ok(())
}

/// The current row.
fn row(
    rows: &CsvRows,
    columns: &Columns,
    options: &Options,
    origin: Origin,
    ends: bool,
    stamps: &mut Stamps,
) -> Result<Row, Error> {
    let kind = match columns.values {
        Values::Wide { import, .. } => import.kind,
        Values::Long { value, .. } => value.kind,
    };
    let moment = moment(rows, columns, options, kind, (origin, ends), stamps)?;
    let quality = match columns.quality {
        Some(column) => quality(rows, column)?,
        None => Quality::Measured,
    };
    let (import, export) = values(rows, columns, options, quality)?;
    // A direction that should have a value and has none leaves the reading without any.
    let none = [import, export]
        .into_iter()
        .flatten()
        .any(|value| value.is_none());
    let missing = none || quality == Quality::Missing;
    let value =
        |value: Option<Option<u64>>| value.map(|value| value.filter(|_| !missing).unwrap_or_default());
    Ok(Row {
        at: moment.at,
        import: value(import),
        export: value(export),
        seconds: 0,
        origin,
        offset: i16::try_from(moment.offset.checked_div(60).unwrap_or_default()).unwrap_or_default(),
        ends: ends && kind != Kind::Register,
        kind,
        quality: if missing { Quality::Missing } else { quality },
    })
}

/// What a row says of import and export: `None` of a direction that is not its, `Some(None)` where there is no value.
type Said = (Option<Option<u64>>, Option<Option<u64>>);

/// The current row's numbers; a missing reading has none, whatever its cells say.
fn values(rows: &CsvRows, columns: &Columns, options: &Options, quality: Quality) -> Result<Said, Error> {
    let read = |numbers: Numbers| match quality {
        Quality::Missing => Ok(None),
        _ => rows.value(numbers.column, numbers.unit, options.rounding),
    };
    match columns.values {
        Values::Wide { import, export } => Ok((Some(read(import)?), Some(read(export)?))),
        Values::Long { direction, value } => match rows.cell(direction) {
            "import" => Ok((Some(read(value)?), None)),
            "export" => Ok((None, Some(read(value)?))),
            _ => Err(rows.bad_cell(direction, "import or export")),
        },
    }
}

/// The current row's moment: of an interval where its length is stated, else a whole minute; of a register any second.
fn moment(
    rows: &CsvRows,
    columns: &Columns,
    options: &Options,
    kind: Kind,
    (origin, ends): (Origin, bool),
    stamps: &mut Stamps,
) -> Result<Moment, Error> {
    let text = rows.cell(columns.stamp);
    let stamp = if ends { Stamp::End } else { Stamp::Start };
    // A meter's directions may each have their rows.
    let direction = match columns.values {
        Values::Long { direction, .. } => u64::from(rows.cell(direction) == "export"),
        Values::Wide { .. } => 0,
    };
    let series = u64::from(origin.meter)
        .saturating_mul(2)
        .saturating_add(direction);
    let moment = stamps.read(text, stamp, series);
    let moment = moment.map_err(|expected| rows.bad_cell(columns.stamp, &expected))?;
    let length = options.interval.map_or(60, |interval| interval.seconds());
    if kind == Kind::Register || moment.at.0.checked_rem(length.into()) == Some(0) {
        return Ok(moment);
    }
    let end = if ends { "end" } else { "start" };
    let expected = match options.interval {
        Some(_) => format!("the {end} of an interval of {length} s, counted from midnight UTC"),
        None => format!("the {end} of an interval, a whole minute"),
    };
    Err(rows.bad_cell(columns.stamp, &expected))
}
