//! Moments as files write them: with an offset, or as a local clock shows them in a zone that is stated; at the start of an interval
//! or at its end.

use std::collections::HashMap;

use gridpact_units::UnixSeconds;
use jiff::civil::{Date, DateTime, Time};
use jiff::Span;

use crate::clock::{self, Zone};
use crate::rfc3339;

/// What a stamp names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stamp {
    /// The start of an interval.
    #[default]
    Start,
    /// Its end; a day then ends at 24:00.
    End,
}

/// A moment read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// When.
    pub at: UnixSeconds,
    /// Local time less UTC, s.
    pub offset: i32,
}

/// Reads the stamps of one file.
pub(crate) struct Stamps {
    zone: Option<Zone>,
    /// The last moment of every series of rows, as of a meter's direction, by which the two passes of a doubled hour are told apart.
    last: HashMap<u64, Last>,
    /// The last stamp that names one moment whoever's it is: tables by interval write it again for every meter.
    same: Same,
    /// The last clock that shows one moment only, and that moment.
    clock: Option<(DateTime, i64)>,
}

/// The last moment of a series.
#[derive(Clone, Copy)]
struct Last {
    at: i64,
    /// Whether it came before the one before it, as in tables that begin with their newest row.
    backwards: bool,
}

/// Rows this near each other follow each other, s.
const NEAR: i64 = 7_200;

/// A stamp read before.
#[derive(Default)]
struct Same {
    text: String,
    moment: Option<Moment>,
    /// Whether a local clock shows it, of which every series keeps the last.
    clock: bool,
}

impl Stamps {
    /// Of a file whose stamps without offset are of this zone.
    pub fn new(zone: Option<Zone>) -> Self {
        Self {
            zone,
            last: HashMap::new(),
            same: Same::default(),
            clock: None,
        }
    }

    /// Reads a stamp of a series.
    ///
    /// # Errors
    /// What should stand there.
    pub fn read(&mut self, text: &str, stamp: Stamp, series: u64) -> Result<Moment, String> {
        if let Some(moment) = self.same.moment.filter(|_| self.same.text == text) {
            if self.same.clock {
                self.follow(series, clock::moment(moment.at.0));
            }
            return Ok(moment);
        }
        let (text, next_day) =
            match without_hour_24(text) {
                Some(_) if stamp == Stamp::Start => return Err(
                    "the start of an interval, of which none starts at 24:00; where stamps name ends, state `stamp` as end"
                        .to_owned(),
                ),
                Some(midnight) => (midnight, true),
                None => (text.to_owned(), false),
            };
        if let Some(clock) = self.zone.and(local(&text)) {
            let days = Span::new().days(i64::from(next_day));
            let clock = clock.checked_add(days).map_err(|_| "a day".to_owned())?;
            let moment = self.of_clock(clock, series)?;
            let once = || self.zone.is_some_and(|zone| zone.moments(clock).count() == 1);
            if !next_day && once() {
                self.keep(&text, moment, true);
            }
            return Ok(moment);
        }
        let parsed = rfc3339::parse(&text);
        let (text, day) = match parsed {
            Ok(day) => (text, day),
            Err(error) => {
                let usual = as_usual(&text).and_then(|usual| Some((rfc3339::parse(&usual).ok()?, usual)));
                let (day, usual) = usual.ok_or_else(|| error.expected())?;
                (usual, day)
            }
        };
        let moment = Moment {
            at: UnixSeconds(day.0.saturating_add(if next_day { 86_400 } else { 0 })),
            offset: offset(&text, day),
        };
        if !next_day {
            self.keep(&text, moment, false);
        }
        Ok(moment)
    }

    fn keep(&mut self, text: &str, moment: Moment, clock: bool) {
        self.same.text.clear();
        self.same.text.push_str(text);
        self.same.moment = Some(moment);
        self.same.clock = clock;
    }

    /// Keeps the last moment of a series, and which way it goes.
    fn follow(&mut self, series: u64, at: i64) {
        let backwards = |last: &Last| match last.at == at {
            true => last.backwards,
            false => at < last.at,
        };
        let backwards = self.last.get(&series).is_some_and(backwards);
        self.last.insert(series, Last { at, backwards });
    }

    /// A moment that needs no zone, with the offset of the one that is stated.
    pub fn of_moment(&self, at: UnixSeconds) -> Result<Moment, String> {
        let zone = self.zone.ok_or("a zone")?;
        Ok(Moment {
            at,
            offset: zone.offset_at(clock::moment(at.0)),
        })
    }

    /// The moment that the stated zone's clock shows this, of a series whose rows come in order.
    pub fn of_clock(&mut self, clock: DateTime, series: u64) -> Result<Moment, String> {
        let zone = self.zone.ok_or("a zone")?;
        let known = self.clock.filter(|(known, _)| *known == clock);
        let moments: Vec<i64> = match known {
            Some((_, at)) => vec![at],
            None => zone.moments(clock).collect(),
        };
        if let [only] = moments.as_slice() {
            self.clock = Some((clock, *only));
        }
        let last = self.last.get(&series).copied();
        let at = match moments.as_slice() {
            [] => Err("a time that the clock shows; on this day it skips this one".to_owned()),
            [only] => Ok(*only),
            // The clock shows it twice: first comes the first pass, then the second, or the other way round in a table that begins
            // with its newest row.
            twice => last
                .and_then(|last| {
                    let near = |moment: &i64| last.at.saturating_sub(*moment) <= NEAR;
                    match last.backwards {
                        true => twice.iter().copied().rev().find(|moment| *moment < last.at && near(moment)),
                        false => twice.iter().copied().find(|moment| last.at < *moment),
                    }
                })
                .ok_or_else(|| {
                    "a time with its offset: the clock shows this one twice, and the meter's rows are not in order before it"
                        .to_owned()
                }),
        }?;
        self.follow(series, at);
        let seconds = u64::try_from(at).map_err(|_| "a time in 1970 or later".to_owned())?;
        Ok(Moment {
            at: UnixSeconds(seconds),
            offset: zone.offset_at(at),
        })
    }
}

/// What a text with its offset shows in UTC, parts of a second left out; `None` of another text.
pub(crate) fn with_offset(text: &str) -> Option<DateTime> {
    let usual = as_usual(&without_fraction(text))?;
    rfc3339::parse(&usual)
        .ok()
        .map(|at| clock::civil(clock::moment(at.0)))
}

/// A moment to the second: registers are read at any, and a part of one says nothing.
pub(crate) fn without_fraction(text: &str) -> String {
    let Some((before, behind)) = text.split_once('.') else {
        return text.to_owned();
    };
    let digits = behind.trim_start_matches(|digit: char| digit.is_ascii_digit());
    format!("{before}{digits}")
}

/// Names of offsets that no place uses for two.
const NAMED: [(&str, &str); 7] = [
    (" UTC", "Z"),
    (" GMT", "Z"),
    (" Z", "Z"),
    (" CET", "+01:00"),
    (" CEST", "+02:00"),
    (" MEZ", "+01:00"),
    (" MESZ", "+02:00"),
];

/// A moment as databases and programs write it, with a blank for the T, an offset of hours or by its name, as RFC 3339 has it.
fn as_usual(text: &str) -> Option<String> {
    let (day, time) = text.split_at_checked("2026-12-01".len())?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let named = NAMED
        .iter()
        .find_map(|(name, offset)| Some(format!("{}{offset}", time.strip_suffix(name)?)));
    let hours = || {
        let (clock, hours) = time.split_at_checked(time.len().checked_sub(3)?)?;
        let digits = hours.bytes().skip(1).all(|digit| digit.is_ascii_digit());
        (hours.starts_with(['+', '-']) && digits && clock.contains(':')).then(|| format!("{time}:00"))
    };
    let time = named.or_else(hours).unwrap_or_else(|| time.to_owned());
    Some(format!("{day}T{time}"))
}

/// Local time less UTC, s, of a text that is this moment.
fn offset(text: &str, at: UnixSeconds) -> i32 {
    if text.ends_with('Z') {
        return 0;
    }
    let clock = ["2026-12-01T00:00:00", "2026-12-01T00:00"]
        .iter()
        .find_map(|shape| local(text.get(..shape.len())?));
    let offset = clock.map(|clock| clock::seconds(clock).saturating_sub(clock::moment(at.0)));
    i32::try_from(offset.unwrap_or_default()).unwrap_or_default()
}

/// `2026-12-01T24:00…` as `2026-12-01T00:00…`; `None` of all others.
fn without_hour_24(text: &str) -> Option<String> {
    let (day, time) = text.split_at_checked("2026-12-01T".len())?;
    let rest = time.strip_prefix("24:00")?;
    Some(format!("{day}00:00{rest}"))
}

/// `2026-12-01T00:00`, `2026-12-01 00:00:00`: what a clock shows, without an offset.
pub(crate) fn local(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_at_checked("2026-12-01".len())?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let digits = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if !digits || !matches!(time.len(), 5 | 8) {
        return None;
    }
    let (day, time): (Date, Time) = (day.parse().ok()?, time.parse().ok()?);
    Some(day.to_datetime(time))
}
