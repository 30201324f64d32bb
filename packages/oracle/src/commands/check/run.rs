//! What was found, told to whoever asks.

use anyhow::Result;
use gridpact_client::Network;

use super::findings::Findings;
use super::{grid, machine};
use crate::config::Config;

/// Checks, prints, and says whether all is well.
///
/// # Errors
/// The network file.
pub async fn run(config: &Config) -> Result<bool> {
    let mut found = Findings::default();
    let network = Network::read(&config.network)?;
    let key = machine::secrets(config, &network, &mut found);
    machine::folder(&config.folder, &mut found);
    machine::sources(config, &mut found).await;
    match grid::chain(config, network, key, &mut found).await {
        Ok((basis, alone)) => {
            grid::meters(config, &basis, alone, &mut found);
            grid::times(config, &basis, &mut found);
        }
        Err(error) => found.wrong.push(format!("chain: {error:#}")),
    }
    for (mark, lines) in [
        ("ok     ", &found.good),
        ("doubt  ", &found.doubtful),
        ("WRONG  ", &found.wrong),
    ] {
        for line in lines {
            println!("{mark} {line}");
        }
    }
    Ok(found.wrong.is_empty())
}
