//! Tables of a column a meter.

use std::collections::BTreeSet;

use super::found::{header, Value};
use super::values::{mark, value};
use crate::numbers::Unit;
use crate::profile::sample::Sample;
use crate::profile::words::{self, Way};

/// Columns of numbers that say nothing but whose they are: a column a meter.
pub(super) fn of_meters(
    sample: &Sample,
    taken: &[usize],
    unit: Option<Unit>,
    notes: &mut Vec<String>,
) -> Vec<Value> {
    let columns = (0..sample.header.len()).filter(|column| {
        let name = header(sample, *column);
        !taken.contains(column) && !name.is_empty() && !words::is_no_energy(name) && !words::is_quality(name)
    });
    let mut quiet = Vec::new();
    let values: Vec<Value> = columns
        .filter_map(|column| {
            let unit = unit.unwrap_or(Unit::KilowattHours);
            value(sample, (column, mark(sample, &[column])), Some(unit), &mut quiet)
        })
        .collect();
    if values.len() < 2 {
        return Vec::new();
    }
    if unit.is_none() {
        notes.push(
            "no column is called as energies are: each is taken for a meter's kWh; --unit states another"
                .to_owned(),
        );
    }
    notes.append(&mut quiet);
    values
}

/// Whether every column of a way names another meter.
pub(super) fn by_meter(sample: &Sample, values: &[Value]) -> bool {
    let named: Vec<(Option<Way>, String)> = values
        .iter()
        .map(|value| (value.way, words::whose(header(sample, value.column))))
        .collect();
    let different: BTreeSet<(u8, &str)> = named
        .iter()
        .map(|(way, name)| (way.map_or(0, |way| way as u8), name.as_str()))
        .collect();
    different.len() == named.len() && named.iter().all(|(_, name)| !name.is_empty())
}

/// Where no column names meters, columns of one way may each be another meter's; else they are added up, which is told.
pub(super) fn name_meters(sample: &Sample, values: &mut [Value], notes: &mut Vec<String>) {
    let several = [Way::Import, Way::Export, Way::Net]
        .into_iter()
        .filter_map(|way| {
            let of_way: Vec<String> = values
                .iter()
                .filter(|value| value.way == Some(way))
                .map(|value| format!("`{}`", header(sample, value.column)))
                .collect();
            (of_way.len() > 1).then_some(of_way)
        });
    let several: Vec<Vec<String>> = several.collect();
    if several.is_empty() {
        return;
    }
    if !by_meter(sample, values) {
        for of_way in several {
            notes.push(format!(
                "{} are added up, as tariffs and phases are",
                of_way.join(" and ")
            ));
        }
        return;
    }
    for value in values {
        value.meter = Some(words::whose(header(sample, value.column)));
    }
    notes.push("each column is taken for the meter that it names".to_owned());
}
