//! A street of simulated meters, for `scripts/neighbourhood`: each tells a broker its registers at every quarter hour of the chain's
//! clock, as a gateway does, and what passed while it was not running, as a gateway that keeps what it could not send.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "a tool of tests: a panic is a failure"
)]

mod homes;
mod sending;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use homes::Street;
use sending::{send, Broker};

#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the homes, a line each: name, kind, import and export limit
    Homes {
        /// How many, from 4 to 24
        #[arg(long, value_parser = clap::value_parser!(u8).range(4..=24))]
        homes: u8,
    },
    /// Tell a broker what they take and give, until ended
    Send {
        #[arg(long, value_parser = clap::value_parser!(u8).range(4..=24))]
        homes: u8,
        /// The broker's port on this machine
        #[arg(long)]
        port: u16,
        /// A file with the password of its user `street`
        #[arg(long)]
        password: PathBuf,
        /// A file with the seconds by which the chain's clock is ahead
        #[arg(long)]
        clock: PathBuf,
        /// Where is noted what was told; it goes on from there
        #[arg(long)]
        told: PathBuf,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    match Options::parse().command {
        Command::Homes { homes } => {
            for home in &Street::load(homes.into())?.homes {
                println!("{}\t{}", home.name, home.connection());
            }
            Ok(())
        }
        Command::Send {
            homes,
            port,
            password,
            clock,
            told,
        } => {
            let password = std::fs::read_to_string(password)?.trim().to_owned();
            send(
                &Street::load(homes.into())?,
                Broker { port, password },
                &clock,
                &told,
            )
            .await
        }
    }
}
