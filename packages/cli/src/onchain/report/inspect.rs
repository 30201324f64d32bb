//! A report as people read it.

use anyhow::Result;
use gridpact_report::Report;
use gridpact_units::decimal::energy;
use gridpact_units::{Energy, IntervalLength, Reading, UnixSeconds};
use serde::Serialize;

use super::super::{hex, listing, time, Listing};
use super::report_file::ReportFile;

/// What a report says, summed up.
#[derive(Serialize)]
pub struct ReportSummary {
    digest: String,
    chain_id: String,
    registry: String,
    bytes: usize,
    epoch: u32,
    roster_version: u32,
    revision: u16,
    resolution_milliwatt_hours: u32,
    seats: u16,
    signers: Vec<u8>,
    import_milliwatt_hours: u128,
    export_milliwatt_hours: u128,
    missing: usize,
    intervals: Vec<Interval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_seat: Vec<Sum>,
}

/// All meters in one interval.
#[derive(Serialize)]
struct Interval {
    interval: u64,
    start: Option<String>,
    #[serde(flatten)]
    sum: Sum,
}

/// Energy summed up.
#[derive(Serialize, Default, Clone)]
struct Sum {
    import_milliwatt_hours: u128,
    export_milliwatt_hours: u128,
    missing: usize,
}

impl Sum {
    fn add(&mut self, reading: &Reading) {
        let more = |sum: u128, energy: Energy| sum.saturating_add(energy.0.into());
        self.import_milliwatt_hours = more(self.import_milliwatt_hours, reading.import);
        self.export_milliwatt_hours = more(self.export_milliwatt_hours, reading.export);
        self.missing = self.missing.saturating_add(reading.is_missing().into());
    }
}

impl ReportSummary {
    /// Decodes a report and sums it up; times need the length of an interval, which the bytes do not hold.
    ///
    /// # Errors
    /// Bytes that are no report.
    pub fn of(file: &ReportFile, length: Option<IntervalLength>, by_seat: bool) -> Result<Self> {
        let draft = file.draft();
        let Report { header, readings } = draft.decode()?;
        let seats = usize::from(header.seats);
        let mut sums = vec![Sum::default(); seats];
        let mut intervals = Vec::new();
        for (offset, row) in readings.chunks_exact(seats).enumerate() {
            let index = header.first_interval.plus(offset as u64);
            let mut all = Sum::default();
            for (reading, sum) in row.iter().zip(&mut sums) {
                all.add(reading);
                sum.add(reading);
            }
            intervals.push(Interval {
                interval: index.0,
                start: length.map(|length| time::show(UnixSeconds(length.start_of(index)))),
                sum: all,
            });
        }
        Ok(Self {
            digest: hex(&draft.digest()?),
            chain_id: draft.chain_id,
            registry: draft.registry,
            bytes: draft.report.len(),
            epoch: header.epoch,
            roster_version: header.roster_version,
            revision: header.revision,
            resolution_milliwatt_hours: header.resolution.milliwatt_hours(),
            seats: header.seats,
            signers: file.signatures.iter().map(|signature| signature.member).collect(),
            import_milliwatt_hours: sums.iter().map(|sum| sum.import_milliwatt_hours).sum(),
            export_milliwatt_hours: sums.iter().map(|sum| sum.export_milliwatt_hours).sum(),
            missing: sums.iter().map(|sum| sum.missing).sum(),
            intervals,
            by_seat: if by_seat { sums } else { Vec::new() },
        })
    }

    /// For people.
    pub fn text(&self) -> String {
        let signers: Vec<String> = self.signers.iter().map(u8::to_string).collect();
        let mut text = listing::facts([
            ("digest", self.digest.clone()),
            ("chain", self.chain_id.clone()),
            ("registry", self.registry.clone()),
            ("bytes", self.bytes.to_string()),
            (
                "covers",
                format!(
                    "{} intervals of {} seats, roster {}, epoch {}, revision {}",
                    self.intervals.len(),
                    self.seats,
                    self.roster_version,
                    self.epoch,
                    self.revision
                ),
            ),
            ("resolution", format!("{} mWh", self.resolution_milliwatt_hours)),
            (
                "signed by",
                if signers.is_empty() {
                    "nobody".to_owned()
                } else {
                    format!("members {}", signers.join(", "))
                },
            ),
            ("taken in all", energy::show_energy(self.import_milliwatt_hours)),
            ("given in all", energy::show_energy(self.export_milliwatt_hours)),
            ("missing readings", self.missing.to_string()),
        ]);
        let mut intervals = Listing::new(["interval", "start", "taken", "given", "missing"]);
        for interval in &self.intervals {
            intervals.row([
                interval.interval.to_string(),
                interval.start.clone().unwrap_or_default(),
                energy::show_energy(interval.sum.import_milliwatt_hours),
                energy::show_energy(interval.sum.export_milliwatt_hours),
                interval.sum.missing.to_string(),
            ]);
        }
        text.push_str(&format!("\n{intervals}"));
        if !self.by_seat.is_empty() {
            let mut seats = Listing::new(["seat", "taken", "given", "missing"]);
            for (seat, sum) in self.by_seat.iter().enumerate() {
                seats.row([
                    seat.to_string(),
                    energy::show_energy(sum.import_milliwatt_hours),
                    energy::show_energy(sum.export_milliwatt_hours),
                    sum.missing.to_string(),
                ]);
            }
            text.push_str(&format!("\n{seats}"));
        }
        text
    }
}
