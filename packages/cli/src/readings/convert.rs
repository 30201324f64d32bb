//! `gridpact readings convert`: files of any format as our own table.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::readings_table::ReadingsTable;

use super::args::ReadingArgs;
use super::files;
use crate::onchain::exit;

/// What to write.
#[derive(Args, Debug)]
pub struct ConvertArgs {
    /// Files of meters, or folders of them; all together become one table.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write it here; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What the files do not say.
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Reads and writes; what is doubtful goes to standard error.
pub(super) fn run(args: &ConvertArgs) -> Result<u8> {
    let table: ReadingsTable<MeterName> = files::load(&args.files, &args.reading.options()?)?;
    for finding in table.findings() {
        eprintln!("{}: {finding}", finding.what.severity().name());
    }
    match &args.out {
        Some(out) => to_file(&table, out)?,
        None => to_standard_output(&table)?,
    }
    Ok(exit::OK)
}

/// Beside the target and renamed: a reader sees the whole table or none.
fn to_file(table: &ReadingsTable<MeterName>, out: &Path) -> Result<()> {
    let temporary = out.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&temporary).and_then(|file| {
        let mut file = BufWriter::new(file);
        table.write(&mut file)?;
        file.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        std::fs::rename(&temporary, out)
    });
    if written.is_err() {
        // What could not be finished must not lie around; that it cannot be removed adds nothing to the first error.
        let _ = std::fs::remove_file(&temporary);
    }
    written.with_context(|| format!("--out: cannot write {}", out.display()))?;
    eprintln!("written: {}", out.display());
    Ok(())
}

fn to_standard_output(table: &ReadingsTable<MeterName>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match table.write(&mut out).and_then(|()| out.flush()) {
        // A reader that has seen enough (`| head`) is no error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
