//! A broker of one test, and an oracle that reads it.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
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

/// A broker with a user `oracle`, whose password is `sesame`.
pub struct Broker {
    folder: PathBuf,
    bin: PathBuf,
    pub port: u16,
    tls: Option<u16>,
    child: Option<Child>,
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

impl Broker {
    /// Starts one. With `keeps` its sessions and queues survive a kill; else they are gone with it.
    pub fn start(folder: &Path, keeps: bool) -> Self {
        Self::start_with(folder, keeps, None)
    }

    /// The same, also over TLS with `server.pem` and `server.key` in the folder.
    pub fn start_with(folder: &Path, keeps: bool, tls: Option<u16>) -> Self {
        let bin = std::env::var_os("GRIDPACT_MOSQUITTO")
            .expect("GRIDPACT_MOSQUITTO: what scripts/mosquitto prints");
        let folder = folder.join("broker");
        std::fs::create_dir_all(&folder).unwrap();
        let mut broker = Self {
            folder,
            bin: bin.into(),
            port: free_port(),
            tls,
            child: None,
        };
        // Of mosquitto's own form: PBKDF2 would need its tool; a plain file is what `mosquitto_passwd -U` takes too.
        broker.write_config(keeps);
        broker.run();
        broker
    }

    fn write_config(&self, keeps: bool) {
        let folder = self.folder.display();
        let mut text = format!(
            "listener {} 127.0.0.1\nallow_anonymous false\npassword_file {folder}/users\n",
            self.port
        );
        if keeps {
            text += &format!("persistence true\npersistence_location {folder}/\nautosave_interval 1\nautosave_on_changes true\n");
        }
        if let Some(port) = self.tls {
            text += &format!(
                "listener {port} 127.0.0.1\ncertfile {folder}/server.pem\nkeyfile {folder}/server.key\n"
            );
        }
        // As root mosquitto would become another user, who may not read a test's folder.
        text += "user root\n";
        std::fs::write(self.folder.join("broker.conf"), text).unwrap();
        std::fs::write(self.folder.join("users"), PASSWORDS).unwrap();
    }

    /// Starts it again.
    pub fn run(&mut self) {
        let log = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(self.folder.join("log"))
            .unwrap();
        let mut command = Command::new(self.bin.join("mosquitto"));
        command
            .arg("-c")
            .arg(self.folder.join("broker.conf"))
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        self.child = Some(command.stdin(Stdio::null()).spawn().unwrap());
        let since = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(since.elapsed() < LIMIT, "the broker does not answer: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// kill -9.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Publishes, and returns once the broker has all of it.
    pub fn publish(&self, topic: &str, messages: &[String], options: &[&str]) {
        let port = self.port.to_string();
        let mut command = Command::new(self.bin.join("mosquitto_pub"));
        command.args([
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-u",
            "oracle",
            "-P",
            "sesame",
            "-q",
            "1",
            "-t",
            topic,
            "-l",
        ]);
        let mut child = command.args(options).stdin(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        for message in messages {
            writeln!(input, "{message}").unwrap();
        }
        drop(input);
        assert!(child.wait().unwrap().success());
    }

    /// Waits until the sessions are on the disk: mosquitto writes them once a second.
    pub fn until_saved(&self) {
        let path = self.folder.join("mosquitto.db");
        let (since, begun) = (Instant::now(), std::time::SystemTime::now());
        let saved = || {
            std::fs::metadata(&path)
                .and_then(|facts| facts.modified())
                .is_ok_and(|at| at >= begun)
        };
        while !saved() {
            assert!(since.elapsed() < LIMIT, "{}: not written", path.display());
            self.publish("elsewhere", &["tick".to_owned()], &["-r"]);
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// `oracle:sesame`, as mosquitto_passwd writes it (SHA-512 with a salt).
const PASSWORDS: &str = concat!("oracle:", include_str!("password.txt"));

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
