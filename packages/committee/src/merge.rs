//! The merge M: what a draft says follows from its observations alone, and everybody recomputes it.
//!
//! For each meter and interval, over the readings of the meter's readers in S:
//!
//! - v is the lower median, of import and of export separately. Ordering pairs would let one liar of three put its pair in the
//!   middle of a prosumer's and erase it: the export of one honest reader and the import of the other are then both at an end.
//! - v stands if `need` readings lie within the tolerance of it in both directions: |x - v| <= counts x resolution + v x ppm /
//!   1,000,000. Its quality is the worst of those.
//! - Else the reading is missing. So is one above what the connection carries, which the chain would refuse, and that of a
//!   vacant seat or of a slot in no file.
//! - Where one reader is enough, the first of the file's order that is in S is believed.
//!
//! With fewer than `need` liars among a meter's readers, one of those `need` is honest: so a value that stands is within the
//! tolerance of what an honest reader read. The order of the observations does not matter.

use std::collections::BTreeSet;

use gridpact_report::{Header, Resolution};
use gridpact_units::{Energy, IntervalLength, Quality, Reading};

use crate::chain::{ChainState, Grid, Seat};
use crate::file::shape::{SharedFile, Tolerance};

/// How one seat's reading is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatRule {
    /// Its readers as positions in the committee, in the file's order; empty: its reading is missing.
    pub readers: Vec<u8>,
    /// How many must agree.
    pub need: u8,
    /// The most that its connection takes in an interval.
    pub most_import: Energy,
    /// The most that it gives.
    pub most_export: Energy,
}

/// How the readings of a report are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// By seat.
    pub seats: Vec<SeatRule>,
    /// When two readings say the same.
    pub tolerance: Tolerance,
    /// Energy of a count.
    pub resolution: Resolution,
}

impl Rules {
    /// Out of a shared file, for a roster and a committee. A reader who is no member reads nothing, and is missed all the same:
    /// `need` stays what the file says.
    pub fn new(file: &SharedFile, grid: &Grid, state: &ChainState) -> Self {
        let seats = state.seats.iter().map(|seat| seat_rule(file, grid, state, seat));
        Self {
            seats: seats.collect(),
            tolerance: file.tolerance,
            resolution: grid.resolution,
        }
    }

    /// How far from a value another one may be.
    fn reach(&self, value: Energy) -> u64 {
        let counts =
            u64::from(self.tolerance.counts).saturating_mul(self.resolution.milliwatt_hours().into());
        let part = u128::from(value.0)
            .saturating_mul(self.tolerance.ppm.into())
            .div_euclid(1_000_000);
        counts.saturating_add(u64::try_from(part).unwrap_or(u64::MAX))
    }

    /// Whether a reading says the same as a value, in both directions.
    pub fn agrees(&self, reading: &Reading, import: Energy, export: Energy) -> bool {
        let within = |got: Energy, value: Energy| got.0.abs_diff(value.0) <= self.reach(value);
        within(reading.import, import) && within(reading.export, export)
    }
}

fn seat_rule(file: &SharedFile, grid: &Grid, state: &ChainState, seat: &Seat) -> SeatRule {
    let Some(meter) = seat.slot.and_then(|slot| file.meter(slot)) else {
        return SeatRule::default();
    };
    let length: IntervalLength = grid.limit.length;
    let readers = file.positions(meter, &state.committee);
    SeatRule {
        readers: readers.into_iter().flatten().collect(),
        need: meter.needs(),
        most_import: grid.resolution.most(seat.import_limit, length),
        most_export: grid.resolution.most(seat.export_limit, length),
    }
}

/// One member's readings of a window, interval by interval, at least as many as the draft's.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// Who.
    pub member: u8,
    /// What it read; missing: nothing.
    pub readings: &'a [Reading],
}

/// M(S): the readings of a draft with this header.
pub fn merge(rules: &Rules, header: &Header, observations: &[Observed]) -> Vec<Reading> {
    let count = header.reading_count();
    let mut merged = Vec::with_capacity(count);
    let seats = rules.seats.iter().cycle().take(count);
    let (mut values, mut sorted) = (Vec::new(), Vec::new());
    for (place, seat) in seats.enumerate() {
        values.clear();
        for reader in &seat.readers {
            let observed = observations.iter().find(|observed| observed.member == *reader);
            let reading = observed.and_then(|observed| observed.readings.get(place));
            values.extend(reading.filter(|reading| counts(seat, reading)));
        }
        merged.push(one(rules, seat, &values, &mut sorted));
    }
    merged
}

/// How much of what a member read of meters that others read as well lies beyond the tolerance of what was attested: readings, and
/// meters. It may be the member that is wrong, or most of the others: who looks at it knows which meter to go to.
pub fn outliers(rules: &Rules, attested: &[Reading], observed: Observed) -> (u32, u16) {
    let mut readings: u32 = 0;
    let mut meters = BTreeSet::new();
    let seats = rules.seats.iter().enumerate().cycle();
    for ((attested, read), (at, seat)) in attested.iter().zip(observed.readings).zip(seats) {
        let compared = seat.readers.len() > 1 && seat.readers.contains(&observed.member);
        let both = !attested.is_missing() && !read.is_missing();
        if compared && both && !rules.agrees(read, attested.import, attested.export) {
            readings = readings.saturating_add(1);
            meters.insert(at);
        }
    }
    (readings, u16::try_from(meters.len()).unwrap_or(u16::MAX))
}

/// Whether a reader's reading is one at all.
fn counts(seat: &SeatRule, reading: &Reading) -> bool {
    !reading.is_missing() && reading.import <= seat.most_import && reading.export <= seat.most_export
}

/// The reading of one meter in one interval, from its readers' in the file's order.
fn one(rules: &Rules, seat: &SeatRule, values: &[Reading], sorted: &mut Vec<Energy>) -> Reading {
    if seat.need <= 1 {
        return values.first().copied().unwrap_or(Reading::MISSING);
    }
    if values.len() < usize::from(seat.need) {
        return Reading::MISSING;
    }
    let mut median = |direction: fn(&Reading) -> Energy| {
        sorted.clear();
        sorted.extend(values.iter().map(direction));
        sorted.sort_unstable();
        let middle = sorted.len().saturating_sub(1).div_euclid(2);
        sorted.get(middle).copied().unwrap_or_default()
    };
    let import = median(|reading| reading.import);
    let export = median(|reading| reading.export);
    let agreeing = values.iter().filter(|value| rules.agrees(value, import, export));
    if agreeing.clone().count() < usize::from(seat.need) {
        return Reading::MISSING;
    }
    let quality = agreeing
        .map(|value| value.quality)
        .max_by_key(|quality| rank(*quality));
    quality.map_or(Reading::MISSING, |quality| Reading {
        import,
        export,
        quality,
    })
}

/// The greater, the worse.
const fn rank(quality: Quality) -> u8 {
    match quality {
        Quality::Measured => 0,
        Quality::Limited => 1,
        Quality::SubstitutedFinal => 2,
        Quality::SubstitutedProvisional => 3,
        Quality::Missing => 4,
    }
}
