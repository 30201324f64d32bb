//! Rows of files to readings on a grid's intervals, with everything doubtful told.
//!
//! In this order: a stray stamp is refused ([`stray`]); rows for one reading become one or are refused ([`unique`]); the lengths of
//! readings and intervals are found ([`lengths`]); registers become energies ([`totals`]); what no connection can give is missing
//! ([`limits`]); what is longer is spread and what is shorter summed ([`pieces`]); what is not there is told ([`gaps`]).

mod gaps;
mod lengths;
mod limits;
mod names;
mod pieces;
mod stray;
mod totals;
pub(crate) mod unique;

use gridpact_units::IntervalLength;

use crate::clock::Zone;
use crate::collected::Collected;
use crate::error::Error;
use crate::findings::Finding;
use crate::options::Options;
use crate::row::Row;
use crate::row_log::RowLog;

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
    /// Of every meter, by start, one at most for each.
    pub series: Vec<RowLog>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Puts rows on a grid.
///
/// # Errors
/// Rows that contradict each other, do not fit together, or cannot be energies of homes.
pub(crate) fn on_grid(mut collected: Collected, options: &Options) -> Result<OnGrid, Error> {
    stray::check(&mut collected)?;
    // One meter after the other: what is worked on is one meter's rows.
    let mut logs = Vec::with_capacity(collected.logs.len());
    for (meter, log) in (0..).zip(core::mem::take(&mut collected.logs)) {
        logs.push(unique::reduced(&mut collected, meter, log)?);
    }
    let lengths = lengths::find(&mut collected, &logs, options)?;
    let interval = lengths.interval;
    let mut zone = ZoneOf::new(&collected);
    let mut series = Vec::with_capacity(logs.len());
    let mut ends = Vec::with_capacity(logs.len());
    let mut held = 0_usize;
    for ((meter, log), length) in (0..).zip(logs).zip(lengths.own) {
        let mut rows: Vec<Row> = log.rows(meter).map(|row| row.lengthened(length)).collect();
        drop(log);
        names::tell(&mut collected, &rows);
        zone.see(&rows);
        let totals = totals::energies(&mut collected, &rows, interval, options, held)?;
        limits::apply(&mut collected, &mut rows, options)?;
        let mut placed = pieces::place(&mut collected, &rows, interval, held)?;
        placed.extend(totals);
        placed.sort_unstable_by_key(|placed| placed.start);
        held = held.saturating_add(placed.len());
        gaps::tell_absent(&mut collected, &placed, interval);
        ends.extend(placed.first().copied().zip(placed.last().copied()));
        let mut log = RowLog::default();
        placed.iter().for_each(|placed| log.push(&placed.row()));
        series.push(log);
    }
    gaps::tell_ends(&mut collected, &ends, interval);
    Ok(OnGrid {
        zone: options.zone.unwrap_or_else(|| zone.found()),
        files: collected.files,
        meters: collected.meters,
        interval,
        series,
        findings: collected.findings.into_list(),
    })
}

/// The zone that rows' own offsets speak of: the one that all have, or Central Europe's where they change with it; else that of
/// the first row, since days must begin somewhere.
struct ZoneOf {
    first: Option<i32>,
    /// Whether offsets change, and all that were seen are Central Europe's.
    central: bool,
}

impl ZoneOf {
    fn new(collected: &Collected) -> Self {
        Self {
            first: None,
            central: collected.offsets_differ,
        }
    }

    fn see(&mut self, rows: &[Row]) {
        let offset = |row: &Row| i32::from(row.offset).saturating_mul(60);
        self.first = self.first.or_else(|| rows.first().map(offset));
        let central = |row: &Row| {
            let at = crate::clock::moment(row.at.0);
            Zone::CentralEurope.offset_at(at) == offset(row)
        };
        self.central = self.central && rows.iter().all(central);
    }

    fn found(&self) -> Zone {
        match self.central {
            true => Zone::CentralEurope,
            false => Zone::Fixed(self.first.unwrap_or_default()),
        }
    }
}
