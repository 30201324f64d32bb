//! A grid described in one file: `grids/example.toml` explains every field.
//!
//! The file is checked as a whole before anything is sent: every mistake is told with its line, and at the end the
//! contracts' own code is asked in process whether it would take the messages.

mod check;
mod market;
mod messages;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use gridpact_client::Network;
use gridpact_market::Policy;
use gridpact_types::asset::Asset;
use gridpact_types::registry::committee::Committee;
use gridpact_units::Seconds;
use sha2::{Digest, Sha256};

use super::exit::bad_argument;
use super::fields;
use super::{hex, Wallet};

pub use messages::Addresses;

/// A grid, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct GridFile {
    /// Where it stands.
    pub path: PathBuf,
    /// SHA-256 of its bytes, hex.
    pub checksum: String,
    /// The grid's name.
    pub name: String,
    /// Address of who admits meters.
    pub operator: String,
    /// Address of who may replace the code.
    pub admin: Option<String>,
    /// The escrow.
    pub escrow: EscrowPlan,
    /// Codes that are stored already, by contract.
    pub codes: BTreeMap<String, u64>,
    /// mWh of a count.
    pub resolution: u32,
    /// How long a window stays provisional.
    pub challenge_period: Seconds,
    /// How long an interval may be reported.
    pub report_limit: Seconds,
    /// The oracles.
    pub committee: Committee,
    /// What homes pay in.
    pub asset: Asset,
    /// How surplus is shared and paid for.
    pub policy: Policy,
    /// Label and receiver of every fee of the policy.
    pub fees: Vec<(String, Receiver)>,
    /// Who gets what rounding leaves.
    pub rounding: Receiver,
}

/// Where the grid's escrow comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EscrowPlan {
    /// Made with the grid, for these assets.
    New(Vec<Asset>),
    /// One that exists.
    At(String),
}

/// Who gets money of the community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// An account.
    Account(String),
    /// The revenue of a project of the grid's escrow.
    Project(u64),
}

/// What a file's names refer to.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    /// Assets.
    pub network: &'n Network,
    /// Accounts.
    pub wallet: &'n Wallet,
}

impl GridFile {
    /// Reads and checks a grid's file.
    ///
    /// # Errors
    /// The file cannot be read; or everything that is wrong with it, each with its line.
    pub fn read(path: &Path, names: Names) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| bad_argument(format!("{}: {error}", path.display())))?;
        let grid = fields::read(path, &text, |file, problems| {
            let grid = read::grid(file, names)?;
            check::ask_contracts(&grid, names.wallet, problems);
            Some(grid)
        })?;
        Ok(Self {
            path: path.to_owned(),
            checksum: hex(&Sha256::digest(text.as_bytes())),
            ..grid
        })
    }
}
