//! A folder, looked into again and again: neither NFS nor SMB tell of new files.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gridpact_readings::options::Options;
use gridpact_readings::stamps::Stamp;
use tokio::sync::watch;

use super::file::{hash, read, FileRead, NotFile};
use crate::abort;
use crate::config::{FolderSource, Meter, ZoneName};
use crate::grid::Grid;
use crate::intake::Intake;
use crate::store::error::StoreError;
use crate::store::given::{add_energies, is_read, mark_read};
use crate::tally::Outcome;

/// How often it is looked into. A file is taken when it is the same at two looks: it is whole then.
pub const EVERY: Duration = Duration::from_secs(5);

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// So many readings of it are kept.
    Kept(u64),
    /// It was read before, under whatever name.
    Known,
    /// It is none; the reason.
    Refused(String),
}

/// Reads files of one source into the store.
#[derive(Clone, Debug)]
pub struct FileReader {
    /// What the source is called.
    pub name: String,
    /// The meters that files may speak of.
    pub meters: Arc<Vec<Meter>>,
    /// What is stated of files that do not say it.
    pub options: Options,
    /// Where readings go.
    pub intake: Intake,
}

/// What a source states of its files. What a meter's connection can carry is the registry's to say, when a report is made.
pub fn options(source: &FolderSource) -> Options {
    Options {
        zone: source.zone.map(ZoneName::zone),
        registers: source.registers,
        stamp: match source.stamps_are_ends {
            true => Stamp::End,
            false => Stamp::Start,
        },
        limit: None,
        ..Options::default()
    }
}

impl FileReader {
    /// Reads a file, and keeps what it says in one commit with the note that it was read.
    ///
    /// # Errors
    /// The store refuses: the file must be read again.
    pub async fn take(&self, path: &Path, grid: &Grid) -> Result<Fate, StoreError> {
        let (path, meters, counting) = (path.to_owned(), Arc::clone(&self.meters), grid.counting);
        let options = self.options.clone();
        let file_name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let looked = tokio::task::spawn_blocking(move || -> Result<_, NotFile> {
            let hash = hash(&path)?;
            Ok((hash, read(&path, &meters, counting, &options)?))
        });
        let looked = looked
            .await
            .map_err(|error| StoreError::Value(error.to_string()))?;
        let tally = self.intake.tally();
        let (hash, FileRead { given, doubts }) = match looked {
            Ok(read) => read,
            Err(error) => {
                tally.count(&self.name, Outcome::Unreadable, 1);
                tally.unreadable(&self.name, &error.to_string());
                return Ok(Fate::Refused(error.to_string()));
            }
        };
        abort::point("file_read");
        for doubt in &doubts {
            eprintln!("{}: {doubt}", self.name);
        }
        let (source, now) = (self.name.clone(), self.intake.now());
        let count: usize = given.values().map(Vec::len).sum();
        let stored = self.intake.store().writer().write(move |connection| {
            if is_read(connection, &hash)? {
                return Ok(false);
            }
            for (meter, energies) in &given {
                add_energies(connection, (meter, &source), energies, now)?;
            }
            mark_read(connection, &hash, &file_name, now)?;
            Ok(true)
        });
        if !stored.await? {
            tally.count(&self.name, Outcome::Known, count as u64);
            return Ok(Fate::Known);
        }
        abort::point("file_stored");
        tally.count(&self.name, Outcome::Kept, count as u64);
        Ok(Fate::Kept(count as u64))
    }
}

/// Reads a folder for ever, once the chain has told how the grid counts.
pub async fn run(source: FolderSource, reader: FileReader, mut grid: watch::Receiver<Option<Grid>>) {
    let mut seen = HashMap::new();
    loop {
        let known = grid.borrow_and_update().clone();
        let looked = match &known {
            None => Ok(()),
            Some(grid) => look(&source.path, &reader, grid, &mut seen).await,
        };
        match (known, looked) {
            (Some(_), Ok(())) => reader.intake.tally().up(&reader.name),
            (None, _) => {}
            (_, Err(trouble)) => reader.intake.tally().down(&reader.name, &trouble),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// How a file was at the look before.
type Seen = HashMap<PathBuf, (u64, SystemTime)>;

/// One look: takes the files that are as they were at the look before.
///
/// # Errors
/// The folder, or a file in it, cannot be handled; told, and tried again.
pub async fn look(folder: &Path, reader: &FileReader, grid: &Grid, seen: &mut Seen) -> Result<(), String> {
    let at = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let files = files(folder).map_err(|error| at(folder, error))?;
    let now: Seen = files.into_iter().collect();
    let mut whole: Vec<PathBuf> = now
        .iter()
        .filter(|(path, state)| seen.get(*path) == Some(state))
        .map(|(path, _)| path.clone())
        .collect();
    whole.sort();
    *seen = now;
    for path in whole {
        let fate = reader
            .take(&path, grid)
            .await
            .map_err(|error| error.to_string())?;
        put_away(folder, &path, &fate).map_err(|error| at(&path, error))?;
        abort::point("file_moved");
        seen.remove(&path);
    }
    Ok(())
}

/// The files of a folder; hidden ones and those that end in `.part` are being written.
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, (u64, SystemTime))>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (name, facts) = (entry.file_name(), entry.metadata()?);
        let name = name.to_string_lossy();
        if facts.is_file() && !name.starts_with('.') && !name.ends_with(".part") {
            files.push((entry.path(), (facts.len(), facts.modified()?)));
        }
    }
    Ok(files)
}

/// Moves a file where it belongs, under a name that is free, and writes the reason beside one that was refused.
fn put_away(folder: &Path, path: &Path, fate: &Fate) -> io::Result<()> {
    let kind = match fate {
        Fate::Kept(_) | Fate::Known => "done",
        Fate::Refused(_) => "refused",
    };
    let into = folder.join(kind);
    fs::create_dir_all(&into)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let numbered = (1_u32..).map(|number| format!("{name}.{number}"));
    let mut names = core::iter::once(name.clone()).chain(numbered);
    let free = names.find(|name| !into.join(name).exists()).unwrap_or(name);
    if let Fate::Refused(reason) = fate {
        fs::write(into.join(format!("{free}.reason.txt")), format!("{reason}\n"))?;
        abort::point("file_judged");
    }
    fs::rename(path, into.join(free))
}
