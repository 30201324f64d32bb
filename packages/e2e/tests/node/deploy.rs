//! `gridpact deploy` and `verify`: stopped anywhere and run again, checked against the files.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use gridpact_e2e::artifact;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::alone;
use crate::story::files::{self, ORACLES};
use crate::village::Village;

const CONTRACTS: [&str; 3] = ["pledge-escrow", "meter-registry", "energy-settlement"];
/// Three codes are stored and one transaction makes three contracts.
const TRANSACTIONS: u64 = 4;
/// More runs than a deployment has lines or tenths of seconds.
const MOST_RUNS: u32 = 100;

/// Where a run of the program is killed.
#[derive(Clone, Copy, Debug)]
enum Kill {
    /// As soon as it has told so many lines.
    AtLine(u32),
    /// After this time.
    After(Duration),
}

/// The contracts as code that no chain has seen: each with a section of its own at its end, which changes nothing but the
/// checksum.
fn write_artifacts(folder: &Path, mark: &str, wasm_of: impl Fn(&'static str) -> &'static str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut checksums = String::new();
    for contract in CONTRACTS {
        let mut wasm = artifact(wasm_of(contract))?;
        let mark = format!("{mark} {contract}");
        let length = u8::try_from(mark.len())?;
        // Section 0, its length, and a name that fills it.
        wasm.extend([0, length + 1, length]);
        wasm.extend(mark.as_bytes());
        ensure!(length < 127, "one byte of LEB128");
        checksums.push_str(&format!(
            "{}  {contract}.wasm\n",
            hex::encode(Sha256::digest(&wasm))
        ));
        std::fs::write(folder.join(format!("{contract}.wasm")), wasm)?;
    }
    Ok(std::fs::write(folder.join("checksums.txt"), checksums)?)
}

/// A village of those who deploy, with artifacts of its own.
async fn deployers(devnet: &gridpact_e2e::Devnet) -> Result<(Village, String, String)> {
    let names = [&["deployer", "operator"][..], &ORACLES].concat();
    let village = Village::new(devnet, &names, false).await?;
    let artifacts = village.path("artifacts");
    // The deployer's address is new in every run: so is the code.
    write_artifacts(&artifacts, village.address("deployer"), |contract| contract)?;
    let grid = files::grid(&village.money).replace("admin = \"none\"", "admin = \"deployer\"");
    let grid = village.write("grid.toml", &grid)?;
    Ok((village, grid, artifacts.display().to_string()))
}

fn deploy<'a>(grid: &'a str, artifacts: &'a str) -> [&'a str; 6] {
    ["deploy", grid, "--artifacts", artifacts, "--from", "deployer"]
}

/// Runs the program and kills it (SIGKILL) at the given point; true where it had come to its end before.
async fn run_and_kill(village: &Village, arguments: &[&str], kill: Kill) -> Result<bool> {
    let arguments = [arguments, &["--network", "devnet", "--yes", "--json"]].concat();
    let mut child = village
        .program
        .command(&arguments)
        .stdout(Stdio::null())
        .spawn()?;
    let stderr = child.stderr.take().context("stderr is piped")?;
    let lines = async {
        let (mut lines, mut told) = (BufReader::new(stderr).lines(), 0);
        while lines.next_line().await?.is_some() {
            told += 1;
            if matches!(kill, Kill::AtLine(last) if told == last) {
                return anyhow::Ok(false);
            }
        }
        Ok(true)
    };
    let limit = match kill {
        Kill::AtLine(_) => Duration::from_secs(60),
        Kill::After(time) => time,
    };
    let ended = match tokio::time::timeout(limit, lines).await {
        Ok(ended) => ended?,
        Err(_) => false,
    };
    if ended {
        let status = child.wait().await?;
        ensure!(status.success(), "deploy ended with {status}");
    } else {
        child.kill().await?;
    }
    Ok(ended)
}

/// Everything there is, once each; a run more changes nothing.
async fn is_done_and_stays_so(village: &Village, grid: &str, artifacts: &str) -> Result<()> {
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
        let wasm = std::fs::read(Path::new(artifacts).join(format!("{contract}.wasm")))?;
        let checksum: [u8; 32] = Sha256::digest(wasm).into();
        let codes = chain.codes().await?;
        let stored = codes.iter().filter(|code| code.checksum == checksum).count();
        ensure!(stored == 1, "{contract} is stored {stored} times");
    }
    let state = || std::fs::read_to_string(village.path("deployments/state.json"));
    let before = state()?;
    let again = village.program.json(&deploy(grid, artifacts)).await?;
    ensure!(again["sent"] == Value::Array(vec![]), "{again}");
    ensure!(
        state()? == before && sequence().await? == TRANSACTIONS,
        "a run more changed something"
    );
    village.program.ok(&["verify", "--artifacts", artifacts]).await?;

    // Notes that were lost are found again on the chain.
    std::fs::remove_dir_all(village.path("deployments"))?;
    let found = village.program.json(&deploy(grid, artifacts)).await?;
    ensure!(found["sent"] == Value::Array(vec![]), "{found}");
    ensure!(
        state()? == before && sequence().await? == TRANSACTIONS,
        "not found again"
    );
    Ok(())
}

async fn killed_again_and_again(kill: impl Fn(u32) -> Kill) -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let (village, grid, artifacts) = deployers(&devnet).await?;
    for run in 1..=MOST_RUNS {
        if run_and_kill(&village, &deploy(&grid, &artifacts), kill(run)).await? {
            println!("deployed in the end, after {} runs that were killed", run - 1);
            ensure!(run > 3, "expected some runs to be killed on the way");
            return is_done_and_stays_so(&village, &grid, &artifacts).await;
        }
    }
    anyhow::bail!("not deployed after {MOST_RUNS} runs")
}

#[tokio::test]
async fn a_deployment_killed_after_each_line_it_tells_ends_where_an_undisturbed_one_does() -> Result<()> {
    killed_again_and_again(Kill::AtLine).await
}

#[tokio::test]
async fn a_deployment_killed_at_any_moment_ends_where_an_undisturbed_one_does() -> Result<()> {
    killed_again_and_again(|run| Kill::After(Duration::from_millis(100) * run)).await
}

#[tokio::test]
async fn verify_prints_every_difference_and_says_so_by_its_exit_code() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let (village, grid, artifacts) = deployers(&devnet).await?;
    village.program.json(&deploy(&grid, &artifacts)).await?;
    village.program.ok(&["verify", "--artifacts", &artifacts]).await?;

    let text = std::fs::read_to_string(&grid)?;
    let differences = [
        (
            "committee",
            text.replace("key = \"oracle-4\"", "key = \"operator\""),
        ),
        ("policy", text.replace("0.32", "0.33")),
        (
            "operator",
            text.replace("operator = \"operator\"", "operator = \"oracle-1\""),
        ),
        ("admin", text.replace("admin = \"deployer\"", "admin = \"none\"")),
    ];
    for (what, other) in differences {
        ensure!(other != text, "{what}: the file is not another one");
        let other = village.write("other.toml", &other)?;
        let verify = ["verify", "--artifacts", &artifacts, "--file", &other];
        let (code, said) = village.program.refused(&verify).await?;
        ensure!(
            code == 1 && said.contains(what),
            "{what}: exit code {code}, said {said}"
        );
    }
    // Other code than the one in artifacts/.
    let others = village.path("others");
    write_artifacts(&others, "others", |contract| contract)?;
    let verify = ["verify", "--artifacts", &others.display().to_string()];
    let (code, said) = village.program.refused(&verify).await?;
    ensure!(code == 1, "exit code {code}, said {said}");
    for contract in CONTRACTS {
        ensure!(said.contains(contract), "{contract} is not told: {said}");
    }
    Ok(())
}
