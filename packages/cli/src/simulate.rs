//! `gridpact simulate`: reads what was asked for, plays the story, shows and writes the run.

use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use anyhow::{Context, Result};
use gridpact_readings::options::Options;
use gridpact_simulation::output;
use gridpact_simulation::run::{Run, Timings};
use gridpact_simulation::scenario::Scenario;
use gridpact_simulation::simulate::{find_home, postpone, Simulation, TooCoarse};
use gridpact_simulation::story_chain::{InProcess, StoryChain};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::onchain::exit::bad_argument;
use crate::options::SimulateArgs;
use crate::sources;

/// Simulates and shows; `false` where a promise was broken.
///
/// # Errors
/// Options, files or a node that are not as expected; a story that cannot go on.
pub fn run(args: &SimulateArgs) -> Result<bool> {
    // Wrong arguments show before a folder is made.
    let scenario = args.scenario()?;
    if let Some(folder) = &args.out {
        output::prepare(folder)?;
    }
    let (run, timings) = play(args, scenario)?;
    if let Some(folder) = &args.out {
        output::write_all(&run, folder, args.detail)?;
    }
    let shown = if args.json {
        serde_json::to_string_pretty(&output::summary(&run))? + "\n"
    } else {
        output::overview(&run, &timings)
    };
    // A reader that has seen enough (`| head`) is no error.
    match io::stdout().lock().write_all(shown.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    let broken = || run.checks.iter().filter(|check| !check.passed);
    // The overview names them already; a summary is read by programs, and people look at the error output.
    for check in broken().filter(|_| args.json) {
        eprintln!("broken promise: {}: {}", check.name, check.detail);
    }
    Ok(broken().next().is_none())
}

/// Reads the data, and plays the story inside the program or on the node that the options name.
fn play(args: &SimulateArgs, scenario: Scenario) -> Result<(Run, Timings)> {
    let started = Instant::now();
    let agreed = sources::agreed(args.meters.as_deref())?;
    let stated = args.reading.options().context("what is stated of files")?;
    let options = Options {
        interval: stated
            .interval
            .or(scenario.grid.as_ref().map(|grid| grid.interval_length)),
        limit_of: agreed.limits(),
        ..stated
    };
    let mut dataset = sources::load(&args.data, args.format, options, &args.selection())?;
    agreed.apply(&mut dataset).map_err(sources::mistaken)?;
    // Before anything is settled.
    for finding in &dataset.findings {
        eprintln!("{}: {finding}", finding.what.severity().name());
    }
    let connections = sources::connections(args.meters.as_deref(), &dataset)?;
    let chain: Box<dyn StoryChain> = match args.node.connect(&scenario.currency)? {
        Some(node) => {
            postpone(&mut dataset, node.now())?;
            Box::new(node)
        }
        None => Box::new(InProcess::new(&scenario.currency)),
    };
    let home = args.home.as_deref();
    let home = home.map(|home| find_home(&dataset, home).context("--home"));
    let simulation = Simulation {
        home: home.transpose()?.unwrap_or_default(),
        scenario,
        dataset,
        connections,
        format: match (args.data.first(), args.format) {
            (None, _) => "bundled",
            (Some(_), Some(format)) => format.name(),
            (Some(path), None) => sources::looks_like(path).name(),
        }
        .to_owned(),
        window: args.window,
    };
    let load = started.elapsed().as_millis();
    let bar = progress_bar();
    let started = Instant::now();
    let prepared = simulation.prepare().map_err(explained)?;
    let compare = started.elapsed().as_millis();
    if args.node.network.is_some() {
        // On a chain what follows costs money.
        eprintln!("{} that it pays and earns", prepared.rounding());
    }
    let (run, timings) = prepared.play(chain, &|settled, of| {
        bar.set_length(of as u64);
        bar.set_position(settled as u64);
    })?;
    bar.finish_and_clear();
    let timings = Timings {
        load,
        compare,
        ..timings
    };
    Ok((run, timings))
}

/// With the option that says it is meant.
fn explained(error: anyhow::Error) -> anyhow::Error {
    if error.is::<TooCoarse>() {
        return bad_argument(format!("{error} with --accept rounding"));
    }
    error
}

/// A bar of windows on standard error, and nothing where nobody watches.
fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} windows, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
