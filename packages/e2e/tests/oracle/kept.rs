//! What a service kept, looked at beside it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_oracle::store::look_at;
use gridpact_oracle::store::signed::{newest, Fate, Record};

/// No step takes longer.
const LIMIT: Duration = Duration::from_secs(180);

/// The folder of a store.
pub struct Kept(pub PathBuf);

impl Kept {
    /// Rows of a table; none before there is one.
    pub fn count(&self, table: &str) -> u64 {
        let count = look_at(&self.0).and_then(|connection| {
            Ok(connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?)
        });
        count.unwrap_or_default()
    }

    /// Waits until tables have so many rows.
    pub async fn until(&self, expected: &[(&str, u64)]) -> Result<()> {
        let since = Instant::now();
        loop {
            let got: Vec<u64> = expected.iter().map(|(table, _)| self.count(table)).collect();
            if expected
                .iter()
                .zip(&got)
                .all(|((_, expected), got)| expected == got)
            {
                return Ok(());
            }
            ensure!(since.elapsed() < LIMIT, "expected {expected:?}, got {got:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until a table has rows.
    pub async fn until_at_least(&self, table: &str, rows: u64) -> Result<()> {
        let since = Instant::now();
        while self.count(table) < rows {
            ensure!(since.elapsed() < LIMIT, "{table}: expected {rows} rows");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// The newest signed draft.
    pub fn signed(&self) -> Result<Record> {
        newest(&look_at(&self.0)?, 1)?.pop().context("a signed draft")
    }

    /// Waits until the newest draft is known to be accepted.
    pub async fn until_accepted(&self) -> Result<Record> {
        let since = Instant::now();
        loop {
            match self.signed() {
                Ok(row) if row.fate == Fate::Accepted => return Ok(row),
                row => ensure!(since.elapsed() < LIMIT, "not accepted: {row:?}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Waits until a service answers, and says what this place says.
pub async fn until_said(port: u16, path: &str, words: &str) -> Result<()> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let ask = || async {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok::<String, std::io::Error>(answer)
    };
    let since = Instant::now();
    loop {
        let answer = ask().await;
        if answer.as_ref().is_ok_and(|answer| answer.contains(words)) {
            return Ok(());
        }
        ensure!(
            since.elapsed() < LIMIT,
            "{path}: expected {words}, got {answer:?}"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Puts a file into a folder, whole.
pub fn put(folder: &Path, name: &str, text: &str) -> Result<()> {
    let part = folder.join(format!("{name}.part"));
    std::fs::write(&part, text)?;
    Ok(std::fs::rename(part, folder.join(name))?)
}
