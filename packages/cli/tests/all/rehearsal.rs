//! `gridpact simulate` on somebody's own files: a grid's file, a meters' file, prices by the hour.

use std::path::Path;

use serde_json::Value;

use crate::{folder, gridpact, refusal};

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

fn simulate(arguments: &[&str]) -> (Value, String) {
    let output = gridpact(&[&["simulate", "--json"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    (serde_json::from_slice(&output.stdout).unwrap(), said)
}

/// Of a home, by its meter's name.
fn home<'a>(summary: &'a Value, name: &str, field: &str) -> &'a Value {
    let homes = summary["homes"].as_array().unwrap();
    let found = homes.iter().find(|home| home["name"] == name).unwrap();
    &found[field]
}

const HEADER: &str = "interval_start,meter,import_kwh,export_kwh\n";

/// A roof of 1 kWh and two flats of 1 kWh each, in every quarter hour of these days.
fn street(days: &[&str]) -> String {
    let mut rows = HEADER.to_owned();
    for day in days {
        for at in 0..96 {
            let start = format!("{day}T{:02}:{:02}Z", at / 4, at % 4 * 15);
            rows += &format!("{start},roof,0,1\n{start},flat 1,1,0\n{start},flat 2,1,0\n");
        }
    }
    rows
}

#[test]
fn a_meter_that_was_swapped_is_one_household_with_one_pledge() {
    let folder = folder("rehearsal_swap");
    let row = |at: u32, flat: &str| {
        let start = format!("2024-06-03T{:02}:{:02}Z", 10 + at / 4, at % 4 * 15);
        format!("{start},roof,0,1\n{start},{flat},1,0\n{start},flat 2,1,0\n")
    };
    let rows = |new: &str| {
        HEADER.to_owned()
            + &(0..8)
                .map(|at| row(at, if at < 4 { "flat 1" } else { new }))
                .collect::<String>()
    };
    let (swapped, one) = (
        write(&folder, "in.csv", &rows("flat 1 new")),
        write(&folder, "one.csv", &rows("flat 1")),
    );
    let meters = write(
        &folder,
        "meters.csv",
        "meter,follows,from\nroof,,\nflat 1,,\nflat 1 new,flat 1,2024-06-03T11:00Z\nflat 2,,\n",
    );
    let rule = [
        "--rule",
        "static-no-reoffer",
        "--sellers-rule",
        "static-no-reoffer",
    ];
    let (with_swap, _) = simulate(&[&["--data", &swapped, "--meters", &meters], &rule[..]].concat());
    let (without, _) = simulate(&[&["--data", &one], &rule[..]].concat());
    assert_eq!(with_swap["homes"].as_array().unwrap().len(), 3);
    for name in ["roof", "flat 1", "flat 2"] {
        for field in ["bought", "sold", "paid", "earned", "pledge"] {
            assert_eq!(
                home(&with_swap, name, field),
                home(&without, name, field),
                "{name} {field}"
            );
        }
    }
    // Half of each quarter's kWh for eight quarters.
    assert_eq!(home(&with_swap, "flat 2", "bought"), "4000000");

    // Two meters of one household pledge once.
    let meters = write(
        &folder,
        "two.csv",
        "meter,household\nroof,\nflat 1,one\nflat 2,one\n",
    );
    let (summary, _) = simulate(&["--data", &one, "--meters", &meters]);
    let pledges = ["roof", "flat 1", "flat 2"].map(|name| home(&summary, name, "pledge").clone());
    assert_eq!(pledges, ["1000000000", "1000000000", "0"]);
}

#[test]
fn limits_times_and_turns_of_the_meters_file_hold() {
    let folder = folder("rehearsal_meters");
    let data = write(&folder, "street.csv", &street(&["2024-06-03", "2024-06-04"]));
    let meters = write(
        &folder,
        "meters.csv",
        "meter,priority,until,import_limit,export_limit\nroof,0,,,\nflat 1,2,,,\nflat 2,1,2024-06-04,,\n",
    );
    let (summary, _) = simulate(&["--data", &data, "--meters", &meters, "--rule", "priority"]);
    // Flat 2 is served first for a day, and then takes no part: flat 1 gets the second day's.
    assert_eq!(home(&summary, "flat 2", "bought"), "96000000");
    assert_eq!(home(&summary, "flat 1", "bought"), "96000000");
    assert_eq!(summary["totals"]["missing_readings"], 96);

    let meters = write(
        &folder,
        "limits.csv",
        "meter,import_limit,export_limit\nroof,0 W,5 kW\nflat 1,3900 W,0 W\nflat 2,4 kW,\n",
    );
    let output = gridpact(&["simulate", "--json", "--data", &data, "--meters", &meters]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // All of flat 1's are above 3.9 kW x 15 min, and that is another unit or another connection.
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("of meter flat 1 are above what the connection can give, 0.975 kWh"),
        "{said}"
    );

    let wrong = write(
        &folder,
        "wrong.csv",
        "meter,follows,from,import_limit,priority\nroof,roof,,,\nflat 1,nobody,soon,,\nflat 2,,,11,70000\n",
    );
    let told = refusal(&["simulate", "--data", &data, "--meters", &wrong]);
    for expected in [
        "line 2: `roof` follows `roof`: expected the name of another meter of this file",
        "line 3: `flat 1` follows `nobody`: expected the name of another meter of this file",
        "line 3, column 3 (from): expected a local day as 2024-06-03, or an RFC 3339 time, got `soon`",
        "line 4, column 4 (import_limit): expected power in whole watts as `11 kW`, got `11`",
    ] {
        assert!(told.contains(expected), "expected `{expected}` in: {told}");
    }
}

#[test]
fn one_meter_may_stamp_ends_where_another_stamps_starts() {
    let folder = folder("rehearsal_stamps");
    let row = |at: u32| {
        let given = if at == 11 { 2 } else { 0 };
        format!(
            "2024-06-03T{at}:00Z,roof,0,{given}\n2024-06-03T{}:00Z,flat,{given},0\n",
            at + 1
        )
    };
    let data = write(
        &folder,
        "in.csv",
        &(HEADER.to_owned() + &(10..14).map(row).collect::<String>()),
    );
    // The flat took in the very hour in which the roof gave.
    let (summary, _) = simulate(&["--data", &data, "--stamp-of", "flat=end"]);
    assert_eq!(summary["totals"]["shared_mwh"], "2000000");
    let (summary, _) = simulate(&["--data", &data]);
    assert_eq!(summary["totals"]["shared_mwh"], "0");
}

#[test]
fn five_minute_data_runs_without_options() {
    let folder = folder("rehearsal_five");
    let mut rows = HEADER.to_owned();
    for at in 0..288 {
        let start = format!("2024-06-03T{:02}:{:02}Z", at / 12, at % 12 * 5);
        rows += &format!("{start},roof,0,0.01\n{start},flat,0.01,0\n");
    }
    let data = write(&folder, "five.csv", &rows);
    let (summary, _) = simulate(&["--data", &data, "--accept", "rounding"]);
    assert_eq!(summary["totals"]["shared_mwh"], "2880000");
    // Half a day is the largest part of a day that a report of at most 192 intervals holds.
    assert_eq!(
        (&summary["options"]["window"], &summary["windows"]["count"]),
        (&144.into(), &2.into())
    );
}

#[test]
fn days_are_those_of_the_zone() {
    let folder = folder("rehearsal_days");
    // Three days around the long one of Vienna's autumn, in UTC.
    let data = write(
        &folder,
        "street.csv",
        &street(&["2024-10-25", "2024-10-26", "2024-10-27", "2024-10-28"]),
    );
    let part = |from: &str, days: &str| {
        let (summary, _) = simulate(&[
            "--data",
            &data,
            "--zone",
            "Europe/Vienna",
            "--from",
            from,
            "--days",
            days,
            "--accept",
            "rounding",
        ]);
        (
            summary["totals"]["intervals"].clone(),
            summary["stretches"][0]["start"].clone(),
        )
    };
    assert_eq!(
        part("2024-10-26", "1"),
        (96.into(), "2024-10-25T22:00:00Z".into())
    );
    assert_eq!(
        part("2024-10-27", "1"),
        (100.into(), "2024-10-26T22:00:00Z".into())
    );
    assert_eq!(
        part("2024-10-26", "2"),
        (196.into(), "2024-10-25T22:00:00Z".into())
    );
}

const GRID: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../grids/example.toml");

#[test]
fn a_grids_file_is_rehearsed_and_options_go_before_it() {
    let folder = folder("rehearsal_grid");
    let data = write(&folder, "street.csv", &street(&["2026-06-03"]));
    let of_grid = ["--data", &data, "--grid", GRID];
    let (summary, _) = simulate(&of_grid);
    let options = &summary["options"];
    assert_eq!(
        (&options["rule"], &options["price"]),
        (&"even".into(), &"mid_market:0.5".into())
    );
    // In summer clocks are two hours ahead: from 20:00 to 04:00 UTC the night's 0.26 holds, else 0.32; each with 0.08 halved.
    // The roof gives 1 kWh a quarter: 32 x 0.17 + 64 x 0.20 EUR.
    let paid: u64 = ["flat 1", "flat 2"]
        .iter()
        .map(|name| {
            home(&summary, name, "paid")
                .as_str()
                .unwrap()
                .parse::<u64>()
                .unwrap()
        })
        .sum();
    assert_eq!(paid, 18_240_000);
    // The fee of 2 % on what was earned.
    assert_eq!(home(&summary, "roof", "fee"), "364800");
    // Saved by buyers: 32 x 0.26 + 64 x 0.32 less what they paid.
    let saved: i64 = ["flat 1", "flat 2"]
        .iter()
        .map(|name| home(&summary, name, "utility")["saved"].as_i64().unwrap())
        .sum();
    assert_eq!(saved, 28_800_000 - 18_240_000);

    let (summary, _) = simulate(
        &[
            &of_grid[..],
            &["--rule", "pro_rata", "--price", "fixed:0.10", "--fee-bps", "0"],
        ]
        .concat(),
    );
    assert_eq!(
        (&summary["options"]["rule"], &summary["options"]["price"]),
        (&"pro_rata".into(), &"fixed:0.10".into())
    );
    assert_eq!(summary["totals"]["paid"], "9600000");
    // No fee is stated, and goes before the grid's.
    assert_eq!(home(&summary, "roof", "fee"), "0");

    // The asset is the grid's own, here of an island's.
    let island = std::fs::read_to_string(GRID).unwrap().replace("EUR", "KES");
    let island = write(&folder, "island.toml", &island);
    let (summary, _) = simulate(&["--data", &data, "--grid", &island]);
    assert_eq!(
        summary["currency"],
        serde_json::json!({ "name": "KES", "decimals": 6 })
    );

    let told = refusal(&["simulate", "--data", &data, "--grid", GRID, "--currency", "KES:2"]);
    assert!(
        told.contains("--grid") && told.contains("expected an asset of the network file (KES), got `EUR`"),
        "{told}"
    );
}

#[test]
fn a_utility_whose_prices_change_by_the_hour_also_below_zero() {
    let folder = folder("rehearsal_prices");
    let data = write(&folder, "street.csv", &street(&["2026-06-03"]));
    // From noon on the utility pays those who take, and takes from those who give.
    let prices = write(
        &folder,
        "prices.csv",
        "start,retail,feed_in\n2026-06-03T00:00Z,0.30,0.08\n2026-06-03T12:00Z,-0.05,-0.10\n",
    );
    let (summary, _) = simulate(&["--data", &data, "--prices", &prices, "--price", "fixed:0.10"]);
    // 96 kWh at 0.10 among flats that the utility would have charged 48 x 0.30 - 48 x 0.05.
    let saved = |name: &str| home(&summary, name, "utility")["saved"].as_i64().unwrap();
    assert_eq!(saved("flat 1") + saved("flat 2"), 12_000_000 - 9_600_000);
    // The roof: 96 x 0.10 in place of 48 x 0.08 - 48 x 0.10.
    assert_eq!(saved("roof"), 9_600_000 + 960_000);

    let late = write(
        &folder,
        "late.csv",
        "start,retail,feed_in\n2026-06-03T00:15Z,0.30,0.08\n",
    );
    let told = refusal(&["simulate", "--data", &data, "--prices", &late]);
    assert!(
        told.contains("expected one for every interval, got none for 2026-06-03T00:00:00Z"),
        "{told}"
    );
    let told = refusal(&["simulate", "--data", &data, "--price", "fixed:-0.10"]);
    assert!(
        told.contains("a negative price for shared energy is refused"),
        "{told}"
    );
}

#[test]
fn monthly_charges_levies_and_tax_are_lines_of_their_own() {
    let folder = folder("rehearsal_tax");
    let data = write(&folder, "street.csv", &street(&["2026-06-03"]));
    let out = folder.join("out");
    let taxes = [
        "--levy",
        "0.02",
        "--vat",
        "20",
        "--monthly",
        "4.50",
        "--home",
        "flat 1",
        "--out",
        out.to_str().unwrap(),
    ];
    let (summary, _) = simulate(&[&["--data", &data, "--price", "fixed:0.10"], &taxes[..]].concat());
    let bill = home(&summary, "flat 1", "utility");
    // 96 kWh needed, half from neighbours. A day of a month's charge: 4.50 x 12 x 86,400 / 31,556,952, rounded up.
    assert_eq!(bill["rest_in"], 14_400_000);
    assert_eq!(bill["levies"], 960_000);
    assert_eq!(bill["monthly"], 147_847);
    // A fifth of all three, rounded up with the monthly charge.
    assert_eq!(bill["vat"], 3_072_000 + 29_570);
    // 48 kWh x (0.30 + 0.02) x 1.2 less 48 x 0.10.
    assert_eq!(bill["saved"], 18_432_000 - 4_800_000);
    let page = std::fs::read_to_string(out.join("report.html")).unwrap();
    for line in [
        "Levies and taxes a kWh",
        "Monthly charge",
        "Value added tax",
        "How complete the readings are",
        "Every home under every rule",
    ] {
        assert!(page.contains(line), "expected `{line}`");
    }
    let statements = std::fs::read_to_string(out.join("statements.html")).unwrap();
    for line in ["<h2>flat 1</h2>", "<h2>roof</h2>", "<td>2026-06</td>"] {
        assert!(statements.contains(line), "expected `{line}`");
    }
}

#[test]
fn what_is_doubtful_is_told_before_anything_is_settled_and_stands_on_the_page() {
    let folder = folder("rehearsal_doubt");
    let rows = street(&["2026-06-03"]).replace("T10:00Z,flat 1,1,0\n2026", "T10:00Z,flat 1,500,0\n2026");
    let data = write(&folder, "street.csv", &rows);
    let out = folder.join("out");
    let (_, said) = simulate(&["--data", &data, "--out", out.to_str().unwrap()]);
    let told = "loss: street.csv, line 123, meter flat 1: expected at most 10.8675 kWh";
    assert!(said.contains(told), "{said}");
    let page = std::fs::read_to_string(out.join("report.html")).unwrap();
    assert!(
        page.contains("What was doubtful in the files")
            && page.contains("street.csv, line 123, meter flat 1")
    );
    // A unit, an end and a zone are stated as everywhere.
    let kw = HEADER.replace("kwh", "kw").replace("interval_start", "interval_end") + "2026-06-03 00:15,roof,0,4\n2026-06-03 00:15,flat,4,0\n2026-06-03 00:30,roof,0,4\n2026-06-03 00:30,flat,4,0\n";
    let data = write(&folder, "kw.csv", &kw);
    let (summary, _) = simulate(&["--data", &data, "--zone", "Europe/Vienna"]);
    assert_eq!(
        (
            &summary["totals"]["shared_mwh"],
            &summary["stretches"][0]["start"]
        ),
        (&"2000000".into(), &"2026-06-02T22:00:00Z".into())
    );
}
