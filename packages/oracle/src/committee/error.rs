//! Why a member of a committee stops; it is started again.

use crate::reporting::error::ReportError;
use crate::store::error::StoreError;

/// Why a member of a committee stops; it is started again.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// What the chain says cannot be worked with.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Peers cannot be reached.
    #[error("lines to peers: {0}")]
    Peers(#[from] tokio_rustls::rustls::Error),
    /// A part of it ended.
    #[error("a part of the member ended: {0}")]
    Ended(&'static str),
}
