//! Four services of one committee, each with a folder, a listener and a key of its own, beside a chain that is made up.

use std::path::{Path, PathBuf};
use std::time::Duration;

use gridpact_client::Key;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::committee::files;
use gridpact_oracle::committee::parts::Driver;
use gridpact_oracle::committee::peers::identity::Identity;
use gridpact_oracle::committee::progress::CommitteeProgress;
use gridpact_oracle::reporting::desk::Desk;
use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::readings::add_samples;
use gridpact_oracle::store::Store;
use gridpact_readings::rfc3339;
use gridpact_report::{decode, Report};
use gridpact_units::UnixSeconds;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{sleep, Instant};

use crate::made_up::{world, MadeUp};
use crate::reporting::desk;
use crate::support::open;

pub const NAMES: [&str; 4] = ["North", "East", "South", "West"];
/// Seconds of a window; it has four intervals.
pub const HOUR: u64 = 3_600;
/// Everybody reads the first meter; West alone reads the second, which is its own household's.
pub const METERS: &str = "[[meters]]\nslot = 0\nreaders = [\"North\", \"East\", \"South\", \"West\"]\n\
                          [[meters]]\nslot = 1\nreaders = [\"West\"]\nhome = \"West\"\n";
/// How long a slot of a minute and all before it may take, twice.
const LIMIT: Duration = Duration::from_secs(150);

pub fn key_of(member: u8) -> Key {
    Key::from_secret(&[11 + member; 32], "wasm").unwrap()
}

pub struct Four {
    pub world: MadeUp,
    pub folder: tempfile::TempDir,
    /// First interval of the next report; the windows ended before the test began.
    pub first: u64,
    pub running: Vec<JoinHandle<()>>,
    pub desks: Vec<Desk>,
    /// The members as the shared file names them.
    members: String,
    listeners: Vec<Option<TcpListener>>,
}

impl Four {
    /// A window of an hour that is over. `extra` is what a member reads besides, mWh a minute.
    pub async fn new(extra: [u64; 4]) -> Self {
        Self::over(1, extra, Clock::default()).await
    }

    /// So many windows of an hour that are over by a clock.
    pub async fn over(hours: u64, extra: [u64; 4], clock: Clock) -> Self {
        let now = clock.now().0;
        let first = (now / HOUR - hours) * 4;
        let world = world();
        {
            let mut world = world.world();
            (world.next, world.time, world.quorum) = (first, now, 3);
            world.roster.ends = Some(first + 4);
            world.members = (0..4).map(|member| key_of(member).public_key()).collect();
        }
        let mut four = Self {
            world,
            folder: tempfile::tempdir().unwrap(),
            first,
            running: Vec::new(),
            desks: Vec::new(),
            members: String::new(),
            listeners: Vec::new(),
        };
        for (member, name) in (0..4).zip(NAMES) {
            let pin = Identity::of(&four.data(member)).unwrap().pin();
            // The last one lets nobody in.
            let listener = match member {
                3 => None,
                _ => Some(TcpListener::bind("127.0.0.1:0").await.unwrap()),
            };
            let (key, pin) = (hex::encode(key_of(member).public_key()), hex::encode(pin));
            four.members += &format!("[[members]]\nname = \"{name}\"\nkey = \"{key}\"\ntls = \"{pin}\"\n");
            if let Some(listener) = &listener {
                let address = listener.local_addr().unwrap();
                four.members += &format!("url = \"https://{address}\"\n");
            }
            four.listeners.push(listener);
        }
        let text = four.file(1, first, METERS);
        for (member, extra) in (0..4).zip(extra) {
            let data = four.data(member);
            let hash = files::keep(&data, &text).unwrap();
            files::accept(&data, hash).unwrap();
            let store = open(&data, first * 900 - HOUR);
            read(&store, first, hours, "house 1", extra).await;
            if member == 3 {
                read(&store, first, hours, "house 2", extra).await;
            }
            let clock = clock.clone();
            four.desks.push(Desk {
                clock,
                ..desk(&store)
            });
        }
        four
    }

    /// A shared file that counts from an interval on.
    pub fn file(&self, version: u32, from: u64, meters: &str) -> String {
        format!(
            "version = {version}\nchain_id = \"test-1\"\nregistry = \"wasm1registry\"\nfrom = \"{}\"\nwindow = \"1h\"\n\
             delay = \"0s\"\nslot = \"1m\"\n{}{meters}",
            rfc3339::show(UnixSeconds(from * 900)),
            self.members
        )
    }

    pub fn data(&self, member: u8) -> PathBuf {
        let data = self.folder.path().join(NAMES[usize::from(member)]);
        std::fs::create_dir_all(&data).unwrap();
        data
    }

    /// All of them; the first slot begins in some seconds.
    pub fn start_all(&mut self) {
        self.first_slot_in(8);
        for member in 0..4 {
            self.start(member);
        }
    }

    /// The first slot begins in so many seconds.
    pub fn first_slot_in(&self, seconds: u64) {
        let now = self.desks[0].clock.now().0;
        self.world.world().accepted_before = Some(now + seconds);
    }

    pub fn start(&mut self, member: u8) {
        let (listener, desk) = (
            self.listeners[usize::from(member)].take(),
            self.desks[usize::from(member)].clone(),
        );
        let running = run(&self.world, member, desk, &self.data(member), listener);
        self.running.push(running);
    }

    /// The first window's report.
    pub async fn report(&self) -> Report {
        self.report_from(self.first).await
    }

    /// The report that begins with an interval.
    pub async fn report_from(&self, first: u64) -> Report {
        let since = Instant::now();
        loop {
            if let Some(report) = self.world.world().windows.get(&first) {
                return decode(report).unwrap();
            }
            assert!(since.elapsed() < LIMIT, "no report; {}", self.told());
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// How a member stands.
    pub fn progress(&self, member: u8) -> CommitteeProgress {
        let progress = self.desks[usize::from(member)].progress();
        progress.committee.clone().unwrap_or_default()
    }

    pub fn told(&self) -> String {
        (0..4)
            .map(|member| format!("{:#?}", self.progress(member)))
            .collect()
    }
}

pub fn run(
    world: &MadeUp,
    member: u8,
    desk: Desk,
    data: &Path,
    listener: Option<TcpListener>,
) -> JoinHandle<()> {
    let identity = Identity::of(data).unwrap();
    let driver = Driver::new(world.clone(), &key_of(member), desk, identity, listener).unwrap();
    tokio::spawn(async move { driver.run().await.unwrap() })
}

/// Some hours' registers, every five minutes: 2 Wh a minute taken, 1 Wh given.
pub async fn read(store: &Store, first: u64, hours: u64, meter: &'static str, extra: u64) {
    let mut samples = Vec::new();
    for tick in 0..=12 * hours {
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
pub async fn until(what: &str, is: impl Fn() -> bool) {
    let since = Instant::now();
    while !is() {
        assert!(since.elapsed() < LIMIT, "{what}");
        sleep(Duration::from_millis(50)).await;
    }
}
