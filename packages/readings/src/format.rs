//! The formats read, by name, and one way to read them all.

use core::str::FromStr;

use crate::dataset::{check_size, Dataset};
use crate::error::{Error, UnknownName};
use crate::file::{peek, Folder, NamedFile};
use crate::options::Options;
use crate::readings_table::ReadingsTable;
use crate::selection::{select, Selection};
use crate::{ausgrid, bundled, citylearn, simbench};

/// A format that a user may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A folder of a SimBench grid: loads, PV systems and profiles.
    Simbench,
    /// A folder of CityLearn's homes of 2022, hour by hour.
    Citylearn,
    /// Ausgrid's published solar home half-hour file.
    Ausgrid,
    /// Files that tell their format by their beginning: our table, NEM12, Green Button, EDA, Home Assistant; or by a profile.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Simbench, Self::Citylearn, Self::Ausgrid, Self::Csv];

    /// As it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simbench => "simbench",
            Self::Citylearn => "citylearn",
            Self::Ausgrid => "ausgrid",
            Self::Csv => "csv",
        }
    }

    /// What it is, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Simbench => "A folder of a SimBench grid: loads, PV systems and profiles",
            Self::Citylearn => "A folder of CityLearn's homes of 2022, hour by hour",
            Self::Ausgrid => "Ausgrid's published solar home half-hour file",
            Self::Csv => {
                "Files that tell their format by their beginning: our table, NEM12, Green Button, EDA, Home Assistant; or by a profile"
            },
        }
    }
}

impl Format {
    /// The format of one file, by its beginning: Ausgrid's, else one of those that tell it when they are read.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of_file(file: NamedFile) -> Result<Self, Error> {
        let name = file.name.clone();
        let (first, _) =
            peek(file.into_bytes(), BEGINNING).map_err(|source| Error::Unreadable { file: name, source })?;
        let ausgrid = ausgrid::is(&String::from_utf8_lossy(&first));
        Ok(if ausgrid { Self::Ausgrid } else { Self::Csv })
    }

    /// The format of a folder, by the names of its files, each plain or gzip; `None` where they are files of their own.
    pub fn of_folder<'n>(names: impl Iterator<Item = &'n str>) -> Option<Self> {
        let plain = |name: &'n str| name.strip_suffix(".gz").unwrap_or(name);
        names.map(plain).find_map(|name| match name {
            citylearn::CONSUMPTION | citylearn::published::SCHEMA => Some(Self::Citylearn),
            simbench::PUBLISHED_LOADS | simbench::LOAD_PROFILES => Some(Self::Simbench),
            _ => None,
        })
    }
}

/// Bytes in which a file's second line has begun to name its columns.
const BEGINNING: u64 = 4_096;

impl FromStr for Format {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let format = Self::ALL.into_iter().find(|format| format.name() == text);
        format.ok_or_else(|| UnknownName::of(Self::ALL.map(Self::name), text))
    }
}

/// Data to read: what holds it, in which format.
pub enum Source<'a> {
    /// The two weeks built in.
    Bundled,
    /// [`Format::Simbench`].
    Simbench(&'a dyn Folder),
    /// [`Format::Citylearn`].
    Citylearn(&'a dyn Folder),
    /// [`Format::Ausgrid`].
    Ausgrid(NamedFile<'a>),
    /// [`Format::Csv`].
    Csv(NamedFile<'a>),
    /// Files of [`Format::Csv`] read together, with what is stated of them.
    Tables(Box<dyn Iterator<Item = NamedFile<'a>> + 'a>, Box<Options>),
}

impl Source<'_> {
    /// Reads the selected part. All rows are checked, also those that are left out.
    ///
    /// # Errors
    /// A bad row, with its place; data that does not fit together, or is too much; a selection that leaves nothing.
    pub fn load(self, selection: &Selection) -> Result<Dataset, Error> {
        let dataset = match self {
            Self::Bundled => bundled::load(),
            Self::Simbench(folder) => simbench::load(folder, selection),
            Self::Citylearn(folder) => citylearn::load(folder),
            Self::Ausgrid(file) => ausgrid::load(file),
            Self::Csv(file) => ReadingsTable::by_meter(file)?.into_dataset(),
            Self::Tables(files, options) => ReadingsTable::read(files, &options)?.into_dataset(),
        }?;
        let dataset = select(dataset, selection)?;
        check_size(dataset.meters.len(), dataset.intervals())?;
        Ok(dataset)
    }
}
