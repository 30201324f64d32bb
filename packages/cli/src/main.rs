//! The gridpact program.

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use gridpact_cli::onchain::{self, exit};
use gridpact_cli::options::{Cli, Command};
use gridpact_cli::{readings, simulate};

fn main() -> ExitCode {
    let code = |well: bool| if well { exit::OK } else { exit::WRONG };
    let result = match Cli::parse().command {
        Command::Simulate(args) => simulate::run(&args).map(code),
        Command::Readings(command) => readings::run(&command),
        Command::OnChain(command) => onchain::run(*command, Cli::command()).map(code),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            exit::code(&error)
        }
    }
}
