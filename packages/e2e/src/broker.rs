//! A real mosquitto of one test. Needs GRIDPACT_MOSQUITTO, the folder that scripts/mosquitto prints.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a tool of tests: a panic is a failure"
)]

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// No step takes longer; one that does hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// A broker with the users `oracle` and `house1`, whose password is `sesame`.
#[derive(Debug)]
pub struct Broker {
    folder: PathBuf,
    bin: PathBuf,
    /// Its port without TLS.
    pub port: u16,
    tls: Option<u16>,
    child: Option<Child>,
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port of this machine that nobody listens at.
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

    /// The same, also over TLS with `server.pem` and `server.key` in its folder `broker`; with the access list `access`, if there is one.
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
        broker.write_config(keeps);
        broker.run();
        broker
    }

    fn write_config(&self, keeps: bool) {
        let folder = self.folder.display();
        let mut text = format!(
            "listener {} 127.0.0.1\nallow_anonymous false\npassword_file {folder}/users\nmax_queued_messages 0\n",
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
        let access = self.folder.join("access");
        if access.exists() {
            text += &format!("acl_file {}\n", access.display());
        }
        // As root mosquitto would become another user, who may not read a test's folder.
        text += "user root\n";
        std::fs::write(self.folder.join("broker.conf"), text).unwrap();
        let users = format!("oracle:{PASSWORD}\nhouse1:{PASSWORD}\n");
        std::fs::write(self.folder.join("users"), users).unwrap();
    }

    /// Its port with TLS.
    pub fn tls_port(&self) -> Option<u16> {
        self.tls
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

    /// A plain client that prints what comes, as `mosquitto_sub` does, and nothing else; its output is a pipe.
    pub fn subscriber(&self, topic: &str) -> Child {
        let mut command = Command::new(self.bin.join("mosquitto_sub"));
        command.args(["-h", "127.0.0.1", "-u", "oracle", "-P", "sesame", "-q", "1"]);
        command.args(["-p", &self.port.to_string(), "-t", topic]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Publishes, and returns once the broker has all of it.
    pub fn publish(&self, topic: &str, messages: &[String], options: &[&str]) {
        self.publish_as("oracle", topic, messages, options);
    }

    /// The same by a user.
    pub fn publish_as(&self, user: &str, topic: &str, messages: &[String], options: &[&str]) {
        let mut command = Command::new(self.bin.join("mosquitto_pub"));
        command.args(["-h", "127.0.0.1", "-u", user, "-P", "sesame", "-q", "1"]);
        command.args(["-p", &self.port.to_string(), "-t", topic, "-l"]);
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

/// `sesame`, as mosquitto_passwd writes it (SHA-512 with a salt).
const PASSWORD: &str = include_str!("broker_password.txt").trim_ascii_end();
