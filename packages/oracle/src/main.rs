//! The `gridpact-oracle` program.

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use gridpact_oracle::commands::options::{Command, Options};
use gridpact_oracle::commands::{backup, check, committee, explain, init, readings, resume, status, token};
use gridpact_oracle::config::Config;
use gridpact_oracle::run;

fn main() -> ExitCode {
    match begin(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Carries out a command; `false` where it found something wrong.
fn begin(options: &Options) -> Result<bool> {
    let runtime = tokio::runtime::Runtime::new()?;
    let config = || Config::read(&options.config);
    let done = runtime.block_on(async {
        match &options.command {
            Command::Init(args) => init::run(&options.config, args)?,
            Command::Token => token::run()?,
            Command::Check => return check::run::run(&config()?).await,
            Command::Run => run::run(config()?).await?,
            Command::Status { json } => status::run(&config()?, *json).await?,
            Command::Readings(args) => readings::run(&config()?, &args.action).await?,
            Command::Explain { meter, interval } => explain::run(&config()?, meter, interval).await?,
            Command::Committee(args) => committee::run(&config()?, &args.action).await?,
            Command::Resume { new_key } => resume::run(&config()?, *new_key)?,
            Command::Backup { to } => backup::run(&config()?, to)?,
        }
        Ok(true)
    });
    // A look at the disk that still waits must not hold up the end.
    runtime.shutdown_background();
    done
}
