//! One file to the energies of meters' intervals.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::num::NonZeroU32;
use std::path::Path;

use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error as ReadingsError;
use gridpact_readings::file::NamedFile;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::registers::energies::{spread, Counting};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading, UnixSeconds};
use sha2::{Digest, Sha256};

use crate::bounds::MAX_FOLDER_FILE;
use crate::config::Meter;
use crate::store::readings::GivenEnergy;

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

/// Reads a file of our own table, plain or gzip, by slot or by meter's name.
///
/// Shorter intervals than the grid's are summed where all are there; longer ones are spread and are then a substitute that stays.
///
/// # Errors
/// A bad row with its place; a meter nobody knows; intervals that do not fit.
pub fn read(path: &Path, meters: &[Meter], counting: Counting) -> Result<Given, NotFile> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let open = || -> Result<NamedFile<'static>, NotFile> {
        Ok(NamedFile::limited(
            name.clone(),
            File::open(path)?,
            MAX_FOLDER_FILE,
        ))
    };
    if names_slots(path)? {
        by_slot(open()?, meters, counting)
    } else {
        by_name(
            ReadingsTable::by_meter(open()?)?.into_dataset()?,
            meters,
            counting,
        )
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

fn by_slot(file: NamedFile, meters: &[Meter], counting: Counting) -> Result<Given, NotFile> {
    let table = ReadingsTable::by_slot(file, counting.length)?;
    let mut given = Given::new();
    for (slot, interval, reading) in table.readings().filter(|(_, _, reading)| !reading.is_missing()) {
        let meter = meters.iter().find(|meter| meter.slot == slot);
        let meter = meter.ok_or_else(|| NotFile::Unknown(format!("slot {slot}")))?;
        let start = UnixSeconds(counting.length.start_of(interval));
        let energies = given.entry(meter.name.get_ref().clone()).or_default();
        energies.push(GivenEnergy { start, reading });
    }
    Ok(given)
}

fn by_name(data: Dataset, meters: &[Meter], counting: Counting) -> Result<Given, NotFile> {
    let mut given = Given::new();
    let (grid, got) = (counting.length.seconds(), data.interval.seconds());
    let parts = |one: u32, other: u32| {
        let whole = one.checked_rem(other) == Some(0);
        whole.then(|| NonZeroU32::new(one.checked_div(other)?)).flatten()
    };
    let into = parts(got, grid);
    let of = parts(grid, got);
    if into.is_none() && of.is_none() {
        return Err(NotFile::Length { grid, got });
    }
    for (position, meter) in data.meters.iter().enumerate() {
        if !meters.iter().any(|known| *known.name.get_ref() == meter.name) {
            return Err(NotFile::Unknown(meter.name.clone()));
        }
        let series = series(&data, position);
        let energies = match (into, of) {
            (Some(into), _) => spread_out(&series, &data, into, counting),
            (None, Some(of)) => summed(&series, &data, of, counting)?,
            (None, None) => Vec::new(),
        };
        given.insert(meter.name.clone(), energies);
    }
    Ok(given)
}

/// One meter's readings that are there.
fn series(data: &Dataset, position: usize) -> Vec<(IntervalIndex, Reading)> {
    let intervals = data
        .stretches
        .iter()
        .flat_map(|stretch| (0..stretch.intervals).map(|offset| stretch.first.plus(offset as u64)));
    let width = data.meters.len().max(1);
    let readings = data.readings.iter().skip(position).step_by(width);
    let all = intervals.zip(readings.copied());
    all.filter(|(_, reading)| !reading.is_missing()).collect()
}

/// Each interval over so many of the grid's.
fn spread_out(
    series: &[(IntervalIndex, Reading)],
    data: &Dataset,
    into: NonZeroU32,
    counting: Counting,
) -> Vec<GivenEnergy> {
    let mut energies = Vec::new();
    for (interval, reading) in series {
        let start = data.interval.start_of(*interval);
        if into.get() == 1 {
            energies.push(GivenEnergy {
                start: UnixSeconds(start),
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
    series: &[(IntervalIndex, Reading)],
    data: &Dataset,
    of: NonZeroU32,
    counting: Counting,
) -> Result<Vec<GivenEnergy>, NotFile> {
    let mut sums: BTreeMap<u64, (u32, Reading)> = BTreeMap::new();
    for (interval, reading) in series {
        let index = counting.length.index_at(data.interval.start_of(*interval));
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
