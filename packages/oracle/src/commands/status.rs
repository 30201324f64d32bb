//! `gridpact-oracle status`.

use std::sync::Arc;

use anyhow::Result;
use gridpact_client::{Network, Registry};
use gridpact_types::registry::answers::CommitteeResponse;
use gridpact_units::UnixSeconds;

use super::{look, running};
use crate::clock::Clock;
use crate::committee::{files, honesty, state};
use crate::config::Config;
use crate::reporting::chain::Asked;
use crate::reporting::desk::Progress;
use crate::status::look::status;
use crate::status::shape::Status;
use crate::store::{clean_from, look_at};

/// Shows how it stands: as the running service says, or where none runs, from the database and the chain.
///
/// # Errors
/// There is no database yet.
pub async fn run(config: &Config, json: bool) -> Result<()> {
    let status = match running::status(config).await {
        Some(status) => status,
        None => look_here(config).await?,
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
    } else {
        print!("{}", status.text());
    }
    Ok(())
}

/// What the database and the chain say where no service does.
async fn look_here(config: &Config) -> Result<Status> {
    let clock = Clock::of(&Network::read(&config.network)?);
    let connection = look_at(&config.folder)?;
    let mut progress = Progress::default();
    match ask(config).await {
        Ok((asked, purse, committee)) => {
            progress.rests_on_this = rests_on_this(config, &asked, committee)?;
            progress.asked = Some(asked);
            progress.asked_at = Some(clock.now());
            progress.purse = purse;
        }
        Err(error) => progress.trouble = Some(format!("{error:#}")),
    }
    let since = clean_from(&connection)?.unwrap_or(UnixSeconds(0));
    Ok(status(&connection, config, &progress, (clock.now(), since))?)
}

/// What of a committee of several rests on this member alone, by the newest file that it accepted.
fn rests_on_this(config: &Config, asked: &Asked, committee: CommitteeResponse) -> Result<Vec<String>> {
    let shelf = files::look(&config.folder)?;
    let state = state::state(&asked.basis, Arc::new(state::committee(&committee)));
    let key = config
        .keys
        .oracle
        .key(&Network::read(&config.network)?.prefix)
        .ok();
    let told = match (honesty::newest_accepted(&shelf), state, key) {
        (Some(file), Some(state), Some(key)) => honesty::about_this(file, &state, &key.public_key()),
        _ => Vec::new(),
    };
    Ok(told)
}

async fn ask(config: &Config) -> Result<(Asked, Option<(u128, String)>, CommitteeResponse)> {
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
    let registry = Registry::new(&chain, &config.registry);
    let committee = registry.committee(Some(asked.basis.next.epoch)).await?;
    Ok((asked, purse, committee))
}
