//! What an oracle keeps: readings, files read, and every draft it signed. One process, one writer, nothing told before it
//! is on the disk.

pub mod apart;
pub mod error;
pub mod files;
pub mod given;
mod names;
pub mod readings;
pub mod said;
pub mod schema;
pub mod signed;
pub mod writer;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gridpact_units::UnixSeconds;
use rusqlite::{params, Connection, OpenFlags, OptionalExtension};

use crate::abort;
use error::StoreError;
use writer::Writer;

/// How long a statement waits for another process's lock: a backup, or a look from a command.
const BUSY: Duration = Duration::from_secs(5);

/// The store of a running daemon. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
    clean_from: Arc<AtomicU64>,
}

impl Store {
    /// Takes the folder, makes what is not there, and brings the database to the newest format.
    ///
    /// A database that is new, or a copy from before, has not seen every signature of its key: `clean_from` is then `now`.
    ///
    /// # Errors
    /// Another process has the folder; the system or the database refuses.
    pub fn open(folder: &Path, now: UnixSeconds) -> Result<Self, StoreError> {
        let lock = files::lock(folder)?;
        let path = files::private_database(folder)?;
        let mut connection = Connection::open(&path)?;
        settings(&connection)?;
        schema::migrate(&mut connection)?;
        let clean_from = begin(&mut connection, folder, now)?;
        let writer = Writer::start(connection, lock).map_err(|cause| StoreError::File { path, cause })?;
        Ok(Self {
            folder: folder.to_owned(),
            writer,
            reader: Arc::new(Mutex::new(look_at(folder)?)),
            clean_from: Arc::new(AtomicU64::new(clean_from.0)),
        })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Since when this database saw every signature of its key.
    pub fn clean_from(&self) -> UnixSeconds {
        UnixSeconds(self.clean_from.load(Ordering::Relaxed))
    }

    /// From now on it counts as knowing every signature of its key since another moment: an operator says so.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set_clean_from(&self, moment: UnixSeconds) -> Result<(), StoreError> {
        let update = move |connection: &Connection| {
            Ok(connection.execute("UPDATE self SET clean_from = ?1", [moment.0])?)
        };
        self.writer.write(update).await?;
        self.clean_from.store(moment.0, Ordering::Relaxed);
        Ok(())
    }

    /// The writer.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Reads, on a thread that may wait.
    ///
    /// # Errors
    /// The look's own; the database refuses.
    pub async fn read<T, F>(&self, look: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let reader = Arc::clone(&self.reader);
        let looked = tokio::task::spawn_blocking(move || {
            let reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
            look(&reader)
        });
        looked
            .await
            .map_err(|error| StoreError::Value(error.to_string()))?
    }

    /// The same on a thread that may wait.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_and_wait<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        look(&self.reader.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A database opened to look only, also beside a running daemon.
///
/// # Errors
/// There is none; it refuses.
pub fn look_at(folder: &Path) -> Result<Connection, StoreError> {
    let path = folder.join(files::DATABASE);
    if !path.exists() {
        return Err(StoreError::None { path });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    let got = schema::format(&connection)?;
    if got != schema::NEWEST {
        return Err(StoreError::Format {
            known: schema::NEWEST,
            got,
        });
    }
    Ok(connection)
}

/// Since when a database saw every signature of its key; none before its first opening.
///
/// # Errors
/// The database refuses.
pub fn clean_from(connection: &Connection) -> Result<Option<UnixSeconds>, StoreError> {
    let select = "SELECT clean_from FROM self";
    let clean_from: Option<u64> = connection.query_row(select, [], |row| row.get(0)).optional()?;
    Ok(clean_from.map(UnixSeconds))
}

/// A whole copy of the database, as of one moment, also beside a running daemon. It is marked as a copy: whoever puts it
/// in the place of the original signs nothing of what began before.
///
/// # Errors
/// The file exists; the database refuses.
pub fn backup(folder: &Path, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::File {
            path: to.to_owned(),
            cause: std::io::Error::from(std::io::ErrorKind::AlreadyExists),
        });
    }
    // The copy takes the mode of an empty file that is there.
    let part = to.with_extension("part");
    files::write_whole(&part, b"")?;
    let name = part
        .to_str()
        .ok_or_else(|| StoreError::Value("expected a name in UTF-8".to_owned()))?;
    look_at(folder)?.execute("VACUUM INTO ?1", [name])?;
    let copy = Connection::open(&part)?;
    copy.execute("UPDATE self SET generation = 0", [])?;
    drop(copy);
    let file = |cause| StoreError::File {
        path: to.to_owned(),
        cause,
    };
    std::fs::File::open(&part)
        .and_then(|part| part.sync_all())
        .map_err(file)?;
    std::fs::rename(&part, to).map_err(file)
}

/// What every connection that writes is set to: a commit is on the disk before it is told.
fn settings(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 1_000)?;
    Ok(())
}

/// Counts this opening, in the database and then in the file beside it, and says since when all signatures are known.
///
/// A kill between the two leaves the database one ahead, which no copy from before can be.
fn begin(connection: &mut Connection, folder: &Path, now: UnixSeconds) -> Result<UnixSeconds, StoreError> {
    let transaction = connection.transaction()?;
    let known: Option<(u64, u64)> = transaction
        .query_row("SELECT generation, clean_from FROM self", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let beside = files::generation(folder);
    let same = |generation: u64| {
        let behind = generation.checked_sub(1);
        generation > 0 && beside.is_some() && (beside == Some(generation) || beside == behind)
    };
    let (generation, clean_from) = match known {
        Some((generation, clean_from)) if same(generation) => (generation, clean_from),
        // Above both, so that an older copy is told from this one too.
        Some((generation, _)) => (generation.max(beside.unwrap_or_default()), now.0),
        None => (beside.unwrap_or_default(), now.0),
    };
    let generation = generation.saturating_add(1);
    transaction.execute(
        "INSERT INTO self (id, generation, clean_from) VALUES (1, ?1, ?2)
         ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, clean_from = excluded.clean_from",
        params![generation, clean_from],
    )?;
    transaction.commit()?;
    abort::point("opened");
    files::write_generation(folder, generation)?;
    Ok(UnixSeconds(clean_from))
}
