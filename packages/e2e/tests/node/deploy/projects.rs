//! The project to which a grid's fee goes: opened with the grid, or the very one that the file means.

use anyhow::{ensure, Result};
use gridpact_client::Escrow;

use super::{deployers, DEPLOY};
use crate::alone;

#[tokio::test]
async fn a_fee_goes_to_the_project_of_the_file_or_no_grid_is_made() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let told = village.told(DEPLOY).await?;
    ensure!(told["contracts"].is_object(), "{told}");
    let address = village.contract("village", "pledge-escrow")?;
    let escrow = Escrow::new(village.chain(), &address);
    ensure!(
        escrow.config().await?.projects == 1,
        "it was opened with the grid"
    );

    // Another grid beside it, on the same escrow.
    let first = std::fs::read_to_string(village.path("grid.toml"))?;
    let assets = format!("assets = [\"{}\"]", village.money.name);
    let beside = |name: &str| {
        first
            .replace("name = \"village\"", &format!("name = \"{name}\""))
            .replace(&assets, &format!("address = \"{address}\""))
    };
    village.write("second.toml", &beside("second"))?;
    village.told(&DEPLOY.replace("grid.toml", "second.toml")).await?;
    ensure!(
        escrow.config().await?.projects == 1,
        "it was there, and is the very one"
    );

    // To whoever means other terms, project 1 is a stranger's.
    let line = std::fs::read_to_string(village.path("project.toml"))?;
    village.write(
        "project.toml",
        &line.replace("retention = \"5%\"", "retention = \"6%\""),
    )?;
    village.write("third.toml", &beside("third"))?;
    let third = DEPLOY.replace("grid.toml", "third.toml");
    let (_, said) = village.refused(&third).await?;
    ensure!(said.contains("expected the terms of the grid's file"), "{said}");

    // Under the next number it is opened.
    let next = beside("third")
        .replace("number = 1", "number = 2")
        .replace("project 1", "project 2");
    village.write("third.toml", &next)?;
    village.told(&third).await?;
    ensure!(escrow.config().await?.projects == 2);
    Ok(())
}
