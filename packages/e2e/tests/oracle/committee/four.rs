//! A grid with a committee of four, each a process with a folder of its own, one broker, and cables between them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, Registry};
use gridpact_e2e::{oracle_program, Broker, Devnet, Grid, OracleService};
use gridpact_report::{decode, Report};
use gridpact_types::registry::answers::WindowReport;
use gridpact_units::IntervalLength;
use tempfile::TempDir;

use super::cable::Cable;
use crate::feeds::{Feeds, Ways};
use crate::kept::{until_said, Kept};

pub const NAMES: [&str; 4] = ["North", "East", "South", "West"];
pub const WAYS: Ways = Ways {
    mqtt: 8,
    p1: 0,
    files: 0,
};
/// The meter that one member reads alone; all read the others.
pub const LONE: usize = 7;
/// Intervals and seconds of a window; six are a day.
pub const WINDOW: usize = 16;
pub const WINDOW_SECONDS: u64 = 4 * 3_600;
pub const DELAY: u64 = 600;
/// The shortest slot, s. A minute outside tests.
pub const SLOT: u64 = 20;
/// No window takes longer.
pub const LIMIT: Duration = Duration::from_secs(420);

pub struct Four {
    pub devnet: Devnet,
    pub grid: Grid,
    pub feeds: Feeds,
    pub broker: Broker,
    pub cables: Vec<Cable>,
    pub services: BTreeMap<usize, OracleService>,
    /// Who leads the first slot of the last window, and omits there.
    pub omits: usize,
    /// Who alone reads a meter; East or North, whom the others can call.
    pub alone: usize,
    /// Who leads the first slot of each window.
    pub leads: Vec<usize>,
    /// Boundaries of which a member keeps what another gateway told it, beside what the meters did.
    pub beside: [usize; 4],
    pub(super) listens: [u16; 3],
    pub(super) locals: [u16; 4],
    pub(super) folder: TempDir,
}

impl Four {
    pub fn chain(&self) -> &Chain {
        self.devnet.chain()
    }

    pub fn data(&self, member: usize) -> PathBuf {
        self.folder.path().join(NAMES[member]).join("data")
    }

    pub fn kept(&self, member: usize) -> Kept {
        Kept(self.data(member))
    }

    /// Starts a member, which may be told where to end itself.
    pub fn start(&mut self, member: usize, abort_at: &str) -> Result<()> {
        let own = self.folder.path().join(NAMES[member]);
        self.services
            .insert(member, OracleService::start(&own, abort_at)?);
        Ok(())
    }

    /// Starts a member that is hostile.
    pub fn start_hostile(&mut self, member: usize, how: &str) -> Result<()> {
        let mut command = oracle_program(&self.folder.path().join(NAMES[member]))?;
        command.arg("run").env("GRIDPACT_ORACLE_HOSTILE", how);
        self.services.insert(member, OracleService::spawn(command)?);
        Ok(())
    }

    /// kill -9.
    pub fn kill(&mut self, member: usize) {
        self.services.remove(&member);
    }

    /// Waits until a member has ended itself.
    pub fn until_dead(&mut self, member: usize) -> Result<()> {
        let service = self.services.get_mut(&member);
        service.context("a running member")?.until_dead(NAMES[member])
    }

    /// Waits until a member's metrics say something.
    pub async fn until_said(&self, member: usize, words: &str) -> Result<()> {
        self.until_answers(member, "/metrics", words).await
    }

    /// Waits until a member keeps all meters' registers of so many boundaries.
    pub async fn until_kept(&self, member: usize, boundaries: usize) -> Result<()> {
        let rows = 2 * (WAYS.meters() * boundaries) as u64;
        let kept = self.kept(member).until(&[("registers", rows)]).await;
        kept.with_context(|| NAMES[member])
    }

    pub async fn until_answers(&self, member: usize, path: &str, words: &str) -> Result<()> {
        until_said(self.locals[member], path, words)
            .await
            .with_context(|| NAMES[member])
    }

    /// Waits until a member has lines to all others, and hears its meters.
    pub async fn until_connected(&self, member: usize, topics: &str) -> Result<()> {
        let name = NAMES[member];
        self.until_said(member, &format!("source_up{{source=\"{name} {topics}\"}} 1"))
            .await?;
        for peer in NAMES.iter().filter(|peer| **peer != name) {
            self.until_said(member, &format!("peer_up{{peer=\"{peer}\"}} 1"))
                .await?;
        }
        Ok(())
    }

    /// Moves the clock to a moment, which must be ahead.
    pub async fn until(&self, moment: u64) -> Result<()> {
        let now = self.chain().latest().await?.time.0;
        ensure!(now < moment, "it is {now} already, and not yet to be {moment}");
        self.chain().advance(moment - now).await?;
        Ok(())
    }

    pub fn registry(&self) -> Registry {
        Registry::new(self.chain(), &self.grid.registry)
    }

    /// The report of a window, if there is one.
    pub async fn accepted(&self, window: usize) -> Result<Option<WindowReport>> {
        let first = self.first(window);
        if self.grid.next_report().await?.first_interval == Some(first) {
            return Ok(None);
        }
        let window = self.registry().window(first).await?;
        Ok(window.state.report().cloned())
    }

    pub async fn until_accepted(&self, window: usize) -> Result<WindowReport> {
        let since = Instant::now();
        loop {
            if let Some(report) = self.accepted(window).await? {
                return Ok(report);
            }
            ensure!(since.elapsed() < LIMIT, "window {window} is not reported");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    pub fn first(&self, window: usize) -> gridpact_units::IntervalIndex {
        let length = IntervalLength::QUARTER_HOUR;
        length.index_at(self.feeds.at(WINDOW * window))
    }

    /// A report out of the archive of whoever has it: a member that was away while it was accepted does not.
    pub async fn archived(&self, report: &WindowReport) -> Result<Report> {
        let name = format!("archive/reports/{}.bin", hex::encode(report.body_hash.as_slice()));
        let since = Instant::now();
        loop {
            let mut paths = (0..4).map(|member| self.data(member).join(&name));
            if let Some(path) = paths.find(|path| path.exists()) {
                return Ok(decode(&std::fs::read(path)?)?);
            }
            ensure!(since.elapsed() < LIMIT, "{name} is in no archive");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
