//! What is known of CityLearn's homes, in whatever files they come.

use gridpact_units::{Energy, IntervalLength, Reading};

use crate::clock::Zone;
use crate::dataset::{Dataset, Meter, Stretch};
use crate::packed::{Energies, Readings};

/// 1 August 2016, 00:00 in Fontana, California: Pacific daylight time, 7 hours behind UTC.
const START: u64 = 1_470_034_800;
const OFFSET: i32 = -25_200;

/// With what is known of all of them.
pub(super) fn dataset(meters: Vec<Meter>, hours: usize, readings: Readings, own_use: Energies) -> Dataset {
    Dataset {
        name: "CityLearn 2022, homes in Fontana, California".to_owned(),
        attribution: "CityLearn Challenge 2022 phase data (EPRI), doi:10.18738/T8/0YLJ6Q, MIT licence.".to_owned(),
        notes: vec![
            "hour 0 is 1 August 2016, 00:00, and every row is an hour after the one before, at UTC-7; the published \
             rows follow the local clock, so from 6 November to 12 March they stand an hour early"
                .to_owned(),
        ],
        findings: vec![],
        zone: Zone::Fixed(OFFSET),
        interval: IntervalLength::HOUR,
        stretches: vec![Stretch {
            first: IntervalLength::HOUR.index_at(START),
            intervals: hours,
        }],
        meters,
        readings,
        own_use: Some(own_use),
    }
}

/// What a meter behind a roof sees.
pub(super) fn netted(used: Energy, generated: Energy) -> Reading {
    Reading::measured(used.saturating_sub(generated), generated.saturating_sub(used))
}
