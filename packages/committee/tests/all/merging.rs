use gridpact_committee::file::shape::Tolerance;
use gridpact_committee::merge::{merge, Observed, Rules, SeatRule};
use gridpact_report::{Header, Mode, Resolution, Scheme};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use proptest::prelude::*;

const COUNT: u64 = 1_000;

fn rules(readers: &[u8], need: u8) -> Rules {
    Rules {
        seats: vec![SeatRule {
            readers: readers.to_vec(),
            need,
            most_import: Energy(5_000_000),
            most_export: Energy(5_000_000),
        }],
        tolerance: Tolerance::default(),
        resolution: Resolution::WATT_HOUR,
    }
}

fn header() -> Header {
    Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: IntervalIndex(2_000_000),
        intervals: 1,
        seats: 1,
        revision: 0,
        resolution: Resolution::WATT_HOUR,
    }
}

fn watt_hours(import: u64, export: u64) -> Reading {
    Reading::measured(Energy(import * COUNT), Energy(export * COUNT))
}

/// One meter's reading from (member, reading), in any order.
fn merged(rules: &Rules, observed: &[(u8, Reading)]) -> Reading {
    let observed: Vec<Observed> = observed
        .iter()
        .map(|(member, reading)| Observed {
            member: *member,
            readings: core::slice::from_ref(reading),
        })
        .collect();
    merge(rules, &header(), &observed)[0]
}

#[test]
fn one_reader_is_believed() {
    let rules = rules(&[2], 1);
    assert_eq!(merged(&rules, &[(2, watt_hours(100, 0))]), watt_hours(100, 0));
    assert_eq!(merged(&rules, &[(1, watt_hours(100, 0))]), Reading::MISSING);
}

#[test]
fn of_two_with_one_needed_the_first_listed_counts() {
    let rules = rules(&[3, 1], 1);
    let (first, second) = ((3, watt_hours(100, 0)), (1, watt_hours(900, 0)));
    assert_eq!(merged(&rules, &[second, first]), first.1);
    assert_eq!(merged(&rules, &[second]), second.1);
    assert_eq!(merged(&rules, &[(3, Reading::MISSING), second]), second.1);
}

#[test]
fn of_two_with_two_needed_both_must_agree() {
    let rules = rules(&[0, 1], 2);
    assert_eq!(
        merged(&rules, &[(0, watt_hours(100, 7)), (1, watt_hours(102, 5))]),
        watt_hours(100, 5)
    );
    // 2 counts and 1 % of 100 are 3.
    assert_eq!(
        merged(&rules, &[(0, watt_hours(100, 0)), (1, watt_hours(103, 0))]),
        watt_hours(100, 0)
    );
    assert_eq!(
        merged(&rules, &[(0, watt_hours(100, 0)), (1, watt_hours(104, 0))]),
        Reading::MISSING
    );
    assert_eq!(merged(&rules, &[(0, watt_hours(100, 0))]), Reading::MISSING);
}

#[test]
fn one_liar_of_three_moves_and_erases_nothing() {
    let rules = rules(&[0, 1, 2], 2);
    let (one, other) = ((0, watt_hours(100, 50)), (1, watt_hours(101, 50)));
    for lie in [
        watt_hours(0, 0),
        watt_hours(5_000, 0),
        watt_hours(0, 5_000),
        watt_hours(100, 5_000),
    ] {
        let reading = merged(&rules, &[one, other, (2, lie)]);
        assert!((100..=101).contains(&(reading.import.0 / COUNT)), "{reading:?}");
        assert_eq!(reading.export.0 / COUNT, 50);
    }
}

/// The liar's import lies between the honest ones' and its export far off: as the middle of ordered pairs it would be chosen,
/// and then nobody would agree with it.
#[test]
fn directions_are_merged_apart() {
    let rules = rules(&[0, 1, 2], 2);
    let reading = merged(
        &rules,
        &[
            (0, watt_hours(100, 50)),
            (1, watt_hours(102, 51)),
            (2, watt_hours(101, 900)),
        ],
    );
    assert_eq!(reading, watt_hours(101, 51));
}

#[test]
fn the_quality_is_the_worst_of_those_that_agree() {
    let rules = rules(&[0, 1, 2], 2);
    let with = |quality| Reading {
        quality,
        ..watt_hours(100, 0)
    };
    let far = Reading {
        quality: Quality::SubstitutedProvisional,
        ..watt_hours(900, 0)
    };
    let reading = merged(
        &rules,
        &[
            (0, with(Quality::Measured)),
            (1, with(Quality::SubstitutedFinal)),
            (2, far),
        ],
    );
    assert_eq!(reading.quality, Quality::SubstitutedFinal);
    let reading = merged(
        &rules,
        &[(0, with(Quality::Measured)), (1, with(Quality::Limited))],
    );
    assert_eq!(reading.quality, Quality::Limited);
}

#[test]
fn a_reading_above_the_connection_is_none() {
    let rules = rules(&[0, 1, 2], 2);
    let above = watt_hours(5_001, 0);
    assert_eq!(
        merged(&rules, &[(0, above), (1, above), (2, above)]),
        Reading::MISSING
    );
}

#[test]
fn a_seat_without_readers_is_missing() {
    let rules = rules(&[], 0);
    assert_eq!(merged(&rules, &[(0, watt_hours(1, 0))]), Reading::MISSING);
}

#[test]
fn outliers_are_readings_beyond_the_tolerance_of_what_was_attested_of_a_meter_that_others_read_too() {
    let mut rules = rules(&[0, 1, 2], 2);
    // The second meter is read by one alone, the third by others than the first member.
    let seat = |readers: &[u8]| SeatRule {
        readers: readers.to_vec(),
        ..rules.seats[0].clone()
    };
    let more = [seat(&[0]), seat(&[1, 2])];
    rules.seats.extend(more);
    let attested = [100, 100, 100, 1_000, 100, 100].map(|import| watt_hours(import, 50));
    let outliers = |readings: &[Reading]| {
        let observed = Observed { member: 0, readings };
        gridpact_committee::merge::outliers(&rules, &attested, observed)
    };
    assert_eq!(outliers(&attested), (0, 0));
    // Two counts and one percent: 103 of 100, 1,012 of 1,000 say the same.
    let near = [103, 500, 500, 1_012, 500, 500].map(|import| watt_hours(import, 50));
    assert_eq!(outliers(&near), (0, 0));
    let far = [104, 100, 100, 1_013, 100, 100].map(|import| watt_hours(import, 50));
    assert_eq!(outliers(&far), (2, 1));
    // The other direction counts as well, what was not read does not, and a report may be shorter than what was read.
    let given = [
        watt_hours(100, 54),
        watt_hours(100, 50),
        watt_hours(100, 50),
        Reading::MISSING,
    ];
    assert_eq!(outliers(&given), (1, 1));
    assert_eq!(outliers(&[&attested[..], &near[..]].concat()), (0, 0));
}

fn reading() -> impl Strategy<Value = Reading> {
    (0_u64..300, 0_u64..300, 0_u8..5).prop_map(|(import, export, quality)| match quality {
        3 => Reading::MISSING,
        code => Reading {
            quality: Quality::try_from(code).unwrap(),
            ..watt_hours(import, export)
        },
    })
}

proptest! {
    #[test]
    fn the_order_of_observations_does_not_matter(
        readings in proptest::collection::vec(reading(), 1..8), readers in 1_u8..8, turn in 0_usize..8, need in 1_u8..5,
    ) {
        let rules = rules(&(0..readers).collect::<Vec<_>>(), need);
        let mut observed: Vec<(u8, Reading)> = (0..).zip(readings).collect();
        let one = merged(&rules, &observed);
        let turn = turn % observed.len();
        observed.rotate_left(turn);
        observed.reverse();
        prop_assert_eq!(merged(&rules, &observed), one);
    }

    /// Fewer liars than `need`: what stands is within the tolerance of what an honest reader read.
    #[test]
    fn fewer_liars_than_needed_say_nothing_false(
        readings in proptest::collection::vec(reading(), 3..9), liars in 0_usize..5, absent in 0_usize..3,
        shift in 0_usize..9,
    ) {
        let count = readings.len();
        let need = count / 2 + 1;
        let liars = liars.min(need - 1);
        let rules = rules(&(0..count as u8).collect::<Vec<_>>(), need as u8);
        let mut observed: Vec<(u8, Reading)> = (0..).zip(readings).collect();
        observed.rotate_left(shift % count);
        let honest: Vec<Reading> = observed[liars..].iter().map(|(_, reading)| *reading).collect();
        let heard = &observed[..count - absent.min(count - 1)];
        let said = merged(&rules, heard);
        if !said.is_missing() {
            let near = |got: u64, value: u64| got.abs_diff(value) <= 2 * COUNT + value / 100;
            let close = honest.iter().any(|honest| {
                !honest.is_missing() && near(honest.import.0, said.import.0) && near(honest.export.0, said.export.0)
            });
            prop_assert!(close, "{:?} of {:?}", said, honest);
        }
    }

    /// As many honest readers as are needed, exactly alike: their reading stands, whatever fewer others say.
    #[test]
    fn enough_that_agree_are_heard(
        lies in proptest::collection::vec(reading(), 0..3), import in 0_u64..300, export in 0_u64..300,
    ) {
        let honest = lies.len() + 1;
        let count = honest + lies.len();
        let rules = rules(&(0..count as u8).collect::<Vec<_>>(), (count / 2 + 1) as u8);
        let truth = watt_hours(import, export);
        let all = lies.into_iter().chain(std::iter::repeat_n(truth, honest));
        let observed: Vec<(u8, Reading)> = (0..).zip(all).collect();
        let said = merged(&rules, &observed);
        prop_assert_eq!((said.import, said.export), (truth.import, truth.export));
    }
}
