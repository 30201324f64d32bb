//! Which columns of a sample are energies, which way they count, and whose they are.

use super::found::{header, Value};
use super::number::{is_register, number, thousands, Number};
use crate::numbers::{says_nothing, Unit};
use crate::profile::sample::Sample;
use crate::profile::words::{self, Way};
use crate::profile::NotProfile;

/// Longer whole numbers are names of meters.
const LONGEST_NUMBER: usize = 12;

/// Columns of numbers that are called as energies are.
pub(super) fn values(
    sample: &Sample,
    taken: &[usize],
    stated: Option<Unit>,
    notes: &mut Vec<String>,
) -> Result<Vec<Value>, NotProfile> {
    let of_rows = unit_of_rows(sample)?;
    let called = |column: &usize| {
        let name = header(sample, *column);
        let energy = words::is_energy(name) || sample.unit(*column).is_some();
        !taken.contains(column) && energy && (!words::is_meter(name) || words::unit(name).is_some())
    };
    let columns: Vec<usize> = (0..sample.header.len()).filter(called).collect();
    let mark = mark(sample, &columns);
    let mut values = Vec::new();
    for column in columns {
        let name = header(sample, column);
        if words::is_no_energy(name) {
            if words::way(name).is_some() {
                notes.push(format!("`{name}` is no energy that is settled and is left out"));
            }
            continue;
        }
        match value(sample, (column, mark), stated.or(of_rows), notes) {
            Some(value) => values.push(value),
            None if several_units(sample, column) => {
                let what = format!("`{name}` has several units behind its numbers: expected one in all rows");
                return Err(NotProfile { what });
            }
            None if words::way(name).is_some() || words::unit(name).is_some() => {
                let first = sample.cells(column).next().unwrap_or_default();
                notes.push(format!(
                    "`{name}` holds no numbers, as `{first}`, and is left out"
                ));
            }
            None => {}
        }
    }
    Ok(values)
}

/// A column of numbers; `None` where most of its cells are none, or they are names.
pub(super) fn value(
    sample: &Sample,
    (column, mark): (usize, Option<char>),
    unit: Option<Unit>,
    notes: &mut Vec<String>,
) -> Option<Value> {
    let name = header(sample, column);
    let cells: Vec<&str> = sample.cells(column).filter(|cell| !says_nothing(cell)).collect();
    let (cells, in_cells) = without_units(&cells);
    let mark = mark.filter(|mark| cells.iter().any(|cell| cell.contains(*mark)));
    let numbers: Vec<Number> = cells.iter().filter_map(|cell| number(cell, mark)).collect();
    let names = cells
        .iter()
        .all(|cell| cell.len() >= LONGEST_NUMBER && !cell.contains(['.', ',']));
    // A few cells that are no numbers are refused with their lines when the table is read.
    if numbers.is_empty() || numbers.len().saturating_mul(2) < cells.len() || names {
        return None;
    }
    let named = words::unit(name).or(sample.unit(column)).or(in_cells).or(unit);
    if named.is_none() {
        notes.push(format!(
            "`{name}` names no unit and is taken for kWh; --unit states another"
        ));
    }
    if let Some(mark) = mark {
        notes.push(format!("`{mark}` in `{name}` is taken for a mark of thousands"));
    }
    let small = matches!(named, Some(Unit::WattHours | Unit::Watts));
    if small
        && numbers
            .iter()
            .all(|number| number.decimals == 3 && !number.below_one())
    {
        notes.push(format!(
            "`{name}` has three digits behind the sign of decimals in every row; where that stands between thousands, write \
             `thousands` below its [[values]]"
        ));
    }
    let power = named.is_some_and(Unit::is_power);
    let register = !power && is_register(&numbers, words::is_total(name));
    if register {
        notes.push(format!(
            "`{name}` grows all the time and is taken for what the meter shows"
        ));
    }
    let negative = numbers.iter().any(|number| number.negative);
    let positive = numbers.iter().any(|number| !number.negative && !number.zero);
    let way = words::way(name);
    let way = match (negative, way) {
        // All that was given is below zero: the sign says it again.
        (true, Some(Way::Export)) if !positive => Some(Way::Net),
        (true, _) => Some(Way::Net),
        (false, way) => way,
    };
    Some(Value {
        column,
        unit: named.unwrap_or(Unit::KilowattHours),
        way,
        register,
        fine: numbers
            .iter()
            .any(|number| number.decimals > 6 || number.exponent),
        thousands: mark,
        meter: None,
    })
}

/// The unit of a column of units; two in one column are refused, since a profile states one.
fn unit_of_rows(sample: &Sample) -> Result<Option<Unit>, NotProfile> {
    for column in 0..sample.header.len() {
        let cells = sample.different(column);
        let units: Option<Vec<Unit>> = cells.iter().map(|cell| Unit::named(cell)).collect();
        match units.as_deref() {
            Some([one]) => return Ok(Some(*one)),
            Some([_, _, ..]) => {
                let what = format!(
                    "`{}` says {}: expected one unit in all rows; split the table by it",
                    header(sample, column),
                    cells.join(" and ")
                );
                return Err(NotProfile { what });
            }
            _ => {}
        }
    }
    Ok(None)
}

/// The sign between thousands in these columns together: one of them alone may have no number below a thousand.
pub(super) fn mark(sample: &Sample, columns: &[usize]) -> Option<char> {
    let cells = columns.iter().flat_map(|column| sample.cells(*column));
    let cells: Vec<&str> = cells.filter(|cell| !says_nothing(cell)).collect();
    thousands(&without_units(&cells).0)
}

/// A number and the unit behind it.
fn with_unit(cell: &str) -> Option<(&str, Unit)> {
    let at = cell
        .find(|sign: char| sign.is_ascii_alphabetic())
        .filter(|at| *at > 0)?;
    let (number, unit) = cell.split_at_checked(at)?;
    Some((number.trim_end(), Unit::named(unit)?))
}

/// Whether most cells of a column are numbers with a unit behind them.
fn several_units(sample: &Sample, column: usize) -> bool {
    let of = sample
        .cells(column)
        .filter(|cell| with_unit(cell).is_some())
        .count();
    of.saturating_mul(2) > sample.cells(column).count()
}

/// Cells without the unit that all of them have behind their numbers, and that unit.
fn without_units<'a>(cells: &[&'a str]) -> (Vec<&'a str>, Option<Unit>) {
    let parts: Option<Vec<(&str, Unit)>> = cells.iter().map(|cell| with_unit(cell)).collect();
    match parts.as_deref() {
        Some([(_, unit), rest @ ..]) if rest.iter().all(|(_, other)| other == unit) => (
            parts.iter().flatten().map(|(number, _)| *number).collect(),
            Some(*unit),
        ),
        _ => (cells.to_vec(), None),
    }
}
