//! Rows of files to readings on a grid's intervals, with everything doubtful told.
//!
//! In this order: a stray stamp is refused ([`stray`]); rows for one reading become one or are refused ([`unique`]); the lengths of
//! readings and intervals are found ([`lengths`]); registers become energies ([`totals`]); what no connection can give is missing
//! ([`limits`]); what is longer is spread and what is shorter summed ([`pieces`]); what is not there is told ([`gaps`]).

mod gaps;
mod lengths;
mod limits;
mod pieces;
mod stray;
mod totals;
mod unique;

use gridpact_units::IntervalLength;

use crate::clock::Zone;
use crate::collected::{Collected, Row};
use crate::dataset::check_size;
use crate::error::Error;
use crate::findings::Finding;
use crate::options::Options;
use crate::placed::Placed;

/// Readings on a grid.
pub(crate) struct OnGrid {
    /// Names of the files.
    pub files: Vec<String>,
    /// Names of the meters.
    pub meters: Vec<String>,
    /// Length of an interval.
    pub interval: IntervalLength,
    /// The zone of local days.
    pub zone: Zone,
    /// By start, and by meter in an interval; one at most for both.
    pub placed: Vec<Placed>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Puts rows on a grid.
///
/// # Errors
/// Rows that contradict each other, do not fit together, or cannot be energies of homes.
pub(crate) fn on_grid(mut collected: Collected, options: &Options) -> Result<OnGrid, Error> {
    stray::check(&collected)?;
    unique::reduce(&mut collected)?;
    let interval = lengths::find(&mut collected, options)?;
    if options.interval.is_none() {
        check_span(&collected, interval)?;
    }
    let zone = options.zone.unwrap_or_else(|| zone_of(&collected.rows));
    let totals = totals::energies(&mut collected, interval, options)?;
    limits::apply(&mut collected, options)?;
    let mut placed = pieces::place(&mut collected, interval)?;
    placed.extend(totals);
    placed.sort_unstable_by_key(|placed| (placed.origin.meter, placed.start));
    gaps::tell(&mut collected, &placed, interval);
    placed.sort_unstable_by_key(|placed| (placed.start, placed.origin.meter));
    Ok(OnGrid {
        files: collected.files,
        meters: collected.meters,
        interval,
        zone,
        placed,
        findings: collected.findings.into_list(),
    })
}

/// Refuses a neighbourhood's rows that span more than is held at once, before anything else is said of them.
fn check_span(collected: &Collected, interval: IntervalLength) -> Result<(), Error> {
    let index = |row: &Row| interval.index_at(row.at.0);
    let (first, last) = (
        collected.rows.iter().map(index).min(),
        collected.rows.iter().map(index).max(),
    );
    let span = last.zip(first).and_then(|(last, first)| last.since(first));
    let intervals = usize::try_from(span.unwrap_or_default()).unwrap_or(usize::MAX);
    check_size(collected.meters.len(), intervals.saturating_add(1))
}

/// The zone that rows' own offsets speak of: the one that all have, or Central Europe's where they change with it; else that of
/// the first row, since days must begin somewhere.
fn zone_of(rows: &[Row]) -> Zone {
    let offset = |row: &Row| i32::from(row.offset).saturating_mul(60);
    let first = rows.first().map(offset).unwrap_or_default();
    let changes = rows.iter().any(|row| offset(row) != first);
    let central = |row: &Row| {
        let at = crate::clock::moment(row.at.0);
        Zone::CentralEurope.offset_at(at) == offset(row)
    };
    match changes && rows.iter().all(central) {
        true => Zone::CentralEurope,
        false => Zone::Fixed(first),
    }
}
