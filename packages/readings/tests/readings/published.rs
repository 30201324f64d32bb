//! Published formats, on fixtures written here.

use std::path::PathBuf;

use gridpact_readings::{load, Dataset, Format, Selection};
use gridpact_units::{Energy, Reading};

use crate::folder;

fn write(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(test);
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn read(path: &std::path::Path, format: Format) -> anyhow::Result<Dataset> {
    load(Some((path, format)), &Selection::default())
}

const LOADS: &str = "id,node,profile,pLoad,qLoad\nL1,Bus 1,H0-A,0.002,0\nL2,Bus 2,H0-A,0.004,0\n";
const PV: &str = "id,node,type,profile,calc_type,pRES\nS1,Bus 2,PV,PV1,pq,0.01\nS2,Bus 9,PV,PV1,pq,0.001\n";

/// A SimBench folder with these profile times.
fn simbench(test: &str, times: &[&str], pv_times: &[&str]) -> anyhow::Result<Dataset> {
    let rows = |times: &[&str], value: &str| {
        times
            .iter()
            .map(|time| format!("{time},{value}\n"))
            .collect::<String>()
    };
    let loads = "time,H0-A_pload\n".to_owned() + &rows(times, "0.5");
    let pv = "time,PV1\n".to_owned() + &rows(pv_times, "0.25");
    let files = [
        ("loads_LV3.101.csv", LOADS),
        ("res_LV3.101.csv", PV),
        ("h0_profiles_15min_2016.csv", loads.as_str()),
        ("pv_profiles_15min_2016.csv", pv.as_str()),
    ];
    read(&write(test, &files), Format::Simbench)
}

#[test]
fn simbench_nets_pv_behind_the_meter_and_keeps_a_pv_system_without_a_home_as_a_producer() {
    let times = ["01.07.2016 12:00", "01.07.2016 12:15"];
    let dataset = simbench("simbench_good", &times, &times).unwrap();
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
    assert_eq!(dataset.readings[..3], expected);
    assert_eq!(dataset.own_use.as_ref().unwrap()[..3], [0, 500_000, 0]);
    // Noon in summer time is 10:00 UTC.
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_467_367_200
    );
}

#[test]
fn simbench_clocks_change_in_march_and_october() {
    let spring = ["27.03.2016 01:45", "27.03.2016 03:00"];
    assert_eq!(
        simbench("simbench_spring", &spring, &spring)
            .unwrap()
            .stretches
            .len(),
        1
    );
    let autumn = ["30.10.2016 02:45", "30.10.2016 02:00", "30.10.2016 02:15"];
    assert_eq!(
        simbench("simbench_autumn", &autumn, &autumn).unwrap().intervals(),
        3
    );
}

#[test]
fn simbench_rows_out_of_step_are_refused() {
    let error = simbench(
        "simbench_gap",
        &["01.07.2016 12:00", "01.07.2016 12:30"],
        &[""; 2],
    )
    .unwrap_err();
    let expected = "pv_profiles_15min_2016.csv, line 2, column 1 (time): expected 01.07.2016 12:00 as in";
    assert!(format!("{error:#}").contains(expected), "{error:#}");
    let times = ["01.07.2016 12:00", "01.07.2016 12:30"];
    let error = simbench("simbench_step", &times, &times).unwrap_err();
    let expected = "line 3, column 1 (time): expected 01.07.2016 12:15, or a time at least two days later, got `01.07.2016 12:30`";
    assert!(format!("{error:#}").contains(expected), "{error:#}");
    let error = simbench("simbench_short", &times, &times[..1]).unwrap_err();
    assert!(format!("{error:#}").contains("line 3"), "{error:#}");
}

#[test]
fn citylearn_hours_are_netted_from_1_august_2016() {
    let consumption = "hour,1,2\n0,1.5,0.25000\n1,1,1\n";
    let generation = "hour,1,2\n0,0.5,1\n1,0,0\n";
    let files = [
        ("cons_kwh_hourly.csv", consumption),
        ("gen_kwh_hourly.csv", generation),
    ];
    let dataset = read(&write("citylearn_good", &files), Format::Citylearn).unwrap();
    assert_eq!(
        dataset.readings[0],
        Reading::measured(Energy(1_000_000), Energy(0))
    );
    assert_eq!(dataset.readings[1], Reading::measured(Energy(0), Energy(750_000)));
    assert_eq!(
        dataset.interval.start_of(dataset.stretches[0].first),
        1_470_034_800
    );

    let files = [
        ("cons_kwh_hourly.csv", consumption),
        ("gen_kwh_hourly.csv", "hour,1,2\n0,0.5,1\n"),
    ];
    assert!(read(&write("citylearn_short", &files), Format::Citylearn).is_err());
    let files = [
        ("cons_kwh_hourly.csv", "hour,1,2\n0,1,1\n2,1,1\n"),
        ("gen_kwh_hourly.csv", generation),
    ];
    let error = format!(
        "{:#}",
        read(&write("citylearn_step", &files), Format::Citylearn).unwrap_err()
    );
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
    let path = write("ausgrid_good", &[("solar.csv", &ausgrid_file(&rows))]).join("solar.csv");
    let dataset = read(&path, Format::Ausgrid).unwrap();
    assert_eq!((dataset.meters.len(), dataset.intervals()), (2, 96));
    assert_eq!(dataset.meters[1].name, "customer 10");
    assert_eq!(dataset.readings[0], Reading::measured(Energy(0), Energy(0)));
    assert_eq!(dataset.own_use.as_ref().unwrap()[0], 500_000);
    assert_eq!(dataset.readings[1], Reading::MISSING);
    assert_eq!(dataset.readings[96], Reading::MISSING);
    assert_eq!(
        dataset.readings[97],
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
        let path = write("ausgrid_bad", &[("solar.csv", &ausgrid_file(&rows))]).join("solar.csv");
        let error = format!("{:#}", read(&path, Format::Ausgrid).unwrap_err());
        assert!(error.contains(expected), "expected `{expected}` in: {error}");
    }
}
