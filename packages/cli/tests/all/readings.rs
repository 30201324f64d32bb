//! `gridpact readings`, as somebody uses it who has files and no grid yet.

use std::path::{Path, PathBuf};

use crate::{folder, gridpact};

/// Exit code, standard output and error.
fn readings(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = gridpact(&[&["readings"], arguments].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

/// Rows of a day of quarter hours, but for those left out.
fn day(meter: &str, value: &str, but: &[u32]) -> String {
    let row = |at: u32| {
        format!(
            "2024-06-03T{:02}:{:02}+02:00,{meter},{value}\n",
            at / 4,
            at % 4 * 15
        )
    };
    (0..96).filter(|at| !but.contains(at)).map(row).collect()
}

const HEADER: &str = "interval_start,meter,import_kwh,export_kwh\n";

#[test]
fn a_whole_file_is_checked_without_a_complaint() {
    let folder = folder("readings_whole");
    let file = write(
        &folder,
        "day.csv",
        &format!("{HEADER}{}", day("house 1", "0.25,0", &[])),
    );
    let (code, out, said) = readings(&["check", &file]);
    assert_eq!((code, said.as_str()), (Some(0), ""), "{out}");
    assert!(
        out.contains("day.csv: 1 meter, 2024-06-03 to 2024-06-03, intervals of 900 s"),
        "{out}"
    );
    // Every figure of the one meter: complete, measured, substituted, missing, taken, given.
    let line = out.lines().find(|line| line.starts_with("house 1")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().skip(2).collect();
    assert_eq!(cells, ["100.0", "%", "96", "0", "0", "24.000", "0.000"]);
    assert!(out.ends_with("0 losses, 0 doubts, 0 notes\n"), "{out}");
}

#[test]
fn gaps_and_absurd_values_are_told_with_file_line_and_meter_and_end_with_11() {
    let folder = folder("readings_loss");
    let rows =
        day("house 1", "0.25,0", &[40, 41]) + &day("house 2", "0,0.5", &[]).replacen("0,0.5", "900,0", 1);
    let file = write(&folder, "day.csv", &format!("{HEADER}{rows}"));
    let page = folder.join("day.html");
    let (code, out, _) = readings(&["check", &file, "--html", page.to_str().unwrap()]);
    assert_eq!(code, Some(11), "{out}");
    for expected in [
        "loss   day.csv, line 41 and 1 more, meter house 1: no row, from 2024-06-03T08:00:00Z; missing, not zero",
        "loss   day.csv, line 96, meter house 2: expected at most 10.8675 kWh, all that the connection can give, got 900 kWh",
        "2 losses, 0 doubts, 0 notes",
        "written: ",
    ] {
        assert!(out.contains(expected), "expected `{expected}` in:\n{out}");
    }
    let page = std::fs::read_to_string(page).unwrap();
    for expected in [
        "How complete the readings are",
        "<title>house 1: 2024-06-03: 2 of 96 missing, 0 substituted</title>",
        "<title>house 2: 2024-06-03: 1 of 96 missing, 0 substituted</title>",
        "day.csv, line 96, meter house 2",
    ] {
        assert!(page.contains(expected), "expected `{expected}` in:\n{page}");
    }
    // A home with a larger connection may take so much.
    let (code, out, _) = readings(&["check", &file, "--limit", "none"]);
    assert_eq!(code, Some(11), "{out}");
    assert!(out.contains("1 loss, 0 doubts, 0 notes"), "{out}");
}

#[test]
fn doubts_end_with_10_and_a_file_that_contradicts_itself_with_2() {
    let folder = folder("readings_doubt");
    let hourly: String = (0..24)
        .map(|hour| format!("2024-06-03T{hour:02}:00+02:00,house 2,1,0\n"))
        .collect();
    let file = write(
        &folder,
        "a.csv",
        &format!("{HEADER}{}", day("house 1", "0.25,0", &[])),
    );
    let other = write(&folder, "b.csv", &format!("{HEADER}{hourly}"));
    // Both files together, as a folder: the second's hours are spread over the first's quarters.
    let (code, out, _) = readings(&["check", folder.to_str().unwrap()]);
    assert_eq!(code, Some(10), "{out}");
    assert!(
        out.contains("doubt  b.csv, lines 2,") && out.contains("spread over intervals of 900 s"),
        "{out}"
    );
    let (code, named, _) = readings(&["check", &file, &other]);
    assert_eq!((code, named), (Some(10), out));

    let twice = write(
        &folder,
        "c.csv",
        &format!(
            "{HEADER}{}2024-06-03T10:00+02:00,house 1,9,0\n",
            day("house 1", "0.25,0", &[])
        ),
    );
    let (code, out, said) = readings(&["check", &twice]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        said.contains("c.csv: lines 42 and 98 give the same interval of meter house 1"),
        "{said}"
    );
    let (code, _, said) = readings(&["check", folder.join("none.csv").to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(said.contains("cannot open"), "{said}");
}

#[test]
fn programs_get_every_meters_days_and_every_finding() {
    let folder = folder("readings_json");
    let rows = day("house 1", "0.25,0", &[40]);
    let file = write(&folder, "day.csv", &format!("{HEADER}{rows}"));
    let (code, out, _) = readings(&["check", &file, "--json", "--zone", "Europe/Vienna"]);
    assert_eq!(code, Some(11));
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["interval_seconds"], 900);
    let meter = &value["meters"][0];
    assert_eq!(
        (&meter["name"], &meter["import_mwh"]),
        (&"house 1".into(), &"23750000".into())
    );
    let day = serde_json::json!({"day": "2024-06-03", "intervals": 96, "measured": 95, "substituted": 0, "missing": 1});
    assert_eq!(meter["days"], serde_json::json!([day]));
    let finding = &value["findings"][0];
    assert_eq!(
        (&finding["severity"], &finding["kind"]),
        (&"loss".into(), &"absent".into())
    );
    assert_eq!(
        (&finding["lines"], &finding["count"]),
        (&serde_json::json!([41]), &1.into())
    );
}

#[test]
fn a_long_day_of_the_zone_has_100_quarters() {
    let folder = folder("readings_autumn");
    let rows: String = (0..25 * 4)
        .map(|at: u32| {
            let local = if at < 12 { at } else { at - 4 };
            format!(
                "2024-10-27 {:02}:{:02},house 1,0.25,0\n",
                local / 4,
                local % 4 * 15
            )
        })
        .collect();
    let file = write(&folder, "day.csv", &format!("{HEADER}{rows}"));
    let (code, out, said) = readings(&["check", &file, "--json", "--zone", "Europe/Vienna"]);
    assert_eq!(code, Some(0), "{said}");
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["meters"][0]["days"][0]["intervals"], 100);
    let (code, _, said) = readings(&["check", &file]);
    assert_eq!(code, Some(2));
    assert!(said.contains("expected an RFC 3339 time with its zone"), "{said}");
}

/// A portal's table that no profile built in knows.
fn portal() -> String {
    let row = |at: u32| {
        let (hour, minute) = (at / 4, at % 4 * 15);
        format!(
            "\"AT001\";\"{:02}.05.2024 {hour:02}:{minute:02}\";\"0,{:03}\";\"0,000\";\"gemessen\"\r\n",
            13,
            100 + at
        )
    };
    "Zählpunkt;Zeitstempel;Bezug [kWh];Einspeisung [kWh];Status\r\n".to_owned()
        + &(0..96).map(row).collect::<String>()
}

#[test]
fn a_profile_is_proposed_shown_written_and_used() {
    let folder = folder("readings_guess");
    let file = write(&folder, "portal.csv", &portal());
    let (code, _, said) = readings(&["guess", &file]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("state the zone of the clock that wrote them, as --zone Europe/Vienna"),
        "{said}"
    );

    // Nobody answers here: nothing is written.
    let (code, out, said) = readings(&["guess", &file, "--zone", "Europe/Vienna"]);
    assert_eq!(code, Some(0), "{said}");
    for expected in [
        "column = \"Zählpunkt\"",
        "start = [\"Zeitstempel\"]",
        "format = \"%d.%m.%Y %H:%M\"",
        "direction = \"export\"",
        "2024-05-13T00:00:00  AT001  took 0.1 kWh, gave 0 kWh",
        // 96 x 0.1 + (0 + 1 + ... + 95) / 1000.
        "2024-05-13  AT001  took 14.16 kWh, gave 0 kWh in 96 readings",
        "Nothing was written",
    ] {
        assert!(out.contains(expected), "expected `{expected}` in:\n{out}");
    }

    let profile: PathBuf = folder.join("portal.toml");
    let profile = profile.to_str().unwrap();
    let (code, _, said) = readings(&[
        "guess",
        &file,
        "--zone",
        "Europe/Vienna",
        "--yes",
        "--write",
        profile,
    ]);
    assert_eq!(code, Some(0), "{said}");
    let (code, out, said) = readings(&["check", &file, "--profile", profile]);
    assert_eq!(code, Some(0), "{out}{said}");
    assert!(out.contains("14.160"), "{out}");

    // What is read is written as our own table, which is read without a word.
    let table = folder.join("table.csv");
    let table = table.to_str().unwrap();
    let (code, out, said) = readings(&["convert", &file, "--profile", profile, "--out", table]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{said}");
    let text = std::fs::read_to_string(table).unwrap();
    assert!(
        text.starts_with(
            "interval_start,meter,import_kwh,export_kwh,quality\n2024-05-12T22:00:00Z,AT001,0.1,0,measured\n"
        ),
        "{text}"
    );
    let (code, out, _) = readings(&["check", table]);
    assert_eq!(code, Some(0));
    assert!(out.contains("14.160"), "{out}");
    let (_, printed, _) = readings(&["convert", &file, "--profile", profile]);
    assert_eq!(printed, text);
}

#[test]
fn what_needs_no_profile_is_shown_as_it_is_read() {
    let folder = folder("readings_known");
    let file = write(
        &folder,
        "day.csv",
        &format!("{HEADER}{}", day("house 1", "0.25,0", &[])),
    );
    let (code, out, _) = readings(&["guess", &file]);
    assert_eq!(code, Some(0));
    assert!(
        out.contains("is read without a profile") && out.contains("took 24 kWh, gave 0 kWh in 96 readings"),
        "{out}"
    );
}

#[test]
fn help_teaches_the_least_that_is_needed() {
    let help = String::from_utf8(gridpact(&["readings", "--help"]).stdout).unwrap();
    let table: String = help
        .lines()
        .skip_while(|line| !line.starts_with("  interval_start,"))
        .take(3)
        .map(|line| format!("{}\n", line.trim()))
        .collect();
    let folder = folder("readings_help");
    // One start tells no interval; the option does.
    let file = write(&folder, "table.csv", &table);
    let (code, out, said) = readings(&["check", &file, "--interval", "15m"]);
    assert_eq!(code, Some(0), "{out}{said}");
}
