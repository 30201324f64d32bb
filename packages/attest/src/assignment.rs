//! What the next report must cover, as the registry answers it.

use gridpact_readings::readings_table;
use gridpact_types::registry::answers::{ConfigResponse, NextReportResponse, RosterSeat};
use gridpact_units::{IntervalIndex, IntervalLength, Slot, UnixSeconds};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// Everything that making a report needs to know.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
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

impl Assignment {
    /// From the answers of a registry: its configuration, its next report, and the whole roster that the report follows.
    pub fn new(
        chain_id: &str,
        registry: &str,
        config: &ConfigResponse,
        next: NextReportResponse,
        seats: Vec<RosterSeat>,
    ) -> Self {
        Self {
            chain_id: chain_id.to_owned(),
            registry: registry.to_owned(),
            interval_length: config.interval_length,
            next,
            seats,
        }
    }

    /// Where the next report begins.
    ///
    /// # Errors
    /// The grid has no meter; no interval is over yet.
    pub fn first_interval(&self) -> Result<IntervalIndex, Error> {
        let first = self.next.first_interval.ok_or(Error::NoMeter)?;
        if self.next.max_intervals == 0 {
            let begins = self.start_of(first);
            return Err(Error::TooEarly { begins });
        }
        Ok(first)
    }

    /// When an interval begins.
    pub fn start_of(&self, interval: IntervalIndex) -> UnixSeconds {
        UnixSeconds(self.interval_length.start_of(interval))
    }

    /// The intervals that can be reported now.
    pub fn intervals(&self) -> impl Iterator<Item = IntervalIndex> + '_ {
        let first = self.next.first_interval.into_iter();
        first.flat_map(|first| (0..self.next.max_intervals).map(move |offset| first.plus(offset.into())))
    }

    /// A table of readings to fill in: a row for every interval that can be reported and every slot, all missing;
    /// a vacant seat has no rows.
    pub fn table_to_fill_in(&self) -> String {
        let slots: Vec<Slot> = self.seats.iter().filter_map(|seat| seat.slot).collect();
        readings_table::to_fill_in(self.interval_length, self.intervals(), &slots)
    }
}
