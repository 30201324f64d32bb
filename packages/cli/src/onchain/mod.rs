//! `gridpact` on a chain: what every command shares, and one module a command.

pub mod account;
mod args;
pub mod committee;
pub mod deploy;
mod describe;
pub mod exit;
pub mod fields;
pub mod files;
pub mod grid;
mod grid_contracts;
pub mod grid_file;
pub mod handbook;
mod keys;
pub mod listing;
pub mod meter;
mod migrate;
pub mod money;
mod networks;
mod one_contract;
mod outcome;
mod printing;
pub mod project;
pub mod report;
mod session;
pub mod state_file;
mod status;
pub mod time;
mod verify;
mod wallet;

pub use args::{ChainArgs, ContractArgs, GridArgs, KeyArgs};
pub use describe::hex;
pub use grid_contracts::{GridContracts, ESCROW, REGISTRY, SETTLEMENT};
pub use listing::Listing;
pub use networks::network;
pub use one_contract::contract;
pub use outcome::{coins, Outcome};
pub use printing::print;
pub use session::Session;
pub use wallet::Wallet;

use anyhow::{Context, Result};
use clap::Subcommand;

/// What can be done on a chain.
#[derive(Subcommand, Debug)]
pub enum OnChain {
    /// The chain: whether it answers, its last block, and what a key has there.
    Status(status::StatusArgs),
    /// Make a grid's contracts on a chain, from its file; goes on where it was stopped.
    Deploy(Box<deploy::DeployArgs>),
    /// Compare a deployed grid with its files: code, wiring, admin, operator, committee, policy; with --books also every
    /// balance with what the chain's transactions come to.
    Verify(Box<verify::VerifyArgs>),
    /// Move a deployed contract to the code in artifacts/, as its admin.
    Migrate(Box<migrate::MigrateArgs>),
    /// Keys: make, import, list them; show an address.
    Keys(keys::KeysArgs),
    /// Projects: neighbours pledge money together, a contractor draws it as the work is done, or everybody takes it back.
    Project(project::ProjectArgs),
    /// Meters: proposed by their owners, admitted by the grid's operator.
    Meter(meter::MeterArgs),
    /// The committee of oracles who attest readings.
    Committee(committee::CommitteeArgs),
    /// Reports of readings: make, sign, combine, carry, inspect.
    Report(report::ReportArgs),
    /// One neighbourhood as it stands: what was agreed, where its money is.
    Grid(grid::GridCommand),
    /// Accounts: deposits, withdrawals, what windows did to a slot.
    Account(account::AccountArgs),
    /// Print what a shell needs to complete commands and options.
    ///
    /// For bash: gridpact completions bash > ~/.local/share/bash-completion/completions/gridpact
    Completions(handbook::CompletionsArgs),
    /// Print the manual page, or write a page for every command.
    Man(handbook::ManArgs),
}

/// Carries out a command of the program; `false` where it found something that is not as it should be.
///
/// # Errors
/// Whatever keeps it from doing so; [`exit::code`] tells its exit code.
pub fn run(command: OnChain, program: clap::Command) -> Result<bool> {
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    runtime.block_on(async {
        match command {
            OnChain::Status(args) => status::run(&args).await,
            OnChain::Keys(args) => keys::run(&args),
            OnChain::Deploy(args) => deploy::run(&args).await,
            OnChain::Migrate(args) => migrate::run(&args).await,
            OnChain::Verify(args) => verify::run(&args).await,
            OnChain::Project(args) => project::run(&args).await,
            OnChain::Meter(args) => meter::run(&args).await,
            OnChain::Committee(args) => committee::run(&args).await,
            OnChain::Report(args) => report::run(&args).await,
            OnChain::Grid(args) => grid::run(&args).await,
            OnChain::Completions(args) => handbook::completions(&args, program),
            OnChain::Man(args) => handbook::man(&args, program),
            OnChain::Account(args) => account::run(&args).await,
        }
    })
}
