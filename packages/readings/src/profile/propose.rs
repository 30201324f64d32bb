//! A profile proposed for a table that nobody described: what its columns are called and what stands in them decide, and whatever
//! is only likely is said.

mod found;
mod kinds;
mod meters;
mod number;
mod values;
mod writing;

use super::built_in::{built_in_text, guess};
use super::moments::{EPOCH, EPOCH_MS, WITH_OFFSET};
use super::sample::Sample;
use super::words::{self, Way};
use super::{times, NotProfile, Profile};
use crate::numbers::Unit;
use found::{header, Directions};
use kinds::{keep_one_kind, name_ways};
use meters::{name_meters, of_meters};
use number::is_number;
use values::values;
use writing::Writing;

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The profile.
    pub profile: Profile,
    /// Its file's text.
    pub text: String,
    /// What was assumed, a sentence each.
    pub notes: Vec<String>,
}

/// Most different cells of a column that says directions: tariffs of both.
const MAX_WAYS: usize = 8;

/// What somebody knows of a table that it does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The zone of its clock, by its IANA name.
    pub zone: Option<&'a str>,
    /// The unit of columns that name none.
    pub unit: Option<Unit>,
}

/// Proposes one, called `name`.
///
/// # Errors
/// What is missing: a time, a column of energies, a zone that is not stated.
pub fn propose(sample: &Sample, name: &str, known: Known) -> Result<Proposal, NotProfile> {
    if let Some(profile) = guess(&sample.header) {
        let text = built_in_text(profile.name()).unwrap_or_default().to_owned();
        let notes = vec![format!(
            "the profile built in `{}` fits these columns",
            profile.name()
        )];
        return Ok(Proposal { profile, text, notes });
    }
    let bad = |what: &str| NotProfile {
        what: what.to_owned(),
    };
    let times = times::find(sample).ok_or_else(|| bad(&times::missing(sample)))?;
    let zone = match (known.zone, times.format.as_str()) {
        (Some(zone), _) => zone,
        (None, WITH_OFFSET | EPOCH | EPOCH_MS) => "UTC",
        (None, _) => return Err(bad(
            "the times have no offset: state the zone of the clock that wrote them, as --zone Europe/Vienna",
        )),
    };
    let mut notes = times.notes.clone();
    let taken: Vec<usize> = times
        .start
        .iter()
        .chain(times.end.iter().flatten())
        .copied()
        .collect();
    let directions = directions(sample, &taken);
    let mut values = values(sample, &taken, known.unit, &mut notes)?;
    keep_one_kind(sample, &mut values, &mut notes);
    if values.is_empty() {
        values = of_meters(sample, &taken, known.unit, &mut notes);
    }
    let mut taken = taken;
    taken.extend(values.iter().map(|value| value.column));
    taken.extend(directions.iter().map(|(column, _, _)| *column));
    let meter = (0..sample.header.len()).find(|column| {
        !taken.contains(column)
            && words::is_meter(header(sample, *column))
            && sample.cells(*column).next().is_some()
    });
    if directions.is_some() {
        values.truncate(1);
        values.iter_mut().for_each(|value| value.way = None);
    } else {
        name_ways(sample, &mut values, &mut notes);
        if meter.is_none() {
            name_meters(sample, &mut values, &mut notes);
        }
    }
    if values.is_empty() {
        let all: Vec<usize> = (0..sample.header.len()).collect();
        refuse_twice(
            sample,
            all.into_iter()
                .filter(|column| !header(sample, *column).is_empty()),
        )?;
        let none = "expected a column of energies, as `import_kwh` or `Verbrauch [kWh]`, found none";
        return Err(bad(&format!("{none} below `{}`", sample.header.join("`, `"))));
    }
    refuse_twice(sample, values.iter().map(|value| value.column))?;
    if meter.is_none() && values.iter().all(|value| value.meter.is_none()) {
        notes.push("no column names meters: all rows are of one, called as the file".to_owned());
    }
    taken.extend(meter);
    let quality = (0..sample.header.len()).find(|column| {
        let name = header(sample, *column);
        let numbers = sample
            .cells(*column)
            .all(|cell| cell.contains(['.', ',']) && is_number(cell));
        !taken.contains(column) && words::is_quality(name) && !words::is_no_energy(name) && !numbers
    });
    let text = Writing {
        sample,
        name,
        zone,
        times: &times,
        values: &values,
        directions: directions.as_ref(),
        meter,
        quality,
    }
    .text(&mut notes);
    Ok(Proposal {
        profile: Profile::parse(&text)?,
        text,
        notes,
    })
}

fn directions(sample: &Sample, taken: &[usize]) -> Option<Directions> {
    (0..sample.header.len())
        .filter(|column| !taken.contains(column))
        .find_map(|column| {
            let cells = sample.different(column);
            let of = |way: Way| -> Vec<String> {
                let cells = cells.iter().filter(|cell| words::way(cell) == Some(way));
                cells.map(|cell| (*cell).to_owned()).collect()
            };
            let (import, export) = (of(Way::Import), of(Way::Export));
            let few = cells.len() <= MAX_WAYS && !cells.iter().any(|cell| is_number(cell));
            (few && !import.is_empty() && (!export.is_empty() || cells.len() > 1))
                .then_some((column, import, export))
        })
}

/// Refuses two columns of one name: which of them is meant, no profile can say.
fn refuse_twice(sample: &Sample, mut columns: impl Iterator<Item = usize>) -> Result<(), NotProfile> {
    let twice = |column: &usize| {
        let name = header(sample, *column);
        sample.header.iter().filter(|other| *other == name).count() > 1
    };
    match columns.find(twice) {
        Some(column) => Err(NotProfile {
            what: format!(
                "two columns are called `{}`: name them otherwise in the header, each by what it is; of two rows of names make one",
                header(sample, column)
            ),
        }),
        None => Ok(()),
    }
}
