//! The gridpact program.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use gridpact_cli::onchain::{self, exit};
use gridpact_cli::options::{Cli, Command, SimulateArgs};
use gridpact_cli::{output, simulate};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Simulate(args) => run(&args),
        Command::OnChain(command) => onchain::run(*command),
    };
    match result {
        Ok(true) => ExitCode::from(exit::OK),
        Ok(false) => ExitCode::from(exit::WRONG),
        Err(error) => {
            eprintln!("error: {error:#}");
            exit::code(&error)
        }
    }
}

/// Simulates and shows; `false` where a promise was broken.
fn run(args: &SimulateArgs) -> Result<bool> {
    // Wrong arguments show before a folder is made.
    gridpact_cli::options::Plan::from_args(args)?;
    if let Some(folder) = &args.out {
        output::prepare(folder)?;
    }
    let progress = progress();
    let (run, timings) = simulate::simulate(args, &progress)?;
    progress.finish_and_clear();
    if let Some(folder) = &args.out {
        output::write_all(&run, folder, args.detail)?;
    }
    let mut out = std::io::stdout().lock();
    let shown = if args.json {
        serde_json::to_string_pretty(&output::summary(&run))? + "\n"
    } else {
        output::table(&run, &timings)
    };
    // A reader that has seen enough (`| head`) is no error.
    match out.write_all(shown.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    let mut broken = run.checks.iter().filter(|check| !check.passed).peekable();
    let kept = broken.peek().is_none();
    // The table names them already; a summary is read by programs, and people look at the error output.
    for check in broken.filter(|_| args.json) {
        eprintln!("broken promise: {}: {}", check.name, check.detail);
    }
    Ok(kept)
}

/// A bar of windows on standard error, and nothing where nobody watches.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} windows, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
