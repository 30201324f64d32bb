//! Reports and balances as files, so that any host of files may mirror them: `gridpact verify --books --archive FOLDER`.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gridpact_replay::{Effect, Event};
use gridpact_report::archive::{balances_bytes, balances_hash, balances_path, report_path};
use gridpact_report::{body_hash, split};
use serde::Serialize;

/// What was kept.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// Where.
    pub folder: PathBuf,
    /// Reports that were not there yet.
    pub reports: u64,
    /// Balances that were not there yet.
    pub balances: u64,
}

/// An archive that is being written.
#[derive(Debug)]
pub struct Archive {
    kept: Archived,
    failed: Option<anyhow::Error>,
}

impl Archive {
    /// In a folder, which is made where it is not there.
    pub fn at(folder: &Path) -> Self {
        Self {
            kept: Archived {
                folder: folder.to_owned(),
                reports: 0,
                balances: 0,
            },
            failed: None,
        }
    }

    /// Keeps the report of a settled window, and the balances with which it was settled. Files that are there already have the same
    /// bytes, since they are named by their hash. After a failure nothing more is written.
    pub fn keep(&mut self, event: &Event, effect: &Effect) {
        if let (Event::Report { bytes, .. }, Effect::Settled(settled), None) = (event, effect, &self.failed) {
            let balances = balances_bytes(settled.free.iter().copied());
            let hash = balances_hash(settled.free.iter().copied());
            self.failed = self.write(bytes, &balances, &hash).err();
        }
    }

    /// What was kept in all.
    ///
    /// # Errors
    /// The system refused to write a file.
    pub fn finish(self) -> Result<Archived> {
        self.failed.map_or(Ok(self.kept), Err)
    }

    fn write(&mut self, report: &[u8], balances: &[u8], hash: &[u8; 32]) -> Result<()> {
        let (_, body) = split(report)?;
        let folder = &self.kept.folder;
        let new_report = write_new(&folder.join(report_path(&body_hash(body))), report)?;
        let new_balances = write_new(&folder.join(balances_path(hash)), balances)?;
        self.kept.reports = self.kept.reports.saturating_add(new_report.into());
        self.kept.balances = self.kept.balances.saturating_add(new_balances.into());
        Ok(())
    }
}

/// Writes a file beside its place, to the disk, and then puts it there: no reader ever sees half of it. False where it is there.
fn write_new(path: &Path, bytes: &[u8]) -> Result<bool> {
    if path.exists() {
        return Ok(false);
    }
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let part = path.with_extension("part");
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(part, path)
    };
    write().with_context(|| format!("writing {}", path.display()))?;
    Ok(true)
}
