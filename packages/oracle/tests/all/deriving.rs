//! Registers to intervals, through the store.

use gridpact_oracle::commands::explain;
use gridpact_oracle::config::Meter;
use gridpact_oracle::derive::{derive, Origin, Stretch};
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::given::{add_energies, GivenEnergy};
use gridpact_oracle::store::readings::add_samples;
use gridpact_oracle::store::schema;
use gridpact_units::{Energy, Quality, Reading, Slot, UnixSeconds};
use rusqlite::Connection;

use super::support::{grid, meters, sample, JUNE};

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    connection
}

/// `house 2`, which has one register of what it takes.
fn consumer() -> Meter {
    meters().remove(1)
}

fn keep(connection: &Connection, source: &str, all: &[(u64, u64)]) {
    let samples: Vec<Sample> = all.iter().map(|(at, value)| sample(JUNE + at, *value)).collect();
    add_samples(connection, ("house 2", source), &samples, UnixSeconds(JUNE)).unwrap();
}

fn stretch(intervals: u64) -> Stretch {
    let counting = grid().counting;
    Stretch {
        counting,
        first: counting.length.index_at(JUNE),
        intervals,
    }
}

fn derived(connection: &Connection, intervals: u64) -> Vec<(u64, Quality)> {
    let limits = grid().limits[&Slot(1)];
    let derived = derive(connection, &consumer(), limits, stretch(intervals)).unwrap();
    derived
        .into_iter()
        .map(|derived| (derived.reading.import.0, derived.reading.quality))
        .collect()
}

#[test]
fn the_rules_worked_examples_come_out_of_the_store() {
    use Quality::{Measured, SubstitutedFinal};
    let connection = database();
    keep(
        &connection,
        "a",
        &[(0, 1_000_000), (900, 1_250_000), (1_800, 1_250_000)],
    );
    assert_eq!(derived(&connection, 2), [(250_000, Measured), (0, Measured)]);
    // A hole of an hour and three quarters: a line, and a substitute that stays; whole counts that sum up.
    let connection = database();
    keep(
        &connection,
        "a",
        &[(0, 0), (900, 100_000), (7_200, 1_100_003), (8_100, 1_200_003)],
    );
    let all = derived(&connection, 9);
    assert_eq!(all[0], (100_000, Measured));
    assert!(all[1..8].iter().all(|(_, quality)| *quality == SubstitutedFinal));
    assert_eq!(all.iter().map(|(energy, _)| energy).sum::<u64>(), 1_200_000);
}

#[test]
fn what_is_not_known_is_missing_and_never_zero() {
    let connection = database();
    // Open at the end, and a hole of two hours.
    keep(
        &connection,
        "a",
        &[(0, 0), (900, 5_000), (8_100, 50_000), (9_000, 55_000)],
    );
    let qualities: Vec<Quality> = derived(&connection, 11)
        .into_iter()
        .map(|(_, quality)| quality)
        .collect();
    assert_eq!(qualities[0], Quality::Measured);
    assert!(
        qualities[1..9].iter().all(|quality| *quality == Quality::Missing),
        "{qualities:?}"
    );
    assert_eq!(qualities[9..], [Quality::Measured, Quality::Missing]);
    assert!(derived(&database(), 2)
        .iter()
        .all(|(energy, quality)| (*energy, *quality) == (0, Quality::Missing)));
}

#[test]
fn a_meter_that_gives_needs_both_registers() {
    let connection = database();
    let prosumer = meters().remove(0);
    let limits = grid().limits[&Slot(0)];
    let import = [sample(JUNE, 0), sample(JUNE + 900, 1_000)];
    add_samples(&connection, ("house 1", "a"), &import, UnixSeconds(JUNE)).unwrap();
    let read =
        |connection: &Connection| derive(connection, &prosumer, limits, stretch(1)).unwrap()[0].reading;
    assert_eq!(read(&connection), Reading::MISSING);
    let export = import.map(|sample| Sample {
        register: Register::Export,
        value: 2 * sample.value,
        ..sample
    });
    add_samples(&connection, ("house 1", "b"), &export, UnixSeconds(JUNE)).unwrap();
    assert_eq!(read(&connection), Reading::measured(Energy(1_000), Energy(2_000)));
}

#[test]
fn two_devices_at_one_meter_are_judged_apart_and_the_better_counts() {
    let connection = database();
    // `b` counts from elsewhere, every five minutes; `a` has a hole.
    keep(&connection, "a", &[(0, 500_000), (1_800, 503_000)]);
    keep(
        &connection,
        "b",
        &[
            (0, 7_000),
            (300, 7_300),
            (600, 7_600),
            (900, 9_000),
            (1_200, 9_500),
            (1_500, 9_900),
            (1_800, 10_000),
        ],
    );
    assert_eq!(
        derived(&connection, 2),
        [(2_000, Quality::Measured), (1_000, Quality::Measured)]
    );
}

#[test]
fn a_file_counts_where_registers_say_nothing_better() {
    let connection = database();
    keep(&connection, "a", &[(0, 0), (900, 5_000)]);
    let given = |at: u64, import: u64, quality| GivenEnergy {
        start: UnixSeconds(JUNE + at),
        reading: Reading {
            import: Energy(import),
            export: Energy(0),
            quality,
        },
    };
    // Measured here already; unknown; finer than the grid counts.
    let all = [
        given(0, 9_000, Quality::Measured),
        given(900, 7_000, Quality::SubstitutedFinal),
        given(1_800, 1_999, Quality::Measured),
    ];
    add_energies(&connection, ("house 2", "file"), &all, UnixSeconds(JUNE)).unwrap();
    let limits = grid().limits[&Slot(1)];
    let derived = derive(&connection, &consumer(), limits, stretch(3)).unwrap();
    let plain: Vec<(u64, Quality, bool)> = derived
        .iter()
        .map(|derived| {
            (
                derived.reading.import.0,
                derived.reading.quality,
                derived.origin == Origin::File,
            )
        })
        .collect();
    let expected = [
        (5_000, Quality::Measured, false),
        (7_000, Quality::SubstitutedFinal, true),
        (1_000, Quality::Measured, true),
    ];
    assert_eq!(plain, expected);
}

#[test]
fn an_explanation_names_the_readings_and_the_rule() {
    let connection = database();
    keep(
        &connection,
        "gateway",
        &[
            (0, 1_000_000),
            (880, 1_200_000),
            (1_000, 1_000),
            (1_180, 1_320_000),
        ],
    );
    let limits = grid().limits[&Slot(1)];
    let text = explain::text(&connection, &consumer(), limits, stretch(1)).unwrap();
    for words in [
        "house 2, interval 1978080 (2026-06-01T00:00:00Z to 2026-06-01T00:15:00Z)",
        "import by gateway: 0.208 kWh, measured: both ends lie in holes of at most 300 s",
        "begins: 1 kWh, read there",
        "on the line between 1.2 kWh at 2026-06-01T00:14:40Z and 1.32 kWh at 2026-06-01T00:19:40Z (300 s apart)",
    ] {
        assert!(text.contains(words), "{text}\nexpected {words}");
    }
}

#[test]
fn an_explanation_says_why_a_value_is_a_substitute_or_missing() {
    let limits = grid().limits[&Slot(1)];
    let explained = |readings: &[(u64, u64)]| {
        let connection = database();
        keep(&connection, "gateway", readings);
        explain::text(&connection, &consumer(), limits, stretch(1)).unwrap()
    };
    // 17,250 W are 4,312.5 Wh in a quarter hour, and with the count that is cut at the ends 4,313.
    let cases: [(&[(u64, u64)], &str); 4] = [
        (
            &[(0, 0), (1_800, 500_000)],
            "import by gateway: 0.25 kWh, a substitute that stays: an end lies in a hole below 7200 s, on a line",
        ),
        (
            &[(0, 0), (900, 4_312_500), (901, 4_314_000), (1_800, 4_400_000)],
            "import by gateway: 4.312 kWh, measured",
        ),
        (&[(0, 0), (9_000, 500_000)], "import by gateway: missing: an end is not known"),
        (&[(100, 0)], "import by gateway: missing: an end is not known"),
    ];
    for (readings, words) in cases {
        let text = explained(readings);
        assert!(text.contains(words), "{text}\nexpected {words}");
    }
    let text = explained(&[(0, 0), (9_000, 500_000)]);
    assert!(
        text.contains("the readings around it are 9000 s apart: two hours or more"),
        "{text}"
    );
}
