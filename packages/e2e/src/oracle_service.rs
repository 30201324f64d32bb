//! The oracle's service as a process, which may be told where to end itself.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};

/// No step takes longer on a devnet.
const LIMIT: Duration = Duration::from_secs(120);

/// A running service; killed at the latest when it is dropped.
#[derive(Debug)]
pub struct OracleService(Child);

impl Drop for OracleService {
    fn drop(&mut self) {
        self.kill();
    }
}

impl OracleService {
    /// Starts the program with the `oracle.toml` of a folder. `abort_at` is one of [`gridpact_oracle::abort::POINTS`], or nothing.
    ///
    /// # Errors
    /// It has not been built.
    pub fn start(folder: &Path, abort_at: &str) -> Result<Self> {
        let mut command = oracle_program(folder)?;
        command
            .arg("run")
            .env("GRIDPACT_ORACLE_ABORT_AT", abort_at)
            .stdin(Stdio::null());
        Self::spawn(command)
    }

    /// Starts what [`oracle_program`] made, told more by its caller.
    ///
    /// # Errors
    /// The system refuses.
    pub fn spawn(mut command: Command) -> Result<Self> {
        Ok(Self(command.spawn()?))
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it has ended.
    ///
    /// # Errors
    /// The system does not say.
    pub fn is_dead(&mut self) -> Result<bool> {
        Ok(self.0.try_wait()?.is_some())
    }

    /// Waits until it has ended itself, which is never a good end.
    ///
    /// # Errors
    /// It lives on for two minutes; it ended well.
    pub fn until_dead(&mut self, what: &str) -> Result<()> {
        let since = Instant::now();
        while !self.is_dead()? {
            ensure!(
                since.elapsed() < LIMIT,
                "{what}: not reached within {} s",
                LIMIT.as_secs()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        ensure!(!self.0.wait()?.success(), "{what}: it ended well");
        Ok(())
    }

    /// kill -9.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program `gridpact-oracle` that `cargo build` made beside this test, started in a folder.
///
/// # Errors
/// It has not been built, or not for tests.
pub fn oracle_program(folder: &Path) -> Result<Command> {
    let test = std::env::current_exe()?;
    let built = test
        .parent()
        .and_then(Path::parent)
        .context("a test in a target folder")?;
    let binary = built.join("gridpact-oracle");
    let how = "run cargo build -p gridpact-oracle -p gridpact-e2e --bins, or scripts/test-on-chain";
    ensure!(binary.is_file(), "{}: {how}", binary.display());
    let version = Command::new(&binary).arg("--version").output()?.stdout;
    let version = String::from_utf8(version)?;
    let told = format!(
        "{}: expected one for tests, got {version}: {how}",
        binary.display()
    );
    ensure!(version.contains("GRIDPACT_ORACLE_ABORT_AT"), told);
    let mut command = Command::new(binary);
    command.current_dir(folder);
    Ok(command)
}
