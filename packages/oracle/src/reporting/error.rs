//! Why a report did not come about.

use crate::store::error::StoreError;
use crate::store::signed::WouldConflict;

/// Why a report did not come about.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The chain, or the way to it.
    #[error(transparent)]
    Chain(#[from] gridpact_client::Error),
    /// What must go before a report did not.
    #[error("what must become final before the report: {0}")]
    First(gridpact_client::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No draft, or no certificate.
    #[error(transparent)]
    Attest(#[from] gridpact_attest::error::Error),
    /// The record refuses.
    #[error(transparent)]
    Conflict(#[from] WouldConflict),
    /// This key is no member's.
    #[error("epoch {epoch}: expected the key {key} among the committee's, got a committee without it")]
    NotMember {
        /// The epoch.
        epoch: u32,
        /// Our public key, hex.
        key: String,
    },
    /// One signature does not suffice.
    #[error("epoch {epoch}: expected a committee of one, got one that needs {quorum} signatures")]
    Quorum {
        /// The epoch.
        epoch: u32,
        /// What it needs.
        quorum: u8,
    },
    /// The grid counts by nothing.
    #[error("the registry's resolution: expected above 0 mWh, got 0")]
    Resolution,
}
