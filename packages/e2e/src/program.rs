//! The `gridpact` program, run as its users run it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{bail, ensure, Context, Result};
use serde_json::Value;
use tokio::process::Command;

/// No command of the program takes longer on a devnet; one that does hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// The program with its folders.
#[derive(Clone, Debug)]
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
    networks: PathBuf,
}

/// What a run of the program gave.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Program {
    /// The program of GRIDPACT_BIN, or the one that `cargo build -p gridpact-cli` made. It works in `folder`, where its
    /// keys (`keys/`) and deployments (`deployments/`) are.
    ///
    /// # Errors
    /// It has not been built.
    pub fn new(folder: &Path, networks: &Path) -> Result<Self> {
        let binary = match std::env::var_os("GRIDPACT_BIN") {
            Some(path) => PathBuf::from(path),
            // This test's own file lies in TARGET/debug/deps.
            None => std::env::current_exe()?
                .parent()
                .and_then(Path::parent)
                .context("a test in a target folder")?
                .join("gridpact"),
        };
        ensure!(
            binary.is_file(),
            "{}: run cargo build -p gridpact-cli, or scripts/test-on-chain",
            binary.display()
        );
        std::fs::create_dir_all(folder.join("keys"))?;
        Ok(Self {
            binary,
            folder: folder.to_owned(),
            networks: networks.to_owned(),
        })
    }

    /// Its folder of keys.
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// A command on the devnet, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        command
            .args(arguments.iter().map(OsString::from))
            .current_dir(&self.folder)
            .env("GRIDPACT_NETWORKS", &self.networks)
            .env("GRIDPACT_KEYS", self.keys())
            .env("GRIDPACT_DEPLOYMENTS", self.folder.join("deployments"))
            .env("GRIDPACT_ARTIFACTS", root.join("artifacts"))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs it, whatever its exit code.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        let what = || format!("gridpact {}", arguments.join(" "));
        let done = tokio::time::timeout(LIMIT, self.command(arguments).output())
            .await
            .with_context(|| format!("{}: no end within {} s", what(), LIMIT.as_secs()))?
            .with_context(what)?;
        Ok(Output {
            code: done
                .status
                .code()
                .with_context(|| format!("{}: killed", what()))?,
            stdout: String::from_utf8(done.stdout)?,
            stderr: String::from_utf8(done.stderr)?,
        })
    }

    /// Runs it with `--network devnet --yes`; it must succeed. Returns what it printed.
    pub async fn ok(&self, arguments: &[&str]) -> Result<String> {
        let arguments = [arguments, &["--network", "devnet", "--yes"]].concat();
        let output = self.run(&arguments).await?;
        if output.code != 0 {
            bail!(
                "gridpact {}: exit code {}\n{}{}",
                arguments.join(" "),
                output.code,
                output.stdout,
                output.stderr
            );
        }
        Ok(output.stdout)
    }

    /// The same with `--json`.
    pub async fn json(&self, arguments: &[&str]) -> Result<Value> {
        let printed = self.ok(&[arguments, &["--json"]].concat()).await?;
        serde_json::from_str(&printed)
            .with_context(|| format!("gridpact {}: expected JSON, got {printed}", arguments.join(" ")))
    }

    /// Runs it with `--network devnet --yes`; it must fail. Returns the exit code and what it complained about.
    pub async fn refused(&self, arguments: &[&str]) -> Result<(i32, String)> {
        let arguments = [arguments, &["--network", "devnet", "--yes"]].concat();
        let output = self.run(&arguments).await?;
        ensure!(
            output.code != 0,
            "gridpact {}: expected a refusal, got {}",
            arguments.join(" "),
            output.stdout
        );
        Ok((output.code, output.stdout + &output.stderr))
    }
}
