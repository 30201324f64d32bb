//! `gridpact verify`: every difference is told, and nothing else.

use anyhow::{ensure, Context, Result};
use serde_json::Value;

use super::{deployers, write_artifacts, CONTRACTS, DEPLOY};
use crate::alone;
use crate::village::{words, Village};

/// What `verify` says is not as it should be; its exit code says so too.
async fn differences(village: &Village, options: &str) -> Result<Vec<String>> {
    let command = format!("verify {options} --network devnet --json");
    let output = village.program.run(&words(&command)).await?;
    let told: Value = serde_json::from_str(&output.stdout).with_context(|| output.stderr.clone())?;
    let checks = told["checks"].as_array().context("a list of checks")?;
    ensure!(checks.len() > 10, "too little is compared: {told}");
    let different = checks.iter().filter(|check| check["expected"] != check["got"]);
    let different: Vec<String> = different.map(|check| check["what"].to_string()).collect();
    ensure!(
        output.code == i32::from(!different.is_empty()),
        "exit code {} for {different:?}",
        output.code
    );
    Ok(different)
}

#[tokio::test]
async fn verify_prints_every_difference_and_says_so_by_its_exit_code() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    village.told(DEPLOY).await?;
    ensure!(differences(&village, "--artifacts artifacts").await?.is_empty());
    // Nothing has happened yet: the books are empty, and compared.
    ensure!(differences(&village, "--artifacts artifacts --books")
        .await?
        .is_empty());

    let text = std::fs::read_to_string(village.path("grid.toml"))?;
    let others = [
        (
            "committee",
            text.replace("key = \"oracle-4\"", "key = \"operator\""),
        ),
        ("policy", text.replace("0.32", "0.33")),
        (
            "fees",
            text.replace("otherwise = \"operator\"", "otherwise = \"oracle-2\""),
        ),
        (
            "operator",
            text.replace("operator = \"operator\"", "operator = \"oracle-1\""),
        ),
        ("admin", text.replace("admin = \"deployer\"", "admin = \"none\"")),
    ];
    for (what, other) in others {
        ensure!(other != text, "{what}: the file is not another one");
        village.write("other.toml", &other)?;
        let told = differences(&village, "--artifacts artifacts --file other.toml").await?;
        ensure!(
            !told.is_empty() && told.iter().all(|told| told.contains(what)),
            "{what}: told {told:?}"
        );
    }
    // Other code than the one in artifacts/: all three contracts.
    write_artifacts(&village.path("others"), "others", |contract| contract)?;
    let told = differences(&village, "--artifacts others").await?;
    for contract in CONTRACTS {
        ensure!(
            told.iter().any(|told| told.contains(contract)),
            "{contract} is not told: {told:?}"
        );
    }
    ensure!(told.len() == CONTRACTS.len(), "{told:?}");
    Ok(())
}

#[tokio::test]
async fn transactions_that_cannot_be_end_the_recomputing_of_the_books_with_their_place() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let grid = std::fs::read_to_string(village.path("grid.toml"))?;
    village.write(
        "other.toml",
        &grid.replace("name = \"village\"", "name = \"other\""),
    )?;
    village.told(DEPLOY).await?;
    village.told(&DEPLOY.replace("grid.toml", "other.toml")).await?;
    let limits = "--import-limit \"11 kW\" --export-limit \"11 kW\"";
    for command in [
        &format!("meter propose --serial 1 --salt salt --kind prosumer {limits}"),
        "meter admit 1",
        "account deposit 0 \"5 EUR\"",
    ] {
        village.by("operator", &format!("{command} --grid other")).await?;
    }
    let same = differences(
        &village,
        "--artifacts artifacts --books --grid other --file other.toml",
    )
    .await?;
    ensure!(same.is_empty(), "{same:?}");

    // As if the first grid's registry were that of the other's settlement: it admitted nobody who could be paid for.
    let path = village.path("deployments/state.json");
    let mut state: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
    let chain = &mut state[&village.chain().network().chain_id];
    let mut mixed = chain["village"].clone();
    mixed["energy-settlement"] = chain["other"]["energy-settlement"].clone();
    chain["mixed"] = mixed;
    std::fs::write(&path, state.to_string())?;
    let (code, said) = village
        .refused("verify --artifacts artifacts --books --grid mixed --file grid.toml")
        .await?;
    ensure!(code == 1, "exit code {code}: {said}");
    for words in [
        "error: transaction ",
        "event 0, at unix second ",
        "slot 0: expected an open account, got none",
    ] {
        ensure!(said.contains(words), "expected {words:?}, said {said}");
    }
    Ok(())
}
