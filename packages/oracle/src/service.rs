//! A running oracle: its parts, and what it says of itself.

use std::sync::Arc;

use gridpact_units::UnixSeconds;

use crate::bounds::MAX_AHEAD;
use crate::config::Config;
use crate::reporting::desk::Desk;
use crate::status::look;
use crate::status::shape::Status;
use crate::store::error::StoreError;
use crate::store::Store;
use crate::tally::{Counts, Tally};

/// The chain's clock and this one's may differ by so much before it is told, s: blocks come every few seconds.
const SKEW: u64 = 30;
/// The same of a meter's clock, s; behind, beyond the meter's stated lag. Twice as much and its readings are left out.
const METER_SKEW: u64 = 60;
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

    /// How it stands, and what is not as it should be.
    ///
    /// # Errors
    /// The store refuses.
    pub async fn status(&self) -> Result<Status, StoreError> {
        let mut status = self.look().await?;
        status.not_ready = Some(self.troubles_of(&status));
        Ok(status)
    }

    async fn look(&self) -> Result<Status, StoreError> {
        let (config, progress) = (Arc::clone(&self.config), self.desk.progress().clone());
        let (now, clean_from) = (self.desk.clock.now(), self.store().clean_from());
        let look = move |connection: &rusqlite::Connection| {
            look::status(connection, &config, &progress, (now, clean_from))
        };
        self.store().read(look).await
    }

    /// What is not as it should be, a line each.
    pub async fn troubles(&self) -> Vec<String> {
        match self.look().await {
            Ok(status) => self.troubles_of(&status),
            Err(error) => vec![error.to_string()],
        }
    }

    fn troubles_of(&self, status: &Status) -> Vec<String> {
        let counts = self.tally.counts();
        let mut troubles = of_chain(status);
        troubles.extend(of_reports(status));
        troubles.extend(of_committee(status));
        troubles.extend(of_sources(&counts));
        troubles.extend(of_clocks(status, &counts));
        let running = status.now.saturating_sub(self.started.0);
        troubles.extend(of_meters(status, running));
        troubles
    }
}

fn of_chain(status: &Status) -> Vec<String> {
    let Some(chain) = &status.chain else {
        return vec!["the chain has not answered yet".to_owned()];
    };
    let mut troubles = Vec::new();
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
    troubles
}

fn of_reports(status: &Status) -> Vec<String> {
    let trouble = status.trouble.iter().map(|trouble| format!("report: {trouble}"));
    // In a committee another draft of the window may have come first: that is no refusal.
    let alone = status.committee.is_none();
    let refused = status.report.as_ref();
    let refused = refused.filter(|report| report.fate == "refused" && (alone || report.refusals > 0));
    let refused = refused.map(|report| {
        let words = report.words.clone().unwrap_or_default();
        format!(
            "report: the chain refused intervals from {} on: {words}",
            report.first
        )
    });
    trouble.chain(refused).collect()
}

fn of_committee(status: &Status) -> Vec<String> {
    let Some(committee) = &status.committee else {
        return Vec::new();
    };
    let alerts = committee.alerts.iter().map(|alert| format!("committee: {alert}"));
    let away = committee.peers.iter().filter(|peer| !peer.up);
    let away = away.map(|peer| {
        let why = peer.trouble.as_ref().map(|why| format!(": {why}"));
        format!("committee: no line to {}{}", peer.name, why.unwrap_or_default())
    });
    let apart = status.apart.iter().map(|apart| apart.line());
    // Known from before this start it is in no alert.
    let suspended = committee.doppelganger.then(|| {
        "committee: somebody else signs with this key; once that is ended: gridpact-oracle resume".to_owned()
    });
    alerts.chain(away).chain(apart).chain(suspended).collect()
}

fn of_sources(counts: &Counts) -> Vec<String> {
    let down = counts.sources.iter().filter(|(_, state)| !state.up);
    let told = down.map(|(source, state)| {
        let why = state.trouble.as_deref().unwrap_or("not connected");
        format!("{source}: {why}")
    });
    told.collect()
}

/// Clocks of meters that differ from this machine's. Which of the two is wrong, the chain's says.
fn of_clocks(status: &Status, counts: &Counts) -> Vec<String> {
    let mut troubles = Vec::new();
    for ((source, name), skew) in &counts.skews {
        let Some(skew) = skew.at(UnixSeconds(status.now)) else {
            continue;
        };
        let meter = status.meters.iter().find(|meter| meter.name == *name);
        let lag = meter.map_or(0, |meter| meter.stated_lag);
        let off = skew.unsigned_abs();
        if skew > 0 && off > METER_SKEW {
            let left_out = if off > MAX_AHEAD {
                "; its readings are left out"
            } else {
                ""
            };
            troubles.push(format!(
                "clocks: {name} by {source} is {off} s ahead of this machine's time{left_out}"
            ));
        } else if skew < 0 && off > lag.saturating_add(METER_SKEW) {
            troubles.push(format!(
                "clocks: {name} by {source} is {off} s behind this machine's time, or comes late: its stated lag is {lag} s"
            ));
        }
    }
    troubles
}

fn of_meters(status: &Status, running: u64) -> Vec<String> {
    let mut troubles = Vec::new();
    for meter in &status.meters {
        let silent = meter.lag.unwrap_or(running);
        if silent > meter.stated_lag.saturating_add(METER_SILENCE) {
            troubles.push(format!("{}: no reading for {silent} s", meter.name));
        }
    }
    troubles
}
