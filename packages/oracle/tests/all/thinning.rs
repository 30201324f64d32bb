//! Thinning never changes a value.

use gridpact_oracle::derive::{derive, Derived, Stretch};
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::readings::{add_samples, samples};
use gridpact_oracle::store::schema;
use gridpact_oracle::thinning::thin_a_day;
use gridpact_units::{Seconds, Slot, UnixSeconds};
use proptest::prelude::*;
use rusqlite::Connection;

use super::support::{grid, meters, sample, JUNE};

const KEEP: Seconds = Seconds::days(3);
const ALL: (UnixSeconds, UnixSeconds) = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));

fn database(all: &[Sample]) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    add_samples(&connection, ("house 2", "gateway"), all, UnixSeconds(JUNE)).unwrap();
    connection
}

fn thin(connection: &Connection, now: u64) -> Vec<usize> {
    let meter = meters().remove(1);
    core::iter::from_fn(|| thin_a_day(connection, &meter, &grid(), (KEEP, UnixSeconds(now))).unwrap())
        .collect()
}

fn derived(connection: &Connection, intervals: u64) -> Vec<Derived> {
    let counting = grid().counting;
    let stretch = Stretch {
        counting,
        first: counting.length.index_at(JUNE),
        intervals,
    };
    derive(connection, &meters().remove(1), grid().limits[&Slot(1)], stretch).unwrap()
}

fn count(connection: &Connection) -> usize {
    samples(connection, ("house 2", "gateway"), Register::Import, ALL)
        .unwrap()
        .len()
}

#[test]
fn two_readings_an_interval_are_left_of_what_came_every_ten_seconds() {
    let day: Vec<Sample> = (0..2 * 8_640)
        .map(|tick| sample(JUNE + 10 * tick, 1_000 * tick))
        .collect();
    let connection = database(&day);
    let before = derived(&connection, 190);
    assert!(thin(&connection, JUNE + 3 * 86_400).is_empty(), "not old enough");
    assert_eq!(count(&connection), 2 * 8_640);
    let removed = thin(&connection, JUNE + 5 * 86_400);
    assert_eq!(removed, [8_640 - 2 * 96, 8_640 - 2 * 96]);
    assert_eq!(count(&connection), 2 * 2 * 96);
    assert_eq!(derived(&connection, 190), before);
    assert!(
        thin(&connection, JUNE + 5 * 86_400).is_empty(),
        "a day is thinned once"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any series, with falls, spikes, swaps and holes: every value is the same before and after.
    #[test]
    fn no_value_changes(
        steps in proptest::collection::vec((1_u64..1_500, 0_u64..9_000, 0_u8..60), 30..400)
    ) {
        let (mut at, mut value) = (JUNE, 1_000_000_000_u64);
        let mut all = Vec::new();
        for (seconds, energy, kind) in steps {
            at += seconds;
            match kind {
                // A spike, a fall for one reading, a new register.
                0 => all.push(sample(at, value + 90_000_000)),
                1 => all.push(sample(at, value / 2)),
                2 => { value = energy; all.push(sample(at, value)); }
                _ => { value += energy; all.push(sample(at, value)); }
            }
        }
        let connection = database(&all);
        let before = derived(&connection, 300);
        thin(&connection, at + 6 * 86_400);
        prop_assert_eq!(derived(&connection, 300), before);
    }
}
