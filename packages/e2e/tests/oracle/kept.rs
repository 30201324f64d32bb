//! What a service kept, looked at beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_oracle::store::look_at;
use gridpact_oracle::store::signed::{newest, Fate, Record};

use crate::feeds::Feeds;

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

    /// Waits until the service has opened its database.
    pub async fn until_opened(&self) -> Result<()> {
        self.until(&[("self", 1)]).await
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

/// What became of what meters sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Registers and energies that meters sent, each once however often it came.
    pub sent: u64,
    /// Those that are kept with the value that was sent.
    pub kept: u64,
    /// Those that are not.
    pub lost: u64,
    /// Rows beyond: the same once more, or what nobody sent.
    pub twice: u64,
}

impl Account {
    fn of<K: Ord + Clone, V: PartialEq>(sent: &BTreeMap<K, V>, rows: Vec<(K, V)>) -> Self {
        let all = rows.len() as u64;
        let mut found: BTreeMap<K, V> = BTreeMap::new();
        for (key, value) in rows {
            found.insert(key, value);
        }
        let kept = sent
            .iter()
            .filter(|(key, value)| found.get(key) == Some(value))
            .count() as u64;
        Self {
            sent: sent.len() as u64,
            kept,
            lost: sent.len() as u64 - kept,
            twice: all - kept,
        }
    }

    /// Nothing lost, nothing twice.
    pub fn is_whole(&self) -> bool {
        self.kept == self.sent && self.lost == 0 && self.twice == 0
    }
}

/// Where a register's value belongs: meter, code of the register, when.
type Place = (String, u8, u64);

impl Kept {
    /// Registers kept against those that meters showed at these boundaries.
    pub fn registers(&self, feeds: &Feeds, boundaries: &BTreeSet<usize>) -> Result<Account> {
        let mut sent: BTreeMap<Place, u64> = BTreeMap::new();
        for meter in feeds.ways.by_register() {
            for boundary in boundaries {
                let (import, export) = feeds.registers(meter, *boundary);
                for (code, value) in [(0, import), (1, export)] {
                    sent.insert((format!("m{meter}"), code, feeds.at(*boundary)), value);
                }
            }
        }
        let connection = look_at(&self.0)?;
        let mut select = connection.prepare(
            "SELECT m.name, r.register, r.at, r.value FROM registers r JOIN meters m ON m.id = r.meter",
        )?;
        let rows = select.query_map([], |row| {
            Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?))
        })?;
        Ok(Account::of(&sent, rows.collect::<Result<_, _>>()?))
    }

    /// Energies kept against those that files gave for these intervals.
    pub fn energies(&self, feeds: &Feeds, intervals: &BTreeSet<usize>) -> Result<Account> {
        let mut sent: BTreeMap<(String, u64), (u64, u64)> = BTreeMap::new();
        for meter in feeds.ways.by_file() {
            for interval in intervals {
                let given = feeds.moved(meter, *interval);
                sent.insert((format!("m{meter}"), feeds.at(*interval)), given);
            }
        }
        let connection = look_at(&self.0)?;
        let mut select = connection.prepare(
            "SELECT m.name, e.start, e.import, e.export FROM energies e JOIN meters m ON m.id = e.meter",
        )?;
        let rows = select.query_map([], |row| {
            Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)))
        })?;
        Ok(Account::of(&sent, rows.collect::<Result<_, _>>()?))
    }

    /// Every draft that was ever signed, the newest first.
    pub fn all_signed(&self) -> Result<Vec<Record>> {
        Ok(newest(&look_at(&self.0)?, 1_000_000)?)
    }
}

/// What a service answers on loopback.
pub async fn ask(port: u16, path: &str) -> std::io::Result<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Waits until a service answers, and says what this place says.
pub async fn until_said(port: u16, path: &str, words: &str) -> Result<()> {
    let since = Instant::now();
    loop {
        let answer = ask(port, path).await;
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
