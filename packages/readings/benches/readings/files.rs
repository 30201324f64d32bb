//! Made files of 1,000 meters, every fifth of which gives, in the layout of each format.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Cursor, Write};
use std::path::Path;

use gridpact_readings::file::NamedFile;
use gridpact_readings::rfc3339;
use gridpact_units::UnixSeconds;
use zip::write::SimpleFileOptions;

const METERS: u64 = 1_000;
const QUARTER: u64 = 900;
/// Where files begin: 2024-01-01T00:00Z.
const START: u64 = 1_704_067_200;
/// Summer time of 2024.
const SUMMER: core::ops::Range<u64> = 1_711_846_800..1_729_990_800;
/// Where our table lies, to be read by the `csv` crate as well.
pub const TABLE: &str = "table.csv";

/// Makes the files of so many days, in a folder or one after the other as they are read.
pub type Files = fn(&Path, u64) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>>;

/// Every format, by name.
pub const FORMATS: [(&str, Files); 8] = [
    ("by interval", |folder, days| table(folder, days, false)),
    ("by meter", |folder, days| table(folder, days, true)),
    ("long", long),
    ("registers", registers),
    ("NEM12", nem12),
    ("Green Button", |_, days| {
        Ok(Box::new((0..METERS).map(move |meter| green_button(meter, days))))
    }),
    ("Home Assistant", |_, days| {
        Ok(Box::new(
            (0..METERS).map(move |meter| home_assistant(meter, days)),
        ))
    }),
    ("EDA", workbook),
];

/// Wh that a meter took and gave in a quarter hour.
fn energies(meter: u64, interval: u64) -> (u64, u64) {
    let watt_hours = (interval * 37 + meter * 101) % 900;
    match meter.is_multiple_of(5) && interval % 96 > 40 {
        true => (0, watt_hours),
        false => (watt_hours, 0),
    }
}

fn moment(interval: u64) -> String {
    rfc3339::show(UnixSeconds(START + interval * QUARTER))
}

/// A file in the folder, written by rows.
fn written(
    folder: &Path,
    name: &'static str,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    let path = folder.join(name);
    let mut out = BufWriter::new(File::create(&path)?);
    write(&mut out)?;
    out.flush()?;
    Ok(Box::new(core::iter::once(NamedFile::new(
        name,
        File::open(path)?,
    ))))
}

/// Our table: interval by interval as portals save it, or meter by meter.
fn table(
    folder: &Path,
    days: u64,
    by_meter: bool,
) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    let intervals = days * 96;
    written(folder, TABLE, |out| {
        writeln!(out, "interval_start,meter,import_kwh,export_kwh")?;
        for row in 0..intervals * METERS {
            let (interval, meter) = match by_meter {
                true => (row % intervals, row / intervals),
                false => (row / METERS, row % METERS),
            };
            let (taken, given) = energies(meter, interval);
            writeln!(
                out,
                "{},meter {meter},0.{taken:03},0.{given:03}",
                moment(interval)
            )?;
        }
        Ok(())
    })
}

/// A row a direction, of those that give too.
fn long(folder: &Path, days: u64) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    written(folder, "long.csv", |out| {
        writeln!(out, "interval_start,meter,direction,energy_wh")?;
        for interval in 0..days * 96 {
            let at = moment(interval);
            for meter in 0..METERS {
                let (taken, given) = energies(meter, interval);
                writeln!(out, "{at},meter {meter},import,{taken}")?;
                if meter.is_multiple_of(5) {
                    writeln!(out, "{at},meter {meter},export,{given}")?;
                }
            }
        }
        Ok(())
    })
}

/// What meters show.
fn registers(folder: &Path, days: u64) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    written(folder, "registers.csv", |out| {
        writeln!(out, "interval_start,meter,import_register_wh,export_register_wh")?;
        let mut shown = vec![(1_000_000_u64, 1_000_000_u64); 1_000];
        for interval in 0..=days * 96 {
            let at = moment(interval);
            for (meter, (taken, given)) in (0..).zip(&mut shown) {
                writeln!(out, "{at},meter {meter},{taken},{given}")?;
                let more = energies(meter, interval);
                (*taken, *given) = (*taken + more.0, *given + more.1);
            }
        }
        Ok(())
    })
}

fn nem12(folder: &Path, days: u64) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    written(folder, "nem12.csv", |out| {
        writeln!(out, "100,NEM12,202401010000,A,B")?;
        for meter in 0..METERS {
            let registers = if meter.is_multiple_of(5) { 2 } else { 1 };
            for suffix in ["E1", "B1"].into_iter().take(registers) {
                writeln!(out, "200,NMI{meter:07},{suffix},,{suffix},,,Wh,15,")?;
                for day in 0..days {
                    let date = moment(day * 96);
                    let date = date.get(..10).unwrap_or_default().replace('-', "");
                    write!(out, "300,{date}")?;
                    for interval in day * 96..day * 96 + 96 {
                        let (taken, given) = energies(meter, interval);
                        write!(out, ",{}", if suffix == "E1" { taken } else { given })?;
                    }
                    writeln!(out, ",A,,,,")?;
                }
            }
        }
        writeln!(out, "900")
    })
}

/// A household's feed.
fn green_button(meter: u64, days: u64) -> NamedFile<'static> {
    let mut feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:e=\"http://naesb.org/espi\">\
         <entry><id>home {meter}</id><link rel=\"self\" href=\"U/1\"/><content><e:UsagePoint/></content></entry>\
         <entry><link rel=\"self\" href=\"U/1/M/1\"/><link rel=\"related\" href=\"T/1\"/><content><e:MeterReading/></content></entry>\
         <entry><link rel=\"self\" href=\"T/1\"/><content><e:ReadingType><e:uom>72</e:uom></e:ReadingType></content></entry>\
         <entry><link rel=\"up\" href=\"U/1/M/1/IntervalBlock\"/><content><e:IntervalBlock>"
    );
    for interval in 0..days * 96 {
        let (taken, _) = energies(meter, interval);
        // Writing to a String cannot fail.
        let _ = writeln!(
            feed,
            "<e:IntervalReading><e:timePeriod><e:duration>900</e:duration><e:start>{}</e:start></e:timePeriod><e:value>{taken}</e:value></e:IntervalReading>",
            START + interval * QUARTER
        );
    }
    feed.push_str("</e:IntervalBlock></content></entry></feed>");
    NamedFile::new(format!("home {meter}.xml"), Cursor::new(feed))
}

/// A home's page: two sensors, a column an hour.
fn home_assistant(meter: u64, days: u64) -> NamedFile<'static> {
    let hours = days * 24;
    let mut page = "entity_id,type,unit".to_owned();
    // Writing to a String cannot fail.
    for hour in 0..hours {
        let _ = write!(page, ",{}", moment(hour * 4).replace('Z', ".000Z"));
    }
    for (sensor, kind) in [("taken", "grid_consumption"), ("given", "grid_return")] {
        let _ = write!(page, "\nsensor.{sensor},{kind},Wh");
        for hour in 0..hours {
            let (taken, given) = energies(meter, hour);
            let _ = write!(page, ",{}", if sensor == "taken" { taken } else { given });
        }
    }
    NamedFile::new(format!("home {meter}.csv"), Cursor::new(page))
}

/// A workbook with a column a metering point.
fn workbook(folder: &Path, days: u64) -> io::Result<Box<dyn Iterator<Item = NamedFile<'static>>>> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |target: &str, kind: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let sheets = format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Energiedaten\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        ("_rels/.rels", relations("xl/workbook.xml", "officeDocument")),
        ("xl/workbook.xml", sheets),
        (
            "xl/_rels/workbook.xml.rels",
            relations("worksheets/sheet1.xml", "worksheet"),
        ),
    ];
    written(folder, "workbook.xlsx", |out| {
        let mut archive = zip::ZipWriter::new(out);
        let fast = SimpleFileOptions::default()
            .compression_level(Some(1))
            .large_file(true);
        for (name, text) in parts {
            archive.start_file(name, fast)?;
            archive.write_all(text.as_bytes())?;
        }
        archive.start_file("xl/worksheets/sheet1.xml", fast)?;
        sheet(&mut BufWriter::new(&mut archive), days)?;
        archive.finish()?.flush()
    })
}

/// What a clock in Vienna shows.
fn in_vienna(interval: u64) -> String {
    let at = START + interval * QUARTER;
    let ahead = if SUMMER.contains(&at) { 8 } else { 4 };
    let shown = moment(interval + ahead);
    let part = |range: core::ops::Range<usize>| shown.get(range).unwrap_or_default();
    format!(
        "{}.{}.{} {}:00",
        part(8..10),
        part(5..7),
        part(0..4),
        part(11..16)
    )
}

fn sheet(out: &mut impl Write, days: u64) -> io::Result<()> {
    let text = |cell: &str| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
    write!(
        out,
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
    )?;
    write!(out, "<row r=\"1\">{}", text("MeteringpointID"))?;
    for meter in 0..METERS {
        write!(out, "{}", text(&format!("AT{meter:031}")))?;
    }
    write!(out, "</row><row r=\"2\">{}", text("Metercode"))?;
    for meter in 0..METERS {
        let code = match meter.is_multiple_of(5) {
            true => "Gesamte gemeinschaftliche Erzeugung [KWH]",
            false => "Gesamtverbrauch lt. Messung (bei Teilnahme gem. Erzeugung) [KWH]",
        };
        write!(out, "{}", text(code))?;
    }
    write!(out, "</row>")?;
    for interval in 0..days * 96 {
        write!(out, "<row r=\"{}\">{}", interval + 3, text(&in_vienna(interval)))?;
        for meter in 0..METERS {
            let (taken, given) = energies(meter, interval);
            write!(out, "<c><v>0.{:03}</v></c>", taken + given)?;
        }
        write!(out, "</row>")?;
    }
    write!(out, "</sheetData></worksheet>")
}
