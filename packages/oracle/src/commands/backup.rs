//! `gridpact-oracle backup`.

use std::path::Path;

use anyhow::Result;

use crate::config::Config;
use crate::store;

/// Copies the database.
///
/// # Errors
/// There is none; the copy's file exists.
pub fn run(config: &Config, to: &Path) -> Result<()> {
    store::backup(&config.folder, to)?;
    println!(
        "{}: a copy of the database. Put back, it signs nothing of what began before.",
        to.display()
    );
    Ok(())
}
