//! How fast files are read, and in how much memory; measured and printed, never asserted. `cargo bench -p gridpact-readings`.
//!
//! 1,000 meters of a week in every format, each in a process of its own, so that the peak of memory is that format's; beside it, in
//! the same process and in seconds of the processor, the `csv` crate alone that only cuts a table of ours of as many bytes into cells. `GRIDPACT_METERS` and
//! `GRIDPACT_DAYS` say how much, `GRIDPACT_FORMAT` names one format. A year takes up to 4 GB of a temporary folder.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark's own counts"
)]

mod files;
mod others;
mod published;
mod workbook;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use files::{Files, Made, Size, FORMATS};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::{Folder, NamedFile};
use gridpact_readings::format::{Format, Source};
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::profile::Profile;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::selection::Selection;

/// Names the format that this process reads.
const ONE: &str = "GRIDPACT_FORMAT";
/// A million bytes.
const MB: f64 = 1e6;
/// The least bytes that the `csv` crate alone is measured on.
const LEAST: u64 = 32_000_000;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let number = |name: &str, usual: u64| std::env::var(name).map_or(Ok(usual), |number| number.parse());
    let size = Size {
        meters: number("GRIDPACT_METERS", 1_000)?,
        days: number("GRIDPACT_DAYS", 7)?,
    };
    if let Ok(name) = std::env::var(ONE) {
        let format = FORMATS.iter().find(|(known, _)| *known == name);
        let names: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        let (name, files) =
            format.ok_or_else(|| format!("expected one of {}, got {name}", names.join(", ")))?;
        return measure(name, *files, size);
    }
    for (name, _) in FORMATS {
        let done = Command::new(std::env::current_exe()?).env(ONE, name).status()?;
        if !done.success() {
            return Err(format!("{name}: {done}").into());
        }
    }
    Ok(())
}

/// Reads a format's files and prints what that took.
fn measure(name: &str, files: Files, size: Size) -> Result<(), Failed> {
    let folder = OnDisk(tempfile::tempdir()?);
    let made = files(folder.0.path(), size)?;
    let bytes = match made.unpacked {
        Some(bytes) => bytes,
        None => folder.bytes()?,
    };
    // Less would be over before the system counts it.
    let alone = bytes.max(LEAST) as f64 / MB / plain(bytes.max(LEAST))?;
    let before = peak();
    let watch = Watch::start();
    let (dataset, table) = read(&folder, &made)?;
    let took = watch.seconds();
    let readings = dataset.readings.len();
    let bytes = bytes as f64 / MB;
    println!(
        "{name}: {bytes:.1} MB, {readings} readings, {:.2} M readings/s, {:.1} MB/s; csv alone {:.1} MB/s, {:.2} of it; memory {before} before, {} as a data set",
        readings as f64 / took / 1e6,
        bytes / took,
        alone,
        bytes / took / alone,
        match table {
            Some(table) => format!("{table} as a table, {}", peak()),
            None => peak(),
        }
    );
    Ok(())
}

/// Reads what lies in the folder; and the peak of memory before the table became a data set, where it was one.
fn read(folder: &OnDisk, made: &Made) -> Result<(Dataset, Option<String>), Failed> {
    let all = Selection::default();
    let names = folder.list()?;
    match Format::of_folder(names.iter().map(String::as_str)) {
        Some(Format::Simbench) => return Ok((Source::Simbench(folder).load(&all)?, None)),
        Some(Format::Citylearn) => return Ok((Source::Citylearn(folder).load(&all)?, None)),
        _ => {}
    }
    let mut files = names.into_iter().map(|name| {
        let path = folder.0.path().join(&name);
        NamedFile::new(name, Lazy::Closed(path))
    });
    if folder.0.path().join("solar.csv").exists() {
        let file = files.next().ok_or("a file")?;
        return Ok((Source::Ausgrid(file).load(&all)?, None));
    }
    let options = Options {
        profile: made.profile.map(Profile::parse).transpose()?,
        ..Options::default()
    };
    let table: ReadingsTable<MeterName> = ReadingsTable::read(files, &options)?;
    let held = peak();
    Ok((table.into_dataset()?, Some(held)))
}

/// The files made.
struct OnDisk(tempfile::TempDir);

impl OnDisk {
    fn bytes(&self) -> io::Result<u64> {
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.0.path())? {
            bytes += entry?.metadata()?.len();
        }
        Ok(bytes)
    }
}

impl Folder for OnDisk {
    fn list(&self) -> io::Result<Vec<String>> {
        let entries = std::fs::read_dir(self.0.path())?;
        let mut names = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<String>>>()?;
        names.sort();
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.0.path().join(name))?))
    }
}

/// A file that is opened when it is read, and closed with it.
enum Lazy {
    Closed(PathBuf),
    Open(File),
}

impl Read for Lazy {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Closed(path) = self {
            *self = Self::Open(File::open(path)?);
        }
        match self {
            Self::Open(file) => file.read(buffer),
            Self::Closed(_) => Ok(0),
        }
    }
}

/// Seconds that the `csv` crate alone takes for a table of ours of so many bytes.
fn plain(bytes: u64) -> Result<f64, Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("plain.csv");
    write_plain(&path, bytes)?;
    let watch = Watch::start();
    let mut csv = csv::Reader::from_reader(File::open(path)?);
    let mut record = csv::StringRecord::new();
    let mut cells = 0_usize;
    while csv.read_record(&mut record)? {
        cells += record.len();
    }
    std::hint::black_box(cells);
    Ok(watch.seconds())
}

fn write_plain(path: &Path, bytes: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut left = bytes;
    for row in 0.. {
        let (taken, given) = files::energies(row % 1_000, row / 1_000);
        let at = files::moment(row / 1_000);
        let row = format!("{at},meter {},0.{taken:03},0.{given:03}\n", row % 1_000);
        out.write_all(row.as_bytes())?;
        left = left.saturating_sub(row.len() as u64);
        if left == 0 {
            break;
        }
    }
    out.flush()
}

/// Seconds of the processor, which others that run beside do not lengthen; of the clock, where the system does not say them.
struct Watch(Instant, Option<f64>);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), Self::processor())
    }

    fn seconds(&self) -> f64 {
        let processor = Self::processor().zip(self.1);
        processor.map_or_else(|| self.0.elapsed().as_secs_f64(), |(now, then)| now - then)
    }

    fn processor() -> Option<f64> {
        let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanoseconds: u64 = status.split_whitespace().next()?.parse().ok()?;
        Some(nanoseconds as f64 / 1e9)
    }
}

/// Peak memory of this process so far, MiB; nothing where the system does not say.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.map_or_else(
        || "unknown".to_owned(),
        |kibibytes| format!("{} MiB", kibibytes / 1_024),
    )
}
