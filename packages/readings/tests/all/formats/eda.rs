//! The workbook of Austria's EDA portal, in its published layout, with invented values.

use std::io::{Cursor, Write};

use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_units::Quality;
use zip::write::SimpleFileOptions;

const CONSUMED: &str = "Gesamtverbrauch lt. Messung (bei Teilnahme gem. Erzeugung) [KWH]";
const SHARE: &str = "Anteil gemeinschaftliche Erzeugung [KWH]";
const OWN: &str = "Eigendeckung gemeinschaftliche Erzeugung [KWH]";
const GENERATED: &str = "Gesamte gemeinschaftliche Erzeugung [KWH]";
const SURPLUS: &str = "Gesamt/Überschusserzeugung, Gemeinschaftsüberschuss [KWH]";

/// A workbook of these parts, each kept as it is.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, plain).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook with one sheet.
pub fn workbook(sheet: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    packed(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            &format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ),
        (
            "xl/workbook.xml",
            &format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Energiedaten\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// The XML of a sheet of these rows, the first being row 2; numbers are numbers, all else texts.
pub fn sheet(rows: &[Vec<String>]) -> String {
    let cell = |(column, (row, text)): (usize, (usize, &String))| {
        let name = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row);
        if text.is_empty() {
            String::new()
        } else if column > 0 && text.parse::<f64>().is_ok() {
            format!("<c r=\"{name}\"><v>{text}</v></c>")
        } else {
            format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        }
    };
    let row = |(number, cells): (usize, &Vec<String>)| {
        let cells: String = cells
            .iter()
            .enumerate()
            .map(|(column, text)| cell((column, (number, text))))
            .collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let rows: String = (2..).zip(rows).map(row).collect();
    format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The head of a home, a roof and the community's sum.
fn head() -> Vec<Vec<String>> {
    vec![
        cells(&["MeteringpointID", "AT1", "AT1", "AT1", "AT2", "AT2", "TOTAL"]),
        cells(&["Name", "Ayo", "Ayo", "Ayo", "Roof", "Roof", ""]),
        cells(&[
            "Energy direction",
            "CONSUMPTION",
            "CONSUMPTION",
            "CONSUMPTION",
            "GENERATION",
            "GENERATION",
            "",
        ]),
        cells(&[
            "Period start",
            "01.06.2024 00:00:00",
            "01.06.2024 00:00:00",
            "01.06.2024 00:00:00",
            "01.06.2024 00:15:00",
            "01.06.2024 00:15:00",
            "",
        ]),
        cells(&[
            "Period end",
            "30.06.2024 23:45:00",
            "30.06.2024 23:45:00",
            "30.06.2024 23:45:00",
            "30.06.2024 23:45:00",
            "30.06.2024 23:45:00",
            "",
        ]),
        cells(&["Metercode", CONSUMED, SHARE, OWN, GENERATED, SURPLUS, GENERATED]),
        cells(&["Spaltensumme", "1", "1", "1", "1", "1", "1"]),
    ]
}

pub fn seed() -> String {
    let mut rows = head();
    rows.push(cells(&[
        "01.06.2024 00:00:00",
        "0.125",
        "0.1",
        "0.05",
        "0",
        "0",
        "9",
    ]));
    rows.push(cells(&[
        "01.06.2024 00:15:00",
        "0.1",
        "0.1",
        "0.05",
        "0.30000000000000004",
        "0",
        "9",
    ]));
    rows.push(cells(&["01.06.2024 00:30:00", "", "", "", "0.5", "0", "9"]));
    rows.push(cells(&[
        "01.06.2024 00:45:00",
        "0.25",
        "0.1",
        "0.05",
        "1",
        "0",
        "9",
    ]));
    sheet(&rows)
}

fn read(bytes: &[u8]) -> Result<ReadingsTable<MeterName>, Error> {
    ReadingsTable::read([NamedFile::new("june.xlsx", bytes)], &Options::default())
}

/// Start behind midnight in Vienna, import, export and whether missing.
fn of(table: &ReadingsTable<MeterName>, meter: &str) -> Vec<(u64, u64, u64, bool)> {
    let readings = table.readings().filter(|(name, _, _)| name.0 == meter);
    readings
        .map(|(_, index, reading)| {
            let start = table.interval().start_of(index) - 1_717_192_800;
            (
                start,
                reading.import.0,
                reading.export.0,
                reading.quality == Quality::Missing,
            )
        })
        .collect()
}

#[test]
fn what_was_consumed_and_generated_is_read_and_shares_are_left_out() {
    let table = read(&workbook(&seed())).unwrap();
    assert_eq!(
        of(&table, "AT1"),
        [
            (0, 125_000, 0, false),
            (900, 100_000, 0, false),
            (1_800, 0, 0, true),
            (2_700, 250_000, 0, false)
        ]
    );
    // Before its period a metering point has no reading, whatever its cells say; floats are rounded to the mWh.
    assert_eq!(
        of(&table, "AT2"),
        [
            (900, 0, 300_000, false),
            (1_800, 0, 500_000, false),
            (2_700, 0, 1_000_000, false)
        ]
    );
    assert_eq!(table.meters().len(), 2);
    let told: Vec<String> = table.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "june.xlsx, line 11, meter AT1: no value, from 2024-05-31T22:30:00Z; missing, not zero",
            "june.xlsx, line 7 and 1 more, meter AT1: what is no energy taken or given was left out",
            "june.xlsx, line 10, meter AT2: it has no reading before 2024-05-31T22:15:00Z",
            "june.xlsx, line 7, meter AT2: what is no energy taken or given was left out",
        ]
    );
}

#[test]
fn the_hour_that_the_clock_shows_twice_is_read_in_order() {
    let mut rows = head()
        .into_iter()
        .map(|row| row.into_iter().take(2).collect())
        .collect::<Vec<Vec<String>>>();
    rows[3][1] = "27.10.2024 00:00:00".to_owned();
    rows[4][1] = "27.10.2024 23:45:00".to_owned();
    let quarters = (4..12).chain(8..16);
    rows.extend(quarters.map(|at: u32| {
        vec![
            format!("27.10.2024 {:02}:{:02}:00", at / 4, at % 4 * 15),
            "0.25".to_owned(),
        ]
    }));
    let table = read(&workbook(&sheet(&rows))).unwrap();
    assert_eq!(table.readings().count(), 16);
    assert!(table.findings().is_empty(), "{:?}", table.findings());
}

#[test]
fn dates_that_are_numbers_of_days_are_read_as_well() {
    let date = "<c r=\"A9\" s=\"1\"><v>45444.010416666664</v></c>";
    let text = "<c r=\"A9\" t=\"inlineStr\"><is><t>01.06.2024 00:00:00</t></is></c>";
    let sheet = seed().replace(text, &date.replace("45444.010416666664", "45444"));
    let second = "<c r=\"A10\" t=\"inlineStr\"><is><t>01.06.2024 00:15:00</t></is></c>";
    let sheet = sheet.replace(second, &date.replace("A9", "A10"));
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
    let plain = workbook(&sheet);
    let mut archive = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
    let mut parts: Vec<(String, String)> = (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        })
        .collect();
    parts.push(("xl/styles.xml".to_owned(), styles.to_owned()));
    let relations = &mut parts[3].1;
    *relations = relations.replace(
        "</Relationships>",
        "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
    );
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let table = read(&packed(&parts)).unwrap();
    assert_eq!(
        of(&table, "AT1")[..2],
        [(0, 125_000, 0, false), (900, 100_000, 0, false)]
    );
}

#[test]
fn what_is_no_workbook_of_this_kind_is_refused_with_the_row() {
    let refused = |sheet: &str| read(&workbook(sheet)).unwrap_err().to_string();
    let told = refused(&seed().replace("<v>0.125</v>", "<v>-0.125</v>"));
    assert_eq!(told, "june.xlsx, line 9: expected kWh of 0 or more, got `-0.125`");
    let told = refused(&seed().replace("01.06.2024 00:30:00", "yesterday"));
    assert_eq!(
        told,
        "june.xlsx, line 11: expected a quarter hour as 01.06.2024 00:15:00, got `yesterday`"
    );
    let told = refused(&seed().replace("MeteringpointID", "Meter"));
    assert!(told.contains("expected a head with MeteringpointID"), "{told}");
    let told = refused(&seed().replacen(CONSUMED, "Gesamtverbrauch lt. Messung [MWH]", 1));
    assert!(told.contains("expected a Metercode in [KWH]"), "{told}");
    let told = refused(&seed().replace("r=\"B9\"", "r=\"BCDEFGHIJ99\""));
    assert!(told.contains("`BCDEFGHIJ99` as the name of a cell"), "{told}");
    let told = refused(&seed().replace("yo<", &format!("{}<", "y".repeat(300_000))));
    assert!(told.contains("without a mark of XML"), "{told}");
    let whole = workbook(&seed());
    let told = read(&whole[..whole.len() - 40]).unwrap_err().to_string();
    assert!(told.contains("expected a workbook of Excel (.xlsx)"), "{told}");
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_held() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file(
            "xl/sharedStrings.xml",
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
        )
        .unwrap();
    let zeros = "<si/>".repeat(1 << 18);
    for _ in 0..17 {
        archive.write_all(zeros.as_bytes()).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let told = read(&bomb).unwrap_err().to_string();
    assert!(told.contains("unpacks to more than"), "{told}");

    let many: Vec<(String, String)> = (0..1_001)
        .map(|number| (format!("xl/{number}"), String::new()))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let told = read(&packed(&many)).unwrap_err().to_string();
    assert!(told.contains("1001 entries"), "{told}");
}
