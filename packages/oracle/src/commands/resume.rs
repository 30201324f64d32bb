//! `gridpact-oracle resume`: the operator says what no database can know.

use anyhow::{ensure, Result};

use crate::committee::suspension::{is_suspended, say, Said};
use crate::config::Config;
use crate::store::look_at;

/// Tells the service, which takes it in within seconds, or when it starts.
///
/// # Errors
/// There is no database yet; nothing is to be resumed.
pub fn run(config: &Config, new_key: bool) -> Result<()> {
    look_at(&config.folder)?;
    if new_key {
        say(&config.folder, Said::NewKey)?;
        println!("every window is signed, also those that began before this database");
        return Ok(());
    }
    ensure!(
        is_suspended(&config.folder),
        "expected a service that met another with its key and stopped signing, got one that signs: nothing is to be resumed"
    );
    say(&config.folder, Said::Resume)?;
    println!("windows that begin from now on are signed; those that began before stay to the others");
    Ok(())
}
