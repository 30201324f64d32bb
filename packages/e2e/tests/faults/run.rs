//! The run: four validators, three kinds of fault, and what the chain has to say afterwards.

use std::time::Duration;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Block, Chain};
use gridpact_e2e::{Chance, Devnet, Grid, GridPlan, Recomputed};
use gridpact_types::asset::Asset;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::after;
use crate::carrier::{reach, Carrier, Progress};
use crate::nodes;

const METERS: u32 = 10;
const DEPOSIT: u128 = 1_000_000_000;
/// The node that the network file names.
const CLIENTS_NODE: u16 = 0;
/// Reports that must flow before and after each fault.
const REPORTS: u64 = 3;
/// How long that may take, also after a fault: the client's longest pause, a transaction's 40 blocks, some room.
pub const FLOW_LIMIT: Duration = Duration::from_secs(120);
/// A chain that makes no block for this long, ten times its usual pace, stands still.
const STILL: Duration = Duration::from_secs(5);
/// A report is in its block after about as long.
const A_REPORT: Duration = Duration::from_millis(600);
/// How often a moment is tried at which a report is really under way.
const TRIES: u32 = 10;

/// What a fault did, for the account.
struct Line {
    fault: String,
    before: Block,
    after: Block,
    start: Duration,
    gap: Duration,
    /// Requests that the client, without a word to anybody, sent again.
    repeated: u64,
    from: Progress,
    to: Progress,
}

struct Run {
    chain: Chain,
    progress: watch::Receiver<Progress>,
    chance: Chance,
    lines: Vec<Line>,
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_nodes_lose_no_report_and_settle_none_twice() -> Result<()> {
    let began = Instant::now();
    let (seed, chance) = Chance::new()?;
    println!("GRIDPACT_SEED={seed}");
    ensure!(
        nodes::validators()? == 4,
        "expected a devnet of 4 validators, got {}",
        nodes::validators()?
    );
    let devnet = Devnet::connect().await?;
    let chain = devnet.chain().clone();
    let from = chain.latest().await?.height;
    let people = devnet.people(3, 0).await?;
    let grid = Grid::make(
        &people[0].sender,
        "faults",
        &GridPlan::usual(Asset::native("ueur"), people[0].address()),
    )
    .await?;
    grid.admit(&people, usize::try_from(METERS)?).await?;
    grid.deposit(&devnet.role("payer")?, 0..METERS, DEPOSIT).await?;

    let (tell, progress) = watch::channel(Progress::default());
    let (stop, stopped) = watch::channel(false);
    let carrier = Carrier {
        grid: grid.clone(),
        sender: people[2].sender.clone(),
        progress: tell,
    };
    let work = tokio::spawn(carrier.work(stopped));
    let mut run = Run {
        chain: chain.clone(),
        progress,
        chance,
        lines: Vec::new(),
    };
    run.faults().await?;
    stop.send(true)?;
    tokio::time::timeout(FLOW_LIMIT, work)
        .await
        .context("the carrier did not stop")??;

    let done = run.progress.borrow().clone();
    let accepted = after::accepted_once(&chain, &grid, from).await?;
    ensure!(
        done.intervals.is_subset(&accepted),
        "the carrier was told that {:?} are settled, the chain has {accepted:?}",
        done.intervals
    );
    let books = Recomputed::read(&chain, &grid.registry, &grid.settlement).await?;
    ensure!(
        books.windows.len() == accepted.len(),
        "accepted {}, recomputed {}",
        accepted.len(),
        books.windows.len()
    );
    after::nodes_agree(&chain, &books).await?;
    run.print(&done, began);
    Ok(())
}

impl Run {
    async fn faults(&mut self) -> Result<()> {
        self.flow("reports before any fault").await?;
        let one = 1 + u16::try_from(self.chance.below(3))?;
        self.fault(&[one], false).await?;
        let spared = 1 + u16::try_from(self.chance.below(3))?;
        let two: Vec<u16> = (1..4).filter(|node| *node != spared).collect();
        self.fault(&two, true).await?;
        self.fault(&[CLIENTS_NODE], false).await
    }

    /// Waits for some more reports.
    async fn flow(&mut self, what: &str) -> Result<()> {
        let goal = self.progress.borrow().settled + REPORTS;
        reach(&mut self.progress, FLOW_LIMIT, what, |progress| {
            progress.settled >= goal
        })
        .await?;
        Ok(())
    }

    /// Kills nodes at a random moment while a report is under way, starts them again, and waits for reports to flow.
    async fn fault(&mut self, killed: &[u16], halts: bool) -> Result<()> {
        let names: Vec<String> = killed.iter().map(u16::to_string).collect();
        let fault = format!("kill -9 node {}", names.join(" and "));
        let repeated = self.chain.repeated();
        let (mut before, mut from, mut since) = self.kill(killed[0]).await?;
        if killed == [CLIENTS_NODE] {
            // The moment counts: a kill that came after the report was in its block is tried again.
            let mut tries = 1;
            while self.progress.borrow().settled != from.settled {
                ensure!(tries < TRIES, "no report was under way at {TRIES} kills");
                tries += 1;
                nodes::start().await?;
                self.flow("reports between two kills").await?;
                (before, from, since) = self.kill(killed[0]).await?;
            }
        } else {
            for node in &killed[1..] {
                nodes::kill(*node).await?;
            }
        }
        let mut stood = before;
        if halts {
            stood = self.still().await?;
        } else if killed != [CLIENTS_NODE] {
            self.flow("reports while one of four validators is gone").await?;
        }
        let starting = Instant::now();
        nodes::start().await?;
        let start = starting.elapsed();
        // A block that only the started nodes can have helped to make, or told us about.
        let next = self.chain.latest().await?.height.max(stood.height) + u64::from(halts);
        self.chain.follow(next).next(FLOW_LIMIT).await?;
        let gap = since.elapsed();
        self.flow(&format!("reports after {fault}")).await?;
        let line = Line {
            fault,
            before,
            after: self.chain.latest().await?,
            start,
            gap,
            repeated: self.chain.repeated() - repeated,
            from,
            to: self.progress.borrow().clone(),
        };
        self.lines.push(line);
        Ok(())
    }

    /// Kills a node at a random moment of a report that is under way.
    async fn kill(&mut self, node: u16) -> Result<(Block, Progress, Instant)> {
        let before = self.chain.latest().await?;
        reach(
            &mut self.progress,
            FLOW_LIMIT,
            "a report to be handed over",
            |now| !now.under_way,
        )
        .await?;
        let from = reach(&mut self.progress, FLOW_LIMIT, "a report under way", |now| {
            now.under_way
        })
        .await?;
        tokio::time::sleep(self.chance.moment(A_REPORT)).await;
        nodes::kill(node).await?;
        Ok((before, from, Instant::now()))
    }

    /// Makes sure that the chain stands still; a block that was being made may still come.
    async fn still(&self) -> Result<Block> {
        let end = Instant::now() + FLOW_LIMIT;
        let mut seen = self.chain.latest().await?;
        let mut since = Instant::now();
        while since.elapsed() < STILL {
            ensure!(
                Instant::now() < end,
                "two of four validators are gone, and the chain goes on"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
            let now = self.chain.latest().await?;
            if now.height != seen.height {
                (seen, since) = (now, Instant::now());
            }
        }
        Ok(seen)
    }

    fn print(&self, done: &Progress, began: Instant) {
        println!(
            "{:<24} {:>7} {:>7} {:>8} {:>8} {:>5} {:>8} {:>7} {:>7} {:>7}",
            "fault", "before", "after", "start s", "gone s", "sent", "settled", "again", "doubt", "errors"
        );
        for line in &self.lines {
            println!(
                "{:<24} {:>7} {:>7} {:>8.1} {:>8.1} {:>5} {:>8} {:>7} {:>7} {:>7}",
                line.fault,
                line.before.height,
                line.after.height,
                line.start.as_secs_f64(),
                line.gap.as_secs_f64(),
                line.to.sent - line.from.sent,
                line.to.settled - line.from.settled,
                line.repeated,
                line.to.doubtful - line.from.doubtful,
                line.to.errors.len() - line.from.errors.len(),
            );
        }
        for error in &done.errors {
            println!("the carrier went on after: {error}");
        }
        println!(
            "{} transactions sent, {} reports settled, each once; nodes agree; {} s",
            done.sent,
            done.settled,
            began.elapsed().as_secs()
        );
    }
}
