//! What is stated of files that do not say it themselves: the same options for every command that reads files of meters.

use std::num::NonZeroU64;
use std::path::Path;

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use clap::Args;
use gridpact_readings::clock::Zone;
use gridpact_readings::numbers::{Rounding, Unit};
use gridpact_readings::options::Options;
use gridpact_readings::profile::{built_in, Profile};
use gridpact_readings::stamps::Stamp;
use gridpact_readings::text::Encoding;
use gridpact_units::decimal::energy::{parse_energy, parse_power};
use gridpact_units::{IntervalLength, Power};

use crate::onchain::exit::bad_argument;
use crate::onchain::time;

/// The heading of these options.
const HEADING: &str = "Files that do not say it themselves";

/// What is stated of files.
#[derive(Args, Debug, Clone, Default)]
pub struct ReadingArgs {
    /// How tables that are not ours are read: a profile's file as `gridpact readings guess` writes it, or one built in (fluvius,
    /// linznetz, home-assistant-statistics).
    #[arg(long, value_name = "FILE|NAME", help_heading = HEADING)]
    pub profile: Option<String>,
    /// The zone of stamps without an offset, by its IANA name as Europe/Vienna, and of local days.
    #[arg(long, value_name = "ZONE", value_parser = zone, help_heading = HEADING)]
    pub zone: Option<Zone>,
    /// Length of an interval, as 15m. By default that of most rows.
    #[arg(long, value_name = "LENGTH", value_parser = interval, help_heading = HEADING)]
    pub interval: Option<IntervalLength>,
    /// The unit of the numbers: Wh, kWh, MWh, or W and kW for the mean power of an interval. Goes before what a header says.
    #[arg(long, value_name = "UNIT", value_parser = unit, help_heading = HEADING)]
    pub unit: Option<Unit>,
    /// The numbers are what meters show, ever growing, and not what was used in an interval.
    #[arg(long, help_heading = HEADING)]
    pub registers: bool,
    /// Where registers begin anew at 0, as "100000 kWh"; without it a fall is a new meter.
    #[arg(long, value_name = "ENERGY", value_parser = modulus, help_heading = HEADING)]
    pub modulus: Option<NonZeroU64>,
    /// What stamps name: the start of an interval or its end.
    #[arg(long, value_name = "WHICH", value_parser = PossibleValuesParser::new(["start", "end"]), default_value = "start", help_heading = HEADING)]
    pub stamp: String,
    /// The same of one meter, where a file mixes both: as "flat 1=end"; may be given several times.
    #[arg(long, value_name = "METER=WHICH", value_parser = stamp_of, help_heading = HEADING)]
    pub stamp_of: Vec<(String, Stamp)>,
    /// How long the readings of one meter are, where others are shorter: as "flat 1=1h"; may be given several times. By default the
    /// time between most of its rows.
    #[arg(long, value_name = "METER=LENGTH", value_parser = length_of, help_heading = HEADING)]
    pub length_of: Vec<(String, IntervalLength)>,
    /// What becomes of digits below 1 mWh, as floats have: the nearest, or cut as suits registers. Without it they are refused.
    #[arg(long, value_name = "WHERE", value_parser = rounding, help_heading = HEADING)]
    pub round: Option<Rounding>,
    /// The most that a connection can give in either direction, as "11 kW", or none to believe everything. What is above is
    /// missing. [default: 43470 W, three phases of 63 A]
    #[arg(long, value_name = "POWER", value_parser = limit, help_heading = HEADING)]
    pub limit: Option<Limit>,
    /// How letters are written where that is not clear: utf-8, utf-16le, utf-16be or latin-1.
    #[arg(long, value_name = "NAME", value_parser = encoding, help_heading = HEADING)]
    pub encoding: Option<Encoding>,
}

/// What a connection can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most so much.
    Of(Power),
    /// Anything.
    None,
}

impl ReadingArgs {
    /// As the readers take them.
    ///
    /// # Errors
    /// No such profile, or one that is none.
    pub fn options(&self) -> Result<Options> {
        let usual = Options::default();
        Ok(Options {
            interval: self.interval,
            unit: self.unit,
            registers: self.registers,
            stamp: if self.stamp == "end" {
                Stamp::End
            } else {
                Stamp::Start
            },
            stamp_of: self.stamp_of.iter().cloned().collect(),
            length_of: self.length_of.iter().cloned().collect(),
            zone: self.zone,
            profile: self.profile.as_deref().map(profile_named).transpose()?,
            encoding: self.encoding,
            rounding: self.round,
            limit: match self.limit {
                Some(Limit::Of(limit)) => Some(limit),
                Some(Limit::None) => None,
                None => usual.limit,
            },
            modulus: self.modulus,
            ..usual
        })
    }
}

/// The most bytes of a profile: a hundred columns with names of a line each.
const MAX_PROFILE_BYTES: u64 = 1 << 16;

fn profile_named(name: &str) -> Result<Profile> {
    if let Some(built_in) = built_in::built_in().find(|profile| profile.name() == name) {
        return Ok(built_in);
    }
    let text = read_text(Path::new(name), MAX_PROFILE_BYTES).with_context(|| {
        let names: Vec<String> = built_in::built_in()
            .map(|profile| profile.name().to_owned())
            .collect();
        format!("--profile: expected a file, or one of {}", names.join(", "))
    })?;
    Profile::parse(&text).map_err(|error| bad_argument(format!("--profile: {name}: {error}")))
}

/// A small text.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String> {
    use std::io::Read;
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    let read = file.take(most.saturating_add(1)).read_to_string(&mut text);
    read.with_context(|| format!("cannot read {}", path.display()))?;
    if text.len() as u64 > most {
        return Err(bad_argument(format!(
            "{}: expected at most {most} bytes, got more",
            path.display()
        )));
    }
    Ok(text)
}

fn zone(text: &str) -> Result<Zone, String> {
    Zone::named(text)
        .ok_or_else(|| format!("expected a zone's IANA name as Europe/Vienna or UTC, got `{text}`"))
}

fn interval(text: &str) -> Result<IntervalLength, String> {
    let length = time::parse_duration(text)?;
    let length = u32::try_from(length.0).unwrap_or(u32::MAX);
    IntervalLength::from_seconds(length).map_err(|error| error.to_string())
}

pub(super) fn unit(text: &str) -> Result<Unit, String> {
    Unit::named(text).ok_or_else(|| format!("expected Wh, kWh, MWh, W or kW, got `{text}`"))
}

fn stamp_of(text: &str) -> Result<(String, Stamp), String> {
    let (meter, which) = text.rsplit_once('=').unwrap_or_default();
    match which {
        "start" => Ok((meter.to_owned(), Stamp::Start)),
        "end" => Ok((meter.to_owned(), Stamp::End)),
        _ => Err(format!(
            "expected a meter and what its stamps name as `flat 1=end`, got `{text}`"
        )),
    }
}

fn length_of(text: &str) -> Result<(String, IntervalLength), String> {
    let (meter, length) = text.rsplit_once('=').unwrap_or_default();
    match interval(length) {
        Ok(length) if !meter.is_empty() => Ok((meter.to_owned(), length)),
        Ok(_) => Err(format!(
            "expected a meter and its length as `flat 1=1h`, got `{text}`"
        )),
        Err(error) => Err(format!(
            "expected a meter and its length as `flat 1=1h`, got `{text}`: {error}"
        )),
    }
}

fn modulus(text: &str) -> Result<NonZeroU64, String> {
    let energy = parse_energy(text).map_err(|error| error.to_string())?;
    NonZeroU64::new(energy.0).ok_or_else(|| "expected more than nothing".to_owned())
}

fn rounding(text: &str) -> Result<Rounding, String> {
    match text {
        "nearest" => Ok(Rounding::Nearest),
        "down" => Ok(Rounding::Down),
        _ => Err(format!("expected nearest or down, got `{text}`")),
    }
}

fn limit(text: &str) -> Result<Limit, String> {
    if text == "none" {
        return Ok(Limit::None);
    }
    parse_power(text)
        .map(Limit::Of)
        .map_err(|error| format!("{error}; or none to believe everything"))
}

pub(super) fn encoding(text: &str) -> Result<Encoding, String> {
    Ok(match text {
        "utf-8" => Encoding::Utf8,
        "utf-16le" => Encoding::Utf16Le,
        "utf-16be" => Encoding::Utf16Be,
        "latin-1" => Encoding::Latin1,
        _ => {
            return Err(format!(
                "expected utf-8, utf-16le, utf-16be or latin-1, got `{text}`"
            ))
        }
    })
}
