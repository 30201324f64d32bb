//! `gridpact readings`: files of meters before anything is settled: what is doubtful in them, how somebody's columns are read,
//! and all of it as our own table.

pub mod args;
mod check;
mod convert;
pub mod files;
mod guess;
mod show;
mod understood;

use anyhow::Result;
use clap::{Args, Subcommand};

pub use args::ReadingArgs;
pub use files::load;

/// The end of `gridpact readings --help`.
pub const EXAMPLES: &str = "Examples:
  gridpact readings check meters/                 # every file of a folder together
  gridpact readings check march.csv --zone Europe/Vienna --html march.html
  gridpact readings guess portal.csv              # how are these columns meant? Asks, and writes portal.toml
  gridpact readings convert portal.csv --profile portal.toml --out readings.csv

What can be read without a word: our own table in many forms, Australia's NEM12, Green Button (ESPI XML), the workbook of Austria's
EDA portal, the file that Home Assistant's energy page saves, Ausgrid's half hours, the folders of SimBench and CityLearn. Any of them gzip, UTF-8, UTF-16 or Latin-1. Another table is read by
a profile: a small file that says which column is what, and which `guess` proposes.

Our own table, the least that is needed:
  interval_start,meter,import_kwh,export_kwh
  2024-06-03T10:00+02:00,house 1,0.125,0
  2024-06-03T10:00+02:00,house 2,0,0.75";

/// The command.
#[derive(Args, Debug)]
pub struct ReadingsCommand {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// What is doubtful in files of meters: gaps, doubled and absurd values, lone stamps, swapped meters, each with file, line and
    /// meter; and how complete every meter is.
    #[command(after_help = check::HELP)]
    Check(check::CheckArgs),
    /// Propose how the columns of a table are meant, show its first rows and the totals a day as they would be read, and ask.
    #[command(after_help = guess::HELP)]
    Guess(guess::GuessArgs),
    /// Write files of any format as our own table.
    Convert(convert::ConvertArgs),
}

/// Carries it out; what the program ends with.
///
/// # Errors
/// Files that cannot be opened or read.
pub fn run(command: &ReadingsCommand) -> Result<u8> {
    match &command.action {
        Action::Check(args) => check::run(args),
        Action::Guess(args) => guess::run(args),
        Action::Convert(args) => convert::run(args),
    }
}
