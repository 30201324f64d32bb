//! The program as its users run it, without a chain.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use gridpact_client::{KeyLock, KeyStore, Protection};

const LIMIT: Duration = Duration::from_secs(60);

/// Ends a child whatever becomes of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gridpact-oracle"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = program(folder, arguments).output().unwrap();
    let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
    (status.success(), said)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// A folder with a network whose node does not answer, a key, and the file of `init`.
fn made() -> (tempfile::TempDir, u16) {
    let folder = tempfile::tempdir().unwrap();
    let (node, local) = (free_port(), free_port());
    let network = format!(
        "chain_id = \"test-1\"\ngrpc = \"http://127.0.0.1:{node}\"\nprefix = \"wasm\"\ngas_price = \"0.025stake\"\n"
    );
    std::fs::write(folder.path().join("test.toml"), network).unwrap();
    KeyStore::open(folder.path())
        .generate("oracle", "wasm", &Protection::Plain)
        .unwrap();
    let answers = [
        "init",
        "--network",
        "test.toml",
        "--registry",
        "wasm1registry",
        "--key",
        "oracle.mnemonic",
        "--folder",
        "data",
        "--meters",
        "house 1=0, house 2=1",
    ];
    let (good, said) = run(folder.path(), &answers);
    assert!(
        good && said.contains("gridpact-oracle --config oracle.toml check"),
        "{said}"
    );
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .mode(0o600)
        .open(folder.path().join("oracle.toml"))
        .unwrap();
    write!(file, "\n[local]\nlisten = \"127.0.0.1:{local}\"\n").unwrap();
    (folder, local)
}

fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn until(port: u16, path: &str, words: &str) -> String {
    let since = Instant::now();
    let mut last = None;
    while since.elapsed() < LIMIT {
        last = get(port, path);
        if let Some(answer) = last.as_ref().filter(|answer| answer.contains(words)) {
            return answer.clone();
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{path}: expected {words}, got {last:?}");
}

#[test]
fn five_answers_make_a_file_and_a_second_init_leaves_it() {
    let (folder, _) = made();
    let (good, said) = run(
        folder.path(),
        &[
            "init",
            "--network",
            "x",
            "--registry",
            "y",
            "--key",
            "k",
            "--folder",
            "f",
            "--meters",
            "a=1",
        ],
    );
    assert!(!good && said.contains("it stays as it is"), "{said}");
    // As readable as any file that is made here: a service with a user of its own reads it.
    std::fs::write(folder.path().join("any"), "").unwrap();
    let mode = |name: &str| {
        std::fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("oracle.toml"), mode("any"));
    let (good, said) = run(
        folder.path(),
        &["--config", "other.toml", "init", "--network", "x"],
    );
    assert!(!good && said.contains("expected an answer, got none"), "{said}");
    let (good, said) = run(folder.path(), &["--config", "none.toml", "run"]);
    assert!(!good && said.contains("none.toml"), "{said}");
}

#[test]
fn check_tells_what_is_wrong_before_it_runs() {
    let (folder, _) = made();
    let (good, said) = run(folder.path(), &["check"]);
    assert!(!good, "{said}");
    for words in [
        "ok      keys.oracle: public key",
        "WRONG   house 1: nothing reads it",
        "WRONG   chain:",
        "ok      folder: data",
    ] {
        assert!(said.contains(words), "{said}\nexpected {words}");
    }
    // It looks, and leaves nothing behind.
    assert!(!folder.path().join("data").exists());
    let file = folder.path().join("oracle.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("folder = \"data\"", "folder = \"/proc/none\""),
    )
    .unwrap();
    let (good, said) = run(folder.path(), &["check"]);
    let words = "WRONG   folder: /proc: cannot be written to: ";
    assert!(!good && said.contains(words), "{said}\nexpected {words}");
}

#[test]
fn a_service_without_a_chain_reads_on_says_so_and_holds_its_key() {
    let (folder, port) = made();
    let mut child = program(folder.path(), &["run"]);
    let mut running = Running(child.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    assert!(until(port, "/healthz", "ok").starts_with("HTTP/1.1 200"));
    let ready = get(port, "/readyz").unwrap();
    assert!(
        ready.starts_with("HTTP/1.1 503") && ready.contains("the chain has not answered"),
        "{ready}"
    );
    until(port, "/metrics", "gridpact_oracle_trouble 1");
    let status = get(port, "/status").unwrap();
    let json: serde_json::Value = serde_json::from_str(status.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(json["meters"][1]["name"], "house 2");
    // Who asks on the command line hears the same of the service.
    let (good, said) = run(folder.path(), &["status"]);
    let words = "service    runs, and is not ready:\n           the chain has not answered yet\n";
    assert!(good && said.contains(words), "{said}");
    // Neither a second service nor a signature by hand beside it.
    let (good, said) = run(folder.path(), &["run"]);
    assert!(!good && said.contains("another gridpact-oracle"), "{said}");
    let words = folder.path().join("oracle.mnemonic");
    assert!(KeyLock::take(&words).unwrap().is_none());
    // Backup and looks go on beside it.
    let (good, said) = run(folder.path(), &["backup", "copy.db"]);
    assert!(good, "{said}");
    let (good, said) = run(folder.path(), &["readings", "show", "house 1"]);
    assert!(good && said.contains("no readings"), "{said}");
    let (good, said) = run(folder.path(), &["readings", "import", "oracle.toml"]);
    assert!(!good && said.contains("put files into a folder"), "{said}");
    // SIGTERM ends it well.
    let pid = rustix::process::Pid::from_child(&running.0);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert!(running.0.wait().unwrap().success());
    assert!(KeyLock::take(&words).unwrap().is_some());
}

#[test]
fn a_token_is_shown_once_with_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let (good, said) = run(folder.path(), &["token"]);
    let token = said.lines().nth(1).unwrap().trim();
    assert!(
        good && said.contains(&gridpact_oracle::commands::token::hash(token)),
        "{said}"
    );
}
