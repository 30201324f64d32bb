//! Carries one report after the other, whatever happens to the nodes. It remembers nothing: after an error it asks the
//! registry what comes next, as a carrier that was started again would.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Result;
use gridpact_client::Sender;
use gridpact_e2e::Grid;
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_units::{Energy, Reading};
use tokio::sync::watch;
use tokio::time::Instant;

/// After an error, before the next try.
const PAUSE: Duration = Duration::from_millis(500);

/// How far the carrier is.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Transactions handed over to a node.
    pub sent: u64,
    /// Of them, in a block and carried out.
    pub settled: u64,
    /// First intervals of the reports it knows to be settled.
    pub intervals: BTreeSet<u64>,
    /// Answers of a node that were lost while a transaction was handed over.
    pub doubtful: u64,
    /// Errors after which it went on by itself, in words.
    pub errors: Vec<String>,
    /// True from before a report is handed over until its block is known.
    pub under_way: bool,
}

/// The carrier, and the grid it works for.
pub struct Carrier {
    pub grid: Grid,
    pub sender: Sender,
    pub progress: watch::Sender<Progress>,
}

impl Carrier {
    /// Carries until told to stop; the report under way then is still finished.
    pub async fn work(self, stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.carry_next().await {
                self.progress.send_modify(|progress| {
                    progress.under_way = false;
                    progress.errors.push(format!("{error:#}"));
                });
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    async fn carry_next(&self) -> Result<()> {
        let next = self.grid.until_reportable(1).await?;
        let report = self.grid.write(&next, readings(&next), 0)?;
        self.progress.send_modify(|progress| progress.under_way = true);
        let submitted = self.sender.submit(&[self.grid.report(&report)?]).await?;
        self.progress.send_modify(|progress| {
            progress.sent += 1;
            progress.doubtful += u64::from(submitted.doubtful);
        });
        self.sender.chain().wait(&submitted).await?.result()?;
        self.progress.send_modify(|progress| {
            progress.settled += 1;
            progress
                .intervals
                .extend(next.first_interval.map(|first| first.0));
            progress.under_way = false;
        });
        Ok(())
    }
}

/// What the meters count in an interval: the same whenever it is asked for, so that a report made twice is the same.
fn readings(next: &NextReportResponse) -> Vec<Reading> {
    let interval = next.first_interval.map_or(0, |first| first.0);
    let reading = |seat: u64| {
        let energy = Energy((1 + (interval * 7 + seat * 13) % 50) * 10_000);
        if seat.is_multiple_of(2) {
            Reading::measured(energy, Energy(0))
        } else {
            Reading::measured(Energy(0), energy)
        }
    };
    (0..u64::from(next.seats)).map(reading).collect()
}

/// Waits until the carrier has come so far.
pub async fn reach(
    progress: &mut watch::Receiver<Progress>,
    limit: Duration,
    what: &str,
    reached: impl FnMut(&Progress) -> bool,
) -> Result<Progress> {
    let since = Instant::now();
    let waited = tokio::time::timeout(limit, progress.wait_for(reached)).await;
    let found = waited.map(|found| found.map(|progress| progress.clone()));
    match found {
        Ok(found) => Ok(found?),
        Err(_) => anyhow::bail!(
            "{what}: not within {} s; the carrier: {:?}",
            since.elapsed().as_secs(),
            progress.borrow()
        ),
    }
}
