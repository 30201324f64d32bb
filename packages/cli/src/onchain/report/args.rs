//! What can be asked of `gridpact report`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::ContractArgs;
use crate::readings::ReadingArgs;

const EXAMPLES: &str = "A report's way:
  gridpact report make --csv readings.csv --out draft.json      # what the next report must cover is asked of the chain
  gridpact report sign draft.json --from oracle-1 --out 1.json  # each oracle, on its own machine
  gridpact report combine draft.json 1.json 2.json 3.json --out signed.json
  gridpact report carry signed.json --from carrier              # anybody: it needs no trust

Readings are rows of
  interval_start,slot,import_kwh,export_kwh,quality
with the start of the interval as an RFC 3339 time with its zone (2026-12-01T00:00Z) and energy as metered in kWh; quality may be
left out, and is else measured, substituted_final, substituted_provisional, missing or limited. A reading without a row is
reported as missing. Whatever is doubtful in the files is told, as `gridpact readings check` tells it.";

/// Options of `report`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct ReportArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The contract, chain, key and output.
    #[command(flatten)]
    pub on: ContractArgs,
}

/// What can be done with reports.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// What the next report must cover; with --out as a file, for making reports without the chain; with --csv as a table to fill in.
    Next {
        /// Write it here.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write a table of readings to fill in here: a row for every interval and slot, all missing so far.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Make a report of a file of readings.
    Make {
        /// The readings: a file, several, or a folder of them, of every format that `gridpact readings` reads.
        #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
        csv: Vec<PathBuf>,
        /// A file of meters whose columns `meter` and `slot` say which slot each meter of the files has, and `import_limit` and
        /// `export_limit` what it can give: as `gridpact meter list --csv` writes it. Without it the files name slots.
        #[arg(long, value_name = "FILE")]
        meters: Option<PathBuf>,
        /// What the files do not say.
        #[command(flatten)]
        reading: Box<ReadingArgs>,
        /// What it must cover, as `report next --out` wrote it, instead of asking the chain.
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// So many intervals. By default up to the last one that the file has rows of.
        #[arg(long, value_name = "N")]
        intervals: Option<u16>,
        /// Revision: members who signed different drafts agree on one with a greater number.
        #[arg(long, value_name = "N", default_value_t = 0)]
        revision: u16,
        /// Write the draft here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sign a draft with an oracle's key (--from). Needs no chain.
    Sign {
        /// The draft.
        draft: PathBuf,
        /// Write the signature here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Put a draft and its signatures together, after checking every one as the chain will.
    Combine {
        /// The draft.
        draft: PathBuf,
        /// The signatures.
        #[arg(required = true)]
        signatures: Vec<PathBuf>,
        /// Write the signed report here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Carry a signed report to the chain. Anybody may.
    Carry {
        /// What `combine` wrote.
        report: PathBuf,
    },
    /// Look into a report: a file of `make` or `combine`, or a transaction's hash.
    Inspect {
        /// File or hash.
        report: String,
        /// Also sum up every seat.
        #[arg(long)]
        by_seat: bool,
    },
    /// The windows that were reported, and when each is final.
    Windows,
    /// Close intervals that are too old to be reported. Anybody may; then there is a grace in which the others stay reportable.
    /// Where there are none, nothing happens.
    CloseGap,
}
