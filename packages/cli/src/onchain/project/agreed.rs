//! Terms with their hash: of a project on a chain, and of a file before it is opened.

use std::path::Path;

use anyhow::{ensure, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::Network;
use gridpact_types::escrow::answers::ProjectResponse;
use gridpact_types::escrow::terms::Terms;
use gridpact_types::escrow::terms_bytes::terms_hash;
use gridpact_units::UnixSeconds;

use super::super::exit::bad_argument;
use super::ProjectFile;

/// Terms, and the hash that a pledge to them names.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The terms.
    pub terms: Terms,
    /// SHA-256 of their bytes.
    pub hash: HexBinary,
}

impl Agreed {
    /// Terms as they will be kept.
    ///
    /// # Errors
    /// None: terms are plain data.
    pub fn to(terms: Terms) -> Result<Self> {
        let hash = terms_hash(&terms.to_bytes()?);
        Ok(Self { terms, hash })
    }

    /// The terms of a project as a node answers them. They are hashed here: whoever agrees to the hash agrees to what is shown.
    ///
    /// # Errors
    /// Terms of a version that this program does not know; terms of another hash.
    pub fn of(found: &ProjectResponse) -> Result<Self> {
        let hash = terms_hash(&found.terms);
        ensure!(
            hash == found.terms_hash,
            "project {}: expected terms of the hash {}, the node answers some of {hash}",
            found.project,
            found.terms_hash
        );
        let terms = Terms::from_bytes(&found.terms)?;
        Ok(Self { terms, hash })
    }

    /// The terms of a file, the same whenever it is opened.
    ///
    /// # Errors
    /// Entries that are not as expected; moments counted from the opening, as `+30d`.
    pub fn of_file(path: &Path, network: &Network, address: impl Fn(&str) -> Result<String>) -> Result<Self> {
        let file = ProjectFile::read(path, network, address)?;
        let terms = file.terms(UnixSeconds(0));
        if terms != file.terms(UnixSeconds(1)) {
            return Err(bad_argument(format!(
                "{}: expected times as 2026-12-01T00:00Z, got one as +30d: it counts from the opening, and so does the hash",
                path.display()
            )));
        }
        Self::to(terms)
    }
}
