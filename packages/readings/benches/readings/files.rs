//! Made files of many meters, every fifth of which gives, in the layout of each format.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use gridpact_readings::rfc3339;
use gridpact_units::UnixSeconds;

use super::{others, published, workbook};

const QUARTER: u64 = 900;
/// Where files begin: 2024-01-01T00:00Z.
pub const START: u64 = 1_704_067_200;
/// Summer time of 2024.
const SUMMER: core::ops::Range<u64> = 1_711_846_800..1_729_990_800;

/// How much is made.
#[derive(Clone, Copy)]
pub struct Size {
    pub meters: u64,
    pub days: u64,
}

/// What was made, beside the files in the folder.
#[derive(Default)]
pub struct Made {
    /// A profile that reads them.
    pub profile: Option<&'static str>,
    /// Bytes of their text, where they are packed.
    pub unpacked: Option<u64>,
}

/// Makes the files of one format in a folder.
pub type Files = fn(&Path, Size) -> io::Result<Made>;

/// Every format, by name.
pub const FORMATS: [(&str, Files); 14] = [
    ("by interval", |folder, size| table(folder, size, false)),
    ("by meter", |folder, size| table(folder, size, true)),
    ("long", long),
    ("registers", registers),
    ("profile", portal),
    ("NEM12", nem12),
    ("Green Button", others::green_button),
    ("Home Assistant", |folder, size| {
        others::home_assistant(folder, size, 2)
    }),
    ("Home Assistant, 50 sensors a home", |folder, size| {
        others::home_assistant(folder, size, 50)
    }),
    ("EDA", workbook::workbook),
    ("SimBench", published::simbench),
    ("CityLearn", published::citylearn),
    ("CityLearn, an extract", published::citylearn_extract),
    ("Ausgrid", published::ausgrid),
];

/// Wh that a meter took and gave in a quarter hour.
pub fn energies(meter: u64, interval: u64) -> (u64, u64) {
    let watt_hours = (interval * 37 + meter * 101) % 900;
    match meter.is_multiple_of(5) && interval % 96 > 40 {
        true => (0, watt_hours),
        false => (watt_hours, 0),
    }
}

pub fn moment(interval: u64) -> String {
    rfc3339::show(UnixSeconds(START + interval * QUARTER))
}

/// A file in the folder, written by rows.
pub fn written(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<Made> {
    let mut out = BufWriter::new(File::create(folder.join(name))?);
    write(&mut out)?;
    out.flush()?;
    Ok(Made::default())
}

/// Our table: interval by interval as portals save it, or meter by meter.
fn table(folder: &Path, size: Size, by_meter: bool) -> io::Result<Made> {
    let intervals = size.days * 96;
    written(folder, "table.csv", |out| {
        writeln!(out, "interval_start,meter,import_kwh,export_kwh")?;
        for row in 0..intervals * size.meters {
            let (interval, meter) = match by_meter {
                true => (row % intervals, row / intervals),
                false => (row / size.meters, row % size.meters),
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
fn long(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "long.csv", |out| {
        writeln!(out, "interval_start,meter,direction,energy_wh")?;
        for interval in 0..size.days * 96 {
            let at = moment(interval);
            for meter in 0..size.meters {
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
fn registers(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "registers.csv", |out| {
        writeln!(out, "interval_start,meter,import_register_wh,export_register_wh")?;
        let mut shown = vec![(1_000_000_u64, 1_000_000_u64); usize::try_from(size.meters).unwrap_or(0)];
        for interval in 0..=size.days * 96 {
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

fn nem12(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "nem12.csv", |out| {
        writeln!(out, "100,NEM12,202401010000,A,B")?;
        for meter in 0..size.meters {
            let registers = if meter.is_multiple_of(5) { 2 } else { 1 };
            for suffix in ["E1", "B1"].into_iter().take(registers) {
                writeln!(out, "200,NMI{meter:07},{suffix},,{suffix},,,Wh,15,")?;
                for day in 0..size.days {
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

/// A portal's table, by a profile.
fn portal(folder: &Path, size: Size) -> io::Result<Made> {
    written(folder, "portal.csv", |out| {
        writeln!(out, "Zeit;Zaehler;Bezug [kWh];Einspeisung [kWh];Status")?;
        for interval in 0..size.days * 96 {
            let at = in_vienna(interval);
            for meter in 0..size.meters {
                let (taken, given) = energies(meter, interval);
                writeln!(out, "{at};meter {meter};0,{taken:03};0,{given:03};ok")?;
            }
        }
        Ok(())
    })?;
    Ok(Made {
        profile: Some(PROFILE),
        ..Made::default()
    })
}

const PROFILE: &str = r#"name = "portal"
zone = "Europe/Vienna"
[time]
start = ["Zeit"]
format = "%d.%m.%Y %H:%M:%S"
[meter]
column = "Zaehler"
[[values]]
column = "Bezug [kWh]"
unit = "kWh"
direction = "import"
[[values]]
column = "Einspeisung [kWh]"
unit = "kWh"
direction = "export"
[quality]
column = "Status"
measured = ["ok"]
"#;

/// What a clock in Vienna shows.
pub fn in_vienna(interval: u64) -> String {
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
