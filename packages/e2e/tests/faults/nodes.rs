//! The devnet's nodes: killed, brought back, asked one by one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, Network};
use tokio::process::Command;

/// `start` waits a minute at most for a node.
const LIMIT: Duration = Duration::from_secs(90);
/// Ports of a node, in the order of scripts/devnet: RPC, peers, gRPC, REST, ABCI.
const PORTS_A_NODE: u16 = 5;
const GRPC: u16 = 2;

/// Kills a node with `kill -9`.
pub async fn kill(node: u16) -> Result<()> {
    devnet(&["kill", &node.to_string()]).await
}

/// Starts every node that does not run.
pub async fn start() -> Result<()> {
    devnet(&["start"]).await
}

/// The chain as one node tells it.
pub async fn chain(network: &Network, node: u16) -> Result<Chain> {
    let ports = folder()?.join("ports");
    let first: u16 = std::fs::read_to_string(&ports)
        .with_context(|| ports.display().to_string())?
        .trim()
        .parse()?;
    let mut network = network.clone();
    network.grpc = format!("http://127.0.0.1:{}", first + node * PORTS_A_NODE + GRPC);
    Ok(Chain::connect(network).await?)
}

/// How many validators the devnet has.
pub fn validators() -> Result<u16> {
    let path = folder()?.join("validators");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(text.trim().parse()?)
}

fn folder() -> Result<PathBuf> {
    let folder = std::env::var_os("GRIDPACT_DEVNET");
    let folder =
        folder.context("GRIDPACT_DEVNET is not set: run scripts/devnet run --validators 4 -- CMD")?;
    Ok(PathBuf::from(folder))
}

async fn devnet(arguments: &[&str]) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/devnet");
    let what = || format!("scripts/devnet {}", arguments.join(" "));
    let mut command = Command::new(script);
    command.args(arguments);
    let status = tokio::time::timeout(LIMIT, command.status())
        .await
        .with_context(|| format!("{}: no end within {} s", what(), LIMIT.as_secs()))?
        .with_context(what)?;
    ensure!(status.success(), "{}: {status}", what());
    Ok(())
}
