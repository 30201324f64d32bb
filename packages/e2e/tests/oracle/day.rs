//! A day of 100 meters, whose oracle, broker and node are killed on the way.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{ensure, Context, Result};
use gridpact_client::{KeyStore, Protection};
use gridpact_e2e::{free_port, Broker, Devnet, Grid, GridPlan, OracleService, Recomputed};
use gridpact_report::decode;
use gridpact_types::asset::Asset;
use gridpact_units::IntervalLength;
use tempfile::TempDir;

use crate::feeds::{Day, BY_FILE, BY_MQTT, BY_P1, DAY, METERS};
use crate::kept::{put, until_said, Kept};

/// How long after its end a window is made: the file does not say it, so it is as stated.
const DELAY: u64 = 7_800;

struct Scene {
    folder: TempDir,
    local: u16,
    kept: Kept,
}

impl Scene {
    fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// The service's file.
fn write_config(
    scene: &Scene,
    network: &Path,
    grid: &Grid,
    broker: &Broker,
    lines: &[u16],
    day: &Day,
) -> Result<()> {
    let mut text = format!(
        "network = \"{}\"\nregistry = \"{}\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n\
         [report]\nlook = \"1s\"\noffset = \"{}s\"\n[local]\nlisten = \"127.0.0.1:{}\"\n[[folders]]\nname = \"portal\"\npath = \"in\"\n",
        network.display(),
        grid.registry,
        day.start % 86_400,
        scene.local
    );
    for meter in 0..METERS {
        text += &format!("[[meters]]\nname = \"m{meter}\"\nslot = {meter}\n");
    }
    for (meter, port) in BY_P1.zip(lines) {
        text += &format!(
            "[[p1]]\nname = \"line {meter}\"\naddress = \"127.0.0.1:{port}\"\nmeter = \"m{meter}\"\n"
        );
    }
    text += &format!(
        "[[mqtt]]\nname = \"broker\"\nbroker = \"mqtt://127.0.0.1:{}\"\nuser = \"oracle\"\npassword = \"password\"\ntopics = [\n",
        broker.port
    );
    for meter in BY_MQTT {
        text += &format!(
            "{{ topic = \"meters/{meter}\", meter = \"m{meter}\", import = \"/meter/import\", export = \"/meter/export\", \
             unit = \"kWh\", time = \"/time\" }},\n"
        );
    }
    text += "]\n";
    Ok(std::fs::write(scene.path().join("oracle.toml"), text)?)
}

#[tokio::test]
async fn a_day_survives_every_kill_and_the_books_are_what_the_registers_say() -> Result<()> {
    let begun = Instant::now();
    let devnet = Devnet::connect().await?;
    let folder = tempfile::tempdir()?;
    let kept = Kept(folder.path().join("data"));
    let scene = Scene {
        folder,
        local: free_port(),
        kept,
    };
    std::fs::create_dir(scene.path().join("in"))?;
    gridpact_oracle::store::files::write_whole(&scene.path().join("password"), b"sesame\n")?;

    // A grid whose committee is this oracle, who pays for carrying too.
    let (key, _) = KeyStore::open(scene.path()).generate("oracle", "wasm", &Protection::Plain)?;
    let mut people = devnet.people(METERS.div_ceil(8) + 1, 20_000_000_000).await?;
    let operator = people.pop().context("an operator")?;
    operator
        .sender
        .send(&[gridpact_client::Message::Send {
            to: key.address().to_owned(),
            amount: vec![cosmwasm_std::coin(400_000_000, "stake")],
        }])
        .await?;
    let mut plan = GridPlan::usual(Asset::native("ueur"), operator.address());
    (plan.members, plan.quorum) = (1, 1);
    let grid = Grid::make_for(&operator.sender, "oracle day", &plan, &[key.public_key()]).await?;
    grid.admit(&people, METERS).await?;
    grid.deposit(&operator.sender, 0..METERS as u32, 100_000_000)
        .await?;
    let chain = devnet.chain();
    let first = grid
        .next_report()
        .await?
        .first_interval
        .context("a first interval")?;
    let day = Day::from(IntervalLength::QUARTER_HOUR.start_of(first))?;

    let mut broker = Broker::start(scene.path(), true);
    let mut lines = Vec::new();
    let mut tasks = Vec::new();
    for meter in BY_P1 {
        let (port, task) = day.line(meter).await?;
        lines.push(port);
        tasks.push(task);
    }
    write_config(
        &scene,
        &devnet.networks().join("devnet.toml"),
        &grid,
        &broker,
        &lines,
        &day,
    )?;

    // It is there before the day begins, so that it knows every signature; and its session at the broker begins.
    let mut service = OracleService::start(scene.path(), "")?;
    until_said(scene.local, "/metrics", "source_up{source=\"broker\"} 1").await?;
    let now = chain.latest().await?.time.0;
    ensure!(now < day.start, "the day has begun before the oracle did");
    chain.advance(day.at(DAY) + 60 - now).await?;
    let one = day.messages(0);
    broker.publish("meters/0", &one[..1], &[]);
    scene.kept.until_at_least("registers", 1).await?;
    service.kill();

    // The whole day comes while nobody is there.
    for meter in BY_MQTT {
        broker.publish(&format!("meters/{meter}"), &day.messages(meter), &[]);
    }
    put(&scene.path().join("in"), "day.csv", &day.file())?;
    for point in ["received", "stored", "file_stored", "file_moved"] {
        OracleService::start(scene.path(), point)?.until_dead(point)?;
    }
    broker.until_saved();
    broker.kill();
    let mut service = OracleService::start(scene.path(), "")?;
    devnet_script("kill")?;
    broker.run();
    devnet_script("start")?;
    let registers = 2 * (DAY as u64 + 1) * (BY_MQTT.len() + BY_P1.len()) as u64;
    let energies = (DAY * BY_FILE.len()) as u64;
    scene
        .kept
        .until(&[
            ("registers", registers),
            ("energies", energies),
            ("files", 1),
            ("signed", 0),
        ])
        .await?;
    service.kill();

    // The report's way, killed between any two steps.
    chain.advance(DELAY).await?;
    for point in [
        "signed_committed",
        "certified",
        "before_send",
        "sent",
        "accepted_noted",
    ] {
        OracleService::start(scene.path(), point)?.until_dead(point)?;
        ensure!(scene.kept.count("signed") == 1, "{point}: one draft");
    }
    let service = OracleService::start(scene.path(), "")?;
    let row = scene.kept.until_accepted().await?;
    drop(service);
    ensure!((row.signed.revision, row.refusals) == (0, 0), "{row:?}");

    // The report says what the registers say; the books are what the market makes of it.
    let report = decode(&row.signed.draft)?;
    ensure!(report.readings.len() == DAY * METERS);
    for (at, reading) in report.readings.iter().enumerate() {
        let (interval, meter) = (at / METERS, at % METERS);
        ensure!(
            *reading == day.expected(meter, interval),
            "meter {meter}, interval {interval}: {reading:?}"
        );
    }
    let recomputed = Recomputed::read(chain, &grid.registry, &grid.settlement).await?;
    recomputed.check(chain).await?;
    ensure!(recomputed.windows.len() == 1);
    let archive = std::fs::read_dir(scene.path().join("data/archive"))?.count();
    ensure!(archive == 1, "one report in the archive, got {archive}");
    println!(
        "oracle: {METERS} meters, {registers} register readings and {energies} energies kept once each, 11 kills of the service, \
         1 of the broker, 1 of the node; {} bytes of report; {} s",
        row.signed.draft.len(),
        begun.elapsed().as_secs()
    );
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

/// Kills the node, or brings it back.
fn devnet_script(what: &str) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/devnet");
    let mut command = Command::new(script);
    command.arg(what);
    if what == "kill" {
        command.arg("0");
    }
    let status = command.status()?;
    ensure!(status.success(), "scripts/devnet {what}: {status}");
    Ok(())
}
