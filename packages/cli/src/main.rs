//! The gridpact program.

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use gridpact_cli::onchain::{self, exit};
use gridpact_cli::options::{Cli, Command};
use gridpact_cli::simulate;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Simulate(args) => simulate::run(&args),
        Command::OnChain(command) => onchain::run(*command, Cli::command()),
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
