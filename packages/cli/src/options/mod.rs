//! What a user may ask for, and its check before anything runs.

mod amounts;
mod node;
mod simulate;

use clap::{Parser, Subcommand};

use crate::onchain::{exit, OnChain};
use crate::readings;

pub use amounts::{parse_currency, parse_money, parse_price};
pub use node::NodeArgs;
pub use simulate::SimulateArgs;

/// Neighbours pay for a local power grid together and share each interval's surplus.
#[derive(Parser, Debug)]
#[command(name = "gridpact", version, after_help = exit::HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run a neighbourhood from the first pledge to the last withdrawal, through the contracts, on this machine.
    ///
    /// Three neighbours fund a line, each only if the others pay too; the whole street funds its grid; the contractor
    /// draws milestone by milestone; meters are admitted; four oracles sign a report a day; every interval's surplus
    /// is shared and paid for; windows become final; everybody withdraws. At the end every promise of the contracts
    /// is checked from outside, and a breach ends the program with an error.
    ///
    /// Without options: 113 homes of the SimBench grid LV3.101, 15-minute steps, a winter and a summer week.
    #[command(after_help = simulate::EXAMPLES)]
    Simulate(Box<SimulateArgs>),
    /// Files of meters: what is doubtful in them, how their columns are meant, all of it as one table.
    #[command(after_help = readings::EXAMPLES)]
    Readings(Box<readings::ReadingsCommand>),
    /// What is done on a chain.
    #[command(flatten)]
    OnChain(Box<OnChain>),
}
