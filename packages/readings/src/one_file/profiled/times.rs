//! Moments of somebody's table: where an interval begins, and how long it is.

use gridpact_units::UnixSeconds;
use jiff::civil::Time;
use jiff::Span;

use super::Reader;
use crate::error::Error;
use crate::profile::moments::{shown, Shown};
use crate::stamps::{without_fraction, Moment, Stamp};

/// Seconds of a minute.
const MINUTE: u64 = 60;
/// Lengths of intervals that end with their last minute, as 00:00 to 00:14.
const USUAL: [u64; 4] = [300, 900, 1_800, 3_600];

impl Reader<'_> {
    /// The start of the current row, or the end where `ends` says so.
    pub(super) fn start(&mut self, series: u64) -> Result<Moment, Error> {
        let columns = core::mem::take(&mut self.columns.start);
        let moment = self.moment(&columns, series, self.told.time.ends, 0);
        self.columns.start = columns;
        moment
    }

    /// How long the current row is by its end, s.
    pub(super) fn length(&mut self, start: UnixSeconds, series: u64) -> Result<u64, Error> {
        let columns = self.columns.end.take().unwrap_or_default();
        let length = self.until(&columns, start, series);
        self.columns.end = Some(columns);
        length
    }

    fn until(&mut self, columns: &[usize], start: UnixSeconds, series: u64) -> Result<u64, Error> {
        let mut end = self.moment(columns, series, true, 0)?;
        if end.at <= start {
            // Midnight, beside the day that it ends.
            end = self.moment(columns, series, true, 1)?;
        }
        let length = end.at.0.saturating_sub(start.0);
        if length == 0 || (end.at.0 <= start.0) {
            let column = columns.first().copied().unwrap_or_default();
            return Err(self.rows.bad_cell(column, "an end behind the start"));
        }
        Ok(whole(length))
    }

    /// The moment in these columns, so many days later.
    fn moment(&mut self, columns: &[usize], series: u64, end: bool, days: i64) -> Result<Moment, Error> {
        let cells: Vec<&str> = columns.iter().map(|column| self.rows.cell(*column)).collect();
        let text = cells.join(" ");
        let first = columns.first().copied().unwrap_or_default();
        if self.with_offset {
            let stamp = if end { Stamp::End } else { Stamp::Start };
            let text = match self.register {
                true => without_fraction(&text),
                false => text,
            };
            let moment = self.stamps.read(&text, stamp, series);
            return moment.map_err(|expected| self.rows.bad_cell(first, &expected));
        }
        let format = &self.told.time.format;
        // Tables by interval write a moment again for every meter.
        let known = self.shown.as_ref().filter(|(known, _)| *known == text);
        let (shown, next_day) = match known {
            Some((_, known)) => *known,
            None => shown(&text, format)
                .ok_or_else(|| self.rows.bad_cell(first, &format!("a time as {format}")))?,
        };
        self.shown = Some((text, (shown, next_day)));
        if next_day && !end {
            return Err(self.rows.bad_cell(
                first,
                "the start of an interval, of which none starts at 24:00; where these are ends, write `ends = true` below [time]",
            ));
        }
        let moment = match shown {
            Shown::At(at) => self.stamps.of_moment(UnixSeconds(at)),
            Shown::Clock(clock) => {
                let midnight = clock.time() == Time::midnight() && self.told.time.midnight_ends_day;
                let days = days.max((end && midnight && !next_day).into());
                let later = clock.checked_add(Span::new().days(days));
                let clock = later.map_err(|_| self.rows.bad_cell(first, "a day"))?;
                self.stamps.of_clock(clock, series)
            }
        };
        moment.map_err(|expected| self.rows.bad_cell(first, &expected))
    }
}

/// The length of an interval whose end names its last second or minute: 00:14:59, or 00:14.
fn whole(length: u64) -> u64 {
    let second = length.saturating_add(1);
    let minute = length.saturating_add(MINUTE);
    match length {
        _ if second.checked_rem(MINUTE) == Some(0) => second,
        _ if USUAL.contains(&minute) => minute,
        _ => length,
    }
}
