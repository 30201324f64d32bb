//! Where readings lie on this machine: files and folders, opened here for readers that open none.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use gridpact_readings::bounds::MAX_FILE_BYTES;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::{Folder, NamedFile};
use gridpact_readings::format::{Format, Source};
use gridpact_readings::options::Options;
use gridpact_readings::selection::{Season, Selection};
use gridpact_simulation::connections::{Agreed, Connections, MistakesInFile};

use crate::onchain::exit::bad_argument;
use crate::readings::files::tables;

/// A folder on a disk.
struct OnDisk(PathBuf);

impl Folder for OnDisk {
    fn list(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(&self.0)?;
        let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        entries.map(name).collect()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.0.join(name))?))
    }
}

/// Opens a file.
///
/// # Errors
/// It is not there, or may not be read.
pub fn open(path: &Path) -> Result<NamedFile<'static>> {
    open_limited(path, MAX_FILE_BYTES)
}

fn open_limited(path: &Path, max_bytes: u64) -> Result<NamedFile<'static>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(NamedFile::limited(name.to_string_lossy(), file, max_bytes))
}

/// Reads what the options name: paths in a format, or the weeks built into the program.
///
/// # Errors
/// Data that cannot be read, is not as it should be, or does not have what is selected.
pub fn load(
    paths: &[PathBuf],
    format: Option<Format>,
    options: Options,
    selection: &Selection,
) -> Result<Dataset> {
    let Some(path) = paths.first() else {
        return Source::Bundled.load(selection).map_err(explained);
    };
    let format = format.unwrap_or_else(|| looks_like(path));
    if paths.len() > 1 && format != Format::Csv {
        return Err(bad_argument(format!(
            "--data: expected one path in the format {}, got {}",
            format.name(),
            paths.len()
        )));
    }
    let folder = OnDisk(path.clone());
    let loaded = match format {
        Format::Simbench => Source::Simbench(&folder).load(selection),
        Format::Citylearn => Source::Citylearn(&folder).load(selection),
        Format::Ausgrid => Source::Ausgrid(open(path)?).load(selection),
        Format::Csv => Source::Tables(Box::new(tables(paths)?), Box::new(options)).load(selection),
    };
    let loaded = loaded.map_err(explained);
    let named: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    loaded.with_context(|| format!("cannot read {} as {}", named.join(", "), format.name()))
}

/// The format of a folder, by the names of its files, or of a file, by its beginning; anything else tells its format when it is read,
/// or why it cannot be.
pub fn looks_like(path: &Path) -> Format {
    if path.is_dir() {
        let names = OnDisk(path.to_owned()).list().unwrap_or_default();
        return Format::of_folder(names.iter().map(String::as_str)).unwrap_or(Format::Csv);
    }
    let file = open(path).ok();
    file.and_then(|file| Format::of_file(file).ok())
        .unwrap_or(Format::Csv)
}

/// The most bytes of a meters' file: 1,024 rows of two names and five short cells, thrice over.
const MAX_METERS_BYTES: u64 = 1 << 20;

/// What a meters' file says of limits, times and followers, before any reading is read.
///
/// # Errors
/// A file that cannot be opened; every mistake in these columns, each with its line.
pub fn agreed(path: Option<&Path>) -> Result<Agreed> {
    let Some(path) = path else {
        return Ok(Agreed::default());
    };
    let file = open_limited(path, MAX_METERS_BYTES).context("--meters")?;
    Agreed::read(file).map_err(mistaken)
}

/// Reads what is agreed with every meter, or takes what the data shows.
///
/// # Errors
/// A file that cannot be opened; every mistake in it, each with its line.
pub fn connections(path: Option<&Path>, dataset: &Dataset) -> Result<Connections> {
    let Some(path) = path else {
        return Ok(Connections::of(dataset));
    };
    let file = open_limited(path, MAX_METERS_BYTES).context("--meters")?;
    Connections::read(file, dataset).map_err(mistaken)
}

/// Everything that is wrong with a meters' file.
pub fn mistaken(mistakes: MistakesInFile) -> anyhow::Error {
    bad_argument(format!("--meters:\n{mistakes}"))
}

/// With the options that are wrong, or would help.
fn explained(error: Error) -> anyhow::Error {
    let options = match &error {
        Error::Homes { .. } => "--homes",
        Error::From { .. } => "--from",
        Error::TooManyMeters { .. } => "choose fewer with --homes",
        Error::TooManyReadings { .. } => "choose fewer with --days or --homes",
        Error::BadRow(row) if row.column.1 == "header" => {
            "`gridpact readings guess FILE` proposes how a table that is not ours is read"
        }
        Error::NotText { .. } => "state --encoding, as latin-1",
        Error::TooFewStarts { .. } => "state --interval, as 15m",
        Error::MostAboveLimit { .. } => "state --registers, --unit or --limit where they are meant so",
        _ => return error.into(),
    };
    anyhow::Error::from(error).context(options)
}

/// Reads the name of a format on the command line.
pub fn formats() -> impl TypedValueParser<Value = Format> {
    let value = |format: Format| PossibleValue::new(format.name()).help(format.description());
    PossibleValuesParser::new(Format::ALL.map(value)).try_map(|name| name.parse())
}

/// Reads the name of a season on the command line.
pub fn seasons() -> impl TypedValueParser<Value = Season> {
    let value = |season: Season| PossibleValue::new(season.name()).help(season.description());
    PossibleValuesParser::new(Season::ALL.map(value)).try_map(|name| name.parse())
}
