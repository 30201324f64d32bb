//! `gridpact readings guess`: proposes how a table's columns are meant, shows what that makes of its rows, and asks.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use gridpact_readings::clock::Zone;
use gridpact_readings::format::Format;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::numbers::Unit;
use gridpact_readings::options::Options;
use gridpact_readings::profile::propose::{propose, Known, Proposal};
use gridpact_readings::profile::sample::Sample;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::selection::Selection;
use gridpact_readings::text::Encoding;

use super::understood::{of_table, understood, Understood};
use super::{args, files};
use crate::onchain::exit::{self, bad_argument};
use crate::onchain::print;
use crate::sources;

/// The end of `gridpact readings guess --help`.
pub const HELP: &str = "A table's columns are guessed by their names (in English, German, Dutch, French, Spanish and Italian) and by what stands
below them. Whatever is only likely is said. Look at the rows and at the totals a day: a home uses 5 to 30 kWh a day, so a total of
0.02 or 20,000 kWh means another unit, or a register taken for an energy.

Examples:
  gridpact readings guess portal.csv --zone Europe/Vienna            # shows, asks, writes portal.toml
  gridpact readings guess portal.csv --zone Europe/Vienna --yes --write profiles/portal.toml
  gridpact readings check portal.csv --profile portal.toml           # and how it is used then";

/// What to guess.
#[derive(Args, Debug)]
pub struct GuessArgs {
    /// A table of meters.
    file: PathBuf,
    /// The zone of the clock that wrote stamps without an offset, by its IANA name as Europe/Vienna. It is never guessed.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The unit of columns that name none: Wh, kWh, MWh, or W and kW for the mean power of an interval.
    #[arg(long, value_name = "UNIT", value_parser = args::unit)]
    unit: Option<Unit>,
    /// How letters are written where that is not clear: utf-8, utf-16le, utf-16be or latin-1.
    #[arg(long, value_name = "NAME", value_parser = args::encoding)]
    encoding: Option<Encoding>,
    /// Where the profile is written. By default the table's name with .toml.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Write it without being asked.
    #[arg(long)]
    yes: bool,
    /// Print the proposal for programs and write nothing.
    #[arg(long, conflicts_with_all = ["yes", "write"])]
    json: bool,
}

/// Proposes, shows, asks and writes.
pub(super) fn run(args: &GuessArgs) -> Result<u8> {
    if let Some(zone) = args.zone.as_ref().filter(|zone| Zone::named(zone).is_none()) {
        return Err(bad_argument(format!(
            "--zone: expected an IANA name as Europe/Vienna, got `{zone}`"
        )));
    }
    let usual = Options {
        zone: args.zone.as_deref().and_then(Zone::named),
        encoding: args.encoding,
        ..Options::default()
    };
    let paths = std::slice::from_ref(&args.file);
    let format = sources::looks_like(&args.file);
    if format != Format::Csv {
        let dataset = sources::load(paths, Some(format), usual, &Selection::default())?;
        let what = format.description();
        let shown = understood(&Understood::of_dataset(&dataset), dataset.readings());
        say(&format!(
            "{}: --format {}, {what}:\n\n{shown}",
            args.file.display(),
            format.name()
        ))?;
        return Ok(exit::OK);
    }
    if let Ok(table) = files::load::<MeterName>(paths, &usual) {
        say(&format!(
            "{} is read without a profile:\n\n{}",
            args.file.display(),
            of_table(&table)
        ))?;
        return Ok(exit::OK);
    }
    let sample = Sample::read(sources::open(&args.file)?, usual.encoding)?;
    let name = files::name_of(&args.file);
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let known = Known {
        zone: args.zone.as_deref(),
        unit: args.unit,
    };
    let proposal = propose(&sample, &stem, known)
        .map_err(|error| bad_argument(format!("{}: {}", args.file.display(), error.what)))?;
    let options = Options {
        profile: Some(proposal.profile.clone()),
        ..usual
    };
    let table: ReadingsTable<MeterName> = files::load(std::slice::from_ref(&args.file), &options)
        .with_context(|| {
            format!(
                "a profile was proposed, and does not read the file:\n{}\n",
                proposal.text
            )
        })?;
    if args.json {
        let value = serde_json::json!({ "profile": proposal.text, "notes": proposal.notes, "understood": of_table(&table) });
        print(true, &value, |_| String::new())?;
        return Ok(exit::OK);
    }
    say(&shown(&proposal, &table))?;
    write(args, &proposal)
}

/// Tells somebody who may stop reading.
fn say(text: &str) -> Result<()> {
    print(false, &text, |text| (*text).to_owned())
}

/// The proposal and what it makes of the file.
fn shown(proposal: &Proposal, table: &ReadingsTable<MeterName>) -> String {
    let notes: String = proposal.notes.iter().map(|note| format!("- {note}\n")).collect();
    format!("{}\nAssumed:\n{notes}\n{}", proposal.text, of_table(table))
}

/// Writes it where that is wanted.
fn write(args: &GuessArgs, proposal: &Proposal) -> Result<u8> {
    let to = args
        .write
        .clone()
        .unwrap_or_else(|| Path::new(&files::name_of(&args.file)).with_extension("toml"));
    if !args.yes && !agreed()? {
        say("\nNothing was written; --yes writes it without being asked.\n")?;
        return Ok(exit::OK);
    }
    if to.exists() && args.write.is_none() {
        return Err(bad_argument(format!(
            "{} exists already: name another file with --write",
            to.display()
        )));
    }
    std::fs::write(&to, &proposal.text).with_context(|| format!("--write: cannot write {}", to.display()))?;
    let to = to.display();
    say(&format!("\nwritten: {to}; use it with --profile {to}\n"))?;
    Ok(exit::OK)
}

/// Asks, where somebody can answer.
fn agreed() -> Result<bool> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Ok(false);
    }
    say("\nIs that how it is meant? Write the profile? [y/N] ")?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
