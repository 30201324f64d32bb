//! What the next report must cover: read from the registry, or from a file for those who prepare it without the chain.

use core::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use gridpact_client::Registry;
use gridpact_types::registry::answers::{NextReportResponse, RosterSeat};
use gridpact_units::{IntervalLength, UnixSeconds};
use serde::{Deserialize, Serialize};

use super::super::{files, time};
use super::COLUMNS;

/// Everything that making a report needs to know.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The chain, part of what is signed.
    pub chain_id: String,
    /// The registry, part of what is signed.
    pub registry: String,
    /// Length of an interval, s.
    pub interval_length: IntervalLength,
    /// What the registry asks for.
    pub next: NextReportResponse,
    /// The seats, in the order of the readings.
    pub seats: Vec<RosterSeat>,
}

impl Plan {
    /// Asks the registry.
    ///
    /// # Errors
    /// The chain does not answer.
    pub async fn ask(registry: &Registry, chain_id: &str) -> Result<Self> {
        let next = registry.next_report().await?;
        let seats = match next.first_interval {
            Some(_) => registry.whole_roster(next.roster_version).await?,
            None => Vec::new(),
        };
        Ok(Self {
            chain_id: chain_id.to_owned(),
            registry: registry.address().to_owned(),
            interval_length: registry.config().await?.interval_length,
            next,
            seats,
        })
    }

    /// A table of readings to fill in: a row for every interval that can be reported and every slot, all missing.
    pub fn table(&self) -> String {
        let mut table = format!("{COLUMNS}\n");
        let Some(first) = self.next.first_interval else {
            return table;
        };
        for offset in 0..self.next.max_intervals {
            let start = self.interval_length.start_of(first.plus(offset.into()));
            for slot in self.seats.iter().filter_map(|seat| seat.slot) {
                // Writing to a String cannot fail.
                let _ = writeln!(table, "{},{slot},,,missing", time::show(UnixSeconds(start)));
            }
        }
        table
    }

    /// Reads a file that [`Plan::write`] made.
    ///
    /// # Errors
    /// Not there, or not of this shape.
    pub fn read(path: &Path) -> Result<Self> {
        files::read_json(path)?.with_context(|| format!("{}: there is no such file", path.display()))
    }

    /// Writes it.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn write(&self, path: &Path) -> Result<()> {
        files::write_json(path, self)
    }
}
