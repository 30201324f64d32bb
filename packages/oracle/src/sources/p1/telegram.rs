//! One telegram to the registers of its electricity meter.
//!
//! ```text
//! /ISK5\2M550T-1012
//!
//! 0-0:1.0.0(261130080000W)        when, by the meter's clock: S in summer, W in winter
//! 1-0:1.8.1(001234.567*kWh)       taken in tariff 1; 1.8.0 is all tariffs together
//! 1-0:2.8.1(000000.000*kWh)       given
//! 0-1:24.2.1(261130075500W)(00024.123*m3)     gas or water: never looked into
//! !6EEE                           CRC-16 of all from / to !
//! ```

use std::collections::BTreeMap;

use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use jiff::civil::DateTime;

use super::crc::crc16;
use crate::config::Unit;
use crate::moment::{at_offset, of_local, NotMoment};
use crate::number::{milliwatt_hours, NotValue};
use crate::sample::{Register, Sample};

/// The line of the meter's time.
const TIME: &str = "0-0:1.0.0";
/// The lines of the version, since DSMR 4 and in Belgium: such a meter always sends a check sum.
const VERSIONS: [&str; 2] = ["1-3:0.2.8", "0-0:96.1.4"];
/// Tariffs that a meter may count apart.
const TARIFFS: core::ops::RangeInclusive<u8> = 1..=4;

/// What a telegram says of electricity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telegram {
    /// When, by the meter's clock; meters before DSMR 4 have none.
    pub at: Option<UnixSeconds>,
    /// What was taken, mWh.
    pub import: Option<u64>,
    /// What was given, mWh.
    pub export: Option<u64>,
}

/// Why a telegram says nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTelegram {
    /// Bytes that are no text, or not from `/` to a line that `!` begins.
    #[error("expected a telegram from / and its maker to a line with ! in ASCII, got other bytes")]
    Shape,
    /// The check sum is another's.
    #[error("expected check sum {expected:04X}, got {got}")]
    Checksum {
        /// Of the bytes that came.
        expected: u16,
        /// What the telegram says.
        got: String,
    },
    /// A line that is none.
    #[error("expected a line as 1-0:1.8.1(001234.567*kWh), got `{0}`")]
    Line(String),
    /// A line twice: two telegrams in one.
    #[error("expected every line once, got {0} twice")]
    Twice(String),
    /// No register of electricity.
    #[error("expected a register 1-0:1.8.x or 1-0:2.8.x, got none")]
    NoRegister,
    /// A register's value that is none.
    #[error("{0}: {1}")]
    Value(String, NotValue),
    /// A time that is none.
    #[error("{TIME}: {0}")]
    Time(NotMoment),
}

impl Telegram {
    /// Reads a telegram whose meter's clock shows a zone.
    ///
    /// # Errors
    /// It was damaged, glued to another, says nothing of electricity, or a time that is none.
    pub fn parse(bytes: &[u8], zone: Zone) -> Result<Self, NotTelegram> {
        let text = core::str::from_utf8(bytes).ok().filter(|text| text.is_ascii());
        let text = text.ok_or(NotTelegram::Shape)?;
        let (body, tail) = text.split_once('!').ok_or(NotTelegram::Shape)?;
        let body = body.strip_prefix('/').filter(|body| body.ends_with('\n'));
        let body = body.ok_or(NotTelegram::Shape)?;
        let lines = lines(body)?;
        let has_sum = checked(bytes, tail.trim_end())?;
        if !has_sum && !is_named(body) {
            return Err(NotTelegram::Shape);
        }
        let must = lines.contains_key(TIME) || VERSIONS.iter().any(|line| lines.contains_key(line));
        if must && !has_sum {
            return Err(NotTelegram::Checksum {
                expected: sum(bytes),
                got: "none".to_owned(),
            });
        }
        let (import, export) = (total(&lines, 1)?, total(&lines, 2)?);
        if import.is_none() && export.is_none() {
            return Err(NotTelegram::NoRegister);
        }
        let time = lines.get(TIME).map(|value| moment(value, zone));
        Ok(Self {
            at: time.transpose().map_err(NotTelegram::Time)?,
            import,
            export,
        })
    }

    /// Its registers, as of the meter's time or else of the time of receipt.
    pub fn samples(&self, received: UnixSeconds) -> Vec<Sample> {
        let at = self.at.unwrap_or(received);
        let sample =
            |(register, value): (Register, Option<u64>)| value.map(|value| Sample { register, at, value });
        let both = [(Register::Import, self.import), (Register::Export, self.export)];
        both.into_iter().filter_map(sample).collect()
    }
}

fn sum(bytes: &[u8]) -> u16 {
    let end = bytes.iter().position(|byte| *byte == b'!');
    let end = end.map_or(0, |at| at.saturating_add(1));
    crc16(bytes.get(..end).unwrap_or_default())
}

/// Whether there is a check sum; it must be right.
fn checked(bytes: &[u8], got: &str) -> Result<bool, NotTelegram> {
    if got.is_empty() {
        return Ok(false);
    }
    let expected = sum(bytes);
    let digits = got.len() == 4 && got.bytes().all(|byte| byte.is_ascii_hexdigit());
    if digits && u16::from_str_radix(got, 16) == Ok(expected) {
        return Ok(true);
    }
    Err(NotTelegram::Checksum {
        expected,
        got: got.chars().take(8).collect(),
    })
}

/// Whether it begins as a meter's telegram does: three letters and a digit, and an empty line behind. Of one without check sum
/// this tells the beginning from a piece that damage made look like one.
fn is_named(body: &str) -> bool {
    let mut lines = body.lines();
    let name = lines.next().unwrap_or_default().as_bytes();
    let maker = name.first_chunk::<3>();
    let maker = maker.is_some_and(|maker| maker.iter().all(u8::is_ascii_alphabetic));
    let digit = name.get(3).is_some_and(u8::is_ascii_digit);
    maker && digit && lines.next().is_some_and(|line| line.trim().is_empty())
}

/// The lines by what they are called; the first is the meter's name.
fn lines(body: &str) -> Result<BTreeMap<&str, &str>, NotTelegram> {
    let mut lines = BTreeMap::new();
    for line in body.lines().skip(1).map(str::trim) {
        // Old meters continue a line of gas with a value in brackets.
        if line.is_empty() || line.starts_with('(') {
            continue;
        }
        let broken = || NotTelegram::Line(line.chars().take(40).collect());
        let (name, rest) = line.split_once('(').ok_or_else(broken)?;
        let value = rest.strip_suffix(')').ok_or_else(broken)?;
        // `1-0:1.8.0*255`: the storage number is always the present one.
        let name = name.split_once('*').map_or(name, |(name, _)| name);
        if !is_name(name) {
            return Err(broken());
        }
        if lines.insert(name, value).is_some() {
            return Err(NotTelegram::Twice(name.to_owned()));
        }
    }
    Ok(lines)
}

/// `A-B:C.D.E`.
fn is_name(name: &str) -> bool {
    let number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((medium, value)) = name.split_once(':') else {
        return false;
    };
    let Some((medium, channel)) = medium.split_once('-') else {
        return false;
    };
    let mut parts = value.split('.');
    let three = [parts.next(), parts.next(), parts.next()];
    let three = three.iter().all(|part| part.is_some_and(number));
    number(medium) && number(channel) && three && parts.next().is_none()
}

/// The register of a direction: of all tariffs where the meter says it, else their sum.
fn total(lines: &BTreeMap<&str, &str>, direction: u8) -> Result<Option<u64>, NotTelegram> {
    let register = |tariff: u8| {
        let name = format!("1-0:{direction}.8.{tariff}");
        let text = lines.get(name.as_str())?;
        Some(energy(text).map_err(|error| NotTelegram::Value(name, error)))
    };
    if let Some(all) = register(0) {
        return all.map(Some);
    }
    let mut sum: Option<u64> = None;
    for value in TARIFFS.filter_map(register) {
        // Four values of at most 10^16 are far below 2^64.
        sum = Some(sum.unwrap_or_default().saturating_add(value?));
    }
    Ok(sum)
}

/// `001234.567*kWh` or `001234567*Wh`: no meter writes an exponent or a blank, as JSON may.
fn energy(text: &str) -> Result<u64, NotValue> {
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let units = [("*kWh", Unit::KilowattHour), ("*Wh", Unit::WattHour)];
    let known = units
        .into_iter()
        .find_map(|(tail, unit)| Some((text.strip_suffix(tail)?, unit)));
    match known {
        Some((digits, unit)) if plain(digits) => milliwatt_hours(digits, unit),
        _ => Err(NotValue {
            got: text.chars().take(24).collect(),
        }),
    }
}

/// `YYMMDDhhmmss` with `S` (summer), `W` (winter) or nothing. A flag is believed whatever the month: Swedish meters stay on
/// winter time all year.
fn moment(text: &str, zone: Zone) -> Result<UnixSeconds, NotMoment> {
    let shown = || text.chars().take(24).collect::<String>();
    let shape = || NotMoment::Shape(shown());
    let (digits, flag) = match text.as_bytes().last() {
        Some(b'S') => (text.trim_end_matches('S'), Some(3_600)),
        Some(b'W') => (text.trim_end_matches('W'), Some(0)),
        _ => (text, None),
    };
    let all_digits = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits {
        return Err(shape());
    }
    let pair = |at: usize| -> Option<i8> { digits.get(at..at.checked_add(2)?)?.parse().ok() };
    let local = (|| {
        let year = i16::from(pair(0)?).checked_add(2_000)?;
        DateTime::new(year, pair(2)?, pair(4)?, pair(6)?, pair(8)?, pair(10)?, 0).ok()
    })();
    let local = local.ok_or_else(shape)?;
    // Winter time is what the zone's clock shows in January.
    let january = DateTime::new(local.year(), 1, 1, 0, 0, 0, 0).map_err(|_| shape())?;
    let winter = zone.offset_at(at_offset(january, 0, shown)?.0.try_into().unwrap_or_default());
    match flag {
        Some(ahead) => at_offset(local, winter.saturating_add(ahead), shown),
        None => of_local(local, zone, shown),
    }
}
