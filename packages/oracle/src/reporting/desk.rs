//! What a reporter works with, and shares with those who look on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gridpact_units::UnixSeconds;
use tokio::sync::watch;

use super::chain::Asked;
use super::observe::{counting, limits};
use crate::clock::Clock;
use crate::committee::progress::CommitteeProgress;
use crate::config::{Meter, ReportRules};
use crate::grid::Grid;
use crate::store::Store;

/// What is known of reporting, for people and metrics.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// The chain's last answer.
    pub asked: Option<Asked>,
    /// When that was, by this machine.
    pub asked_at: Option<UnixSeconds>,
    /// What keeps the next report.
    pub waiting: Option<String>,
    /// What went wrong last.
    pub trouble: Option<String>,
    /// Reports carried since the start.
    pub carried: u64,
    /// What the carrier has, and in what.
    pub purse: Option<(u128, String)>,
    /// How a committee of more than one stands.
    pub committee: Option<CommitteeProgress>,
    /// What of that committee rests on this member alone, in words.
    pub rests_on_this: Vec<String>,
}

/// What a reporter works with, and shares with those who look on. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Readings and the record.
    pub store: Store,
    /// This machine's time.
    pub clock: Clock,
    /// The meters that are read.
    pub meters: Arc<Vec<Meter>>,
    /// When a report is made.
    pub rules: ReportRules,
    /// How it goes.
    pub progress: Arc<Mutex<Progress>>,
    /// How the grid counts, once the chain has told.
    pub grid: watch::Sender<Option<Grid>>,
}

impl Desk {
    /// How it goes.
    pub fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The chain answered.
    pub fn learn(&self, asked: &Asked) {
        let mut progress = self.progress();
        progress.asked = Some(asked.clone());
        progress.asked_at = Some(self.clock.now());
        if let Ok(counting) = counting(&asked.basis) {
            let limits = limits(&asked.basis);
            self.grid.send_replace(Some(Grid { counting, limits }));
        }
    }

    /// What goes wrong now, or nothing; told where it is another thing than before.
    pub fn trouble(&self, trouble: Option<String>) {
        let mut progress = self.progress();
        if let Some(told) = trouble.as_ref().filter(|_| trouble != progress.trouble) {
            eprintln!("report: {told}");
        }
        progress.trouble = trouble;
    }
}
