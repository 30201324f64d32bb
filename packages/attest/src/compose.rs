//! Readings, wherever they come from, to the report that an assignment asks for.

use std::collections::{BTreeMap, HashMap};

use gridpact_report::connections::Direction;
use gridpact_report::{Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{IntervalIndex, Reading, Slot};

use crate::assignment::Assignment;
use crate::error::{Error, Place};
use crate::note::{AboveLimit, Note};

/// A report and what was done with the readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The report.
    pub report: Report,
    /// What became of readings that are not in it as they came.
    pub notes: Vec<Note>,
    /// Readings that are missing in it.
    pub missing: usize,
}

/// The readings that can be reported, by position of the interval in the report and of the seat in the roster.
type Found = BTreeMap<(u64, usize), Reading>;

/// Makes the report: from the assignment's first interval to the last one that there is a reading of, or `intervals` of
/// them. Readings come in any order. One that is not there is missing; so is one above its meter's limit, which is noted,
/// since the registry would refuse the whole report for it.
///
/// # Errors
/// Nothing to report yet; no reading that can be reported, or more intervals than can be; a slot that has no seat, two
/// readings for one, energy finer than the grid's resolution.
pub fn compose(
    assignment: &Assignment,
    readings: impl IntoIterator<Item = (Slot, IntervalIndex, Reading)>,
    intervals: Option<u16>,
    revision: u16,
) -> Result<Composed, Error> {
    let next = &assignment.next;
    let first = assignment.first_interval()?;
    if assignment.seats.len() != usize::from(next.seats) {
        return Err(Error::Seats {
            roster_version: next.roster_version,
            expected: next.seats,
            got: assignment.seats.len(),
        });
    }
    let (found, outside) = sort(assignment, first, readings)?;
    let mut notes = Vec::new();
    if outside > 0 {
        notes.push(Note::Outside { rows: outside });
    }
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: next.epoch,
        roster_version: next.roster_version,
        first_interval: first,
        intervals: count(assignment, first, &found, intervals)?,
        seats: next.seats,
        revision,
        resolution: Resolution::from_milliwatt_hours(next.resolution)?,
    };
    let readings = fill(assignment, &header, &found, &mut notes);
    Ok(Composed {
        missing: readings.iter().filter(|reading| reading.is_missing()).count(),
        report: Report { header, readings },
        notes,
    })
}

/// The readings by place, and how many lie outside what can be reported.
fn sort(
    assignment: &Assignment,
    first: IntervalIndex,
    readings: impl IntoIterator<Item = (Slot, IntervalIndex, Reading)>,
) -> Result<(Found, u64), Error> {
    let seats = assignment.seats.iter().enumerate();
    let seats: HashMap<Slot, usize> = seats
        .filter_map(|(position, seat)| Some((seat.slot?, position)))
        .collect();
    let (mut found, mut outside) = (Found::new(), 0_u64);
    for (slot, interval, reading) in readings {
        let place = Place {
            slot,
            interval,
            start: assignment.start_of(interval),
        };
        let seat = *seats.get(&slot).ok_or(Error::UnknownSlot {
            place,
            roster_version: assignment.next.roster_version,
        })?;
        check_resolution(assignment.next.resolution, place, &reading)?;
        let offset = interval.since(first);
        match offset.filter(|offset| *offset < u64::from(assignment.next.max_intervals)) {
            None => outside = outside.saturating_add(1),
            Some(offset) => {
                if found.insert((offset, seat), reading).is_some() {
                    return Err(Error::Twice { place });
                }
            }
        }
    }
    Ok((found, outside))
}

fn check_resolution(resolution: u32, place: Place, reading: &Reading) -> Result<(), Error> {
    for direction in Direction::BOTH {
        let got = direction.of(reading);
        if got.0.checked_rem(resolution.into()) != Some(0) {
            return Err(Error::NotAMultiple {
                place,
                direction,
                resolution,
                got,
            });
        }
    }
    Ok(())
}

/// How many intervals the report covers: as asked for, or to the last one that there is a reading of.
fn count(
    assignment: &Assignment,
    first: IntervalIndex,
    found: &Found,
    asked: Option<u16>,
) -> Result<u16, Error> {
    let last = found.last_key_value().map(|((offset, _), _)| *offset);
    let covered = last.map_or(0, |last| last.saturating_add(1));
    let got = asked.map_or(covered, u64::from);
    let max = assignment.next.max_intervals.min(Mode::Open.max_intervals());
    let intervals = u16::try_from(got)
        .ok()
        .filter(|intervals| (1..=max).contains(intervals));
    intervals.ok_or(Error::Intervals {
        max,
        from: assignment.start_of(first),
        got,
    })
}

/// Every reading of the report in its order.
fn fill(assignment: &Assignment, header: &Header, found: &Found, notes: &mut Vec<Note>) -> Vec<Reading> {
    let (length, resolution) = (assignment.interval_length, header.resolution);
    let mut readings = Vec::with_capacity(header.reading_count());
    for offset in 0..u64::from(header.intervals) {
        let interval = header.first_interval.plus(offset);
        for (position, seat) in assignment.seats.iter().enumerate() {
            let reading = found.get(&(offset, position)).copied();
            let reading = reading.unwrap_or(Reading::MISSING);
            let above = AboveLimit::find(seat, interval, length, resolution, &reading);
            notes.extend(above.map(Note::AboveLimit));
            readings.push(if above.is_some() {
                Reading::MISSING
            } else {
                reading
            });
        }
    }
    readings
}
