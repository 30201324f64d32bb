//! Writing the files: each is complete or not there.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{ensure, Context, Result};

use super::csv_files;
use super::summary::summary;
use crate::html;
use crate::run::Run;

/// Makes the folder, so that a place that cannot be written shows before the run and not after it.
pub fn prepare(folder: &Path) -> Result<()> {
    ensure!(
        !folder.exists() || folder.is_dir(),
        "--out: expected a folder, got the file {}",
        folder.display()
    );
    fs::create_dir_all(folder).with_context(|| format!("--out: cannot make {}", folder.display()))?;
    let probe = folder.join(".gridpact-probe");
    File::create(&probe).with_context(|| format!("--out: cannot write to {}", folder.display()))?;
    fs::remove_file(probe).with_context(|| format!("--out: cannot write to {}", folder.display()))
}

/// Writes every file; `detail` adds `allocations.csv`.
pub fn write_all(run: &Run, folder: &Path, detail: bool) -> Result<()> {
    write(folder, "intervals.csv", |out| csv_files::intervals(run, out))?;
    write(folder, "households.csv", |out| csv_files::households(run, out))?;
    if detail {
        write(folder, "allocations.csv", |out| csv_files::allocations(run, out))?;
    } else {
        remove(&folder.join("allocations.csv"))?;
    }
    write(folder, "report.html", |out| {
        Ok(out.write_all(html::render(run).as_bytes())?)
    })?;
    write(folder, "statements.html", |out| {
        Ok(out.write_all(html::statements(run).as_bytes())?)
    })?;
    write(folder, "summary.json", |out| {
        serde_json::to_writer_pretty(&mut *out, &summary(run))?;
        Ok(out.write_all(b"\n")?)
    })
}

/// A file of an earlier run that this one does not write would contradict the others.
fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// Writes beside the target and renames: a reader sees the old file or the new one, never half of one.
fn write(folder: &Path, name: &str, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let target = folder.join(name);
    let temporary = folder.join(format!(".{name}.{}.part", std::process::id()));
    let filled = File::create(&temporary)
        .map_err(anyhow::Error::from)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            fill(&mut out)?;
            out.into_inner()?.sync_all()?;
            fs::rename(&temporary, &target)?;
            Ok(())
        });
    if filled.is_err() {
        // What could not be finished must not lie around; that it cannot be removed adds nothing to the first error.
        let _ = fs::remove_file(&temporary);
    }
    filled.with_context(|| format!("cannot write {}", target.display()))
}
