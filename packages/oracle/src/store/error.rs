//! Why the store cannot be used.

use std::path::PathBuf;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or a file in it.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Another process has it.
    #[error("{}: another gridpact-oracle works with this folder", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// There is none.
    #[error("{}: no database yet; `gridpact-oracle run` or `readings import` makes one", path.display())]
    None {
        /// Where it would be.
        path: PathBuf,
    },
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The database was made by a newer program.
    #[error("database: expected format 1 to {known}, got {got}: a newer gridpact-oracle made it")]
    Format {
        /// The newest this program knows.
        known: u32,
        /// The database's.
        got: u32,
    },
    /// The writer ended: after an error of the disk nothing is written any more.
    #[error("database: the writer has ended; see the log for why")]
    Ended,
    /// A commit failed: nothing of it happened.
    #[error("database: nothing was written: {0}")]
    NotCommitted(String),
    /// A value that the database does not hold, or that does not belong there.
    #[error("database: {0}")]
    Value(String),
}
