//! What became of the drafts that were signed.

use gridpact_units::IntervalIndex;
use rusqlite::Connection;

use super::archive;
use super::chain::ChainSide;
use super::desk::Desk;
use super::error::ReportError;
use crate::abort;
use crate::store::signed::{newest, set_fate, Fate, SignedDraft};

/// Rows looked through for what has become of them.
const OPEN_ROWS: u32 = 64;

/// Notes which of the open drafts before `next` the chain has: a kill may have come between sending and noting, or another has
/// carried it. Gives those.
///
/// # Errors
/// The chain does not answer; the store refuses.
pub async fn note_accepted(
    chain: &impl ChainSide,
    desk: &Desk,
    next: IntervalIndex,
) -> Result<Vec<SignedDraft>, ReportError> {
    let rows = desk
        .store
        .read(|connection| newest(connection, OPEN_ROWS))
        .await?;
    let passed = rows
        .into_iter()
        .filter(|row| row.fate == Fate::Open && row.signed.first < next);
    let mut found = Vec::new();
    for row in passed {
        let window = chain.window(row.signed.first).await?;
        match window {
            Some(window) if window.digest.as_slice() == row.signed.digest => {
                accepted(desk, &row.signed).await?;
                found.push(row.signed);
            }
            // Another report stands there, or a gap: this one can never be.
            _ => {
                let digest = row.signed.digest;
                let update = move |connection: &Connection| set_fate(connection, &digest, Fate::Refused);
                desk.store.writer().write(update).await?;
            }
        }
    }
    Ok(found)
}

/// The chain has a draft: into the archive with it.
///
/// # Errors
/// The store refuses.
pub async fn accepted(desk: &Desk, signed: &SignedDraft) -> Result<(), ReportError> {
    archive::keep(desk.store.folder(), &signed.draft)?;
    abort::point("archived");
    let digest = signed.digest;
    let update = move |connection: &Connection| set_fate(connection, &digest, Fate::Accepted);
    desk.store.writer().write(update).await?;
    abort::point("accepted_noted");
    Ok(())
}
