//! Gridpact's own format, documented in the README: `interval_start,meter,import_kwh,export_kwh`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{bail, Context, Result};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading};

use crate::select::rfc3339;
use crate::table::Table;
use crate::{check_size, Dataset, Meter, Stretch, Zone, MAX_METERS, MAX_READINGS};

const HEADER: [&str; 4] = ["interval_start", "meter", "import_kwh", "export_kwh"];
/// kWh to mWh.
const SCALE: u32 = 6;
/// A longer name is a mistake in the file.
const MAX_NAME: usize = 64;

/// A row as it came.
struct Row {
    start: u64,
    meter: usize,
    reading: Reading,
    line: u64,
}

/// Reads a file, plain or gzip.
pub fn load(path: &Path) -> Result<Dataset> {
    let mut table = Table::open(path, 0)?;
    if table.header() != HEADER {
        return Err(table.bad_header(&HEADER.join(","), &table.header().join(",")));
    }
    let (rows, names) = read_rows(&mut table)?;
    let interval = interval_length(&rows)?;
    let first = rows.iter().map(|row| row.start).min().context("no rows")?;
    let last = rows.iter().map(|row| row.start).max().context("no rows")?;
    let intervals = usize::try_from((last - first) / u64::from(interval.seconds()) + 1)?;
    check_size(names.len(), intervals)?;

    // Rows come in any order, so the meters' order must not depend on theirs.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|meter| (names[*meter].parse::<u64>().unwrap_or(u64::MAX), &names[*meter]));
    let mut slot = vec![0; names.len()];
    for (position, meter) in order.iter().enumerate() {
        slot[*meter] = position;
    }
    let mut readings = vec![Reading::MISSING; intervals * names.len()];
    let mut lines = vec![0_u32; readings.len()];
    let mut exports = vec![false; names.len()];
    for row in &rows {
        let interval = usize::try_from((row.start - first) / u64::from(interval.seconds()))?;
        let at = interval * names.len() + slot[row.meter];
        if lines[at] != 0 {
            let name = &names[row.meter];
            bail!(
                "{}: lines {} and {} give the same interval of meter {name}",
                path.display(),
                lines[at],
                row.line
            );
        }
        lines[at] = u32::try_from(row.line)?;
        readings[at] = row.reading;
        exports[slot[row.meter]] |= !row.reading.export.is_zero();
    }
    let meters = order.iter().zip(exports);
    let meters = meters.map(|(meter, has_pv)| Meter {
        name: names[*meter].clone(),
        has_pv,
        producer: false,
    });
    Ok(Dataset {
        name: path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        attribution: String::new(),
        notes: vec!["own generation used behind the meter is not in the data".to_owned()],
        zone: Zone::Fixed(0),
        interval,
        stretches: vec![Stretch {
            first: IntervalIndex(first / u64::from(interval.seconds())),
            intervals,
        }],
        meters: meters.collect(),
        readings,
        own_use: None,
    })
}

fn read_rows(table: &mut Table) -> Result<(Vec<Row>, Vec<String>)> {
    let mut rows = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    while table.advance()? {
        let start = rfc3339(table.cell(0))
            .and_then(|start| u64::try_from(start).ok())
            .filter(|start| start % 60 == 0);
        let start = start.ok_or_else(|| {
            table.bad(
                0,
                "an RFC 3339 time with offset, a whole minute after 1970",
                table.cell(0),
            )
        })?;
        let name = table.cell(1);
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(table.bad(1, &format!("a meter's name of 1 to {MAX_NAME} bytes"), name));
        }
        let meter = match known.get(name) {
            Some(meter) => *meter,
            None => {
                if names.len() == MAX_METERS {
                    return Err(table.bad(1, &format!("at most {MAX_METERS} meters, a grid's seats"), name));
                }
                known.insert(name.to_owned(), names.len());
                names.push(name.to_owned());
                names.len() - 1
            }
        };
        if rows.len() == MAX_READINGS {
            return Err(table.bad(0, &format!("at most {MAX_READINGS} rows"), table.cell(0)));
        }
        let energy = |column| table.decimal(column, SCALE, "kWh").map(Energy);
        let reading = Reading::measured(energy(2)?, energy(3)?);
        rows.push(Row {
            start,
            meter,
            reading,
            line: table.line(),
        });
    }
    Ok((rows, names))
}

/// The smallest step between two starts; all starts must lie on its grid, counted from 1970 as the chain does.
fn interval_length(rows: &[Row]) -> Result<IntervalLength> {
    let mut starts: Vec<u64> = rows.iter().map(|row| row.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let step = starts.windows(2).map(|pair| pair[1] - pair[0]).min();
    let step =
        step.context("the interval's length is taken from the data: expected at least two interval starts")?;
    let length = u32::try_from(step)
        .ok()
        .and_then(|step| IntervalLength::from_seconds(step).ok());
    let length = length.with_context(|| {
        format!(
            "the smallest step between two interval starts is {step} s: expected one that divides an hour"
        )
    })?;
    if let Some(row) = rows.iter().find(|row| row.start % step != 0) {
        bail!(
            "line {}: expected a start on the {step}-second grid counted from midnight UTC, got one off it",
            row.line
        );
    }
    Ok(length)
}
