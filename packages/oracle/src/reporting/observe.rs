//! What this oracle read itself, for the seats of a roster.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use gridpact_client::ReportBasis;
use gridpact_readings::registers::energies::Counting;
use gridpact_types::registry::answers::RosterSeat;
use gridpact_units::{IntervalIndex, Reading, Slot};
use rusqlite::Connection;

use crate::config::Meter;
use crate::derive::{derive, Limits, Stretch};
use crate::reporting::error::ReportError;
use crate::store::error::StoreError;

/// What was read of a slot in an interval.
pub type Observed = (Slot, IntervalIndex, Reading);

/// The limits of the slots that the next report follows.
pub fn limits(basis: &ReportBasis) -> BTreeMap<Slot, Limits> {
    limits_of(&basis.seats)
}

/// The limits of a roster's slots.
pub fn limits_of(seats: &[RosterSeat]) -> BTreeMap<Slot, Limits> {
    let seats = seats.iter().filter_map(|seat| {
        let limits = Limits {
            import: seat.import_limit,
            export: seat.export_limit,
        };
        Some((seat.slot?, limits))
    });
    seats.collect()
}

/// How a grid counts.
///
/// # Errors
/// A resolution of nothing.
pub fn counting(basis: &ReportBasis) -> Result<Counting, ReportError> {
    Ok(Counting {
        length: basis.config.interval_length,
        resolution: NonZeroU32::new(basis.next.resolution).ok_or(ReportError::Resolution)?,
    })
}

/// What was read of the meters that have a seat. A meter without one is left out; a seat whose meter this oracle does not
/// read is missing in a report.
///
/// # Errors
/// The database refuses.
pub fn observe(
    connection: &Connection,
    meters: &[Meter],
    limits: &BTreeMap<Slot, Limits>,
    stretch: Stretch,
) -> Result<Vec<Observed>, StoreError> {
    let mut observed = Vec::new();
    for meter in meters {
        let Some(limits) = limits.get(&meter.slot) else {
            continue;
        };
        let derived = derive(connection, meter, *limits, stretch)?;
        observed.extend(
            derived
                .into_iter()
                .map(|derived| (meter.slot, derived.interval, derived.reading)),
        );
    }
    Ok(observed)
}

/// What was read in the order of a report: interval by interval, in each the seats; what was not read is missing.
pub fn in_seats(
    observed: &[Observed],
    seats: &[RosterSeat],
    first: IntervalIndex,
    intervals: u16,
) -> Vec<Reading> {
    let at: BTreeMap<Slot, usize> = (seats.iter().enumerate())
        .filter_map(|(at, seat)| Some((seat.slot?, at)))
        .collect();
    let mut readings = vec![Reading::MISSING; usize::from(intervals).saturating_mul(seats.len())];
    for (slot, interval, reading) in observed {
        let (Some(at), Some(interval)) = (at.get(slot), interval.since(first)) else {
            continue;
        };
        let place = usize::try_from(interval)
            .unwrap_or(usize::MAX)
            .saturating_mul(seats.len())
            .saturating_add(*at);
        if let Some(place) = readings.get_mut(place) {
            *place = *reading;
        }
    }
    readings
}
