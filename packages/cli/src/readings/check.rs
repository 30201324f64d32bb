//! `gridpact readings check`: what is doubtful in files, before anything is settled.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use gridpact_readings::completeness::Completeness;
use gridpact_readings::findings::what::Severity;
use gridpact_readings::findings::Finding;
use gridpact_readings::format::Format;
use gridpact_readings::options::Options;
use gridpact_readings::selection::Selection;
use gridpact_simulation::html::readings_page;

use super::args::ReadingArgs;
use super::show;
use crate::onchain::{exit, print};
use crate::sources;

/// The end of `gridpact readings check --help`.
pub const HELP: &str = "How much a finding matters:
  note   all energies are as the file gives them; how it was read is told
  doubt  energies were substituted, or may be wrong
  loss   energies that the file gives, or should give, are missing

Ends with:
  0   nothing but notes
  10  doubts
  11  losses
  2   a file that cannot be read as readings: what is wrong is told with file, line and meter

Examples:
  gridpact readings check march.csv
  gridpact readings check march.csv april.csv --zone Europe/Vienna --html completeness.html
  gridpact readings check ../simbench                      # a folder as SimBench publishes it
  gridpact readings check meters/ --json | jq '.findings[] | select(.severity == \"loss\")'
  gridpact readings check counter.csv --registers --round down";

/// What to check.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Files of meters, or folders of them; all together are one neighbourhood.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the files are. By default what they look like: SimBench's or CityLearn's folder, Ausgrid's file, else csv.
    #[arg(long, value_parser = sources::formats())]
    format: Option<Format>,
    /// What is agreed with the meters, as `simulate --meters` takes it: what is above their limits, or of times in which they do not
    /// take part, is missing.
    #[arg(long, value_name = "FILE")]
    meters: Option<PathBuf>,
    /// What the files do not say.
    #[command(flatten)]
    reading: ReadingArgs,
    /// Print it for programs, with every meter's days.
    #[arg(long)]
    json: bool,
    /// Also write a page with a picture: how complete every meter is on every day.
    #[arg(long, value_name = "PAGE")]
    html: Option<PathBuf>,
}

/// Reads, tells, and ends by what was found.
pub(super) fn run(args: &CheckArgs) -> Result<u8> {
    let agreed = sources::agreed(args.meters.as_deref())?;
    let options = Options {
        limit_of: agreed.limits(),
        ..args.reading.options()?
    };
    let mut dataset = sources::load(&args.files, args.format, options, &Selection::default())?;
    agreed.apply(&mut dataset).map_err(sources::mistaken)?;
    let complete = Completeness::of(&dataset);
    if let Some(page) = &args.html {
        let text = readings_page(&dataset, &complete);
        std::fs::write(page, text).with_context(|| format!("--html: cannot write {}", page.display()))?;
    }
    let shown = show::Checked::of(&dataset, &complete);
    print(args.json, &shown, show::Checked::text)?;
    if let Some(page) = args.html.as_ref().filter(|_| !args.json) {
        println!("written: {}", page.display());
    }
    Ok(code(&dataset.findings))
}

/// What the program ends with: the gravest finding.
fn code(findings: &[Finding]) -> u8 {
    match findings.iter().map(|finding| finding.what.severity()).max() {
        None | Some(Severity::Note) => exit::OK,
        Some(Severity::Doubt) => exit::DOUBTS,
        Some(Severity::Loss) => exit::LOSSES,
    }
}
