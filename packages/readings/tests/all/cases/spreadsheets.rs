//! What spreadsheets write.

use gridpact_readings::profile::sample::Sample;
use gridpact_readings::text::Encoding;

use super::*;

fn bytes_with(bytes: &[u8], options: &Options) -> Result<Table, Error> {
    Table::read([NamedFile::new("rows.csv", bytes)], options)
}

const ROWS: &str = "interval_start,meter,import_kwh,export_kwh
2024-09-01T00:00:00+02:00,it 1,0.125,0
2024-09-01T00:15:00+02:00,it 1,0.25,0
";

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn marks_line_ends_semicolons_tabs_and_decimal_commas_change_nothing() {
    let plain = read_with(ROWS, &Options::default()).unwrap();
    let semicolons = ROWS.replace(',', ";").replace('.', ",");
    let forms = [
        "\u{feff}".to_owned() + ROWS,
        ROWS.replace('\n', "\r\n"),
        "\u{feff}".to_owned() + &ROWS.replace('\n', "\r\n"),
        semicolons.clone(),
        ROWS.replace(',', ";"),
        ROWS.replace(',', "\t"),
        semicolons
            .replace("0,125", "\"0,125\"")
            .replace("it 1", "\"it 1\""),
    ];
    for form in forms {
        assert_eq!(read_with(&form, &Options::default()).unwrap(), plain, "{form}");
    }
}

#[test]
fn utf_16_is_read_with_its_mark_and_without() {
    let text = ROWS.replace("it 1", "Müllergasse 𝄞 1");
    let plain = read_with(&text, &Options::default()).unwrap();
    assert_eq!(plain.meters()[0].0, "Müllergasse 𝄞 1");
    let marked = format!("\u{feff}{text}");
    for bytes in [
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
        utf16(&text, u16::to_le_bytes),
        utf16(&text, u16::to_be_bytes),
    ] {
        assert_eq!(bytes_with(&bytes, &Options::default()).unwrap(), plain);
    }
    // A letter of two units where one chunk of bytes ends and the next begins.
    for blanks in 0..3 {
        let long = format!(
            "interval_start,meter,import_kwh,export_kwh{}\n",
            " ".repeat(4_090 + blanks)
        );
        let text = text.replacen("interval_start,meter,import_kwh,export_kwh\n", &long, 1);
        let text = text.replace("Müllergasse", &"𝄞".repeat(10));
        let table = bytes_with(&utf16(&text, u16::to_le_bytes), &Options::default()).unwrap();
        assert_eq!(table.meters()[0].0, format!("{} 𝄞 1", "𝄞".repeat(10)));
    }
    let mut half = utf16(&marked, u16::to_le_bytes);
    half.pop();
    let error = crate::told(&bytes_with(&half, &Options::default()).unwrap_err());
    assert_eq!(
        error,
        "cannot read rows.csv: expected text in UTF-16, got half a letter"
    );
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect()
}

#[test]
fn a_letter_of_latin_1_in_a_word_is_read_and_told_and_anything_else_has_to_be_stated() {
    let bytes = latin1(&ROWS.replace("it 1", "Müllergasse 1"));
    let table = bytes_with(&bytes, &Options::default()).unwrap();
    assert_eq!(table.meters()[0].0, "Müllergasse 1");
    assert_eq!(
        told(&table),
        ["note: rows.csv: letters beyond ASCII were read as Latin-1"]
    );

    let section = latin1(&ROWS.replace("it 1", "§ 1"));
    let error = bytes_with(&section, &Options::default()).unwrap_err().to_string();
    assert!(
        error.starts_with("rows.csv, line 2: expected text in UTF-8, got other bytes; state the `encoding`"),
        "{error}"
    );
    let stated = Options {
        encoding: Some(Encoding::Latin1),
        ..Options::default()
    };
    assert_eq!(bytes_with(&section, &stated).unwrap().meters()[0].0, "§ 1");

    // A file with letters in UTF-8 is no Latin-1.
    let mut mixed = ROWS.replace("it 1", "Müllergasse 1").into_bytes();
    mixed.extend(latin1("2024-09-01T00:30:00+02:00,Müllergasse 1,1,0\n"));
    let error = bytes_with(&mixed, &Options::default()).unwrap_err().to_string();
    assert!(
        error.starts_with("rows.csv, line 4: expected text in UTF-8, got other bytes; state the `encoding`"),
        "{error}"
    );
}

#[test]
fn rows_with_semicolons_under_a_header_with_commas_are_refused_with_what_to_do() {
    let text = format!("{HEADER}\"2024-09-01T00:00:00+02:00\";\"it 1\";\"0,125\";\"0\"\n");
    let error = read_with(&text, &Options::default()).unwrap_err().to_string();
    assert!(
        error.contains("line 2") && error.contains("expected 4 columns as in the header, separated by commas as there; separate both by semicolons"),
        "{error}"
    );
}

#[test]
fn a_file_has_one_sign_of_decimals() {
    let text = "interval_start;meter;import_kwh;export_kwh
2024-09-01T00:00:00+02:00;it 1;0,125;0
2024-09-01T00:15:00+02:00;it 1;1.250;0\n";
    let error = read_with(text, &Options::default()).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "rows.csv, line 3, column 3 (import_kwh): expected kWh as digits with at most 6 behind the comma"
        ),
        "{error}"
    );
    let error = read_with(&text.replace("1.250", "1.250,5"), &Options::default())
        .unwrap_err()
        .to_string();
    assert!(error.ends_with("got `1.250,5`"), "{error}");
}

#[test]
fn gzip_is_known_by_its_bytes() {
    let packed = crate::gzip(ROWS);
    let table = bytes_with(&packed, &Options::default()).unwrap();
    assert_eq!(table, read_with(ROWS, &Options::default()).unwrap());
}

#[test]
fn a_header_may_have_letters_of_latin_1_too() {
    let table = "Zählpunkt;Zeitstempel;Bezug [kWh]\r\nAT1;13.05.2024 00:00;0,100\r\n";
    let bytes = latin1(table);
    let sample = Sample::read(NamedFile::new("portal.csv", bytes.as_slice()), None).unwrap();
    assert_eq!(sample.header, ["Zählpunkt", "Zeitstempel", "Bezug [kWh]"]);
    // Letters in UTF-8 in the header say how all others are written.
    let mut mixed = table.as_bytes().to_vec();
    mixed.extend(latin1("Müller;13.05.2024 00:15;0,100\r\n"));
    let error = Sample::read(NamedFile::new("portal.csv", mixed.as_slice()), None).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("portal.csv, line 3: expected text in UTF-8, got other bytes"),
        "{error}"
    );
}
