//! A running oracle: its parts, and what it says of itself.

use std::sync::Arc;

use gridpact_units::UnixSeconds;

use crate::config::Config;
use crate::reporting::desk::Desk;
use crate::status::{self, Status};
use crate::store::error::StoreError;
use crate::store::Store;
use crate::tally::Tally;

/// The chain's clock and this one's may differ by so much before it is told, s: blocks come every few seconds.
const SKEW: u64 = 30;
/// A chain that did not answer for so long is told, s.
const SILENCE: u64 = 300;
/// Beyond its stated lag a meter may be silent for so long before it is told, s.
const METER_SILENCE: u64 = 3_600;

/// A running oracle.
#[derive(Clone, Debug)]
pub struct Service {
    config: Arc<Config>,
    desk: Desk,
    tally: Tally,
    started: UnixSeconds,
}

impl Service {
    /// Of these parts.
    pub fn new(config: Arc<Config>, desk: Desk, tally: Tally) -> Self {
        let started = desk.clock.now();
        Self {
            config,
            desk,
            tally,
            started,
        }
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.desk.store
    }

    /// What it counted.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How it stands.
    ///
    /// # Errors
    /// The store refuses.
    pub async fn status(&self) -> Result<Status, StoreError> {
        let (config, progress) = (Arc::clone(&self.config), self.desk.progress().clone());
        let (now, clean_from) = (self.desk.clock.now(), self.store().clean_from());
        let look = move |connection: &rusqlite::Connection| {
            status::status(connection, &config, &progress, (now, clean_from))
        };
        self.store().read(look).await
    }

    /// What is not as it should be, a line each.
    pub async fn troubles(&self) -> Vec<String> {
        let status = match self.status().await {
            Ok(status) => status,
            Err(error) => return vec![error.to_string()],
        };
        let mut troubles = Vec::new();
        match &status.chain {
            None => troubles.push("the chain has not answered yet".to_owned()),
            Some(chain) => {
                let silent = status.now.saturating_sub(chain.asked_at);
                if silent > SILENCE {
                    troubles.push(format!("the chain has not answered for {silent} s"));
                }
                if chain.skew.unsigned_abs() > SKEW {
                    troubles.push(format!(
                        "clocks: the chain's newest block is {} s from this machine's time",
                        chain.skew
                    ));
                }
            }
        }
        troubles.extend(status.trouble.iter().map(|trouble| format!("report: {trouble}")));
        let refused = status.report.as_ref().filter(|report| report.fate == "refused");
        troubles.extend(refused.map(|report| {
            let words = report.words.clone().unwrap_or_default();
            format!(
                "report: the chain refused intervals from {} on: {words}",
                report.first
            )
        }));
        for (source, state) in self.tally.counts().sources {
            if !state.up {
                troubles.push(format!(
                    "{source}: {}",
                    state.trouble.unwrap_or_else(|| "not connected".to_owned())
                ));
            }
        }
        let running = status.now.saturating_sub(self.started.0);
        for meter in &status.meters {
            let silent = meter.lag.unwrap_or(running);
            if silent > meter.stated_lag.saturating_add(METER_SILENCE) {
                troubles.push(format!("{}: no reading for {silent} s", meter.name));
            }
        }
        troubles
    }
}
