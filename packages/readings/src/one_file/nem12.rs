//! NEM12, the file of Australia's meters: per register a 200 row, per day a 300 row with all its intervals, and where their qualities
//! differ 400 rows; 500 rows say nothing of energy.
//!
//! A metering point (NMI) is a meter. Registers `E…` are what it took and are summed, `B…` what it gave; reactive energy and the rest
//! are left out, and told. Days begin at midnight of market time, UTC+10 all year; a zone that is stated goes first.

mod rows;

use gridpact_units::UnixSeconds;

use super::opened::Text;
use super::streams::{Part, Streams};
use crate::collected::Collected;
use crate::error::Error;
use crate::options::Options;
use rows::{Day, Register, Rows};

/// How files of this kind begin; some portals leave the first row out.
const BEGINNINGS: [&str; 2] = ["100,NEM12", "200,"];
/// Whether a file begins like one.
pub(super) fn is(beginning: &str) -> bool {
    BEGINNINGS.iter().any(|known| beginning.starts_with(known))
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
