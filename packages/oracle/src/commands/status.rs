//! `gridpact-oracle status`.

use anyhow::Result;
use gridpact_client::Network;
use gridpact_units::UnixSeconds;

use super::look;
use crate::clock::Clock;
use crate::config::Config;
use crate::reporting::chain::Asked;
use crate::reporting::desk::Progress;
use crate::status::status;
use crate::store::{clean_from, look_at};

/// Shows how it stands, from the database and the chain, whether the service runs or not.
///
/// # Errors
/// There is no database yet.
pub async fn run(config: &Config, json: bool) -> Result<()> {
    let clock = Clock::of(&Network::read(&config.network)?);
    let connection = look_at(&config.folder)?;
    let mut progress = Progress::default();
    match ask(config).await {
        Ok((asked, purse)) => {
            progress.asked = Some(asked);
            progress.asked_at = Some(clock.now());
            progress.purse = purse;
        }
        Err(error) => progress.trouble = Some(format!("{error:#}")),
    }
    let since = clean_from(&connection)?.unwrap_or(UnixSeconds(0));
    let status = status(&connection, config, &progress, (clock.now(), since))?;
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        print!("{}", status.text());
    }
    Ok(())
}

async fn ask(config: &Config) -> Result<(Asked, Option<(u128, String)>)> {
    let (chain, basis) = look::basis(config).await?;
    let latest = chain.latest().await?;
    let asked = Asked {
        basis,
        height: latest.height,
        time: latest.time,
    };
    // Without the key at hand the rest is still worth showing.
    let carrier = config.keys.carrier.as_ref().unwrap_or(&config.keys.oracle);
    let purse = match carrier.key(&chain.network().prefix) {
        Ok(key) => {
            let denom = chain.network().gas_price.denom.clone();
            Some((chain.balance(key.address(), &denom).await?, denom))
        }
        Err(_) => None,
    };
    Ok((asked, purse))
}
