//! The whole story, told with the `gridpact` program as its users would: three neighbours pledge for a line, a contractor
//! builds it, twelve homes share a summer day over it, and everybody takes out what is theirs. Then others dig a well, about
//! which they quarrel, and wait for a road that does not come.

mod build;
mod day;
pub mod files;
mod road;
mod settle;
mod share;
mod well;

use anyhow::Result;

use crate::alone;
use crate::village::Village;
use files::{HOMES, ORACLES};

/// A main unit of the village's money in base units.
const UNIT: u128 = 1_000_000;
/// What each founder pledges, main units.
const PLEDGE: u128 = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_in_a_coin_of_the_chain() -> Result<()> {
    story(false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_in_a_token() -> Result<()> {
    story(true).await
}

async fn story(token: bool) -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let others = ["deployer", "operator", "contractor", "carrier"];
    let everybody = [&others[..], &HOMES, &ORACLES, &well::EVERYBODY].concat();
    let village = Village::new(&devnet, &everybody, token).await?;
    files::write(&village)?;
    village.by("deployer", "deploy grid.toml").await?;

    build::a_line(&village).await?;
    share::open_accounts(&village).await?;
    share::a_day(&village).await?;
    settle::up(&village).await?;
    well::is_dug(&village).await?;
    road::is_not_built(&village).await
}
