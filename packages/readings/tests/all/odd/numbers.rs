//! Numbers with marks, signs, units, and cells that are none.

use super::*;

/// Ten times the day's Wh with a mark between thousands; the day's energies are a tenth of what is read.
fn thousands(mark: &str, decimals: &str) -> (String, Day) {
    let marked = |number: u64| match number {
        0..1_000 => format!("{number}{decimals}"),
        _ => format!("{}{mark}{:03}{decimals}", number / 1_000, number % 1_000),
    };
    let text = rows(|quarter| {
        format!(
            "{};{};{}",
            clock(quarter),
            marked(taken(quarter) * 10),
            marked(given(quarter) * 10)
        )
    });
    let ten_times = |reading: Option<(u64, u64)>| reading.map(|(taken, given)| (taken * 10, given * 10));
    let day = true_day(true).into_iter().map(ten_times).collect();
    (format!("Zeit;Verbrauch [Wh];Einspeisung [Wh]\n{text}"), day)
}

#[test]
fn marks_between_thousands_are_no_signs_of_decimals() {
    let marks = [
        (".", ",0"),
        (".", ""),
        (",", ".0"),
        (",", ""),
        ("'", ".5"),
        ("\u{a0}", ",0"),
        (" ", ""),
    ];
    for (mark, decimals) in marks {
        let (text, expected) = thousands(mark, decimals);
        let (table, notes) = guessed(text.as_bytes()).unwrap();
        assert!(
            notes.contains(&format!(
                "`{mark}` in `Verbrauch [Wh]` is taken for a mark of thousands"
            )),
            "{notes}"
        );
        assert_eq!(day(&table, "home"), expected, "`{mark}` and `{decimals}`");
    }
}

#[test]
fn decimals_of_three_digits_are_no_thousands() {
    let notes = right(&format!("{PORTAL}{}", portal()), true);
    assert!(!notes.contains("thousands"), "{notes}");
}

#[test]
fn a_mark_that_stands_elsewhere_is_refused_with_its_cell() {
    let (text, _) = thousands(".", ",0");
    let text = text.replacen("1.", "1.1", 1);
    let error = guessed(text.as_bytes()).unwrap_err();
    assert!(
        error.contains("expected Wh with `.` between thousands, got `"),
        "{error}"
    );
}

#[test]
fn numbers_of_our_own_table_that_look_like_thousands_are_told() {
    let header = "interval_start;meter;import_wh;export_wh\n";
    let row = |quarter: u64, number: &str| {
        format!(
            "2024-06-03T{:02}:{:02}Z;a;{number};0\n",
            quarter / 4,
            quarter % 4 * 15
        )
    };
    let number = |quarter: u64| if quarter.is_multiple_of(2) { "1.234" } else { "567" };
    let doubtful: String = (0..40).map(|quarter| row(quarter, number(quarter))).collect();
    assert_eq!(
        kinds(&plain(&format!("{header}{doubtful}")).unwrap()),
        ["thousands"]
    );
    let sure = doubtful + &row(40, "0.5");
    assert_eq!(
        kinds(&plain(&format!("{header}{sure}")).unwrap()),
        Vec::<&str>::new()
    );
}

#[test]
fn words_for_no_value_are_missing_and_never_cost_a_column() {
    let words = [
        "NaN", "n.a.", "N/A", "-", "--", "\u{2013}", "#N/A", "#NV", "k.A.", "---", "NULL", "null", "",
        "#WERT!", "#DIV/0!", "unknown",
    ];
    for word in words {
        let text = rows(|quarter| {
            let cell = if quarter == 50 {
                word.to_owned()
            } else {
                kwh(taken(quarter))
            };
            format!("{};{cell};{}", clock(quarter), kwh(given(quarter)))
        });
        let (table, _) = guessed(format!("{PORTAL}{text}").as_bytes()).unwrap();
        let mut expected = true_day(true);
        expected[50] = None;
        assert_eq!(day(&table, "home"), expected, "`{word}`");
        assert_eq!(kinds(&table), ["no_value"], "`{word}`");
    }
    // Another word is refused where it stands, and the column is not passed over for its sake.
    let text = format!("{PORTAL}{}", portal()).replacen(&kwh(taken(50)), "viel", 1);
    let error = guessed(text.as_bytes()).unwrap_err();
    assert!(
        error.starts_with("home.csv, line 52, column 2 (Verbrauch [kWh]): expected kWh as digits"),
        "{error}"
    );
}

#[test]
fn a_sign_that_says_nothing_and_a_unit_behind_a_number_change_nothing() {
    let signed = rows(|quarter| {
        format!(
            "{};+{};{}",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    });
    right(&format!("{PORTAL}{signed}"), true);
    let with_unit = rows(|quarter| {
        format!(
            "{};{} kWh;{} kWh",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    });
    right(&format!("Zeit;Verbrauch;Einspeisung\n{with_unit}"), true);
    let other = with_unit.replacen("kWh", "MWh", 1);
    let error = guessed(format!("Zeit;Verbrauch;Einspeisung\n{other}").as_bytes()).unwrap_err();
    assert!(
        error.contains("`Verbrauch` has several units behind its numbers"),
        "{error}"
    );
}

#[test]
fn exports_below_zero_are_exports_and_a_signed_import_is_both() {
    let below = rows(|quarter| {
        let sign = if given(quarter) > 0 { "-" } else { "" };
        format!(
            "{};{};{sign}{}",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    });
    right(&format!("{PORTAL}{below}"), true);
    let ours = "interval_start,meter,import_kwh,export_kwh\n2024-06-03T00:00Z,a,0.5,0\n2024-06-03T00:15Z,a,-0.25,0\n";
    let error = plain(ours).unwrap_err();
    assert!(
        error.contains("line 3, column 3 (import_kwh)") && error.contains("not below zero"),
        "{error}"
    );
    let (table, _) = guessed(ours.as_bytes()).unwrap();
    let all: Vec<(u64, u64)> = table
        .readings()
        .map(|(_, _, reading)| (reading.import.0, reading.export.0))
        .collect();
    assert_eq!(all, [(500_000, 0), (0, 250_000)]);
}

#[test]
fn commas_in_numbers_between_commas_are_refused_with_what_to_do() {
    let text = "Zeit,Verbrauch kWh,Einspeisung kWh\n03.06.2024 00:00,0,125,0,000\n";
    let error = guessed(text.as_bytes()).unwrap_err();
    assert!(
        error.contains("save the table with semicolons or tabs between cells"),
        "{error}"
    );
}
