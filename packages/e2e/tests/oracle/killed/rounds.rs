//! Rounds of an hour each: readings come by every way, a report is made of them, and all along the service, the broker and the
//! node are killed. Sometimes nobody reports for so long that a gap must be closed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_e2e::{Broker, Chance, OracleService};
use gridpact_oracle::abort::POINTS;
use gridpact_units::Seconds;

use crate::feeds::{Feeds, Line, Ways};
use crate::kept::{put, until_said};
use crate::scene::{devnet, Rules, Scene};

pub const WAYS: Ways = Ways {
    mqtt: 8,
    p1: 2,
    files: 2,
};
/// Intervals of a window.
const WINDOW: usize = 4;
const HOUR: u64 = 3_600;
const RULES: Rules = Rules {
    window: HOUR,
    delay: HOUR,
};
/// How long an interval may be reported; a silence is longer.
const LIMIT: u64 = 8 * HOUR;
const SILENCE: u64 = LIMIT + 2 * HOUR;
/// Kills, where GRIDPACT_STEPS does not say another number: as many as reach every point once.
const STEPS: u64 = 1;
/// Of the points on a reading's way one is taken at most at this pass: two lines with five telegrams each pass it ten times.
const PASSES: u64 = 8;
/// No random kill comes later after the service's start.
const A_WHILE: Duration = Duration::from_secs(3);
/// Points of a report's way. A report that was left with a node may be in a block before the service is back, and then "sent" is
/// never passed: one of the two a report.
const REPORT: [&str; 6] = [
    "drafted",
    "signed_committed",
    "certified",
    "sent",
    "archived",
    "accepted_noted",
];
/// What stands for the other kills in the account.
pub const OTHERS: [&str; 3] = ["(service, any moment)", "(broker)", "(node)"];

/// What is killed while readings come.
#[derive(Clone, Copy)]
enum Kill {
    Point(&'static str),
    File,
    BadFile,
    AnyMoment,
    Broker,
    Node,
}

pub struct Run {
    pub scene: Scene,
    pub feeds: Feeds,
    pub broker: Broker,
    pub lines: Vec<Line>,
    pub chance: Chance,
    pub kills: BTreeMap<&'static str, u64>,
    /// What meters have sent.
    pub boundaries: BTreeSet<usize>,
    pub intervals: BTreeSet<usize>,
    pub round: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn at_every_point_nothing_is_lost_and_nothing_counts_twice() -> Result<()> {
    let begun = Instant::now();
    let (seed, chance) = Chance::new()?;
    let steps = match std::env::var("GRIDPACT_STEPS") {
        Ok(text) => text.parse().context("GRIDPACT_STEPS: expected a number")?,
        Err(_) => STEPS,
    };
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={steps}");
    let mut run = Run::begin(chance).await?;
    while run.all() < steps || !run.has_tried_all() {
        let silent = run.round == 1 || (run.round > 1 && run.chance.below(5) == 0);
        if silent {
            run.silence().await?;
        } else {
            run.hour().await?;
        }
        run.round += 1;
        println!(
            "round {}: {} kills, {} s",
            run.round,
            run.all(),
            begun.elapsed().as_secs()
        );
    }
    run.account(begun).await
}

impl Run {
    async fn begin(chance: Chance) -> Result<Self> {
        let scene = Scene::new("killed", WAYS.meters(), |plan| plan.report_limit = Seconds(LIMIT)).await?;
        let feeds = Feeds::from(scene.next_start().await?, WAYS)?;
        let (broker, lines) = (scene.broker(true)?, scene.lines(WAYS).await?);
        scene.write_config(&feeds, &broker, &lines, RULES)?;
        // Its database is there before the first window, and its session at the broker begins.
        let mut service = scene.service("")?;
        until_said(scene.local, "/metrics", "source_up{source=\"broker\"} 1").await?;
        let since = Instant::now();
        let run = Self {
            scene,
            feeds,
            broker,
            lines,
            chance,
            kills: BTreeMap::new(),
            boundaries: BTreeSet::from([0]),
            intervals: BTreeSet::new(),
            round: 0,
        };
        run.scene.until(run.feeds.at(WINDOW) + 60).await?;
        while run.scene.kept.count("registers") == 0 {
            ensure!(since.elapsed() < Duration::from_secs(120), "the first reading");
            run.broker.publish("meters/0", &run.feeds.messages(0, 0..=0), &[]);
        }
        service.kill();
        Ok(run)
    }

    pub fn all(&self) -> u64 {
        self.kills.values().sum()
    }

    /// Every point but the one that needs a silence of its own (`silence.rs`), and the others.
    fn has_tried_all(&self) -> bool {
        let mut all = POINTS
            .iter()
            .chain(&OTHERS)
            .filter(|point| **point != "finalised");
        all.all(|point| self.kills.contains_key(point))
    }

    fn count(&mut self, what: &'static str) {
        *self.kills.entry(what).or_default() += 1;
    }

    fn killed_at(&mut self, point: &'static str, pass: u64) -> Result<()> {
        let at = if pass == 1 {
            point.to_owned()
        } else {
            format!("{point}:{pass}")
        };
        self.scene
            .killed_at(&at)
            .with_context(|| format!("round {}", self.round))?;
        self.count(point);
        Ok(())
    }

    /// The last boundary of a window that is over.
    async fn last_boundary(&self) -> Result<usize> {
        let hours = (self.scene.now().await? - self.feeds.start) / HOUR;
        Ok(usize::try_from(hours)? * WINDOW)
    }

    /// The readings of the hour that is over, and its report an hour later.
    async fn hour(&mut self) -> Result<()> {
        let end = self.last_boundary().await?;
        let from = end - WINDOW;
        for (meter, line) in WAYS.by_p1().zip(&self.lines) {
            line.say(self.feeds.telegrams(meter, from..=end));
        }
        for meter in WAYS.by_mqtt() {
            let messages = self.feeds.messages(meter, from..=end);
            self.broker.publish(&format!("meters/{meter}"), &messages, &[]);
        }
        self.boundaries.extend(from..=end);
        self.intervals.extend(from..end);
        let mut kills = vec![
            Kill::Point("opened"),
            Kill::Point("received"),
            Kill::Point("stored"),
            Kill::Point("acknowledged"),
            Kill::File,
            Kill::BadFile,
            Kill::AnyMoment,
            Kill::Broker,
            Kill::Node,
        ];
        while !kills.is_empty() {
            let which = self.chance.below(kills.len() as u64);
            let kill = kills.swap_remove(usize::try_from(which)?);
            self.while_reading(kill, from, end).await?;
        }
        let mut service = self.scene.service("")?;
        self.until_all_kept().await?;
        service.kill();

        self.scene.until(self.feeds.at(end) + HOUR + 5).await?;
        // Not while it carries: an answer may be lost then, and with it the point (`silence` does that).
        let with_node = self.chance.below(3);
        let left_with_a_node = self.round > 0 && self.chance.below(3) == 0;
        for (at, mut point) in (0..).zip(REPORT) {
            if point == "sent" && left_with_a_node {
                point = "broadcast";
            }
            if at == with_node {
                let mut service = self.scene.service(point)?;
                self.kill_node()?;
                service.until_dead(point)?;
                self.count(point);
            } else {
                self.killed_at(point, 1)?;
            }
        }
        self.until_reported(end).await
    }

    async fn while_reading(&mut self, kill: Kill, from: usize, end: usize) -> Result<()> {
        let folder = self.scene.path().join("in");
        match kill {
            Kill::Point(point @ ("received" | "stored")) => {
                let pass = 1 + self.chance.below(PASSES);
                self.killed_at(point, pass)
            }
            Kill::Point(point) => {
                // One that is known already, so that there is something to acknowledge.
                self.broker
                    .publish("meters/0", &self.feeds.messages(0, end..=end), &[]);
                self.killed_at(point, 1)
            }
            Kill::File => {
                put(&folder, &format!("{end}.csv"), &self.feeds.file(from..end))?;
                for point in ["file_read", "file_stored", "file_moved"] {
                    self.killed_at(point, 1)?;
                }
                Ok(())
            }
            Kill::BadFile => {
                put(
                    &folder,
                    &format!("{end} bad.csv"),
                    &format!("interval_start,meter\nnever {end},m0\n"),
                )?;
                self.killed_at("file_judged", 1)
            }
            Kill::AnyMoment => {
                let mut service = self.scene.service("")?;
                tokio::time::sleep(self.chance.moment(A_WHILE)).await;
                service.kill();
                self.count(OTHERS[0]);
                Ok(())
            }
            Kill::Broker => {
                let mut service = self.scene.service("")?;
                tokio::time::sleep(self.chance.moment(A_WHILE)).await;
                // What meters were told that it has must outlive it, or it is the broker that lost it.
                self.broker.until_saved();
                self.broker.kill();
                self.broker.run();
                tokio::time::sleep(self.chance.moment(A_WHILE)).await;
                service.kill();
                self.count(OTHERS[1]);
                Ok(())
            }
            Kill::Node => {
                let mut service = self.scene.service("")?;
                tokio::time::sleep(self.chance.moment(A_WHILE)).await;
                self.kill_node()?;
                service.kill();
                Ok(())
            }
        }
    }

    fn kill_node(&mut self) -> Result<()> {
        devnet(&["kill", "0"])?;
        devnet(&["start"])?;
        self.count(OTHERS[2]);
        Ok(())
    }

    /// Nobody is there for so long that intervals grow too old.
    async fn silence(&mut self) -> Result<()> {
        self.scene.chain().advance(SILENCE).await?;
        for point in ["gap_found", "gap_closed", "broadcast"] {
            self.killed_at(point, 1)?;
        }
        // What is due but was never read is reported as missing, up to the hour that nobody has told of yet.
        let end = self.last_boundary().await? - WINDOW;
        let service = self.scene.service("")?;
        tokio::time::sleep(self.chance.moment(A_WHILE)).await;
        self.kill_node()?;
        self.reported(service, end).await
    }

    async fn until_all_kept(&self) -> Result<()> {
        let registers = 2 * self.boundaries.len() * WAYS.by_register().len();
        let energies = self.intervals.len() * WAYS.files;
        // Meter 0 alone told of the first boundary before the first hour; in it all do.
        let all = [("registers", registers as u64), ("energies", energies as u64)];
        self.scene.kept.until(&all).await
    }

    /// Lets the service run until the chain asks for what begins at a boundary.
    async fn until_reported(&self, end: usize) -> Result<()> {
        let service = self.scene.service("")?;
        self.reported(service, end).await
    }

    async fn reported(&self, mut service: OracleService, end: usize) -> Result<()> {
        let since = Instant::now();
        while self.scene.next_start().await? < self.feeds.at(end) {
            ensure!(
                since.elapsed() < Duration::from_secs(180),
                "reported up to boundary {end}"
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.scene.kept.until_accepted().await?;
        service.kill();
        Ok(())
    }
}
