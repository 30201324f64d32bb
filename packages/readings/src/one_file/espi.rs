//! Green Button files (NAESB ESPI): an Atom feed of a household's usage.
//!
//! A usage point is a meter, called by its entry's id, or as the file is where it has none. Of its readings, energies of at most an hour
//! count: what was delivered is import, the reverse export; the rest is left out, and told. Starts are seconds of UTC.

mod feed;
mod tree;

use std::io::Read;

use gridpact_units::Quality;

use super::opened::{stem, Text};
use super::streams::{Direction, Part, Streams};
use crate::collected::Collected;
use crate::error::Error;
use crate::findings::what::What;
use crate::numbers::Rounding;
use crate::options::Options;
use feed::{Reading, ReadingType};

/// The largest file: years of quarter hours of a household.
const MAX_BYTES: u64 = 32 << 20;
/// ESPI's code of Wh.
const WATT_HOURS: &str = "72";
/// The longest reading that is one of an interval.
const HOUR: u32 = 3_600;

/// Whether a file begins like XML.
pub(super) fn is(beginning: &str) -> bool {
    beginning.trim_start().starts_with('<')
}

/// Reads a feed.
pub(super) fn read(text: Text, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let file = text.file;
    let mut xml = String::new();
    let read = text
        .bytes
        .take(MAX_BYTES.saturating_add(1))
        .read_to_string(&mut xml);
    read.map_err(|source| Error::Unreadable {
        file: file.clone(),
        source,
    })?;
    if xml.len() as u64 > MAX_BYTES {
        return Err(Error::Format {
            file,
            line: 1,
            expected: format!("at most {MAX_BYTES} bytes of XML"),
            got: "more".to_owned(),
        });
    }
    let feed = tree::read(&file, &xml)?;
    let mut streams = Streams::new(collected.begin(&file));
    for (number, block) in feed.blocks.iter().enumerate() {
        let bad = |expected: &str, got: &str| Error::Format {
            file: file.clone(),
            line: block.line.into(),
            expected: expected.to_owned(),
            got: got.to_owned(),
        };
        let name = feed
            .usage_point_of(block)
            .unwrap_or_else(|| stem(&file).to_owned());
        let meter = collected
            .meter("meter", &name)
            .map_err(|expected| bad(&expected, &name))?;
        let reading_type = feed.reading_type_of(block);
        let reading_type =
            reading_type.ok_or_else(|| bad("a reading type that the block's meter reading names", "none"))?;
        let Some(direction) = direction(reading_type) else {
            collected.notice(streams.origin(meter, block.line), What::LeftOut);
            continue;
        };
        for reading in feed.readings_of(number) {
            if reading.seconds > HOUR {
                collected.notice(streams.origin(meter, reading.line), What::LeftOut);
                continue;
            }
            let energy = energy(reading, reading_type, options.rounding);
            let energy = energy.map_err(|expected| Error::Format {
                file: file.clone(),
                line: reading.line.into(),
                expected,
                got: reading.value.clone(),
            })?;
            let part = Part {
                meter,
                at: reading.start,
                direction,
                value: energy,
                quality: reading.quality.unwrap_or(Quality::Measured),
                seconds: reading.seconds,
                line: reading.line,
                offset: 0,
            };
            streams.add(part, "").map_err(|expected| bad(&expected, "more"))?;
        }
    }
    streams.finish(collected)
}

/// Which way a kind of reading counts; `None` of what is no energy of intervals.
fn direction(reading_type: &ReadingType) -> Option<Direction> {
    let is =
        |field: &Option<String>, known: &[&str]| field.as_deref().is_none_or(|code| known.contains(&code));
    // Delta data, energy, electricity by metering at the point; what is not said is so by default.
    let counts = reading_type.unit.as_deref() == Some(WATT_HOURS)
        && is(&reading_type.accumulation, &["4"])
        && is(&reading_type.commodity, &["0", "1"])
        && is(&reading_type.kind, &["0", "12"]);
    match reading_type.flow.as_deref() {
        None | Some("1") if counts => Some(Direction::Import),
        Some("19") if counts => Some(Direction::Export),
        _ => None,
    }
}

/// value x 10^multiplier Wh in mWh; `None` where there is no value.
fn energy(
    reading: &Reading,
    reading_type: &ReadingType,
    rounding: Option<Rounding>,
) -> Result<Option<u64>, String> {
    if reading.value.is_empty() || reading.quality == Some(Quality::Missing) {
        return Ok(None);
    }
    let expected = || "a value of Wh, not negative, in whole mWh".to_owned();
    let digits = reading.value.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = reading
        .value
        .parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(expected)?;
    let multiplier = reading_type.multiplier.as_deref().unwrap_or("0");
    let multiplier: i32 = multiplier
        .parse()
        .map_err(|_| format!("a power of ten, got {multiplier}"))?;
    let places = multiplier.checked_add(3).ok_or_else(expected)?;
    let factor = 10_u64.checked_pow(places.unsigned_abs());
    if places >= 0 {
        let energy = factor.and_then(|factor| value.checked_mul(factor));
        return energy.map(Some).ok_or_else(expected);
    }
    let (Some(whole), Some(rest)) = (
        factor.and_then(|factor| value.checked_div(factor)),
        factor.and_then(|factor| value.checked_rem(factor)),
    ) else {
        return rounding.map(|_| Some(0)).ok_or_else(expected);
    };
    let up = rest.saturating_mul(2) >= factor.unwrap_or_default();
    match rounding {
        _ if rest == 0 => Ok(Some(whole)),
        Some(Rounding::Down) => Ok(Some(whole)),
        Some(Rounding::Nearest) => Ok(Some(whole.saturating_add(up.into()))),
        None => Err(expected()),
    }
}
