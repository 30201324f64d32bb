//! Of several columns of energies those that are meant, and which way each counts.

use super::found::{header, Value};
use super::meters::by_meter;
use crate::profile::sample::Sample;
use crate::profile::words::{self, Way};

/// Of energies, powers and registers one kind; of what the wire saw and what happened behind it the first.
pub(super) fn keep_one_kind(sample: &Sample, values: &mut Vec<Value>, notes: &mut Vec<String>) {
    leave_out(
        sample,
        values,
        notes,
        |value| value.register,
        "what the meter shows",
    );
    leave_out(sample, values, notes, |value| value.unit.is_power(), "a power");
    for way in [Way::Import, Way::Export] {
        let of_wire =
            |value: &Value| value.way == Some(way) && words::is_of_wire(header(sample, value.column));
        let Some(named) = values.iter().find(|value| of_wire(value)) else {
            continue;
        };
        let named = header(sample, named.column).to_owned();
        values.retain(|value| {
            let behind = value.way == Some(way) && !of_wire(value);
            if behind {
                notes.push(format!(
                    "`{}` is left out: `{named}` says what passed the wire",
                    header(sample, value.column)
                ));
            }
            !behind
        });
    }
}

/// Leaves out those of a kind, where others are not.
fn leave_out(
    sample: &Sample,
    values: &mut Vec<Value>,
    notes: &mut Vec<String>,
    is: fn(&Value) -> bool,
    what: &str,
) {
    if values.iter().all(is) {
        return;
    }
    values.retain(|value| {
        if is(value) {
            let name = header(sample, value.column);
            notes.push(format!("`{name}` is {what} and is left out beside energies"));
        }
        !is(value)
    });
}

/// Says of every column which way it counts, where no cell does.
pub(super) fn name_ways(sample: &Sample, values: &mut Vec<Value>, notes: &mut Vec<String>) {
    if let [only] = values.as_mut_slice() {
        if only.way.is_none() {
            only.way = Some(Way::Import);
            notes.push(format!(
                "`{}` is taken for what was used; nothing says that it was given",
                header(sample, only.column)
            ));
        }
    }
    if values.len() > 1 && values.iter().all(|value| value.way.is_none()) && by_meter(sample, values) {
        values.iter_mut().for_each(|value| value.way = Some(Way::Import));
        notes.push("no column says which way it counts; all are taken for what was used".to_owned());
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
