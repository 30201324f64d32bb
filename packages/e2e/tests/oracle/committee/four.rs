//! A grid with a committee of four, each a process with a folder of its own, one broker, and cables between them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, KeyStore, Message, Protection, Registry};
use gridpact_committee::leader::leader;
use gridpact_committee::message::envelope;
use gridpact_e2e::{free_port, oracle_program, Broker, Devnet, Grid, GridPlan, OracleService};
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_oracle::committee::{evidence, files};
use gridpact_oracle::store::files::write_whole;
use gridpact_readings::rfc3339;
use gridpact_report::{decode, Domain, Report};
use gridpact_types::asset::Asset;
use gridpact_types::registry::answers::WindowReport;
use gridpact_units::{IntervalLength, UnixSeconds};
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
/// Intervals and seconds of a window; six are a day.
pub const WINDOW: usize = 16;
const WINDOW_SECONDS: u64 = 4 * 3_600;
pub const DELAY: u64 = 600;
/// The shortest slot, s. A minute outside tests.
pub const SLOT: u64 = 20;
/// No window takes longer.
const LIMIT: Duration = Duration::from_secs(420);

pub struct Four {
    pub devnet: Devnet,
    pub grid: Grid,
    pub feeds: Feeds,
    pub broker: Broker,
    pub cables: Vec<Cable>,
    pub services: BTreeMap<usize, OracleService>,
    /// Who leads the first slot of the last window, and omits there.
    pub omits: usize,
    listens: [u16; 3],
    locals: [u16; 4],
    folder: TempDir,
}

impl Four {
    pub async fn new() -> Result<Self> {
        let devnet = Devnet::connect().await?;
        let folder = tempfile::tempdir()?;
        let mut people = devnet.people(2, 20_000_000_000).await?;
        let operator = people.pop().context("an operator")?;
        let mut keys = Vec::new();
        for name in NAMES {
            let own = folder.path().join(name);
            std::fs::create_dir_all(own.join("data"))?;
            write_whole(&own.join("password"), b"sesame\n")?;
            let (key, _) = KeyStore::open(&own).generate("oracle", "wasm", &Protection::Plain)?;
            let fees = Message::Send {
                to: key.address().to_owned(),
                amount: vec![cosmwasm_std::coin(80_000_000, "stake")],
            };
            operator.sender.send(&[fees]).await?;
            keys.push(key.public_key());
        }
        let plan = GridPlan::usual(Asset::native("ueur"), operator.address());
        let grid = Grid::make_for(&operator.sender, "committee day", &plan, &keys).await?;
        grid.admit(&people, WAYS.meters()).await?;
        grid.deposit(&operator.sender, 0..WAYS.meters() as u32, 100_000_000)
            .await?;
        let first = grid
            .next_report()
            .await?
            .first_interval
            .context("a first interval")?;
        let feeds = Feeds::from(IntervalLength::QUARTER_HOUR.start_of(first), WAYS)?;
        let last = first.plus(WINDOW as u64 * 4);
        let omits = usize::from(leader(grid.next_report().await?.epoch, last, 0, 0, 4));
        let listens = [free_port(), free_port(), free_port()];
        let mut cables = Vec::new();
        for port in listens {
            cables.push(Cable::to(port).await?);
        }
        let broker = Broker::start(folder.path(), true);
        let four = Self {
            devnet,
            grid,
            feeds,
            broker,
            cables,
            services: BTreeMap::new(),
            omits,
            listens,
            locals: [free_port(), free_port(), free_port(), free_port()],
            folder,
        };
        four.agree(&keys)?;
        for member in 0..4 {
            four.write_config(member, "meters")?;
        }
        Ok(four)
    }

    /// The shared file, which each operator accepts. Who calls North, East or South does so through a cable; West only calls.
    fn agree(&self, keys: &[[u8; 33]]) -> Result<()> {
        let start = self.feeds.start;
        let mut text = format!(
            "version = 1\nchain_id = \"{}\"\nregistry = \"{}\"\nfrom = \"{}\"\nwindow = \"{WINDOW_SECONDS}s\"\n\
             offset = \"{}s\"\ndelay = \"{DELAY}s\"\nslot = \"{SLOT}s\"\n",
            self.chain().network().chain_id,
            self.grid.registry,
            rfc3339::show(UnixSeconds(start)),
            start % WINDOW_SECONDS
        );
        for (member, (name, key)) in NAMES.iter().zip(keys).enumerate() {
            text += &format!(
                "[[members]]\nname = \"{name}\"\nkey = \"{}\"\ntls = \"{}\"\n",
                hex::encode(key),
                hex::encode(Identity::of(&self.data(member))?.pin())
            );
            if let Some(cable) = self.cables.get(member) {
                text += &format!("url = \"https://127.0.0.1:{}\"\n", cable.port);
            }
        }
        // The last meter is read by one member alone, the first that does not omit: who passes over what it said leaves it out.
        let alone = usize::from(self.omits == 0);
        for meter in 0..WAYS.meters() {
            let readers = match meter {
                7 => format!("[\"{}\"]", NAMES[alone]),
                _ => "[\"North\", \"East\", \"South\", \"West\"]".to_owned(),
            };
            text += &format!("[[meters]]\nslot = {meter}\nreaders = {readers}\n");
        }
        for member in 0..4 {
            let hash = files::keep(&self.data(member), &text)?;
            files::accept(&self.data(member), hash)?;
        }
        Ok(())
    }

    /// A member's file. `topics` are where its meters' messages come: another name is another session at the broker.
    pub fn write_config(&self, member: usize, topics: &str) -> Result<()> {
        let name = NAMES[member];
        let mut text = format!(
            "network = \"{}\"\nregistry = \"{}\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n[report]\nlook = \"1s\"\n\
             [local]\nlisten = \"127.0.0.1:{}\"\n",
            self.devnet.networks().join("devnet.toml").display(),
            self.grid.registry,
            self.locals[member]
        );
        if let Some(port) = self.listens.get(member) {
            text += &format!("[peers]\nlisten = \"127.0.0.1:{port}\"\n");
        }
        text += &format!(
            "[[mqtt]]\nname = \"{name} {topics}\"\nbroker = \"mqtt://localhost:{}\"\nuser = \"oracle\"\npassword = \"password\"\n\
             topics = [\n",
            self.broker.port
        );
        for meter in 0..WAYS.meters() {
            text += &format!(
                "{{ topic = \"{topics}/{meter}\", meter = \"m{meter}\", import = \"/meter/import\", export = \"/meter/export\", \
                 unit = \"kWh\", time = \"/time\" }},\n"
            );
        }
        text += "]\n";
        for meter in 0..WAYS.meters() {
            text += &format!("[[meters]]\nname = \"m{meter}\"\nslot = {meter}\n");
        }
        Ok(std::fs::write(
            self.folder.path().join(name).join("oracle.toml"),
            text,
        )?)
    }

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

    /// Waits until a member has ended itself, and starts it again.
    pub fn back_from_death(&mut self, member: usize) -> Result<()> {
        self.services
            .get_mut(&member)
            .context("a running member")?
            .until_dead(NAMES[member])?;
        self.start(member, "")
    }

    pub async fn until_said(&self, member: usize, words: &str) -> Result<()> {
        until_said(self.locals[member], "/metrics", words)
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

    /// A report out of a member's archive.
    pub async fn archived(&self, member: usize, report: &WindowReport) -> Result<Report> {
        let name = hex::encode(report.body_hash.as_slice());
        let path = self.data(member).join(format!("archive/reports/{name}.bin"));
        let since = Instant::now();
        while !path.exists() {
            ensure!(since.elapsed() < LIMIT, "{} is not there", path.display());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(decode(&std::fs::read(path)?)?)
    }

    /// Over all that the four heard of each other: how many votes, and that no member voted for two reports of one slot, nor
    /// said two things at all.
    pub fn votes_without_offence(&self, windows: usize) -> Result<usize> {
        let domain = Domain {
            chain_id: &self.chain().network().chain_id,
            registry: &self.grid.registry,
        };
        let mut votes = BTreeMap::new();
        for (member, name) in NAMES.iter().enumerate() {
            let folder = self.data(member).join("evidence");
            ensure!(!folder.join("twice").exists(), "{name} saw one say two things");
            for window in 0..windows {
                let path = folder.join(self.first(window).to_string());
                // Who was away for a window has nothing of it.
                let bytes = std::fs::read(path).unwrap_or_default();
                for message in evidence::split(&bytes) {
                    if let envelope::Message::Vote { member, vote, .. } = envelope::Message::decode(message)?
                    {
                        let place = (member, vote.header.first_interval, vote.header.revision);
                        let digest = vote.digest(&domain);
                        let known = *votes.entry(place).or_insert(digest);
                        ensure!(known == digest, "{place:?}: two votes");
                    }
                }
            }
        }
        Ok(votes.len())
    }
}
