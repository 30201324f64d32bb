//! An oracle that reads a broker.

use std::path::Path;
use std::time::{Duration, Instant};

use gridpact_oracle::clock::Clock;
use gridpact_oracle::config::Config;
use gridpact_oracle::intake::Intake;
use gridpact_oracle::sample::Register;
use gridpact_oracle::sources::mqtt;
use gridpact_oracle::store::error::StoreError;
use gridpact_oracle::store::readings::samples;
use gridpact_oracle::store::Store;
use gridpact_oracle::tally::Tally;
use gridpact_units::UnixSeconds;
use tokio::task::JoinHandle;

/// No step takes longer; one that does hangs.
pub const LIMIT: Duration = Duration::from_secs(60);

/// An oracle that reads one broker into a store; ends with the test.
pub struct Reading {
    pub store: Store,
    pub tally: Tally,
    task: JoinHandle<()>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The file: `topic` with own times, `now` without.
pub fn config(folder: &Path, broker: &str, more: &str) -> Config {
    let password = folder.join("password");
    if !password.exists() {
        gridpact_oracle::store::files::write_whole(&password, b"sesame\n").unwrap();
    }
    let text = format!(
        r#"
network = "net.toml"
registry = "wasm1registry"
folder = "data"
[keys]
oracle = "oracle.mnemonic"
[[meters]]
name = "house"
slot = 0
[[mqtt]]
name = "broker"
broker = "{broker}"
user = "oracle"
password = "password"
{more}
topics = [
    {{ topic = "timed", meter = "house", import = "/e", time = "/t", unit = "Wh" }},
    {{ topic = "now", meter = "house", export = "", unit = "Wh" }},
]
"#
    );
    Config::parse(&text, &folder.join("oracle.toml")).unwrap()
}

impl Reading {
    /// Reads a broker into a folder's store.
    pub async fn start(config: &Config) -> Self {
        let since = Instant::now();
        let store = loop {
            match Store::open(&config.folder, Clock::default().now()) {
                // The one before ends as soon as it is let run.
                Err(StoreError::Locked { .. }) if since.elapsed() < LIMIT => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                opened => break opened.unwrap(),
            }
        };
        let tally = Tally::default();
        let intake = Intake::new(store.clone(), Clock::default(), tally.clone());
        let task = tokio::spawn(mqtt::run(config.mqtt[0].clone(), intake));
        Self { store, tally, task }
    }

    /// Values kept, in order of time.
    pub async fn kept(&self, register: Register) -> Vec<u64> {
        let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
        let look = move |connection: &_| samples(connection, ("house", "broker"), register, all);
        self.store
            .read(look)
            .await
            .unwrap()
            .into_iter()
            .map(|sample| sample.value)
            .collect()
    }

    /// Waits for something.
    pub async fn until<F: std::future::Future<Output = bool>>(&self, what: &str, look: impl Fn() -> F) {
        let since = Instant::now();
        while !look().await {
            assert!(
                since.elapsed() < LIMIT,
                "{what}: not within 60 s; {:?}",
                self.tally.counts()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until so many are kept.
    pub async fn until_kept(&self, register: Register, count: usize) -> Vec<u64> {
        self.until(&format!("{count} readings"), || async {
            self.kept(register).await.len() >= count
        })
        .await;
        self.kept(register).await
    }

    /// Waits until the broker is reached.
    pub async fn until_up(&self) {
        self.until("the broker", || async { self.up() }).await;
    }

    pub fn up(&self) -> bool {
        self.tally
            .counts()
            .sources
            .get("broker")
            .is_some_and(|source| source.up)
    }

    /// Of readings of a broker, so many had this fate.
    pub fn count(&self, outcome: gridpact_oracle::tally::Outcome) -> u64 {
        self.tally
            .counts()
            .readings
            .get(&("broker".to_owned(), outcome))
            .copied()
            .unwrap_or_default()
    }
}

/// A message with its own time: the n-th minute of June 2026, n Wh.
pub fn message(minute: u64) -> String {
    format!(r#"{{"t": {}, "e": {minute}}}"#, 1_780_272_000 + 60 * minute)
}

/// Messages of these minutes.
pub fn messages(minutes: std::ops::Range<u64>) -> Vec<String> {
    minutes.map(message).collect()
}

/// What is kept of them.
pub fn values(minutes: std::ops::Range<u64>) -> Vec<u64> {
    minutes.map(|minute| 1_000 * minute).collect()
}
