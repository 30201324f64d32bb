//! `gridpact report next` and `make`: what the registry asks for, and a draft of a table of readings.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gridpact_attest::assignment::Assignment;
use gridpact_attest::compose::{compose, Composed};
use gridpact_attest::draft::Draft;
use gridpact_attest::error::Error;
use gridpact_attest::note::Note;
use gridpact_client::Registry;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_units::Slot;
use serde_json::json;

use super::super::{files, hex, Session};
use super::args::ReportArgs;
use super::report_file::ReportFile;
use super::show;
use crate::readings::args::{Limit, ReadingArgs};
use crate::readings::load;
use crate::sources;

/// Asks the registry what the next report must cover.
///
/// # Errors
/// The chain does not answer.
pub(super) async fn ask(registry: &Registry, chain_id: &str) -> Result<Assignment> {
    let asked = registry.report_basis().await?;
    Ok(Assignment::new(
        chain_id,
        registry.address(),
        &asked.config,
        asked.next,
        asked.seats,
    ))
}

/// Shows it, and writes it where that is wanted.
pub(super) async fn next(
    session: &Session,
    registry: &Registry,
    out: Option<&Path>,
    csv: Option<&Path>,
) -> Result<()> {
    let assignment = ask(registry, &session.network().chain_id).await?;
    if let Some(out) = out {
        files::write_json(out, &assignment)?;
        session.note(&format!("written: {}", out.display()));
    }
    if let Some(csv) = csv {
        std::fs::write(csv, assignment.table_to_fill_in()).with_context(|| csv.display().to_string())?;
        session.note(&format!("written: {}", csv.display()));
    }
    session.print(&assignment, show::assignment)
}

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Files of readings.
    pub csv: &'a [PathBuf],
    /// What is stated of them.
    pub reading: &'a ReadingArgs,
    /// Which slot each of their meters has; without it they name slots, as the chain's roster does.
    pub meters: Option<&'a Path>,
}

/// How much a report covers, and as which revision.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// So many intervals; by default to the last one that there is a reading of.
    pub intervals: Option<u16>,
    /// 0 for a first report.
    pub revision: u16,
}

/// Makes a draft of a table and writes it.
pub(super) fn make(
    args: &ReportArgs,
    assignment: &Assignment,
    given: &Given,
    extent: Extent,
    out: &Path,
) -> Result<bool> {
    let (made, notes) = compose_table(given, assignment, extent)?;
    for note in &notes {
        eprintln!("{note}");
    }
    let header = made.report.header;
    let draft = Draft::new(assignment, &made.report)?;
    let digest = hex(&draft.digest()?);
    let bytes = draft.report.len();
    files::write_json(out, &ReportFile::from(draft))?;
    let value = json!({
        "digest": digest,
        "first_interval": header.first_interval,
        "intervals": header.intervals,
        "seats": header.seats,
        "missing": made.missing,
        "notes": notes,
        "bytes": bytes,
        "out": out,
    });
    super::super::print(args.on.grid.chain.json, &value, |_| {
        format!(
            "{}: {} intervals of {} seats in {bytes} bytes, {} readings missing\ndigest {digest}\n",
            out.display(),
            header.intervals,
            header.seats,
            made.missing,
        )
    })?;
    Ok(true)
}

/// The report that files of readings make, and what is to be told of them: findings and notes, each with its place.
///
/// # Errors
/// A malformed row, with its line; readings that make no report.
pub fn compose_table(
    given: &Given,
    assignment: &Assignment,
    extent: Extent,
) -> Result<(Composed, Vec<String>)> {
    let Given { csv, reading, meters } = *given;
    let agreed = sources::agreed(meters)?;
    // With a meters' file every meter of it has a slot; without one files name slots themselves.
    let slots = agreed.slots().map_err(sources::mistaken)?;
    let limits = agreed.limits().into_iter();
    let options = Options {
        interval: Some(assignment.interval_length),
        // What a slot may give is the registry's to say.
        limit: match reading.limit {
            Some(Limit::Of(limit)) => Some(limit),
            Some(Limit::None) | None => None,
        },
        limit_of: limits
            .filter_map(|(meter, limit)| Some((slots.get(&meter)?.to_string(), limit)))
            .collect(),
        names: slots
            .iter()
            .map(|(meter, slot)| (meter.clone(), slot.to_string()))
            .collect(),
        ..reading.options()?
    };
    let table: ReadingsTable<Slot> = load(csv, &options)?;
    let made = compose(assignment, table.readings(), extent.intervals, extent.revision);
    let made = made.map_err(|error| located(error, csv, &table))?;
    let note = |note: &Note| {
        let place = match note {
            Note::AboveLimit(above) => table.place_of(above.slot, above.interval),
            Note::Outside { .. } => None,
        };
        place.map_or_else(
            || note.to_string(),
            |(file, line)| format!("{file}, line {line}: {note}"),
        )
    };
    let findings = table.findings().iter();
    let findings = findings.map(|finding| format!("{}: {finding}", finding.what.severity().name()));
    let notes = findings.chain(made.notes.iter().map(note)).collect();
    Ok((made, notes))
}

/// With the place in the files that is wrong, where one is.
fn located(error: Error, csv: &[PathBuf], table: &ReadingsTable<Slot>) -> anyhow::Error {
    let paths = || {
        let paths: Vec<String> = csv.iter().map(|path| path.display().to_string()).collect();
        paths.join(", ")
    };
    let place = error.place();
    let place = place.and_then(|place| table.place_of(place.slot, place.interval));
    let place = match (place, &error) {
        (Some((_, line)), _) if csv.len() == 1 => format!("{}, line {line}", paths()),
        (Some((file, line)), _) => format!("{file}, line {line}"),
        (None, Error::Intervals { .. }) => paths(),
        (None, _) => return error.into(),
    };
    anyhow::Error::from(error).context(place)
}
