//! Published formats, on fixtures written here.

use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::format::Source;
use gridpact_readings::selection::Selection;
use gridpact_units::{Energy, Reading};

use crate::{told, Memory};

fn citylearn(consumption: &str, generation: &str) -> Result<Dataset, Error> {
    let files = [
        ("cons_kwh_hourly.csv", consumption),
        ("gen_kwh_hourly.csv", generation),
    ];
    Source::Citylearn(&Memory::of(&files)).load(&Selection::default())
}

fn ausgrid(rows: &[&str]) -> Result<Dataset, Error> {
    let text = ausgrid_file(rows);
    Source::Ausgrid(NamedFile::new("solar.csv", text.as_bytes())).load(&Selection::default())
}

const LOADS: &str = "id,node,profile,pLoad,qLoad\nL1,Bus 1,H0-A,0.002,0\nL2,Bus 2,H0-A,0.004,0\n";
const PV: &str = "id,node,type,profile,calc_type,pRES\nS1,Bus 2,PV,PV1,pq,0.01\nS2,Bus 9,PV,PV1,pq,0.001\n";

/// The files of a SimBench folder with these profile times.
fn simbench_files(times: &[&str], pv_times: &[&str]) -> Memory {
    let rows = |times: &[&str], value: &str| {
        times
            .iter()
            .map(|time| format!("{time},{value}\n"))
            .collect::<String>()
    };
    let loads = "time,H0-A_pload\n".to_owned() + &rows(times, "0.5");
    let pv = "time,PV1\n".to_owned() + &rows(pv_times, "0.25");
    Memory::of(&[
        ("loads_LV3.101.csv", LOADS),
        ("res_LV3.101.csv", PV),
        ("h0_profiles_15min_2016.csv", loads.as_str()),
        ("pv_profiles_15min_2016.csv", pv.as_str()),
    ])
}

fn simbench(times: &[&str], pv_times: &[&str]) -> Result<Dataset, Error> {
    Source::Simbench(&simbench_files(times, pv_times)).load(&Selection::default())
}

#[test]
fn simbench_nets_pv_behind_the_meter_and_keeps_a_pv_system_without_a_home_as_a_producer() {
    let times = ["01.07.2016 12:00", "01.07.2016 12:15"];
    let dataset = simbench(&times, &times).unwrap();
    let names: Vec<_> = dataset
        .meters
        .iter()
        .map(|meter| (meter.name.as_str(), meter.has_pv, meter.producer))
        .collect();
    assert_eq!(
        names,
        [("L1", false, false), ("L2", true, false), ("S2", true, true)]
    );
    // 0.5 x 2 kW x 0.25 h = 250 Wh; 0.25 x 10 kW x 0.25 h - 0.5 x 4 kW x 0.25 h = 125 Wh; 62.5 Wh is rounded up.
    let expected = [
        Reading::measured(Energy(250_000), Energy(0)),
        Reading::measured(Energy(0), Energy(125_000)),
        Reading::measured(Energy(0), Energy(63_000)),
    ];
    assert_eq!(dataset.readings.range(0..3), expected);
    assert_eq!(
        dataset
            .own_use
            .as_ref()
            .unwrap()
            .iter()
            .take(3)
            .collect::<Vec<_>>(),
        [0, 500_000, 0]
    );
    // Noon in summer time is 10:00 UTC.
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_467_367_200
    );
}

#[test]
fn simbench_clocks_change_in_march_and_october() {
    let spring = ["27.03.2016 01:45", "27.03.2016 03:00"];
    assert_eq!(simbench(&spring, &spring).unwrap().stretches.len(), 1);
    let autumn = ["30.10.2016 02:45", "30.10.2016 02:00", "30.10.2016 02:15"];
    assert_eq!(simbench(&autumn, &autumn).unwrap().intervals(), 3);
}

#[test]
fn simbench_rows_out_of_step_are_refused() {
    let error = simbench(&["01.07.2016 12:00", "01.07.2016 12:30"], &[""; 2]).unwrap_err();
    let expected = "pv_profiles_15min_2016.csv, line 2, column 1 (time): expected 01.07.2016 12:00 as in";
    assert!(told(&error).contains(expected), "{}", told(&error));
    let times = ["01.07.2016 12:00", "01.07.2016 12:30"];
    let error = simbench(&times, &times).unwrap_err();
    let expected = "line 3, column 1 (time): expected 01.07.2016 12:15, or a time at least two days later, got `01.07.2016 12:30`";
    assert!(told(&error).contains(expected), "{}", told(&error));
    let error = simbench(&times, &times[..1]).unwrap_err();
    assert!(told(&error).contains("line 3"), "{}", told(&error));
}

#[test]
fn citylearn_hours_are_netted_from_1_august_2016() {
    let consumption = "hour,1,2\n0,1.5,0.25000\n1,1,1\n";
    let generation = "hour,1,2\n0,0.5,1\n1,0,0\n";
    let dataset = citylearn(consumption, generation).unwrap();
    assert_eq!(
        dataset.readings.at(0),
        Reading::measured(Energy(1_000_000), Energy(0))
    );
    assert_eq!(
        dataset.readings.at(1),
        Reading::measured(Energy(0), Energy(750_000))
    );
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_470_034_800
    );

    let error = told(&citylearn(consumption, "hour,1,2\n0,0.5,1\n").unwrap_err());
    assert_eq!(
        error,
        "gen_kwh_hourly.csv ends before cons_kwh_hourly.csv, whose line 3 has no match"
    );
    let error = told(&citylearn("hour,1,2\n0,1.5,0.25\n", generation).unwrap_err());
    assert_eq!(
        error,
        "cons_kwh_hourly.csv ends before gen_kwh_hourly.csv, whose line 3 has no match"
    );
    let error = told(&citylearn("hour,1,2\n0,1,1\n2,1,1\n", generation).unwrap_err());
    assert!(
        error.contains("line 3, column 1 (hour): expected hour 1, got `2`"),
        "{error}"
    );
}

fn ausgrid_file(rows: &[&str]) -> String {
    let half_hours: Vec<String> = (1..=48)
        .map(|end| format!("{}:{:02}", end / 2 % 24, end % 2 * 30))
        .collect();
    let mut text = "2012-2013 Solar home electricity data - please read the notes\n".to_owned();
    text += &format!(
        "Customer,Generator Capacity,Postcode,Consumption Category,date,{},Row Quality\n",
        half_hours.join(",")
    );
    for row in rows {
        let values = ["0.5"; 48].join(",");
        text += &format!("{row},{values},\n");
    }
    text
}

#[test]
fn ausgrid_days_are_netted_per_customer_and_a_day_without_consumption_is_missing() {
    let rows = [
        "2,1.5,2000,GC,1/07/2012",
        "2,1.5,2000,GG,1/07/2012",
        "10,1.5,2000,GC,2/07/2012",
        "10,1.5,2000,CL,2/07/2012",
    ];
    let dataset = ausgrid(&rows).unwrap();
    assert_eq!((dataset.meters.len(), dataset.intervals()), (2, 96));
    assert_eq!(dataset.meters[1].name, "customer 10");
    assert_eq!(dataset.readings.at(0), Reading::measured(Energy(0), Energy(0)));
    assert_eq!(dataset.own_use.as_ref().unwrap().at(0), 500_000);
    assert_eq!(dataset.readings.at(1), Reading::MISSING);
    assert_eq!(dataset.readings.at(96), Reading::MISSING);
    assert_eq!(
        dataset.readings.at(97),
        Reading::measured(Energy(1_000_000), Energy(0))
    );
    // Midnight at UTC+10.
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_341_064_800
    );
}

#[test]
fn ausgrid_rows_that_cannot_be_are_refused() {
    let table = [
        (
            vec!["x,1,2000,GC,1/07/2012"],
            "line 3, column 1 (Customer): expected a customer number, got `x`",
        ),
        (
            vec!["1,1,2000,XX,1/07/2012"],
            "line 3, column 4 (Consumption Category): expected GC, CL or GG, got `XX`",
        ),
        (
            vec!["1,1,2000,GC,31/02/2012"],
            "line 3, column 5 (date): expected a day as 1/07/2012 or 1-Jul-10",
        ),
        (
            vec!["1,1,2000,GC,1-Jul-10", "1,1,2000,GC,1/07/2010"],
            "line 4, column 5 (date): expected one row a customer",
        ),
    ];
    for (rows, expected) in table {
        let error = told(&ausgrid(&rows).unwrap_err());
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
}

#[test]
fn an_ausgrid_file_without_its_columns_is_refused_with_its_header() {
    let text = "a title\nCustomer,date\n";
    let file = NamedFile::new("solar.csv", text.as_bytes());
    let error = told(&Source::Ausgrid(file).load(&Selection::default()).unwrap_err());
    let expected =
        "solar.csv, line 2, column 1 (header): expected Customer,Generator Capacity,Postcode,Consumption \
                    Category,date,0:30,1:00 to 23:30,0:00, and maybe Row Quality, got `Customer,date`";
    assert_eq!(error, expected);
}

#[test]
fn more_homes_than_the_grid_has_come_from_the_list_of_all_where_the_folder_has_it() {
    let times = ["01.07.2016 12:00"];
    let selection = Selection {
        homes: Some(4),
        ..Selection::default()
    };
    let alone = Source::Simbench(&simbench_files(&times, &times)).load(&selection);
    assert!(told(&alone.unwrap_err()).starts_with("expected 1 to 3 homes"));

    let more = "id,node,profile,pLoad\nA,n1,H0-A,0.001\nB,n1,H0-A,0.001\nC,n2,H0-A,0.001\nD,n3,H0-A,0.001\nE,n4,H0-A,1\n";
    let sun = "id,node,profile,pRES\nS,n1,PV1,0.002\nT,n4,PV1,0.002\nU,n9,PV1,0.002\n";
    let folder = simbench_files(&times, &times)
        .and_gzip("all_lv_household_loads.csv.gz", more)
        .and_gzip("all_lv_res.csv.gz", sun);
    let dataset = Source::Simbench(&folder).load(&selection).unwrap();
    let names: Vec<_> = dataset
        .meters
        .iter()
        .map(|meter| (meter.name.as_str(), meter.has_pv, meter.producer))
        .collect();
    // Two homes share the first node, whose roof is the first one's; a roof without a chosen home is left out.
    assert_eq!(
        names,
        [
            ("A", true, false),
            ("B", false, false),
            ("C", false, false),
            ("D", false, false)
        ]
    );
    assert!(dataset
        .notes
        .iter()
        .any(|note| note.contains("the first 4 homes")));
}

#[test]
fn only_the_selected_time_of_simbench_is_kept_and_a_break_begins_a_stretch() {
    let times = [
        "01.07.2016 23:30",
        "01.07.2016 23:45",
        "02.07.2016 00:00",
        "05.07.2016 00:00",
        "05.07.2016 00:15",
    ];
    let files = simbench_files(&times, &times);
    let load = |from: &str, days| {
        let selection = Selection {
            from: Some(from.parse().unwrap()),
            days,
            ..Selection::default()
        };
        Source::Simbench(&files).load(&selection)
    };
    let stretches = |dataset: Dataset| -> Vec<usize> {
        dataset
            .stretches
            .iter()
            .map(|stretch| stretch.intervals)
            .collect()
    };
    assert_eq!(stretches(load("2016-07-01", None).unwrap()), [3, 2]);
    assert_eq!(stretches(load("2016-07-02", None).unwrap()), [1, 2]);
    assert_eq!(stretches(load("2016-07-05", Some(1)).unwrap()), [2]);
    let error = told(&load("2016-07-06", None).unwrap_err());
    assert_eq!(error, "nothing selected: the profiles end on 2016-07-05");
}
