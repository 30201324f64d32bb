//! What a single value cannot show: names that must be known or differ, times that must divide.

use std::collections::BTreeSet;

use gridpact_report::MAX_RESOLUTION;
use gridpact_units::Seconds;
use toml::Spanned;

use super::check_sources::{known, push, topics};
use super::place::{wrong, Place, Wrong};
use super::shape::Config;
use crate::bounds::{MAX_METERS, MAX_NAME};

/// Finds the first thing that does not fit.
pub(super) fn check(config: &Config) -> Result<(), Wrong> {
    meters(config)?;
    let mut names = BTreeSet::new();
    for source in sources(config) {
        name(source)?;
        if !names.insert(source.get_ref()) {
            return wrong(
                source,
                format!("expected a name of its own, got `{}` twice", source.get_ref()),
            );
        }
    }
    for source in &config.p1 {
        known(config, &source.meter)?;
    }
    for source in &config.mqtt {
        topics(config, source)?;
    }
    if let Some(listener) = &config.push {
        push(config, listener)?;
    }
    times(config)
}

/// The names of all sources.
fn sources(config: &Config) -> impl Iterator<Item = &Spanned<String>> {
    let tokens = config.push.iter().flat_map(|push| &push.tokens);
    let folders = config.folders.iter().map(|source| &source.name);
    let mqtt = config.mqtt.iter().map(|source| &source.name);
    let p1 = config.p1.iter().map(|source| &source.name);
    let tokens = tokens.map(|token| &token.name);
    p1.chain(folders).chain(mqtt).chain(tokens)
}

fn meters(config: &Config) -> Result<(), Wrong> {
    if !(1..=MAX_METERS).contains(&config.meters.len()) {
        let got = config.meters.len();
        return Err((
            Place::Byte(0),
            format!("expected 1 to {MAX_METERS} meters, a grid's seats, got {got}"),
        ));
    }
    let (mut names, mut slots) = (BTreeSet::new(), BTreeSet::new());
    for (number, meter) in config.meters.iter().enumerate() {
        let key = |key: &'static str| Place::Key("meters", Some(number), key);
        name(&meter.name)?;
        if !names.insert(meter.name.get_ref()) {
            return wrong(
                &meter.name,
                format!(
                    "expected a name of its own, got meter `{}` twice",
                    meter.name.get_ref()
                ),
            );
        }
        if !slots.insert(meter.slot) {
            let problem = format!("expected one meter a slot, got slot {} twice", meter.slot);
            return Err((key("slot"), problem));
        }
        if !(1..=MAX_RESOLUTION).contains(&meter.count) {
            let problem = format!("count: expected 1 to {MAX_RESOLUTION} mWh, got {}", meter.count);
            return Err((key("count"), problem));
        }
        if meter.rollover == Some(0) {
            let problem = "rollover: expected above 0 mWh, got 0".to_owned();
            return Err((key("rollover"), problem));
        }
    }
    Ok(())
}

fn times(config: &Config) -> Result<(), Wrong> {
    let rules = &config.report;
    let (window, offset, delay) = (rules.window.0 .0, rules.offset.0 .0, rules.delay.0 .0);
    let (table, key, problem) = if !(60..=Seconds::days(7).0).contains(&window) {
        (
            "report",
            "window",
            format!("expected 1m to 7d, got {}", rules.window),
        )
    } else if offset >= Seconds::DAY.0 {
        (
            "report",
            "offset",
            format!("expected less than a day, got {}", rules.offset),
        )
    } else if delay > Seconds::days(30).0 {
        (
            "report",
            "delay",
            format!("expected at most 30d, got {}", rules.delay),
        )
    } else if !(1..=3_600).contains(&rules.look.0 .0) {
        ("report", "look", format!("expected 1s to 1h, got {}", rules.look))
    } else if config.keep.raw.0 .0 < Seconds::DAY.0 {
        (
            "keep",
            "raw",
            format!("expected a day or more, got {}", config.keep.raw),
        )
    } else if !config.local.listen.ip().is_loopback() {
        (
            "local",
            "listen",
            format!("expected a loopback address, got {}", config.local.listen),
        )
    } else {
        return Ok(());
    };
    Err((Place::Key(table, None, key), format!("{table}.{key}: {problem}")))
}

/// A name that fits a table, a metric's label and a client's id.
fn name(name: &Spanned<String>) -> Result<(), Wrong> {
    let text = name.get_ref();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    if (1..=MAX_NAME).contains(&text.len()) && text.chars().all(fits) {
        return Ok(());
    }
    wrong(
        name,
        format!(
            "expected a name of 1 to {MAX_NAME} bytes: letters, digits, blanks, '-', '_', '.', got `{text}`"
        ),
    )
}
