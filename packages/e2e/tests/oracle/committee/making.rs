//! How a committee of four is made: a grid, keys, a broker, cables, and the file that all share.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use gridpact_client::{KeyStore, Message, Protection};
use gridpact_committee::leader::leader;
use gridpact_e2e::{free_port, Broker, Devnet, Grid, GridPlan};
use gridpact_oracle::committee::files;
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_oracle::store::files::write_whole;
use gridpact_readings::rfc3339;
use gridpact_types::asset::Asset;
use gridpact_units::{IntervalLength, UnixSeconds};

use super::cable::Cable;
use super::four::{Four, DELAY, LONE, NAMES, SLOT, WAYS, WINDOW, WINDOW_SECONDS};
use crate::feeds::Feeds;

/// Windows of the day.
pub const WINDOWS: usize = 6;

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
        let epoch = grid.next_report().await?.epoch;
        let leads = |window: usize| leader(epoch, first.plus((WINDOW * window) as u64), 0, 0, 4).into();
        let omits: usize = leads(WINDOWS - 1);
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
            // Who omits passes over the first of the others: that one alone reads a meter.
            alone: usize::from(omits == 0),
            leads: (0..WINDOWS).map(leads).collect(),
            beside: [0; 4],
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
        for meter in 0..WAYS.meters() {
            let readers = match meter {
                LONE => format!("[\"{}\"]", NAMES[self.alone]),
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
}
