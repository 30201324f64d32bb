//! Rows in any order, over several files: the same readings, each with its file and line.

use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::rfc3339;
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Quality, Reading, UnixSeconds};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

const FIRST: u64 = 1_908_000;

/// A row.
fn row(meter: u8, interval: u64, (import, export, quality): (u64, u64, Quality)) -> String {
    let start = rfc3339::show(UnixSeconds((FIRST + interval) * 900));
    let letter = match quality {
        Quality::Measured => "A",
        Quality::SubstitutedFinal => "F",
        Quality::SubstitutedProvisional => "S",
        Quality::Missing => "N",
        Quality::Limited => "limited",
    };
    let kwh = |energy: u64| gridpact_units::decimal::show(energy.into(), 6);
    let (import, export) = (kwh(import), kwh(export));
    format!("{start},m{meter},{import},{export},{letter}\n")
}

fn quality() -> impl Strategy<Value = Quality> {
    prop_oneof![
        Just(Quality::Measured),
        Just(Quality::SubstitutedFinal),
        Just(Quality::SubstitutedProvisional),
        Just(Quality::Missing),
        Just(Quality::Limited),
    ]
}

proptest! {
    #[test]
    fn rows_of_any_order_in_any_files_are_the_same_readings_each_with_its_place(
        readings in btree_map((0_u8..4, 0_u64..200), (prop_oneof![Just(0), any::<u64>()], 0_u64..2_000_000, quality()), 1..80),
        order in vec((any::<u32>(), 0_usize..3), 80),
    ) {
        let mut rows: Vec<_> = readings.iter().zip(order).collect();
        rows.sort_by_key(|(_, (turn, _))| *turn);
        let header = "interval_start,meter,import_kwh,export_kwh,quality\n";
        let mut files = [header, header, header].map(ToOwned::to_owned);
        let mut places = Vec::new();
        for (((meter, interval), reading), (_, file)) in rows {
            let line = files[file].matches('\n').count() as u64 + 1;
            files[file] += &row(*meter, *interval, *reading);
            places.push((*meter, *interval, ["a", "b", "c"][file], line));
        }
        let options = Options { interval: Some(IntervalLength::QUARTER_HOUR), limit: None, ..Options::default() };
        let named = ["a", "b", "c"].into_iter().zip(&files);
        let named = named.map(|(name, text)| NamedFile::new(name, text.as_bytes()));
        let table: ReadingsTable<MeterName> = ReadingsTable::read(named, &options).unwrap();
        for (meter, interval, file, line) in places {
            let found = table.place_of(MeterName(format!("m{meter}")), IntervalIndex(FIRST + interval));
            prop_assert_eq!(found, Some((file, line)));
        }
        let mut found: Vec<_> = table.readings().map(|(meter, interval, reading)| (interval.0, meter.0, reading)).collect();
        prop_assert!(found.is_sorted_by_key(|(interval, ..)| *interval));
        found.sort_by_key(|(interval, meter, _)| (*interval, meter.clone()));
        let mut expected: Vec<_> = readings.iter().map(|((meter, interval), (import, export, quality))| {
            let reading = match quality {
                Quality::Missing => Reading::MISSING,
                quality => Reading { import: Energy(*import), export: Energy(*export), quality: *quality },
            };
            (FIRST + interval, format!("m{meter}"), reading)
        }).collect();
        expected.sort_by_key(|(interval, meter, _)| (*interval, meter.clone()));
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn blank_lines_and_cells_of_several_lines_count() {
    for end in ["\n", "\r\n"] {
        let rows = [
            "interval_start,meter,import_kwh,export_kwh",
            "",
            "2024-06-03T10:00Z,\"flat",
            "1\",1,0",
            "2024-06-03T10:00Z,b,1,0",
            "",
            "",
            "2024-06-03T10:15Z,b,1,0",
            "",
            "2024-06-03T10:30Z,b,1,0",
        ];
        for rows in [rows.join(end), rows.join(end) + end + end] {
            let file = NamedFile::new("rows.csv", rows.as_bytes());
            let table: ReadingsTable<MeterName> = ReadingsTable::read([file], &Options::default()).unwrap();
            let lines = |meter: &str| {
                let places = (0..3).map(|quarter| {
                    let index = table.readings().map(|(_, index, _)| index).min().unwrap();
                    table.line_of(MeterName(meter.to_owned()), index.plus(quarter))
                });
                places.collect::<Vec<_>>()
            };
            assert_eq!(lines(&format!("flat{end}1")), [Some(3), None, None]);
            let last = lines("b");
            assert_eq!(last[..2], [Some(5), Some(8)]);
            // A last row without an end is told at the blank line before it, or at its own.
            assert!([Some(9), Some(10)].contains(&last[2]), "{last:?}");
        }
    }
}
