//! Reports that the chain accepted, as files that any web server can serve. Whoever fetches one hashes its body and compares
//! with the registry: the file needs no trust.

use std::fs;
use std::path::{Path, PathBuf};

use gridpact_committee::bounds::MAX_MESSAGE;
use gridpact_report::archive::report_path;
use gridpact_report::{body_hash, split};

use crate::store::error::StoreError;
use crate::store::files::write_whole;

/// Its folder in the store's.
const FOLDER: &str = "archive";

/// Writes a report as `archive/reports/BODY-HASH.bin`, the name that every archive gives it; the bytes that are there already stay.
///
/// # Errors
/// Bytes that are no report; the system refuses.
pub fn keep(folder: &Path, report: &[u8]) -> Result<PathBuf, StoreError> {
    let (_, body) = split(report).map_err(|error| StoreError::Value(error.to_string()))?;
    let path = path(folder, &body_hash(body));
    if !path.exists() {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|cause| StoreError::File {
                path: folder.to_owned(),
                cause,
            })?;
        }
        write_whole(&path, report)?;
    }
    Ok(path)
}

/// Whether a report is here, by the hash of its body.
pub fn has(folder: &Path, body_hash: &[u8; 32]) -> bool {
    path(folder, body_hash).exists()
}

/// A report that is here, by the hash of its body; none where its file is longer than a report can be, or cannot be read.
pub fn read(folder: &Path, body_hash: &[u8; 32]) -> Option<Vec<u8>> {
    let most = u64::try_from(MAX_MESSAGE).ok()?;
    let path = path(folder, body_hash);
    let length = fs::metadata(&path).ok()?.len();
    (length <= most).then(|| fs::read(path).ok()).flatten()
}

fn path(folder: &Path, body_hash: &[u8; 32]) -> PathBuf {
    folder.join(FOLDER).join(report_path(body_hash))
}
