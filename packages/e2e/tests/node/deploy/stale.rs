//! Notes of another chain of the same name: a devnet that began anew.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use serde_json::{json, Value};

use super::{deployers, CONTRACTS, DEPLOY};
use crate::alone;

fn of_each(value: &Value) -> BTreeMap<&'static str, Value> {
    CONTRACTS.map(|name| (name, value.clone())).into()
}

#[tokio::test]
async fn notes_of_a_chain_that_began_anew_mislead_nobody_and_are_dropped() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let chain = village.chain();
    let chain_id = &chain.network().chain_id;

    // What a deployment on the former chain left, stopped while its second transaction was sent.
    let gone = village.address("operator");
    let contract = json!({ "address": gone, "checksum": "ab".repeat(32), "salt": "village" });
    let sent = json!({
        "step": "store", "hash": "AB".repeat(32), "height": 7, "gas_used": 1, "fee": "1stake",
    });
    let record = json!({
        "creator": gone,
        "grid_file": "grid.toml",
        "grid_file_sha256": "cd".repeat(32),
        "git_commit": null,
        "gridpact": "0.1.0",
        "contracts": of_each(&contract),
        "transactions": [sent],
        "under_way": { "step": "store", "transaction": {
            "hash": "CD".repeat(32), "seen_height": 1_000_000_000, "timeout_height": 1_000_000_040,
        } },
    });
    std::fs::create_dir_all(village.path("deployments"))?;
    village.write(
        "deployments/records.json",
        &json!({ chain_id: { "village": record } }).to_string(),
    )?;
    village.write(
        "deployments/state.json",
        &json!({ chain_id: { "code_ids": of_each(&json!(999_999)), "village": of_each(&json!(gone)) } })
            .to_string(),
    )?;

    village.told(DEPLOY).await?;
    village.told("verify --artifacts artifacts").await?;
    let text = std::fs::read_to_string(village.path("deployments/records.json"))?;
    let records: Value = serde_json::from_str(&text)?;
    let record = &records[chain_id]["village"];
    ensure!(
        record["creator"] == village.address("deployer") && record["under_way"].is_null(),
        "{record}"
    );
    let noted = record["transactions"].as_array().context("transactions")?;
    ensure!(noted.len() == 4, "three codes, three contracts at once: {record}");
    for sent in noted {
        let hash = sent["hash"].as_str().context("a hash")?;
        ensure!(
            chain.transaction(hash).await?.is_some(),
            "the chain does not know {sent}"
        );
    }
    ensure!(
        !std::fs::read_to_string(village.path("deployments/state.json"))?.contains("999999"),
        "an old code id is left"
    );
    Ok(())
}
