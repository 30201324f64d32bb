//! Paths on the command line to tables: a file, several, or all files of a folder.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterKey;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;

use crate::onchain::exit::bad_argument;

/// The most files of one run: one a meter and month for a grid's seats and a year would be more, a folder of photographs too.
const MAX_FILES: usize = 16_384;

/// The files that paths name, a folder's in the order of their names; what begins with a point is left out.
///
/// # Errors
/// A folder that cannot be looked into, or is empty; too many files.
pub fn open_all(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let of_folder = of_folder(path)?;
            if of_folder.is_empty() {
                return Err(bad_argument(format!(
                    "{}: expected files of meters, got an empty folder",
                    path.display()
                )));
            }
            files.extend(of_folder);
        } else {
            files.push(path.clone());
        }
        if files.len() > MAX_FILES {
            return Err(bad_argument(format!(
                "expected at most {MAX_FILES} files, got more"
            )));
        }
    }
    Ok(files)
}

fn of_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot look into {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot look into {}", folder.display()))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Reads files together as one neighbourhood's, or as a grid's.
///
/// # Errors
/// A file that cannot be opened; whatever the reader refuses.
pub fn load<M: MeterKey>(paths: &[PathBuf], options: &Options) -> Result<ReadingsTable<M>> {
    Ok(ReadingsTable::read(tables(paths)?, options)?)
}

/// The files that paths name, each opened when it is read.
///
/// # Errors
/// One that is not there.
pub fn tables(paths: &[PathBuf]) -> Result<impl Iterator<Item = NamedFile<'static>>> {
    let files = open_all(paths)?;
    for path in &files {
        // What is not there shows before the others are read.
        std::fs::metadata(path).with_context(|| format!("cannot open {}", path.display()))?;
    }
    Ok(files
        .into_iter()
        .map(|path| NamedFile::new(name_of(&path), Lazy::of(&path))))
}

/// A file's own name, as errors give it.
pub fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// A file that is opened when it is read, and closed with it: more at once than the system allows may be named.
enum Lazy {
    Closed(PathBuf),
    Open(File),
}

impl Lazy {
    fn of(path: &Path) -> Self {
        Self::Closed(path.to_owned())
    }
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
