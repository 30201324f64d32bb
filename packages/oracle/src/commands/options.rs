//! What can be asked of `gridpact-oracle`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::abort::VERSION;

/// Reads households' meters, keeps the readings, and makes, signs and carries the reports of a grid.
#[derive(Parser, Debug)]
#[command(name = "gridpact-oracle", version = VERSION, max_term_width = 110)]
pub struct Options {
    /// The oracle's file.
    #[arg(
        long,
        short,
        global = true,
        value_name = "FILE",
        env = "GRIDPACT_ORACLE_CONFIG",
        default_value = "oracle.toml"
    )]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Write the file: five questions, each of which an option may answer.
    Init(InitArgs),
    /// Look at everything before it runs: the file, the secrets, the chain, the committee, the meters. Exit code 1: something is wrong.
    Check,
    /// Run until stopped.
    Run,
    /// How it stands: meters, the last report, what keeps the next.
    Status {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What was read.
    Readings(ReadingsArgs),
    /// Which readings made a value, and by which rule.
    Explain {
        /// The meter.
        meter: String,
        /// The interval: its number, or its start as 2026-12-01T00:00Z.
        interval: String,
    },
    /// Copy the database, also while the service runs. A copy that is put back signs nothing of what began before.
    Backup {
        /// The copy.
        to: PathBuf,
    },
    /// The file that a committee of several oracles shares.
    Committee(CommitteeArgs),
    /// Sign again, after another process was met that signs with this key and has been ended. What began before stays unsigned.
    Resume {
        /// Nothing was ever signed with this key that the database does not know: for a key's very first start. Then windows that
        /// began before the database are signed too.
        #[arg(long)]
        new_key: bool,
    },
    /// Make a token for a sender; what the file needs is its hash.
    Token,
}

/// The five answers.
#[derive(Args, Debug, Clone, Default)]
pub struct InitArgs {
    /// The chain's network file.
    #[arg(long, value_name = "FILE")]
    pub network: Option<String>,
    /// The address of the grid's registry.
    #[arg(long, value_name = "ADDRESS")]
    pub registry: Option<String>,
    /// The file with the oracle's 24 words, mode 0600.
    #[arg(long, value_name = "FILE")]
    pub key: Option<String>,
    /// The folder for the database.
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<String>,
    /// The meters: NAME=SLOT, separated by commas.
    #[arg(long, value_name = "NAME=SLOT,…")]
    pub meters: Option<String>,
}

/// Options of `readings`.
#[derive(Args, Debug)]
pub struct ReadingsArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ReadingsAction,
}

/// What can be done with readings.
#[derive(Subcommand, Debug)]
pub enum ReadingsAction {
    /// Show a meter's readings.
    Show {
        /// The meter.
        meter: String,
        /// From here, as 2026-12-01T00:00Z; by default a day ago.
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Up to here; by default now.
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
    },
    /// Read files into the database while the service does not run; while it runs, put them into a folder that it reads.
    Import {
        /// Read them as files of this `[[folders]]` source: its zone, its stamps, its registers.
        #[arg(long, value_name = "NAME")]
        folder: Option<String>,
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Options of `committee`.
#[derive(Args, Debug)]
pub struct CommitteeArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: CommitteeAction,
}

/// What can be done with the shared file.
#[derive(Subcommand, Debug)]
pub enum CommitteeAction {
    /// Print this oracle as the shared file lists its members; makes the key for the lines to the others, if there is none.
    Me {
        /// What people call it.
        #[arg(long)]
        name: String,
        /// Where the others reach it, as https://HOST:PORT; without it this one calls them.
        #[arg(long)]
        url: Option<String>,
    },
    /// Check a shared file and tell the other members of it. Nothing follows from it before a quorum of operators accepts it.
    Propose {
        /// The file.
        file: PathBuf,
    },
    /// Accept a shared file that is here. This cannot be taken back: a later version replaces it.
    Accept {
        /// Its hash, or 8 digits of it and more.
        hash: String,
    },
    /// Show the shared files that are here, who accepted each, what is lost with whom, and what they cannot do.
    Show,
}
