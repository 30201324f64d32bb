//! A deployment killed on its way and run again.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt, BufReader};

use super::{deployers, CONTRACTS, DEPLOY};
use crate::alone;
use crate::village::{words, Village};

/// Three codes are stored and one transaction makes three contracts.
const TRANSACTIONS: u64 = 4;
/// More runs than a deployment has lines or tenths of seconds.
const MOST_RUNS: u32 = 100;

/// Where a run of the program is killed.
#[derive(Clone, Copy, Debug)]
enum Kill {
    /// As soon as it tells what no run before it told.
    AtNewLine,
    /// After this time.
    After(Duration),
}

/// Runs the program and kills it (SIGKILL) at the given point; true where it had come to its end before. What it told is
/// added to `told`.
async fn run_and_kill(village: &Village, kill: Kill, told: &mut BTreeSet<String>) -> Result<bool> {
    let arguments = [&words(DEPLOY)[..], &["--network", "devnet", "--yes", "--json"]].concat();
    let mut child = village
        .program
        .command(&arguments)
        .stdout(Stdio::null())
        .spawn()?;
    let stderr = child.stderr.take().context("stderr is piped")?;
    let to_its_end = async {
        let mut lines = BufReader::new(stderr).lines();
        while let Some(line) = lines.next_line().await? {
            if told.insert(line) && matches!(kill, Kill::AtNewLine) {
                return anyhow::Ok(false);
            }
        }
        Ok(true)
    };
    let limit = match kill {
        Kill::AtNewLine => Duration::from_secs(60),
        Kill::After(time) => time,
    };
    let ended = match tokio::time::timeout(limit, to_its_end).await {
        Ok(ended) => ended?,
        Err(_) => false,
    };
    if ended {
        let status = child.wait().await?;
        ensure!(status.success(), "deploy ended with {status}: {told:?}");
    } else {
        child.kill().await?;
    }
    Ok(ended)
}

/// Everything there is, once each; a run more changes nothing.
async fn is_done_and_stays_so(village: &Village) -> Result<()> {
    let chain = village.chain();
    let sequence = || async {
        let account = chain.account(village.address("deployer")).await?;
        anyhow::Ok(account.context("it has sent")?.sequence)
    };
    ensure!(
        sequence().await? == TRANSACTIONS,
        "{} transactions instead of {TRANSACTIONS}",
        sequence().await?
    );
    for contract in CONTRACTS {
        let wasm = std::fs::read(village.path("artifacts").join(format!("{contract}.wasm")))?;
        let checksum: [u8; 32] = Sha256::digest(wasm).into();
        let codes = chain.codes().await?;
        let stored = codes.iter().filter(|code| code.checksum == checksum).count();
        ensure!(stored == 1, "{contract} is stored {stored} times");
    }
    let state = || std::fs::read_to_string(village.path("deployments/state.json"));
    let before = state()?;
    let again = village.told(DEPLOY).await?;
    ensure!(again["sent"] == Value::Array(vec![]), "{again}");
    ensure!(
        state()? == before && sequence().await? == TRANSACTIONS,
        "a run more changed something"
    );
    village.told("verify --artifacts artifacts").await?;

    // Notes that were lost are found again on the chain.
    std::fs::remove_dir_all(village.path("deployments"))?;
    let found = village.told(DEPLOY).await?;
    ensure!(found["sent"] == Value::Array(vec![]), "{found}");
    ensure!(
        state()? == before && sequence().await? == TRANSACTIONS,
        "not found again"
    );
    Ok(())
}

async fn killed_again_and_again(kill: impl Fn(u32) -> Kill) -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = deployers(&devnet).await?;
    let mut told = BTreeSet::new();
    for run in 1..=MOST_RUNS {
        if run_and_kill(&village, kill(run), &mut told).await? {
            println!("deployed in the end, after {} runs that were killed", run - 1);
            ensure!(run > 3, "expected some runs to be killed on the way");
            return is_done_and_stays_so(&village).await;
        }
    }
    anyhow::bail!("not deployed after {MOST_RUNS} runs, which told {told:#?}")
}

#[tokio::test]
async fn a_deployment_killed_after_each_line_it_tells_ends_where_an_undisturbed_one_does() -> Result<()> {
    killed_again_and_again(|_| Kill::AtNewLine).await
}

#[tokio::test]
async fn a_deployment_killed_at_any_moment_ends_where_an_undisturbed_one_does() -> Result<()> {
    killed_again_and_again(|run| Kill::After(Duration::from_millis(100) * run)).await
}
