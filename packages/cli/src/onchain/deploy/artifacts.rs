//! The contracts' wasm and their checksums, as `scripts/build-wasm` leaves them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{ensure, Context, Result};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::onchain::exit::bad_argument;
use crate::onchain::hex;

/// Where wasm and checksums are.
#[derive(Args, Debug, Clone)]
pub struct ArtifactArgs {
    /// Folder of the contracts' wasm and their checksums.txt.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_ARTIFACTS",
        default_value = "artifacts"
    )]
    pub artifacts: PathBuf,
}

/// SHA-256 of a wasm: what a chain knows a code by.
pub type Checksum = [u8; 32];

/// The folder of wasm files and `checksums.txt`.
#[derive(Clone, Debug)]
pub struct Artifacts {
    folder: PathBuf,
    checksums: BTreeMap<String, Checksum>,
}

impl Artifacts {
    /// Reads `FOLDER/checksums.txt`; the wasm files are read when they are needed.
    ///
    /// # Errors
    /// No such file, or a line that is not `64 hex digits, two blanks, NAME.wasm`.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("checksums.txt");
        let text = std::fs::read_to_string(&path)
            .map_err(|error| bad_argument(format!("--artifacts: {}: {error}", path.display())))?;
        let entry = |(number, line): (u64, &str)| {
            let entry = line
                .split_once("  ")
                .and_then(|(digits, file)| Some((file.strip_suffix(".wasm")?.to_owned(), checksum(digits)?)));
            entry.with_context(|| {
                format!(
                    "{}: line {}: expected 64 hex digits, two blanks and NAME.wasm, got `{line}`",
                    path.display(),
                    number
                )
            })
        };
        let checksums = (1..).zip(text.lines()).map(entry).collect::<Result<_>>()?;
        Ok(Self {
            folder: folder.to_owned(),
            checksums,
        })
    }

    /// The checksum that a contract's code must have.
    ///
    /// # Errors
    /// `checksums.txt` does not list it.
    pub fn checksum(&self, contract: &str) -> Result<Checksum> {
        self.checksums.get(contract).copied().with_context(|| {
            format!(
                "{}: expected a line for {contract}.wasm, got none",
                self.folder.join("checksums.txt").display()
            )
        })
    }

    /// A contract's wasm, checked.
    ///
    /// # Errors
    /// Not built, or not the wasm that `checksums.txt` lists.
    pub fn wasm(&self, contract: &str) -> Result<Vec<u8>> {
        let path = self.folder.join(format!("{contract}.wasm"));
        let wasm = std::fs::read(&path).map_err(|error| {
            bad_argument(format!(
                "{}: {error}; scripts/build-wasm makes it",
                path.display()
            ))
        })?;
        let expected = self.checksum(contract)?;
        let got: Checksum = Sha256::digest(&wasm).into();
        ensure!(
            got == expected,
            "{}: expected the wasm that checksums.txt lists, {}, got {}; scripts/build-wasm makes it",
            path.display(),
            hex(&expected),
            hex(&got)
        );
        Ok(wasm)
    }
}

/// 64 hex digits.
pub fn checksum(digits: &str) -> Option<Checksum> {
    let bytes = cosmwasm_std::HexBinary::from_hex(digits).ok()?;
    bytes.as_slice().try_into().ok()
}
