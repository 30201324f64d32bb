//! What the program does with commands that should not send anything.

use anyhow::{ensure, Context, Result};

use crate::alone;
use crate::story::files::{self, FOUNDERS, ORACLES};
use crate::village::{words, Village};

/// The chain refused, or something differs.
const REFUSED: i32 = 1;
/// The command line, or a file that it names, is wrong.
const BAD_ARGUMENTS: i32 = 2;

#[tokio::test]
async fn what_is_wrong_is_refused_before_anything_is_sent_and_the_exit_code_says_why() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let names = [
        "deployer",
        "operator",
        "contractor",
        "house-a",
        "house-b",
        "house-c",
    ];
    let village = Village::new(&devnet, &[&names[..], &ORACLES].concat(), false).await?;
    files::write(&village)?;
    village.by("deployer", "deploy grid.toml").await?;
    let fees = || village.chain().balance(village.address("house-a"), "stake");
    let before = fees().await?;

    let wrong = [
        ("project pledge 1 \"10 USD\" --from house-a", BAD_ARGUMENTS, "USD"),
        (
            "project pledge 1 \"1000.0000001 EUR\" --from house-a",
            BAD_ARGUMENTS,
            "1000.0000001",
        ),
        (
            "project pledge 1 \"1000 EUR\" --if house-b --from house-a",
            BAD_ARGUMENTS,
            "ACCOUNT>=AMOUNT",
        ),
        (
            "project pledge 1 \"1000 EUR\" --from nobody",
            BAD_ARGUMENTS,
            "nobody",
        ),
        ("project pledge 1 \"1000 EUR\"", BAD_ARGUMENTS, "--from"),
        (
            "account deposit 0 \"1 EUR\" --grid another --from house-a",
            BAD_ARGUMENTS,
            "another",
        ),
        (
            "meter propose --serial 1 --kind prosumer --import-limit 17 --from house-a",
            BAD_ARGUMENTS,
            "17",
        ),
        // The contract's own words, without the chain's wrapping.
        (
            "project pledge 1 \"999 EUR\" --from house-a",
            REFUSED,
            "999000000",
        ),
        ("project accept 1 --from house-a", REFUSED, "contractor"),
        ("account deposit 0 \"1 EUR\" --from house-a", REFUSED, "slot"),
    ];
    for (command, expected, words) in wrong {
        let (code, said) = village.refused(command).await?;
        ensure!(
            code == expected,
            "{command}: exit code {code} instead of {expected}: {said}"
        );
        ensure!(said.contains(words), "{command}: expected {words:?}, said {said}");
        ensure!(!said.contains("message index"), "{command}: {said}");
        ensure!(fees().await? == before, "{command}: something was sent");
    }
    Ok(())
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_without_a_terminal_nothing_is_sent_unasked() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = Village::new(
        &devnet,
        &[&["deployer", "operator", "contractor"][..], &FOUNDERS, &ORACLES].concat(),
        false,
    )
    .await?;
    files::write(&village)?;
    let sequence = || async {
        let account = village.chain().account(village.address("deployer")).await?;
        anyhow::Ok(account.context("it was given money")?.sequence)
    };
    let would = village.by("deployer", "deploy grid.toml --dry-run").await?;
    ensure!(
        would["would"].as_array().is_some_and(|steps| !steps.is_empty()),
        "{would}"
    );
    let unasked = words("deploy grid.toml --from deployer --network devnet");
    let output = village.program.run(&unasked).await?;
    ensure!(
        output.code == BAD_ARGUMENTS && output.stderr.contains("--yes"),
        "{output:?}"
    );
    ensure!(sequence().await? == 0, "something was sent");

    // What was foretold is what comes.
    village.by("deployer", "deploy grid.toml").await?;
    for contract in ["pledge-escrow", "meter-registry", "energy-settlement"] {
        ensure!(
            would["contracts"][contract] == village.contract("village", contract)?,
            "{would}"
        );
    }
    Ok(())
}
