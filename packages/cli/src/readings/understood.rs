//! What was understood of files, for people to look at before they trust it.

use core::fmt::{Display, Write};
use std::collections::BTreeMap;

use gridpact_readings::clock::Zone;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_units::decimal::show_trimmed;
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading, UnixSeconds};

/// Rows and days shown.
const SHOWN: usize = 6;

/// What is known of readings beside them.
#[derive(Clone, Copy)]
pub(super) struct Understood {
    zone: Zone,
    interval: IntervalLength,
    /// How many things were doubtful.
    findings: usize,
}

impl Understood {
    pub fn of_dataset(dataset: &Dataset) -> Self {
        Self {
            zone: dataset.zone,
            interval: dataset.interval,
            findings: dataset.findings.len(),
        }
    }
}

/// As [`understood`], of a table.
pub(super) fn of_table(table: &ReadingsTable<MeterName>) -> String {
    let of = Understood {
        zone: table.zone(),
        interval: table.interval(),
        findings: table.findings().len(),
    };
    understood(&of, table.readings())
}

/// First rows and totals a day, as they were understood.
pub(super) fn understood<M: Display>(
    of: &Understood,
    readings: impl Iterator<Item = (M, IntervalIndex, Reading)>,
) -> String {
    let Understood {
        zone,
        interval,
        findings,
    } = *of;
    let kwh = |energy: u128| show_trimmed(energy, 6);
    let local = |at: UnixSeconds| zone.local(i64::try_from(at.0).unwrap_or(i64::MAX));
    let mut text = format!(
        "The first rows, as they are understood, in intervals of {} s:\n",
        interval.seconds()
    );
    let mut days: BTreeMap<(String, String), (u128, u128, u64)> = BTreeMap::new();
    for (number, (meter, index, reading)) in readings.enumerate() {
        let start = local(UnixSeconds(interval.start_of(index)));
        if number < SHOWN {
            let (import, export) = (kwh(reading.import.0.into()), kwh(reading.export.0.into()));
            let said = match reading.is_missing() {
                true => "missing".to_owned(),
                false => format!("took {import} kWh, gave {export} kWh"),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {start}  {meter}  {said}");
        }
        let day = days
            .entry((start.date().to_string(), meter.to_string()))
            .or_default();
        let add = |sum: u128, energy: Energy| sum.saturating_add(energy.0.into());
        *day = (
            add(day.0, reading.import),
            add(day.1, reading.export),
            day.2.saturating_add((!reading.is_missing()).into()),
        );
    }
    text.push_str("\nTotals a day:\n");
    for ((day, meter), (import, export, readings)) in days.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "  {day}  {meter}  took {} kWh, gave {} kWh in {readings} readings",
            kwh(*import),
            kwh(*export)
        );
    }
    if let Some(more) = days.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more");
    }
    if findings > 0 {
        let _ = writeln!(
            text,
            "\n{findings} findings: `gridpact readings check` tells them"
        );
    }
    text
}
