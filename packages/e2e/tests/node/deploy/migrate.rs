//! `gridpact migrate`.

use anyhow::{ensure, Context, Result};

use super::{deployers, write_artifacts, CONTRACTS, DEPLOY};
use crate::alone;

#[tokio::test]
async fn migrate_moves_a_contract_to_new_code_and_keeps_its_state() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let chain = village.chain();
    village.told(DEPLOY).await?;
    let mark = format!("next {}", village.address("deployer"));
    write_artifacts(&village.path("next"), &mark, |contract| contract)?;
    for contract in CONTRACTS {
        let address = village.contract("village", contract)?;
        let state = chain.all_state(&address).await?;
        let old = chain.contract(&address).await?.context("it exists")?.code_id;
        let migrate = format!("migrate {contract} --artifacts next --from");
        let (_, said) = village.refused(&format!("{migrate} operator")).await?;
        ensure!(
            said.contains(village.address("deployer")),
            "the admin is not told: {said}"
        );

        village.told(&format!("{migrate} deployer")).await?;
        let new = chain.contract(&address).await?.context("it exists")?.code_id;
        ensure!(new != old, "{contract} stayed at code {old}");
        ensure!(
            chain.all_state(&address).await? == state,
            "{contract}: the migration wrote something"
        );
        // A second time there is nothing to do.
        village.told(&format!("{migrate} deployer")).await?;
        ensure!(chain.contract(&address).await?.context("it exists")?.code_id == new);
    }
    village.told("verify --artifacts next").await?;
    Ok(())
}

#[tokio::test]
async fn a_contract_does_not_become_another_one() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let chain = village.chain();
    village.told(DEPLOY).await?;
    let mark = format!("foreign {}", village.address("deployer"));
    let in_its_place = |contract| match contract {
        "meter-registry" => "pledge-escrow",
        other => other,
    };
    write_artifacts(&village.path("foreign"), &mark, in_its_place)?;
    let registry = village.contract("village", "meter-registry")?;
    let before = chain.contract(&registry).await?.context("it exists")?;
    let state = chain.all_state(&registry).await?;
    let (code, said) = village
        .refused("migrate meter-registry --artifacts foreign --from deployer")
        .await?;
    ensure!(
        code == 1 && said.contains("pledge-escrow") && said.contains("meter-registry"),
        "{code}: {said}"
    );
    ensure!(chain.contract(&registry).await?.context("it exists")? == before);
    ensure!(chain.all_state(&registry).await? == state);
    Ok(())
}
