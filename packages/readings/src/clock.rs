//! Local times of published data to UTC and back. Rules are written out here, not taken from the machine's time-zone
//! files, so that two machines read the same file alike.

use std::sync::{Mutex, PoisonError};

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// A local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Seconds ahead of UTC, all year.
    Fixed(i32),
    /// Central European time: UTC+1, and UTC+2 from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last
    /// Sunday of October (Directive 2000/84/EC).
    CentralEurope,
    /// A zone of the IANA database that is built in: see [`Zone::named`].
    Iana(&'static TimeZone),
}

impl Zone {
    /// A zone by its IANA name, as `Europe/Vienna`; `None` where the database built in does not have it.
    pub fn named(name: &str) -> Option<Self> {
        /// Zones asked for so far. There are some 600, so no more are ever kept.
        static KNOWN: Mutex<Vec<&'static TimeZone>> = Mutex::new(Vec::new());
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = known.iter().find(|known| ***known == zone) {
            return Some(Self::Iana(zone));
        }
        let zone: &'static TimeZone = Box::leak(Box::new(zone));
        known.push(zone);
        Some(Self::Iana(zone))
    }

    /// Local time less UTC, in seconds, at a moment.
    pub fn offset_at(self, utc: i64) -> i32 {
        match self {
            Self::Fixed(offset) => offset,
            Self::CentralEurope => {
                let year = civil(utc).year();
                let summer = change(year, 3)..change(year, 10);
                if summer.contains(&utc) {
                    7_200
                } else {
                    3_600
                }
            }
            Self::Iana(zone) => zone
                .to_offset(jiff::Timestamp::from_second(utc).unwrap_or_default())
                .seconds(),
        }
    }

    /// The moment a local clock shows this; the earlier one where it shows it twice, `None` where it never does.
    pub fn to_utc(self, local: DateTime) -> Option<i64> {
        self.moments(local).next()
    }

    /// The moments at which a local clock shows this, the earlier one first: none where the clock skips it, two where it is set
    /// back over it.
    pub(crate) fn moments(self, local: DateTime) -> impl Iterator<Item = i64> {
        let seconds = seconds(local);
        // Of two that show the same, the greater offset is the earlier moment.
        let [first, second] = match self {
            Self::Fixed(offset) => [Some(offset), None],
            Self::CentralEurope => [Some(7_200), Some(3_600)],
            Self::Iana(zone) => match zone.to_ambiguous_timestamp(local).offset() {
                AmbiguousOffset::Unambiguous { offset } => [Some(offset.seconds()), None],
                AmbiguousOffset::Gap { .. } => [None, None],
                AmbiguousOffset::Fold { before, after } => [Some(before.seconds()), Some(after.seconds())],
            },
        };
        let offsets = first.into_iter().chain(second);
        let candidates = offsets.map(move |offset| seconds.saturating_sub(offset.into()));
        candidates.filter(move |utc| i64::from(self.offset_at(*utc)) == seconds.saturating_sub(*utc))
    }

    /// What a local clock shows at a moment.
    pub fn local(self, utc: i64) -> DateTime {
        civil(utc.saturating_add(self.offset_at(utc).into()))
    }
}

/// 01:00 UTC on the last Sunday of a month, in unix seconds.
fn change(year: i16, month: i8) -> i64 {
    let first = Date::constant(year, month, 1);
    let last = first.nth_weekday_of_month(-1, Weekday::Sunday).unwrap_or(first);
    seconds(last.at(1, 0, 0, 0))
}

/// Seconds since 1970 as if the clock showed UTC.
pub(crate) fn seconds(clock: DateTime) -> i64 {
    TimeZone::UTC
        .to_timestamp(clock)
        .map_or(0, |moment| moment.as_second())
}

/// What a clock showing UTC shows at a moment.
pub(crate) fn civil(utc: i64) -> DateTime {
    let moment = jiff::Timestamp::from_second(utc).unwrap_or_default();
    TimeZone::UTC.to_datetime(moment)
}

/// Reads `dd.mm.yyyy hh:mm`.
pub(crate) fn german(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once(' ')?;
    let mut date = date.split('.');
    let (day, month, year) = (date.next()?, date.next()?, date.next()?);
    let (hour, minute) = time.split_once(':')?;
    if date.next().is_some()
        || (day.len(), month.len(), year.len(), hour.len(), minute.len()) != (2, 2, 4, 2, 2)
    {
        return None;
    }
    DateTime::new(
        year.parse().ok()?,
        month.parse().ok()?,
        day.parse().ok()?,
        hour.parse().ok()?,
        minute.parse().ok()?,
        0,
        0,
    )
    .ok()
}

/// Writes `dd.mm.yyyy hh:mm`.
pub(crate) fn to_german(clock: DateTime) -> String {
    let (day, month, year, hour, minute) = (
        clock.day(),
        clock.month(),
        clock.year(),
        clock.hour(),
        clock.minute(),
    );
    format!("{day:02}.{month:02}.{year} {hour:02}:{minute:02}")
}

/// Unix seconds of an interval as this module counts them; times that far ahead do not occur.
pub(crate) fn moment(utc: u64) -> i64 {
    i64::try_from(utc).unwrap_or(i64::MAX)
}
