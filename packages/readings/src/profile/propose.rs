//! A profile proposed for a table that nobody described: what its columns are called and what stands in them decide, and whatever
//! is only likely is said.

mod found;
mod number;
mod writing;

use super::sample::Sample;
use super::times::{self, WITH_OFFSET};
use super::words::{self, Way};
use super::{guess, NotProfile, Profile};
use crate::numbers::Unit;
use found::{header, Directions, Value};
use number::{is_register, number, Number};
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
/// Longer whole numbers are names of meters.
const LONGEST_NUMBER: usize = 12;

/// Proposes one, called `name`.
///
/// # Errors
/// What is missing: a time, a column of energies, a zone that is not stated.
pub fn propose(sample: &Sample, name: &str, zone: Option<&str>) -> Result<Proposal, NotProfile> {
    if let Some(profile) = guess(&sample.header) {
        let text = super::built_in_text(profile.name())
            .unwrap_or_default()
            .to_owned();
        let notes = vec![format!(
            "the profile built in `{}` fits these columns",
            profile.name()
        )];
        return Ok(Proposal { profile, text, notes });
    }
    let bad = |what: &str| NotProfile {
        what: what.to_owned(),
    };
    let times =
        times::find(sample).ok_or_else(|| bad("expected a column of times below the header, found none"))?;
    let zone = match (zone, times.format.as_str()) {
        (Some(zone), _) => zone,
        (None, WITH_OFFSET) => "UTC",
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
    let mut values = values(sample, &taken, &mut notes);
    if directions.is_some() {
        values.truncate(1);
        values.iter_mut().for_each(|value| value.way = None);
    } else {
        name_ways(sample, &mut values, &mut notes);
    }
    if values.is_empty() {
        return Err(bad(
            "expected a column of energies, as `import_kwh` or `Verbrauch [kWh]`, found none",
        ));
    }
    let mut taken = taken;
    taken.extend(values.iter().map(|value| value.column));
    taken.extend(directions.iter().map(|(column, _, _)| *column));
    let meter = (0..sample.header.len()).find(|column| {
        !taken.contains(column)
            && words::is_meter(header(sample, *column))
            && sample.cells(*column).next().is_some()
    });
    if meter.is_none() {
        notes.push("no column names meters: all rows are of one, called as the file".to_owned());
    }
    taken.extend(meter);
    let quality = (0..sample.header.len())
        .find(|column| !taken.contains(column) && words::is_quality(header(sample, *column)));
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
            let few = cells.len() <= MAX_WAYS && !cells.iter().any(|cell| number(cell).is_some());
            (few && !import.is_empty() && (!export.is_empty() || cells.len() > 1))
                .then_some((column, import, export))
        })
}

/// Columns of numbers that are called as energies are.
fn values(sample: &Sample, taken: &[usize], notes: &mut Vec<String>) -> Vec<Value> {
    let unit_of_rows =
        (0..sample.header.len()).find_map(|column| match sample.different(column).as_slice() {
            [only] => Unit::named(only),
            _ => None,
        });
    let mut values = Vec::new();
    for column in (0..sample.header.len()).filter(|column| !taken.contains(column)) {
        let name = header(sample, column);
        let numbers: Option<Vec<Number>> = sample.cells(column).map(number).collect();
        let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else {
            continue;
        };
        let whole_and_long = sample
            .cells(column)
            .all(|cell| cell.len() >= LONGEST_NUMBER && !cell.contains(['.', ',']));
        if !words::is_energy(name) || (words::is_meter(name) && words::unit(name).is_none()) || whole_and_long
        {
            continue;
        }
        let named = words::unit(name).or(unit_of_rows);
        if named.is_none() {
            notes.push(format!("`{name}` names no unit and is taken for kWh"));
        }
        let negative = numbers.iter().any(|number| number.negative);
        let register = is_register(&numbers) && !named.is_some_and(Unit::is_power);
        if register {
            notes.push(format!(
                "`{name}` grows all the time and is taken for what the meter shows"
            ));
        }
        values.push(Value {
            column,
            unit: named.unwrap_or(Unit::KilowattHours),
            way: if negative {
                Some(Way::Net)
            } else {
                words::way(name)
            },
            register,
            fine: numbers
                .iter()
                .any(|number| number.decimals > 6 || number.exponent),
        });
    }
    // All of one kind: what meters show stands beside what was used in some files, and only one of both is needed.
    let registers = values.iter().all(|value| value.register);
    if !registers {
        values.retain(|value| !value.register);
    }
    values
}

/// Says of every column which way it counts, where no cell does.
fn name_ways(sample: &Sample, values: &mut Vec<Value>, notes: &mut Vec<String>) {
    if let [only] = values.as_mut_slice() {
        if only.way.is_none() {
            only.way = Some(Way::Import);
            notes.push(format!(
                "`{}` is taken for what was used; nothing says that it was given",
                header(sample, only.column)
            ));
        }
    }
    values.retain(|value| {
        let kept = value.way.is_some();
        if !kept {
            notes.push(format!(
                "`{}` says not which way it counts and is left out",
                header(sample, value.column)
            ));
        }
        kept
    });
}
