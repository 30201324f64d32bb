//! What stands before, below and instead of a table.

use super::*;

#[test]
fn a_header_further_down_is_found_and_what_stands_before_it_told() {
    let above = [
        "sep=;\n",
        "Netz Musterstadt GmbH\nKunde: 4711\nAdresse: Hauptstraße 1; 8010 Graz\nZeitraum: 03.06.2024 - 03.06.2024\n\n\n",
        "Zählpunkt;AT0010000000000000001000000000001;\nAnlage;Haus 1;\nOBIS;1-1:1.8.0;\n\n",
    ];
    for above in above {
        let text = format!("{above}{PORTAL}{}", portal());
        right(&text, true);
        let (table, _) = guessed(text.as_bytes()).unwrap();
        assert_eq!(kinds(&table), ["above"]);
    }
    let ours = "sep=,\ninterval_start,meter,import_kwh,export_kwh\n2024-06-03T00:00Z,a,1,0\n2024-06-03T00:15Z,a,x,0\n";
    let error = plain(ours).unwrap_err();
    assert!(
        error.starts_with("home.csv, line 4, column 3 (import_kwh)"),
        "{error}"
    );
    let table = plain(&ours.replace(",x,", ",1,")).unwrap();
    assert_eq!(
        (
            kinds(&table),
            table.line_of(MeterName("a".to_owned()), table.readings().next().unwrap().1)
        ),
        (vec!["above"], Some(3))
    );
}

#[test]
fn sums_and_remarks_below_a_table_are_left_out_and_told() {
    for below in [
        "Summe;48,5;7,25\n",
        ";48,5;7,25\n",
        "\nErstellt am 05.06.2024 um 07:00\n",
        "Erstellt am 05.06.2024;;\n\n",
    ] {
        let text = format!("{PORTAL}{}{below}", portal());
        right(&text, true);
        let (table, _) = guessed(text.as_bytes()).unwrap();
        assert_eq!(kinds(&table), ["below"], "{below}");
    }
    // Between rows it is none of these, and so is a row that breaks off.
    let text = format!(
        "{PORTAL}{}Summe;1;1\n{}",
        portal(),
        portal().replace("03.06", "04.06")
    );
    let error = guessed(text.as_bytes()).unwrap_err();
    assert!(error.contains("`Summe`"), "{error}");
    let error = guessed(format!("{PORTAL}{}04.06.2024 00:0", portal()).as_bytes()).unwrap_err();
    assert!(
        error.contains("line 98") && error.contains("3 columns as in the header"),
        "{error}"
    );
}

#[test]
fn a_row_of_units_blank_rows_and_signs_at_the_end_of_rows_change_nothing() {
    let bare = "Datum und Uhrzeit;Energie vom Netz bezogen;Energie ins Netz eingespeist\n";
    right(
        &format!("{bare}[dd.MM.yyyy HH:mm];[kWh];[kWh]\n{}", portal()),
        true,
    );
    right(
        &format!("Zeit;Verbrauch;Einspeisung\n;kWh;kWh\n{}", portal()),
        true,
    );
    right(&format!("{PORTAL};;\n{};;\n;;\n", portal()), true);
    right(&format!("{PORTAL}{}", portal().replace('\n', ";\n")), true);
    right(
        &format!(
            "{}{}",
            PORTAL.replace('\n', ";;\n"),
            portal().replace('\n', ";;\r\n")
        ),
        true,
    );
    right(
        &format!("Zeit;\"Verbrauch\n[kWh]\";\"Einspeisung\n[kWh]\"\n{}", portal()),
        true,
    );
}

#[test]
fn what_is_no_table_is_named_with_what_to_do() {
    let files: [(&[u8], &str); 9] = [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on",
            "a workbook of old Excel (.xls); open it and save the sheet as CSV",
        ),
        (
            b"%PDF-1.4\n%\xe2\xe3",
            "got a PDF; ask the portal for CSV or XLSX",
        ),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "got a 7z archive; unpack it"),
        (b"PAR1\x15\x04\x15\x10", "got a Parquet file"),
        (
            b"<html><head><meta charset=\"utf-8\"></head><body><table>",
            "got a web page, as some portals save",
        ),
        (
            b"[{\"time\":\"2024-06-03T00:00:00Z\"}]",
            "got JSON; write it as CSV",
        ),
        (b"{\"data\": []}", "got JSON; write it as CSV"),
        (b"", "got nothing; was it saved to its end?"),
        (b"\xef\xbb\xbf\r\n", "got nothing"),
    ];
    for (bytes, expected) in files {
        let error = Table::read([file(bytes)], &Options::default())
            .map(|_| ())
            .map_err(|error| told(&error));
        assert!(
            error.as_ref().is_err_and(|error| error.contains(expected)),
            "{expected}: {error:?}"
        );
        let error = guessed(bytes).map(|_| ());
        assert!(
            error.as_ref().is_err_and(|error| error.contains(expected)),
            "{expected}: {error:?}"
        );
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("march.csv", zip::write::SimpleFileOptions::default())
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let error = Table::read([file(&bytes)], &Options::default()).unwrap_err();
    assert!(
        told(&error).contains("a zip archive without one; unpack it"),
        "{error}"
    );
    let error = guessed(&bytes).map(|_| ()).unwrap_err();
    assert!(
        error.contains("a workbook or a zip archive; unpack the archive"),
        "{error}"
    );
}

#[test]
fn letters_of_windows_are_read_where_they_are_stated() {
    let text = rows(|quarter| {
        format!(
            "{};Haus \u{96} M\u{fc}ller;{}",
            clock(quarter),
            kwh(taken(quarter))
        )
    });
    let text = format!("Zeit;Z\u{e4}hler;Verbrauch [kWh]\n{text}");
    let bytes: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    let error = guessed(&bytes).map(|_| ()).unwrap_err();
    assert!(error.contains("state the `encoding`"), "{error}");
    let sample = Sample::read(file(&bytes), Some(gridpact_readings::text::Encoding::Latin1)).unwrap();
    assert_eq!(sample.rows[0][1], "Haus \u{2013} Müller");
}
