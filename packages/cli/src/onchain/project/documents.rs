//! Documents of which the hash goes to the chain: evidence, reasons.

use std::path::Path;

use anyhow::{bail, Context, Result};
use cosmwasm_std::HexBinary;
use sha2::{Digest, Sha256};

/// A SHA-256 as people write it.
///
/// # Errors
/// Anything but 64 hex digits.
pub fn sha256(text: &str) -> Result<HexBinary, String> {
    let hash = HexBinary::from_hex(text).ok().filter(|hash| hash.len() == 32);
    hash.ok_or_else(|| format!("expected 64 hex digits, got `{text}`"))
}

/// The hash of a file, or the one that is stated in its place.
///
/// # Errors
/// A file that cannot be read; neither of both.
pub fn hash_of(file: Option<&Path>, hash: Option<&HexBinary>) -> Result<HexBinary> {
    match (file, hash) {
        (Some(file), _) => {
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            Ok(HexBinary::from(&Sha256::digest(bytes)[..]))
        }
        (None, Some(hash)) => Ok(hash.clone()),
        (None, None) => bail!("expected a document or its SHA-256, got neither"),
    }
}
