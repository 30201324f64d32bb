//! `gridpact simulate` tells the same story on a node as inside the program.

use std::time::Duration;

use anyhow::{Context, Result};
use gridpact_e2e::Program;
use gridpact_units::decimal::show_rounded;
use serde_json::Value;

use crate::alone;

/// Few homes, one day in summer, a fee: every message of the story.
const STORY: [&str; 9] = [
    "simulate",
    "--homes",
    "6",
    "--season",
    "summer",
    "--days",
    "1",
    "--fee-bps",
    "100",
];

#[tokio::test]
async fn simulate_on_a_node_keeps_every_promise_and_shares_as_inside_the_program() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let folder = tempfile::tempdir()?;
    let program = Program::new(folder.path(), devnet.networks())?;
    let keys = std::env::var("GRIDPACT_KEYS").context("the devnet's keys")?;
    let node = ["--network", "devnet", "--keys", &keys, "--json", "--out", "node"];
    let on_node = told(&program, &[STORY.as_slice(), &node].concat()).await?;
    let inside = told(
        &program,
        &[STORY.as_slice(), &["--json", "--out", "inside"]].concat(),
    )
    .await?;

    for total in ["meters", "intervals", "surplus_mwh", "deficit_mwh", "shared_mwh"] {
        assert_eq!(on_node["totals"][total], inside["totals"][total], "{total}");
    }
    assert_eq!(on_node["windows"], inside["windows"]);
    // On other dates ties fall to other homes, which moves roundings: less than a base unit a home and window.
    let paid = |run: &Value| -> Result<i128> {
        let paid = run["totals"]["paid"].as_str().context("a decimal string")?;
        Ok(paid.parse()?)
    };
    let differs = (paid(&on_node)? - paid(&inside)?).abs();
    assert!(differs <= 6, "paid differs by {differs} base units");
    let kept = |run: &Value| -> Result<usize> {
        let checks = run["checks"].as_array().context("checks")?;
        assert!(checks.iter().all(|check| check["passed"] == true), "{checks:#?}");
        Ok(checks.len())
    };
    assert_eq!(kept(&on_node)?, kept(&inside)?);
    assert!(inside.get("spent").is_none());
    let spent = &on_node["spent"];
    println!(
        "simulate with 6 homes and a day: {} transactions, {} gas, {} {} in fees",
        spent["transactions"], spent["gas"], spent["fee"], spent["fee_denom"]
    );
    let gas = spent["gas"].as_u64().context("gas")?;
    assert!(gas > 0);
    let gas = show_rounded(gas.into(), 0, 0);

    // The page says it too, where there is something to say.
    let page = |run: &str| std::fs::read_to_string(folder.path().join(run).join("report.html"));
    let told = |page: &str| page.contains("What it took of the chain");
    let on_node = page("node")?;
    assert!(told(&on_node) && on_node.contains(&format!("{gas} gas")), "{gas}");
    assert!(!told(&page("inside")?));
    Ok(())
}

async fn told(program: &Program, arguments: &[&str]) -> Result<Value> {
    let run = tokio::time::timeout(Duration::from_secs(300), program.run(arguments));
    let output = run.await.context("the story does not end")??;
    anyhow::ensure!(output.code == 0, "{}{}", output.stdout, output.stderr);
    Ok(serde_json::from_str(&output.stdout)?)
}
