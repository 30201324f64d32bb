//! Somebody's columns, by a profile.

use gridpact_readings::profile::built_in::{built_in, guess};
use gridpact_readings::profile::Profile;
use gridpact_units::{IntervalLength, Quality};

use super::*;

fn named(name: &str) -> Profile {
    built_in().find(|profile| profile.name() == name).unwrap()
}

fn read_by(profile: &Profile, name: &str, text: &str) -> Result<Table, Error> {
    let options = Options {
        profile: Some(profile.clone()),
        ..Options::default()
    };
    Table::read([NamedFile::new(name, text.as_bytes())], &options)
}

fn energies(table: &Table) -> Vec<(u64, u64, u64, Quality)> {
    let of = |(_, start, reading): (String, u64, Reading)| {
        (start, reading.import.0, reading.export.0, reading.quality)
    };
    all(table).into_iter().map(of).collect()
}

#[test]
fn every_profile_built_in_is_one() {
    let names: Vec<String> = built_in().map(|profile| profile.to_string()).collect();
    assert_eq!(names, ["fluvius", "linznetz", "home-assistant-statistics"]);
}

const FLUVIUS: &str = "\u{feff}Van (datum);Van (tijdstip);Tot (datum);Tot (tijdstip);EAN-code;Meter;Metertype;Register;Volume;Eenheid;Validatiestatus;Omschrijving\r
02-09-2025;21:45:00;02-09-2025;22:00:00;=\"541000000000000001\";M1;Digitale meter;Afname Dag;0,065;kWh;Uitgelezen;\r
02-09-2025;21:45:00;02-09-2025;22:00:00;=\"541000000000000001\";M1;Digitale meter;Injectie Dag;0,010;kWh;Uitgelezen;\r
02-09-2025;22:00:00;02-09-2025;22:15:00;=\"541000000000000001\";M1;Digitale meter;Afname Nacht;0,120;kWh;Geschat;\r
02-09-2025;22:00:00;02-09-2025;22:15:00;=\"541000000000000001\";M1;Digitale meter;Injectie Nacht;;kWh;Uitgelezen;\r
02-09-2025;22:15:00;02-09-2025;22:30:00;=\"541000000000000001\";M1;Digitale meter;Afname Nacht;0,5;kWh;Uitgelezen;\r
02-09-2025;22:15:00;02-09-2025;22:30:00;=\"541000000000000001\";M1;Digitale meter;Injectie Nacht;0;kWh;Uitgelezen;\r
02-09-2025;22:15:00;02-09-2025;22:30:00;=\"541000000000000001\";M1;Digitale meter;Afname Capacitief;0,151;kVArh;Uitgelezen;\r
02-09-2025;00:00:00;03-09-2025;00:00:00;=\"541000000000000001\";M1;Digitale meter;Afname Dag;9,5;kWh;Uitgelezen;\r
";

#[test]
fn fluvius_day_and_night_registers_are_one_meter() {
    let table = read_by(&named("fluvius"), "verbruik.csv", FLUVIUS).unwrap();
    assert_eq!(table.interval(), IntervalLength::QUARTER_HOUR);
    assert_eq!(table.meters()[0].0, "541000000000000001");
    // 2 September 2025, 21:45 +02:00.
    let start = 1_756_842_300;
    assert_eq!(
        energies(&table),
        [
            (start, 65_000, 10_000, Quality::Measured),
            (start + 900, 0, 0, Quality::Missing),
            (start + 1_800, 500_000, 0, Quality::Measured),
        ]
    );
    assert_eq!(kinds(&table), [("no_value", 1), ("left_out", 2)]);
    // Nothing is read by a profile that nobody stated; which fits is told.
    let error = read("verbruik.csv", FLUVIUS).unwrap_err().to_string();
    assert!(error.contains("the profile fluvius fits this header"), "{error}");
    let error = read_by(
        &named("fluvius"),
        "verbruik.csv",
        &FLUVIUS.replace("Geschat", "Vergeten"),
    )
    .unwrap_err()
    .to_string();
    assert_eq!(
        error,
        "verbruik.csv, line 4, column 11 (Validatiestatus): expected a quality that the profile knows, got `Vergeten`"
    );
}

#[test]
fn linznetz_doubled_hour_is_read_in_order() {
    let hours = [("01", "0,1"), ("02", "0,2"), ("02", "0,3"), ("03", "0,4")];
    let row = |(hour, energy): (&str, &str)| {
        [("00", "15"), ("15", "30"), ("30", "45")]
            .map(|(from, to)| format!("25.10.2026 {hour}:{from};25.10.2026 {hour}:{to};{energy};\n"))
            .concat()
            + &format!(
                "25.10.2026 {hour}:45;25.10.2026 {};{energy};E\n",
                match hour {
                    "01" => "02:00",
                    "03" => "04:00",
                    _ if energy == "0,2" => "02:00",
                    _ => "03:00",
                }
            )
    };
    let text = "Datum von;Datum bis;Energiemenge in kWh;Ersatzwert\n".to_owned() + &hours.map(row).concat();
    let table = read_by(&named("linznetz"), "home.csv", &text).unwrap();
    // 25 October 2026, 01:00 +02:00.
    let start = 1_792_882_800;
    let expected: Vec<(u64, u64, u64, Quality)> = (0..16)
        .map(|quarter: u64| {
            let quality = if quarter % 4 == 3 {
                Quality::SubstitutedProvisional
            } else {
                Quality::Measured
            };
            (start + quarter * 900, (quarter / 4 + 1) * 100_000, 0, quality)
        })
        .collect();
    assert_eq!(energies(&table), expected);
    assert_eq!(table.meters()[0].0, "home");
}

#[test]
fn statistics_of_home_assistant_are_totals_at_the_end_of_their_hours() {
    let text = "statistic_id,unit,start,sum,state
sensor.grid_import,kWh,26.01.2024 12:00,10.5,100
sensor.grid_export,kWh,26.01.2024 12:00,1,1
sensor.grid_import,kWh,26.01.2024 13:00,11.00000000000001,100
sensor.grid_export,kWh,26.01.2024 13:00,1,1
sensor.grid_import,kWh,26.01.2024 14:00,11.25,100
sensor.grid_export,kWh,26.01.2024 14:00,2.5,1
sensor.boiler,kWh,26.01.2024 14:00,2.5,1\n";
    let table = read_by(&named("home-assistant-statistics"), "house.csv", text).unwrap();
    assert_eq!(table.interval(), IntervalLength::HOUR);
    // 26 January 2024, 13:00: the total of the row before it.
    let start = 1_706_274_000;
    assert_eq!(
        energies(&table),
        [
            (start, 500_000, 0, Quality::Measured),
            (start + 3_600, 250_000, 1_500_000, Quality::Measured),
        ]
    );
}

const NET: &str = "name = \"net\"\nzone = \"America/Los_Angeles\"\n[time]\nstart = [\"day\", \"hour\"]\nformat = \"%Y-%m-%d %H:%M\"\nends = true\n[meter]\ncolumn = \"who\"\n[[values]]\ncolumn = \"net\"\nunit = \"Wh\"\ndirection = \"net\"\n";

#[test]
fn a_profile_of_ones_own_reads_a_signed_column_and_stamps_of_ends() {
    let profile = Profile::parse(NET).unwrap();
    let text =
        "day;hour;who;net\n2024-09-04;09:00;sdge;-221\n2024-09-04;10:00;sdge;572,5\n2024-09-04;11:00;sdge;\n";
    let table = read_by(&profile, "net.csv", text).unwrap();
    // 4 September 2024, 08:00 -07:00.
    let start = 1_725_462_000;
    assert_eq!(
        energies(&table),
        [
            (start, 0, 221_000, Quality::Measured),
            (start + 3_600, 572_500, 0, Quality::Measured),
            (start + 7_200, 0, 0, Quality::Missing),
        ]
    );
    let error = read_by(&profile, "net.csv", &text.replace("-221", "--221"))
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("net.csv, line 2, column 4 (net): expected Wh as digits"),
        "{error}"
    );
    let error = read_by(&profile, "net.csv", &text.replace("09:00", "9 o'clock"))
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("net.csv, line 2, column 1 (day): expected a time as %Y-%m-%d %H:%M"),
        "{error}"
    );
}

#[test]
fn a_profile_that_says_too_little_or_too_much_is_refused() {
    let table = [
        (
            NET.replace("America/Los_Angeles", "Mars"),
            "expected a zone as Europe/Vienna, got `Mars`",
        ),
        (NET.replace("\"Wh\"", "\"mwh\""), "expected a unit as kWh"),
        (
            NET.replace("direction = \"net\"", ""),
            "expected a time, and values that each name a direction",
        ),
        (
            NET.replace("start = [\"day\", \"hour\"]", "start = []"),
            "expected a time",
        ),
        (
            NET.replace("ends = true", "end_s = true"),
            "unknown field `end_s`",
        ),
        (
            NET.replace("direction = \"net\"", "direction = \"up\""),
            "unknown variant `up`",
        ),
        (
            NET.to_owned() + "[[values]]\ncolumn = \"w\"\nunit = \"W\"\ndirection = \"import\"\n",
            "all energies, all powers or all registers",
        ),
    ];
    for (text, expected) in table {
        let error = Profile::parse(&text).unwrap_err().to_string();
        assert!(
            error.starts_with("a profile: ") && error.contains(expected),
            "{expected}: {error}"
        );
    }
}

#[test]
fn a_header_is_guessed_by_all_its_columns() {
    let header = |text: &str| text.split(';').map(ToOwned::to_owned).collect::<Vec<String>>();
    let linz = header("Datum von;Datum bis;Energiemenge in kWh;Ersatzwert");
    assert_eq!(
        guess(&linz).map(|profile| profile.to_string()),
        Some("linznetz".to_owned())
    );
    assert_eq!(guess(&linz[..3]), None);
}

/// For the fuzzer.
pub fn seeds() -> Vec<(Profile, Vec<u8>)> {
    let net =
        "day;hour;who;net\n2024-09-04;09:00;sdge;-221\n2024-09-04;10:00;sdge;572,5\n2024-09-04;11:00;sdge;\n";
    vec![
        (named("fluvius"), FLUVIUS.as_bytes().to_vec()),
        (Profile::parse(NET).unwrap(), net.as_bytes().to_vec()),
    ]
}
