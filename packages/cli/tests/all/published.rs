//! Data sets as they are published, checked, converted and proposed.

use std::path::{Path, PathBuf};

use crate::{folder, gridpact};

fn readings(arguments: &[&str]) -> (Option<i32>, String) {
    let output = gridpact(&[&["readings"], arguments].concat());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), text)
}

fn put(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

fn text(path: PathBuf) -> String {
    path.into_os_string().into_string().unwrap()
}

/// A grid's folder as SimBench publishes it, of two homes and a roof at the second.
fn simbench() -> String {
    let folder = folder("published_simbench");
    let list = "id;node;profile;pLoad;qLoad;sR;subnet;voltLvl
LV1.101 Load 1;LV1.101 Bus 4;H0-A;0.002;0.0008;0.0022;LV1.101;7
LV1.101 Load 2;LV1.101 Bus 5;G1-B;0.004;0.0016;0.0043;LV1.101;7
";
    put(&folder, "Load.csv", list);
    let list = "id;node;type;profile;calc_type;pRES;qRES;sR;subnet;voltLvl
LV1.101 SGen 1;LV1.101 Bus 5;PV;PV3;pq;0.01;0;0.01;LV1.101;7
";
    put(&folder, "RES.csv", list);
    let rows = "time;G1-B_pload;G1-B_qload;H0-A_pload;H0-A_qload
01.01.2016 00:00;0.5;0.1;0.25;0.1
01.01.2016 00:15;0.5;0.1;0.5;0.1
";
    put(&folder, "LoadProfile.csv", rows);
    let rows = "time;BM1;PV3\n01.01.2016 00:00;0.9;0\n01.01.2016 00:15;0.9;0.4\n";
    put(&folder, "RESProfile.csv", rows);
    text(folder)
}

#[test]
fn a_simbench_grid_as_published() {
    let folder = simbench();
    // 2 kW x 0.25 and 0.5, and 4 kW x 0.5 less 10 kW x 0 and 0.4, over a quarter of an hour.
    let expected = "interval_start,meter,import_kwh,export_kwh,quality
2015-12-31T23:00:00Z,LV1.101 Load 1,0.125,0,measured
2015-12-31T23:00:00Z,LV1.101 Load 2,0.5,0,measured
2015-12-31T23:15:00Z,LV1.101 Load 1,0.25,0,measured
2015-12-31T23:15:00Z,LV1.101 Load 2,0,0.5,measured
";
    assert_eq!(readings(&["convert", &folder]), (Some(0), expected.to_owned()));
    let (code, told) = readings(&["check", &folder]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("2 meters") && told.contains("SimBench grid"),
        "{told}"
    );
}

#[test]
fn a_citylearn_folder() {
    let folder = folder("published_citylearn");
    put(&folder, "cons_kwh_hourly.csv", "hour,1,2\n0,1.5,0.25\n1,1,1\n");
    put(&folder, "gen_kwh_hourly.csv", "hour,1,2\n0,0.5,1\n1,0,0\n");
    let folder = text(folder);
    let expected = "interval_start,meter,import_kwh,export_kwh,quality
2016-08-01T07:00:00Z,home 1,1,0,measured
2016-08-01T07:00:00Z,home 2,0,0.75,measured
2016-08-01T08:00:00Z,home 1,1,0,measured
2016-08-01T08:00:00Z,home 2,1,0,measured
";
    assert_eq!(readings(&["convert", &folder]), (Some(0), expected.to_owned()));
    assert_eq!(readings(&["check", &folder]).0, Some(0));
}

#[test]
fn a_citylearn_folder_as_published() {
    let folder = folder("published_citylearn_schema");
    let building = |number: u32, power: &str, include: bool| {
        format!(
            "\"Building_{number}\": {{ \"include\": {include}, \"energy_simulation\": \"Building_{number}.csv\", \"pv\": {{ \"attributes\": {{ \"nominal_power\": {power} }} }} }}"
        )
    };
    let buildings = [
        building(10, "4.0", true),
        building(2, "5", true),
        building(3, "1", false),
    ]
    .join(", ");
    put(
        &folder,
        "schema.json",
        &format!("{{ \"buildings\": {{ {buildings} }} }}"),
    );
    // 5 kW of which each kW gives 643.10333 W.
    let now = "month,hour,day_type,non_shiftable_load,dhw_demand,solar_generation\n7,24,7,1.7802167,0.0,0.0\n8,13,1,2.2948666,0.0,643.10333\n";
    put(&folder, "Building_2.csv", now);
    let first = "Month,Hour,Day Type,Equipment Electric Power [kWh],Solar Generation [W/kW]\n7,24,7,0.5,0\n8,13,1,1,250\n";
    put(&folder, "Building_10.csv", first);
    put(&folder, "weather.csv", "outdoor_dry_bulb_temperature\n20\n");
    let expected = "interval_start,meter,import_kwh,export_kwh,quality
2016-08-01T07:00:00Z,home 2,1.780217,0,measured
2016-08-01T07:00:00Z,home 10,0.5,0,measured
2016-08-01T08:00:00Z,home 2,0,0.92065,measured
2016-08-01T08:00:00Z,home 10,0,0,measured
";
    assert_eq!(
        readings(&["convert", &text(folder)]),
        (Some(0), expected.to_owned())
    );
}

/// Ausgrid's file: a customer's day, and a second day without consumption.
fn ausgrid() -> String {
    let ends: Vec<String> = (1..=48)
        .map(|end| format!("{}:{:02}", end / 2 % 24, end % 2 * 30))
        .collect();
    let row = |category: &str, day: &str, value: &str| {
        format!("1,3.78,2076,{category},{day},{},\n", [value; 48].join(","))
    };
    let rows = [
        row("GC", "1/07/2010", "0.5"),
        row("GG", "1/07/2010", "0.75"),
        row("GG", "2/07/2010", "0.75"),
    ];
    let header = "Customer,Generator Capacity,Postcode,Consumption Category,date";
    let file = format!(
        "2010-2011 Solar home electricity data\n{header},{},Row Quality\n{}",
        ends.join(","),
        rows.concat()
    );
    let folder = folder("published_ausgrid");
    put(&folder, "solar.csv", &file);
    text(folder.join("solar.csv"))
}

#[test]
fn ausgrids_file_is_proposed_checked_and_converted() {
    let file = ausgrid();
    let (code, told) = readings(&["guess", &file]);
    assert_eq!(code, Some(0));
    assert!(
        told.contains("--format ausgrid, Ausgrid's published solar home half-hour file"),
        "{told}"
    );
    assert!(
        told.contains("2010-07-01T00:00:00  customer 1  took 0 kWh, gave 0.25 kWh"),
        "{told}"
    );
    assert!(
        told.contains("2010-07-01  customer 1  took 0 kWh, gave 12 kWh in 48 readings"),
        "{told}"
    );
    let (code, table) = readings(&["convert", &file]);
    assert_eq!(code, Some(0));
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 1 + 96);
    assert_eq!(rows[1], "2010-06-30T14:00:00Z,customer 1,0,0.25,measured");
    assert_eq!(rows[96], "2010-07-02T13:30:00Z,customer 1,,,missing");
}
