//! Four services of one committee, each with a folder, a listener and a key of its own, beside a chain that is made up.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gridpact_client::Key;
use gridpact_committee::message::content::Content;
use gridpact_committee::message::envelope::Message;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::committee::parts::Driver;
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_oracle::committee::suspension::{is_suspended, say, Said};
use gridpact_oracle::committee::{evidence, files};
use gridpact_oracle::reporting::desk::Desk;
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::readings::add_samples;
use gridpact_oracle::store::{apart, look_at, signed, Store};
use gridpact_readings::rfc3339;
use gridpact_report::{decode, Report};
use gridpact_units::{Energy, IntervalIndex, Quality, Slot, UnixSeconds};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{sleep, Instant};

use super::made_up::{world, MadeUp};
use super::reporting::desk;
use super::support::open;

const NAMES: [&str; 4] = ["North", "East", "South", "West"];
/// Seconds and intervals of a window.
const HOUR: u64 = 3_600;
/// How long a slot of a minute and all before it may take, twice.
const LIMIT: Duration = Duration::from_secs(150);

fn key_of(member: u8) -> Key {
    Key::from_secret(&[11 + member; 32], "wasm").unwrap()
}

struct Four {
    world: MadeUp,
    folder: tempfile::TempDir,
    /// First interval of the next report; the window ended before the test began.
    first: u64,
    running: Vec<JoinHandle<()>>,
    listeners: Vec<Option<TcpListener>>,
    desks: Vec<Desk>,
}

impl Four {
    /// A window of an hour that is over. `extra` is what a member reads besides, mWh a minute.
    async fn new(extra: [u64; 4]) -> Self {
        let now = Clock::default().now().0;
        let first = (now / HOUR - 1) * 4;
        let world = world();
        {
            let mut world = world.world();
            (world.next, world.time, world.quorum) = (first, now, 3);
            world.roster_ends = Some(first + 4);
            world.members = (0..4).map(|member| key_of(member).public_key()).collect();
        }
        let mut four = Self {
            world,
            folder: tempfile::tempdir().unwrap(),
            first,
            running: Vec::new(),
            listeners: Vec::new(),
            desks: Vec::new(),
        };
        let mut text = format!(
            "version = 1\nchain_id = \"test-1\"\nregistry = \"wasm1registry\"\nfrom = \"{}\"\nwindow = \"1h\"\ndelay = \"0s\"\n\
             slot = \"1m\"\n",
            rfc3339::show(UnixSeconds(first * 900))
        );
        for (member, name) in (0..4).zip(NAMES) {
            let pin = Identity::of(&four.data(member)).unwrap().pin();
            // The last one lets nobody in.
            let listener = match member {
                3 => None,
                _ => Some(TcpListener::bind("127.0.0.1:0").await.unwrap()),
            };
            text += &format!(
                "[[members]]\nname = \"{name}\"\nkey = \"{}\"\ntls = \"{}\"\n",
                hex::encode(key_of(member).public_key()),
                hex::encode(pin)
            );
            if let Some(listener) = &listener {
                text += &format!("url = \"https://{}\"\n", listener.local_addr().unwrap());
            }
            four.listeners.push(listener);
        }
        text += "[[meters]]\nslot = 0\nreaders = [\"North\", \"East\", \"South\", \"West\"]\n\
                 [[meters]]\nslot = 1\nreaders = [\"West\"]\nhome = \"West\"\n";
        for (member, extra) in (0..4).zip(extra) {
            let data = four.data(member);
            let hash = files::keep(&data, &text).unwrap();
            files::accept(&data, hash).unwrap();
            let store = open(&data, first * 900 - HOUR);
            read(&store, first, "house 1", extra).await;
            if member == 3 {
                read(&store, first, "house 2", extra).await;
            }
            four.desks.push(desk(&store));
        }
        four
    }

    fn data(&self, member: u8) -> PathBuf {
        let data = self.folder.path().join(NAMES[usize::from(member)]);
        std::fs::create_dir_all(&data).unwrap();
        data
    }

    /// All of them; the first slot begins in some seconds.
    fn start_all(&mut self) {
        self.world.world().accepted_before = Some(Clock::default().now().0 + 8);
        for member in 0..4 {
            self.start(member);
        }
    }

    fn start(&mut self, member: u8) {
        let (listener, desk) = (
            self.listeners[usize::from(member)].take(),
            self.desks[usize::from(member)].clone(),
        );
        let running = run(&self.world, member, desk, &self.data(member), listener);
        self.running.push(running);
    }

    async fn report(&self) -> Report {
        let since = Instant::now();
        loop {
            if let Some(report) = self.world.world().windows.get(&self.first) {
                return decode(report).unwrap();
            }
            assert!(since.elapsed() < LIMIT, "no report; {}", self.told());
            sleep(Duration::from_millis(50)).await;
        }
    }

    fn told(&self) -> String {
        let told = self
            .desks
            .iter()
            .map(|desk| format!("{:#?}", desk.progress().committee));
        told.collect()
    }
}

fn run(world: &MadeUp, member: u8, desk: Desk, data: &Path, listener: Option<TcpListener>) -> JoinHandle<()> {
    let identity = Identity::of(data).unwrap();
    let driver = Driver::new(world.clone(), &key_of(member), desk, identity, listener).unwrap();
    tokio::spawn(async move { driver.run().await.unwrap() })
}

/// The hour's registers, every five minutes: 2 Wh a minute taken, 1 Wh given.
async fn read(store: &Store, first: u64, meter: &'static str, extra: u64) {
    let mut samples = Vec::new();
    for tick in 0..=12 {
        for (register, a_minute) in [(Register::Import, 2_000 + extra), (Register::Export, 1_000)] {
            samples.push(Sample {
                register,
                at: UnixSeconds(first * 900 + 300 * tick),
                value: 7_000_000 + 5 * tick * a_minute,
            });
        }
    }
    let at = UnixSeconds(first * 900);
    let add =
        move |connection: &rusqlite::Connection| add_samples(connection, (meter, "gateway"), &samples, at);
    store.writer().write(add).await.unwrap();
}

/// Waits for something.
async fn until(what: &str, is: impl Fn() -> bool) {
    let since = Instant::now();
    while !is() {
        assert!(since.elapsed() < LIMIT, "{what}");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_members_agree_on_what_three_honest_ones_read() {
    // East reads three times what is there.
    let mut four = Four::new([0, 4_000, 0, 0]).await;
    four.start_all();
    let report = four.report().await;
    assert_eq!((report.header.intervals, report.header.revision), (4, 0));
    for two in report.readings.chunks(2) {
        let house = (Energy(30_000), Energy(15_000), Quality::Measured);
        assert_eq!((two[0].import, two[0].export, two[0].quality), house);
        // The second is read by West alone, which has one register of it only.
        let alone = (Energy(30_000), Energy(0), Quality::Measured);
        assert_eq!((two[1].import, two[1].export, two[1].quality), alone);
    }
    let first = IntervalIndex(four.first);
    let mut said = BTreeSet::new();
    for member in 0..4 {
        let data = four.data(member);
        let kept = data.join("evidence").join(four.first.to_string());
        until("the window's messages are kept", || kept.exists()).await;
        // Who read what stands there for good.
        let bytes = std::fs::read(&kept).unwrap();
        let mut observers = BTreeSet::new();
        for message in evidence::split(&bytes).map(|bytes| Message::decode(bytes).unwrap()) {
            if let Message::Signed {
                member,
                content: Content::Observation(_),
                ..
            } = message
            {
                observers.insert(member);
            }
        }
        assert!(observers.contains(&member), "{}", four.told());
        said.extend(observers);
        assert!(!data.join("evidence/twice").exists(), "nobody said two things");
        // Every member votes for one report a slot, and the record says which was accepted.
        let look = look_at(&data).unwrap();
        until("the report is noted", || {
            let rows = signed::beginning_at(&look, 1, first).unwrap();
            rows.iter().all(|row| row.fate != signed::Fate::Open)
        })
        .await;
        // What was read here, against what was attested: East alone is apart.
        until("what lies between is kept", || {
            !apart::since(&look, UnixSeconds(0)).unwrap().is_empty()
        })
        .await;
        let sums = apart::since(&look, UnixSeconds(0)).unwrap();
        assert_eq!(sums[&Slot(0)].is_beyond(), member == 1, "{sums:?}");
        assert_eq!(sums[&Slot(0)].attested_import, 4 * 30_000);
        let progress = || {
            let progress = four.desks[usize::from(member)].progress();
            progress.committee.clone().unwrap_or_default()
        };
        until("there is a line to every peer", || {
            progress().peers.iter().filter(|peer| peer.up).count() == 3
        })
        .await;
        assert_eq!(progress().equivocations, 0);
    }
    assert_eq!(said, (0..4).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_with_the_key_is_met_and_nothing_is_signed_until_the_operator_resumes() {
    let mut four = Four::new([0, 0, 0, 0]).await;
    // West's twin has all that West has but the record, and reads something else.
    let twin = four.folder.path().join("twin");
    std::fs::create_dir_all(&twin).unwrap();
    for file in ["peers.key", "committee"] {
        let (from, to) = (four.data(3).join(file), twin.join(file));
        let copied = std::process::Command::new("cp")
            .arg("-r")
            .args([from, to])
            .status();
        assert!(copied.unwrap().success());
    }
    let store = open(&twin, four.first * 900 - HOUR);
    read(&store, four.first, "house 1", 500).await;
    four.start_all();
    let other = desk(&store);
    four.running.push(run(&four.world, 3, other.clone(), &twin, None));
    let west = four.data(3);
    until("one of the two meets the other", || {
        is_suspended(&west) || is_suspended(&twin)
    })
    .await;
    let (data, desk) = match is_suspended(&west) {
        true => (west, four.desks[3].clone()),
        false => (twin, other),
    };
    let alerts = desk.progress().committee.clone().unwrap().alerts;
    assert!(
        alerts["doppelganger"].contains("somebody else has the key"),
        "{alerts:?}"
    );
    // The other three report without it.
    four.report().await;
    say(&data, Said::Resume).unwrap();
    until("the operator's word is taken in", || !is_suspended(&data)).await;
    // What began before stays unsigned for good.
    assert!(desk.store.clean_from().0 > (four.first + 4) * 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_signs_no_window_that_began_before_it_unless_the_key_is_new() {
    let mut four = Four::new([0; 4]).await;
    let (data, north) = (four.data(0), four.desks[0].clone());
    north.store.set_clean_from(Clock::default().now()).await.unwrap();
    four.start_all();
    let record = || {
        let progress = north.progress();
        let alerts = progress.committee.as_ref().map(|committee| &committee.alerts);
        alerts.and_then(|alerts| alerts.get("record").cloned())
    };
    until("it says why it signs nothing", || record().is_some()).await;
    assert!(record().unwrap().contains("new or restored"), "{:?}", record());
    assert_eq!(
        look_at(&data)
            .unwrap()
            .query_row("SELECT count(*) FROM said", [], |row| row.get(0)),
        Ok(0)
    );
    say(&data, Said::NewKey).unwrap();
    until("the operator's word is taken in", || {
        north.store.clean_from() == UnixSeconds(0)
    })
    .await;
    // The first report may be made without it; what it read it says for the next slot, or signs the draft that is there.
    four.report().await;
}
