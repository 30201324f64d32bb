//! What was found in files, for people and for programs.

use core::fmt::Write;

use gridpact_readings::completeness::{Completeness, DayCount};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::findings::what::Severity;
use gridpact_units::decimal::show_rounded;
use gridpact_units::EnergyTotal;
use serde::Serialize;

/// All of it.
#[derive(Serialize)]
pub(super) struct Checked {
    files: String,
    interval_seconds: u32,
    from: String,
    to: String,
    meters: Vec<Meter>,
    findings: Vec<Told>,
}

#[derive(Serialize)]
struct Meter {
    name: String,
    import_mwh: EnergyTotal,
    export_mwh: EnergyTotal,
    #[serde(flatten)]
    total: Counted,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    day: String,
    #[serde(flatten)]
    count: Counted,
}

#[derive(Serialize)]
struct Counted {
    intervals: u32,
    measured: u32,
    substituted: u32,
    missing: u32,
}

#[derive(Serialize)]
struct Told {
    severity: &'static str,
    kind: &'static str,
    file: String,
    lines: Vec<u64>,
    meter: Option<String>,
    count: u64,
    text: String,
}

impl From<DayCount> for Counted {
    fn from(count: DayCount) -> Self {
        Self {
            intervals: count.intervals,
            measured: count.measured,
            substituted: count.substituted,
            missing: count.missing(),
        }
    }
}

impl Checked {
    pub fn of(dataset: &Dataset, complete: &Completeness) -> Self {
        let days = &complete.days;
        let totals = dataset.totals();
        let meter = |(meter, (import, export)): (
            &gridpact_readings::completeness::MeterDays,
            (EnergyTotal, EnergyTotal),
        )| Meter {
            name: meter.name.clone(),
            import_mwh: import,
            export_mwh: export,
            total: meter.total().into(),
            days: days
                .iter()
                .zip(&meter.days)
                .map(|(day, count)| Day {
                    day: day.clone(),
                    count: (*count).into(),
                })
                .collect(),
        };
        Self {
            files: dataset.name.clone(),
            interval_seconds: dataset.interval.seconds(),
            from: days.first().cloned().unwrap_or_default(),
            to: days.last().cloned().unwrap_or_default(),
            meters: complete.meters.iter().zip(totals).map(meter).collect(),
            findings: dataset
                .findings
                .iter()
                .map(|finding| Told {
                    severity: finding.what.severity().name(),
                    kind: finding.what.name(),
                    file: finding.file.clone(),
                    lines: finding.lines.clone(),
                    meter: finding.meter.clone(),
                    count: finding.count,
                    text: finding.to_string(),
                })
                .collect(),
        }
    }

    /// A table of the meters, and the findings below it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> core::fmt::Result {
        let many = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        writeln!(
            text,
            "{}: {}, {} to {}, intervals of {} s\n",
            self.files,
            many(self.meters.len(), "meter"),
            self.from,
            self.to,
            self.interval_seconds
        )?;
        let widest = self.meters.iter().map(|meter| meter.name.chars().count()).max();
        let width = widest.unwrap_or_default().max("meter".len());
        writeln!(
            text,
            "{:<width$}  {:>8}  {:>9}  {:>11}  {:>8}  {:>12}  {:>12}",
            "meter", "complete", "measured", "substituted", "missing", "import kWh", "export kWh"
        )?;
        for meter in &self.meters {
            writeln!(
                text,
                "{:<width$}  {:>8}  {:>9}  {:>11}  {:>8}  {:>12}  {:>12}",
                meter.name,
                percent(&meter.total),
                meter.total.measured,
                meter.total.substituted,
                meter.total.missing,
                kwh(meter.import_mwh),
                kwh(meter.export_mwh)
            )?;
        }
        if !self.findings.is_empty() {
            writeln!(text)?;
        }
        for finding in &self.findings {
            writeln!(text, "{:<5}  {}", finding.severity, finding.text)?;
        }
        let of = |severity: Severity| {
            let found = self
                .findings
                .iter()
                .filter(|finding| finding.severity == severity.name());
            found.count()
        };
        let losses = of(Severity::Loss);
        writeln!(
            text,
            "\n{losses} {}, {}, {}",
            if losses == 1 { "loss" } else { "losses" },
            many(of(Severity::Doubt), "doubt"),
            many(of(Severity::Note), "note")
        )
    }
}

fn kwh(total: EnergyTotal) -> String {
    show_rounded(i128::try_from(total.0).unwrap_or(i128::MAX), 6, 3)
}

/// What is there of what should be, to a tenth of a percent, rounded down: 100 % only where all is.
fn percent(count: &Counted) -> String {
    let there = u64::from(count.measured).saturating_add(count.substituted.into());
    let tenths = there.saturating_mul(1_000).checked_div(count.intervals.into());
    format!("{} %", show_rounded(tenths.unwrap_or_default().into(), 1, 1))
}
