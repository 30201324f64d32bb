//! Readings on a disk, as the program opens them.

use std::path::{Path, PathBuf};

use crate::{folder, gridpact};

const ROWS: &str = "interval_start,meter,import_kwh,export_kwh
2024-06-01T10:00:00Z,a,1,0
2024-06-01T10:00:00Z,b,0,2
2024-06-01T10:15:00Z,a,1,0
2024-06-01T10:15:00Z,b,0,2
";

fn write(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(test);
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Exit code, standard output and error of a simulation of this data.
fn simulate(path: &Path, format: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let path = path.to_str().unwrap();
    let arguments = ["simulate", "--json", "--data", path, "--format", format];
    let output = gridpact(&[&arguments[..], more].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_file_and_a_folder_are_read_in_the_format_that_is_named() {
    let rows = write("sources_file", &[("rows.csv", ROWS)]).join("rows.csv");
    let (code, printed, said) = simulate(&rows, "csv", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        printed.contains("\"format\": \"csv\"") && printed.contains("rows.csv"),
        "{printed}"
    );

    let homes = [
        ("cons_kwh_hourly.csv", "hour,1,2\n0,1,1\n1,1,1\n"),
        ("gen_kwh_hourly.csv", "hour,1,2\n0,2,0\n1,0,2\n"),
    ];
    let (code, printed, said) = simulate(&write("sources_folder", &homes), "citylearn", &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(printed.contains("CityLearn 2022"), "{printed}");
}

#[test]
fn what_is_wrong_with_the_data_is_told_with_the_path_and_the_options_that_would_help() {
    let folder = write(
        "sources_wrong",
        &[
            ("bad.csv", &ROWS.replace("10:15:00Z,b", "10:15:00,b")),
            ("rows.csv", ROWS),
            (
                "far.csv",
                &ROWS
                    .replace("2024-06-01T10:15:00Z,b", "2324-06-01T10:15:00Z,b")
                    .replace("10:15:00Z,a", "10:01:00Z,a"),
            ),
        ],
    );
    let (code, _, said) = simulate(&folder.join("bad.csv"), "csv", &[]);
    assert_eq!(code, Some(2), "{said}");
    let path = folder.join("bad.csv").display().to_string();
    let expected =
        format!("error: cannot read {path} as csv: bad.csv, line 5, column 1 (interval_start): expected");
    assert!(said.starts_with(&expected), "expected `{expected}` in: {said}");

    let (code, _, said) = simulate(&folder.join("rows.csv"), "csv", &["--homes", "3"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("--homes: expected 1 to 2 homes, as many as rows.csv has, got 3"),
        "{said}"
    );

    let (code, _, said) = simulate(&folder.join("far.csv"), "csv", &[]);
    assert_eq!(code, Some(2), "{said}");
    let expected = "too many readings: at most 41000000 fit the memory allowed";
    assert!(
        said.contains(expected) && said.contains("choose fewer with --days or --homes"),
        "{said}"
    );

    // What is not there at all is no mistake in a file.
    let (code, _, said) = simulate(&folder.join("none.csv"), "csv", &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("cannot open"), "{said}");
    let (code, _, said) = simulate(&folder, "simbench", &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("cannot read h0_profiles_15min_2016.csv"), "{said}");
}

#[test]
fn the_formats_and_seasons_are_listed_with_what_they_are() {
    let help = String::from_utf8(gridpact(&["simulate", "--help"]).stdout).unwrap();
    // Lines are as wide as the terminal.
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "simbench: A folder of a SimBench grid: loads, PV systems and profiles",
        "csv: Files that tell their format by their beginning: our table, NEM12, Green Button, EDA, Home Assistant; or by a profile",
        "winter: The week in January",
    ] {
        assert!(help.contains(line), "expected `{line}` in: {help}");
    }
    let (code, _, said) = simulate(Path::new("x"), "excel", &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("simbench, citylearn, ausgrid, csv"), "{said}");
}
