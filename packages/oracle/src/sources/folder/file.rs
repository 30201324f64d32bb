//! One file to the energies of meters' intervals.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::num::NonZeroU32;
use std::path::Path;

use gridpact_readings::error::Error as ReadingsError;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::registers::energies::{spread, Counting};
use gridpact_units::{Energy, Quality, Reading, Slot, UnixSeconds};
use sha2::{Digest, Sha256};

use crate::bounds::MAX_FOLDER_FILE;
use crate::config::Meter;
use crate::store::given::GivenEnergy;

/// Why a file is refused.
#[derive(Debug, thiserror::Error)]
pub enum NotFile {
    /// The system does not give it.
    #[error("{0}")]
    Unreadable(#[from] std::io::Error),
    /// Its rows.
    #[error(transparent)]
    Rows(#[from] ReadingsError),
    /// A meter that this oracle does not read.
    #[error("expected meters of the configuration, by name or slot, got `{0}`")]
    Unknown(String),
    /// Intervals that do not fit into the grid's, nor they into them.
    #[error("expected intervals that divide the grid's {grid} s or are divided by them, got {got} s")]
    Length {
        /// The grid's, s.
        grid: u32,
        /// The file's, s.
        got: u32,
    },
    /// Energies too large to add.
    #[error("expected energies below 2^64 mWh an interval, got more")]
    TooLarge,
}

/// What a file gives, by meter.
pub type Given = BTreeMap<String, Vec<GivenEnergy>>;

/// SHA-256 of a file's bytes.
///
/// # Errors
/// The system does not give it.
pub fn hash(path: &Path) -> Result<[u8; 32], std::io::Error> {
    let mut file = File::open(path)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRead {
    /// What it gives.
    pub given: Given,
    /// What is doubtful in it and was read all the same, a line each.
    pub doubts: Vec<String>,
}

/// Reads a file of any format that the readings know; a table may name meters or slots.
///
/// Shorter intervals than the grid's are summed where all are there; longer ones are spread and are then a substitute that stays.
///
/// # Errors
/// A bad row with its place; a meter nobody knows; intervals that do not fit.
pub fn read(
    path: &Path,
    meters: &[Meter],
    counting: Counting,
    options: &Options,
) -> Result<FileRead, NotFile> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let file = NamedFile::limited(name, File::open(path)?, MAX_FOLDER_FILE);
    match names_slots(path)? {
        true => by_slot(file, meters, counting, options),
        false => by_name(file, meters, counting, options),
    }
}

/// Whether the second column of the head is `slot`.
fn names_slots(path: &Path) -> Result<bool, NotFile> {
    let file = File::open(path)?;
    let zipped = path.extension().is_some_and(|kind| kind == "gz");
    let bytes: Box<dyn Read> = if zipped {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut head = String::new();
    let read = BufReader::new(bytes.take(4_096)).read_line(&mut head);
    // What is no text is told by the reader of rows.
    Ok(read.is_ok()
        && head
            .split(',')
            .nth(1)
            .is_some_and(|column| column.trim() == "slot"))
}

fn by_slot(
    file: NamedFile,
    meters: &[Meter],
    counting: Counting,
    options: &Options,
) -> Result<FileRead, NotFile> {
    let options = Options {
        interval: Some(counting.length),
        ..options.clone()
    };
    let table = ReadingsTable::<Slot>::read([file], &options)?;
    let mut given = Given::new();
    for (slot, interval, reading) in table.readings().filter(|(_, _, reading)| !reading.is_missing()) {
        let meter = meters.iter().find(|meter| meter.slot == slot);
        let meter = meter.ok_or_else(|| NotFile::Unknown(format!("slot {slot}")))?;
        let start = UnixSeconds(counting.length.start_of(interval));
        let energies = given.entry(meter.name.get_ref().clone()).or_default();
        energies.push(GivenEnergy { start, reading });
    }
    Ok(FileRead {
        given,
        doubts: doubts(&table),
    })
}

fn by_name(
    file: NamedFile,
    meters: &[Meter],
    counting: Counting,
    options: &Options,
) -> Result<FileRead, NotFile> {
    let table = ReadingsTable::<MeterName>::read([file], options)?;
    let length = table.interval();
    let (grid, got) = (counting.length.seconds(), length.seconds());
    let parts = |one: u32, other: u32| {
        let whole = one.checked_rem(other) == Some(0);
        whole.then(|| NonZeroU32::new(one.checked_div(other)?)).flatten()
    };
    let (into, of) = (parts(got, grid), parts(grid, got));
    if into.is_none() && of.is_none() {
        return Err(NotFile::Length { grid, got });
    }
    let mut series: BTreeMap<String, Series> = BTreeMap::new();
    for (MeterName(name), interval, reading) in table.readings() {
        if !meters.iter().any(|known| *known.name.get_ref() == name) {
            return Err(NotFile::Unknown(name));
        }
        if !reading.is_missing() {
            let start = length.start_of(interval);
            series.entry(name).or_default().push((start, reading));
        }
    }
    let mut given = Given::new();
    for (name, series) in series {
        let energies = match (into, of) {
            (Some(into), _) => spread_out(&series, into, counting),
            (None, Some(of)) => summed(&series, of, counting)?,
            (None, None) => Vec::new(),
        };
        given.insert(name, energies);
    }
    Ok(FileRead {
        given,
        doubts: doubts(&table),
    })
}

/// Starts and readings of one meter.
type Series = Vec<(u64, Reading)>;

/// What the reader doubts, a line each.
fn doubts<M>(table: &ReadingsTable<M>) -> Vec<String> {
    table.findings().iter().map(ToString::to_string).collect()
}

/// Each interval over so many of the grid's.
fn spread_out(series: &[(u64, Reading)], into: NonZeroU32, counting: Counting) -> Vec<GivenEnergy> {
    let mut energies = Vec::new();
    for (start, reading) in series {
        if into.get() == 1 {
            energies.push(GivenEnergy {
                start: UnixSeconds(*start),
                reading: *reading,
            });
            continue;
        }
        let import = spread(reading.import, into, counting.resolution);
        let export = spread(reading.export, into, counting.resolution);
        for (part, (import, export)) in (0_u64..).zip(import.into_iter().zip(export)) {
            let offset = part.saturating_mul(counting.length.seconds().into());
            energies.push(GivenEnergy {
                start: UnixSeconds(start.saturating_add(offset)),
                reading: Reading {
                    import,
                    export,
                    quality: reading.quality.max(Quality::SubstitutedFinal),
                },
            });
        }
    }
    energies
}

/// So many intervals to each of the grid's; one that lacks a part is left out.
fn summed(
    series: &[(u64, Reading)],
    of: NonZeroU32,
    counting: Counting,
) -> Result<Vec<GivenEnergy>, NotFile> {
    let mut sums: BTreeMap<u64, (u32, Reading)> = BTreeMap::new();
    for (start, reading) in series {
        let index = counting.length.index_at(*start);
        let start = counting.length.start_of(index);
        let (parts, sum) = sums
            .entry(start)
            .or_insert((0, Reading::measured(Energy::ZERO, Energy::ZERO)));
        *parts = parts.saturating_add(1);
        sum.import = sum.import.checked_add(reading.import).ok_or(NotFile::TooLarge)?;
        sum.export = sum.export.checked_add(reading.export).ok_or(NotFile::TooLarge)?;
        sum.quality = sum.quality.max(reading.quality);
    }
    let whole = sums.into_iter().filter(|(_, (parts, _))| *parts == of.get());
    let energy = |(start, (_, reading)): (u64, (u32, Reading))| GivenEnergy {
        start: UnixSeconds(start),
        reading,
    };
    Ok(whole.map(energy).collect())
}
