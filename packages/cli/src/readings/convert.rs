//! `gridpact readings convert`: files of any format as our own table.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use gridpact_readings::findings::Finding;
use gridpact_readings::format::Format;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::selection::Selection;

use super::args::ReadingArgs;
use super::files;
use crate::onchain::exit;
use crate::sources;

/// What to write.
#[derive(Args, Debug)]
pub struct ConvertArgs {
    /// Files of meters, or folders of them; all together become one table.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write it here; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What the files are. By default what they look like: SimBench's or CityLearn's folder, Ausgrid's file, else csv.
    #[arg(long, value_parser = sources::formats())]
    format: Option<Format>,
    /// What the files do not say.
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Reads and writes; what is doubtful goes to standard error.
pub(super) fn run(args: &ConvertArgs) -> Result<u8> {
    let options = args.reading.options()?;
    let first = args
        .files
        .first()
        .map_or(Format::Csv, |path| sources::looks_like(path));
    let format = args.format.unwrap_or(first);
    if format == Format::Csv {
        let table: ReadingsTable<MeterName> = files::load(&args.files, &options)?;
        tell(table.findings());
        write(args.out.as_deref(), |out| table.write(out))?;
        return Ok(exit::OK);
    }
    let dataset = sources::load(&args.files, Some(format), options, &Selection::default())?;
    tell(&dataset.findings);
    if !dataset.attribution.is_empty() {
        eprintln!("{}", dataset.attribution);
    }
    write(args.out.as_deref(), |out| dataset.write(out))?;
    Ok(exit::OK)
}

fn tell(findings: &[Finding]) {
    for finding in findings {
        eprintln!("{}: {finding}", finding.what.severity().name());
    }
}

/// Where it is wanted.
fn write(out: Option<&Path>, table: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    match out {
        Some(out) => to_file(table, out),
        None => to_standard_output(table),
    }
}

/// Beside the target and renamed: a reader sees the whole table or none.
fn to_file(table: impl Fn(&mut dyn Write) -> io::Result<()>, out: &Path) -> Result<()> {
    let temporary = out.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&temporary).and_then(|file| {
        let mut file = BufWriter::new(file);
        table(&mut file)?;
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

fn to_standard_output(table: impl Fn(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match table(&mut out).and_then(|()| out.flush()) {
        // A reader that has seen enough (`| head`) is no error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
