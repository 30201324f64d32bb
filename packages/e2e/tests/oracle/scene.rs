//! A grid whose committee is one oracle, a broker, lines and a folder, and the service's file for all of them.

use std::path::Path;
use std::process::Command;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, KeyStore, Message, Protection};
use gridpact_e2e::{free_port, Broker, Devnet, Grid, GridPlan, OracleService, Person};
use gridpact_oracle::store::files::write_whole;
use gridpact_types::asset::Asset;
use gridpact_units::IntervalLength;
use tempfile::TempDir;

use crate::feeds::{Feeds, Line, Ways};
use crate::kept::Kept;

/// What the service pays its transactions with.
const FEES: u128 = 400_000_000;
/// What every household has paid in, base units.
const DEPOSIT: u128 = 100_000_000;

/// A grid and an oracle's folder.
pub struct Scene {
    pub devnet: Devnet,
    pub grid: Grid,
    pub operator: Person,
    pub kept: Kept,
    /// Where the service answers on loopback.
    pub local: u16,
    folder: TempDir,
}

/// When reports are made; seconds.
#[derive(Clone, Copy)]
pub struct Rules {
    pub window: u64,
    pub delay: u64,
}

impl Scene {
    /// Makes a grid of so many meters, whose oracle's key lies in a folder of its own.
    pub async fn new(name: &str, meters: usize, change: impl FnOnce(&mut GridPlan)) -> Result<Self> {
        let devnet = Devnet::connect().await?;
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("in"))?;
        write_whole(&folder.path().join("password"), b"sesame\n")?;
        let (key, _) = KeyStore::open(folder.path()).generate("oracle", "wasm", &Protection::Plain)?;
        let mut people = devnet.people(meters.div_ceil(8) + 1, 20_000_000_000).await?;
        let operator = people.pop().context("an operator")?;
        // The oracle pays for carrying too.
        let fees = Message::Send {
            to: key.address().to_owned(),
            amount: vec![cosmwasm_std::coin(FEES, "stake")],
        };
        operator.sender.send(&[fees]).await?;
        let mut plan = GridPlan::usual(Asset::native("ueur"), operator.address());
        (plan.members, plan.quorum) = (1, 1);
        change(&mut plan);
        let mut grid = Grid::make_for(&operator.sender, name, &plan, &[key.public_key()]).await?;
        grid.oracles = vec![key.report_key().clone()];
        grid.admit(&people, meters).await?;
        grid.deposit(&operator.sender, 0..meters as u32, DEPOSIT).await?;
        Ok(Self {
            devnet,
            grid,
            operator,
            kept: Kept(folder.path().join("data")),
            local: free_port(),
            folder,
        })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn chain(&self) -> &Chain {
        self.devnet.chain()
    }

    /// When the chain's newest block is, unix seconds.
    pub async fn now(&self) -> Result<u64> {
        Ok(self.chain().latest().await?.time.0)
    }

    /// Moves the clock to a moment, which must be ahead.
    pub async fn until(&self, moment: u64) -> Result<()> {
        let now = self.now().await?;
        ensure!(now < moment, "it is {now} already, and not yet to be {moment}");
        self.chain().advance(moment - now).await?;
        Ok(())
    }

    /// Where the next report begins, unix seconds.
    pub async fn next_start(&self) -> Result<u64> {
        let first = self.grid.next_report().await?.first_interval;
        Ok(IntervalLength::QUARTER_HOUR.start_of(first.context("a first interval")?))
    }

    /// The file's beginning: chain, key, rules, meters, the folder.
    pub fn config(&self, meters: usize, offset: u64, rules: Rules) -> String {
        let mut text = format!(
            "network = \"{}\"\nregistry = \"{}\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n\
             [report]\nlook = \"1s\"\nwindow = \"{}s\"\noffset = \"{offset}s\"\ndelay = \"{}s\"\n\
             [local]\nlisten = \"127.0.0.1:{}\"\n[[folders]]\nname = \"portal\"\npath = \"in\"\n",
            self.devnet.networks().join("devnet.toml").display(),
            self.grid.registry,
            rules.window,
            rules.delay,
            self.local
        );
        for meter in 0..meters {
            text += &format!("[[meters]]\nname = \"m{meter}\"\nslot = {meter}\n");
        }
        text
    }

    /// The same with a broker over TLS and lines.
    pub fn write_config(&self, feeds: &Feeds, broker: &Broker, lines: &[Line], rules: Rules) -> Result<()> {
        let ways = feeds.ways;
        let mut text = self.config(ways.meters(), feeds.start % 86_400, rules);
        for (meter, line) in ways.by_p1().zip(lines) {
            text += &format!(
                "[[p1]]\nname = \"{}\"\naddress = \"127.0.0.1:{}\"\nmeter = \"m{meter}\"\n",
                ways.source(meter),
                line.port
            );
        }
        text += &format!(
            "[[mqtt]]\nname = \"broker\"\nbroker = \"mqtts://localhost:{}\"\nuser = \"oracle\"\npassword = \"password\"\n\
             ca = \"broker/server.pem\"\ntopics = [\n",
            broker.tls_port().context("a broker with TLS")?
        );
        for meter in ways.by_mqtt() {
            text += &format!(
                "{{ topic = \"meters/{meter}\", meter = \"m{meter}\", import = \"/meter/import\", export = \"/meter/export\", \
                 unit = \"kWh\", time = \"/time\" }},\n"
            );
        }
        text += "]\n";
        Ok(std::fs::write(self.path().join("oracle.toml"), text)?)
    }

    /// A broker with a password, also over TLS by a certificate of its own. Kept sessions survive its end, or do not.
    pub fn broker(&self, keeps: bool) -> Result<Broker> {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
        let inside = self.path().join("broker");
        std::fs::create_dir_all(&inside)?;
        std::fs::write(inside.join("server.pem"), made.cert.pem())?;
        std::fs::write(inside.join("server.key"), made.signing_key.serialize_pem())?;
        Ok(Broker::start_with(self.path(), keeps, Some(free_port())))
    }

    /// A line for every meter that has one.
    pub async fn lines(&self, ways: Ways) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        for _ in ways.by_p1() {
            lines.push(Line::new().await?);
        }
        Ok(lines)
    }

    /// Starts the service, which may be told where to end itself.
    pub fn service(&self, abort_at: &str) -> Result<OracleService> {
        OracleService::start(self.path(), abort_at)
    }

    /// Starts the service, and waits until it has ended itself there.
    pub fn killed_at(&self, point: &str) -> Result<()> {
        self.service(point)?.until_dead(point)
    }
}

/// `scripts/devnet` with these arguments: `kill 0` is kill -9 of the node, `start` brings it back.
pub fn devnet(arguments: &[&str]) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/devnet");
    let status = Command::new(script).args(arguments).status()?;
    ensure!(status.success(), "scripts/devnet {arguments:?}: {status}");
    Ok(())
}
