//! Columns that say more, or less, than what one meter took and gave.

use super::*;

#[test]
fn what_happened_behind_the_meter_is_not_added_to_what_passed_it() {
    let text = rows(|quarter| {
        let (taken, given) = (taken(quarter), given(quarter));
        format!(
            "{};{};{};{};{}",
            clock(quarter),
            kwh(given * 2),
            kwh(given),
            kwh(taken),
            kwh(given)
        )
    });
    let header = "Zeit;PV Erzeugung [kWh];Eigenverbrauch [kWh];Netzbezug [kWh];Einspeisung [kWh]\n";
    let notes = right(&format!("{header}{text}"), true);
    assert!(
        notes.contains("`PV Erzeugung [kWh]` is left out: `Einspeisung [kWh]` says what passed the wire"),
        "{notes}"
    );
    assert!(
        notes.contains("`Eigenverbrauch [kWh]` says not which way it counts and is left out"),
        "{notes}"
    );
    let text = rows(|quarter| {
        let (taken, given) = (taken(quarter), given(quarter));
        format!(
            "{};{};{};{taken};{given}",
            clock(quarter),
            given * 2,
            taken + given
        )
    });
    right(
        &format!("Time;Production (Wh);Consumption (Wh);Import (Wh);Export (Wh)\n{text}"),
        true,
    );
}

#[test]
fn reactive_energy_money_powers_and_running_totals_are_no_energies() {
    let of = |other: &str, unlike: fn(u64) -> u64| {
        let text = rows(|quarter| {
            format!(
                "{};{};{}",
                clock(quarter),
                kwh(taken(quarter)),
                kwh(unlike(quarter))
            )
        });
        right(&format!("Zeit;Wirkarbeit Bezug [kWh];{other}\n{text}"), false)
    };
    let notes = of("Blindarbeit Bezug [kvarh]", |quarter| taken(quarter) / 3);
    assert!(
        notes.contains("`Blindarbeit Bezug [kvarh]` is no energy that is settled"),
        "{notes}"
    );
    let notes = of("Wirkleistung Bezug [kW]", |quarter| taken(quarter) * 4);
    assert!(
        notes.contains("`Wirkleistung Bezug [kW]` is a power and is left out beside energies"),
        "{notes}"
    );
    of("Bezug Kosten [EUR]", |quarter| taken(quarter) / 4);
    let notes = of("Bezug kumuliert [kWh]", |quarter| {
        (0..=quarter).map(|quarter| taken(quarter) / 40).sum()
    });
    assert!(
        notes.contains("`Bezug kumuliert [kWh]` is what the meter shows and is left out"),
        "{notes}"
    );
    // Costs that are estimated say nothing of a reading's quality.
    let text = rows(|quarter| format!("{};{};1,2", clock(quarter), kwh(taken(quarter))));
    let (table, _) = guessed(format!("Zeit;Verbrauch [kWh];Estimated Cost (p)\n{text}").as_bytes()).unwrap();
    let measured = |quality| quality == gridpact_units::Quality::Measured;
    assert!(table.readings().all(|(_, _, reading)| measured(reading.quality)));
}

#[test]
fn tariffs_are_added_up_and_it_is_told() {
    let text = rows(|quarter| {
        let (day, night) = if (24..88).contains(&quarter) {
            (taken(quarter), 0)
        } else {
            (0, taken(quarter))
        };
        format!(
            "{};{};{};{}",
            clock(quarter),
            kwh(day),
            kwh(night),
            kwh(given(quarter))
        )
    });
    let notes = right(
        &format!("Zeit;Bezug HT [kWh];Bezug NT [kWh];Einspeisung [kWh]\n{text}"),
        true,
    );
    assert!(
        notes.contains("`Bezug HT [kWh]` and `Bezug NT [kWh]` are added up"),
        "{notes}"
    );
}

#[test]
fn a_column_a_meter_is_a_meter_a_column() {
    let row = |quarter| {
        format!(
            "{};{};{};{}",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(taken(quarter) + 5),
            kwh(given(quarter))
        )
    };
    let text = rows(row);
    let header = "Zeit;Verbrauch Haus 1 [kWh];Verbrauch Haus 2 [kWh];Einspeisung Haus 1 [kWh]\n";
    let (table, notes) = guessed(format!("{header}{text}").as_bytes()).unwrap();
    assert!(
        notes.contains("each column is taken for the meter that it names"),
        "{notes}"
    );
    let more = |reading: Option<(u64, u64)>| reading.map(|(taken, _)| (taken + 5, 0));
    let second: Day = true_day(false).into_iter().map(more).collect();
    assert_eq!(day(&table, "Haus 1"), true_day(true));
    assert_eq!(day(&table, "Haus 2"), second);
    for header in [
        "Zeit;Haus 1;Haus 2;Haus 3\n",
        "Zeit;Haus 1 [kWh];Haus 2 [kWh];Haus 3 [kWh]\n",
    ] {
        let (table, notes) = guessed(format!("{header}{text}").as_bytes()).unwrap();
        assert!(notes.contains("no column says which way it counts"), "{notes}");
        assert_eq!(table.meters().len(), 3);
        assert_eq!(
            (day(&table, "Haus 1"), day(&table, "Haus 2")),
            (true_day(false), second.clone())
        );
    }
}

#[test]
fn two_columns_of_one_name_are_refused() {
    let text = rows(|quarter| {
        format!(
            "{};{};{}",
            clock(quarter),
            kwh(taken(quarter)),
            kwh(given(quarter))
        )
    });
    let error = guessed(format!("Zeit;Verbrauch [kWh];Verbrauch [kWh]\n{text}").as_bytes()).unwrap_err();
    assert!(
        error.contains("two columns are called `Verbrauch [kWh]`"),
        "{error}"
    );
    let error =
        guessed(format!("Zeit;Haus 1;Haus 1\n;Verbrauch;Einspeisung\n{text}").as_bytes()).unwrap_err();
    assert!(error.contains("two columns are called `Haus 1`"), "{error}");
    // A profile written for another table says neither which of both it means.
    let profile = "name = \"n\"\nzone = \"UTC\"\n[time]\nstart = [\"Zeit\"]\nformat = \"%d.%m.%Y %H:%M\"\n[[values]]\ncolumn = \"V\"\nunit = \"kWh\"\ndirection = \"import\"\n";
    let options = Options {
        profile: Some(gridpact_readings::profile::Profile::parse(profile).unwrap()),
        ..Options::default()
    };
    let table = format!("Zeit;V;V\n{text}");
    let error = Table::read([file(table.as_bytes())], &options)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 1") && error.contains("one column named V"),
        "{error}"
    );
}

#[test]
fn names_that_a_spreadsheet_has_cut_and_names_of_sums_are_doubted() {
    for (name, kind) in [
        ("4.71E+12", "cut_name"),
        ("4,71E+12", "cut_name"),
        ("Summe", "named_sum"),
        ("Total", "named_sum"),
    ] {
        let text = rows(|quarter| format!("{};{name};{}", clock(quarter), kwh(taken(quarter))));
        let (table, _) = guessed(format!("Zeit;Zähler;Verbrauch [kWh]\n{text}").as_bytes()).unwrap();
        assert_eq!(kinds(&table), [kind]);
    }
    let text = rows(|quarter| {
        format!(
            "{};{};{}",
            clock(quarter),
            if quarter < 48 { "007" } else { "7" },
            kwh(taken(quarter))
        )
    });
    let (table, _) = guessed(format!("Zeit;Zähler;Verbrauch [kWh]\n{text}").as_bytes()).unwrap();
    assert_eq!(table.meters().len(), 2);
}

#[test]
fn units_by_column_are_kept_and_units_by_row_have_to_agree() {
    let text = rows(|quarter| format!("{};{};{}", clock(quarter), taken(quarter), kwh(given(quarter))));
    right(&format!("Zeit;Verbrauch [Wh];Einspeisung [kWh]\n{text}"), true);
    let long = |unit: &str| {
        rows(|quarter| {
            let at = clock(quarter);
            format!(
                "{at};AT1;1-1:1.29.0;{};Wh\n{at};AT1;1-1:2.29.0;{};{unit}",
                taken(quarter),
                given(quarter)
            )
        })
    };
    right(&format!("Zeit;Zählpunkt;OBIS;Wert;Einheit\n{}", long("Wh")), true);
    let error = guessed(format!("Zeit;Zählpunkt;OBIS;Wert;Einheit\n{}", long("kWh")).as_bytes()).unwrap_err();
    assert!(
        error.contains("`Einheit` says Wh and kWh: expected one unit in all rows"),
        "{error}"
    );
}

#[test]
fn a_register_that_begins_anew_says_what_to_state() {
    let text = rows(|quarter| {
        let total = 99_990_000 + (0..quarter).map(taken).sum::<u64>();
        format!("{};{}", clock(quarter), kwh(total % 100_000_000))
    });
    let (table, notes) = guessed(format!("Zeit;Zählerstand Bezug [kWh]\n{text}").as_bytes()).unwrap();
    assert!(notes.contains("is taken for what the meter shows"), "{notes}");
    let new = table
        .findings()
        .iter()
        .find(|finding| finding.what.name() == "new_register")
        .unwrap();
    assert!(new.to_string().contains("state `modulus`"), "{new}");
}

#[test]
fn totals_that_home_assistant_saves_with_parts_of_seconds_are_registers() {
    let text = rows(|quarter| {
        let total = 5_000_000 + (0..quarter).map(taken).sum::<u64>();
        let at = clock(quarter);
        format!(
            "sensor.grid_import,{},2024-06-03T{}:{:02}.{:03}Z",
            kwh(total).replace(',', "."),
            &at[11..],
            0,
            quarter
        )
    });
    let (table, _) = guessed(format!("entity_id,state,last_changed\n{text}").as_bytes()).unwrap();
    let sum: u64 = table.readings().map(|(_, _, reading)| reading.import.0).sum();
    let moved: u64 = (0..QUARTERS - 1).map(taken).sum();
    assert_eq!(
        (table.meters()[0].0.as_str(), sum),
        ("sensor.grid_import", moved * 1_000)
    );
}
