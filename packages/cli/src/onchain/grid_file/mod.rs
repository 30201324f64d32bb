//! A grid described in one file: `grids/example.toml` explains every field.
//!
//! The file is checked as a whole before anything is sent: every mistake is told with its line, and at the end the
//! contracts' own code is asked in process whether it would take the messages.

mod accept;
mod check;
mod market;
mod messages;
mod parts;
mod prices;
mod projects;
mod read;
mod rehearsal;
mod tariff;

use std::path::Path;

use anyhow::Result;
use gridpact_client::Network;
use sha2::{Digest, Sha256};

use super::exit::bad_argument;
use super::fields;
use super::hex;

pub use parts::{Addresses, EscrowPlan, GridFile, GridProject, Hashes, Names, ProjectTerms, Receiver};
pub use rehearsal::Rehearsal;

impl GridFile {
    /// Reads and checks a grid's file.
    ///
    /// # Errors
    /// The file cannot be read; or everything that is wrong with it, each with its line.
    pub fn read(path: &Path, names: Names) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| bad_argument(format!("{}: {error}", path.display())))?;
        let grid = fields::read(path, &text, |file, problems| {
            let folder = path.parent().unwrap_or(Path::new(""));
            let grid = read::grid(file, folder, names)?;
            check::ask_contracts(&grid, names.wallet, problems);
            Some(grid)
        })?;
        Ok(Self {
            path: path.to_owned(),
            checksum: hex(&Sha256::digest(text.as_bytes())),
            ..grid
        })
    }

    /// What rounding costs a home in a month at worst, in words, told before anything is sent.
    pub fn rounding(&self, network: &Network) -> String {
        accept::rounding_told(&self.policy, &self.asset, network)
    }
}
