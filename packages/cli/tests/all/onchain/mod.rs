//! What the commands on a chain do before any chain is asked.

mod arguments;
mod disputes;
mod grid_file;
mod keys;
mod project;
mod report;
mod roster_file;
mod state_file;
mod units;

use std::path::{Path, PathBuf};
use std::process::Command;

use gridpact_cli::onchain::{KeyArgs, Wallet};
use gridpact_client::Network;

use crate::folder;

/// A network with a coin and a token; no node is behind it.
const NETWORK: &str = r#"
chain_id = "nowhere-1"
grpc = "http://127.0.0.1:9"
prefix = "wasm"
gas_price = "0.025stake"

[assets.EUR]
native = "ueur"
decimals = 6

[assets.ISLE]
cw20 = "wasm158kvkwku8mq75kv7p9v0h376xqc76fhgu29phkndpc6u2tza44sqsh3rhp"
decimals = 2
"#;

/// Words of a key that everybody knows (the test vector of BIP-39).
const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

/// Writes the network file into a folder.
fn network_file(folder: &Path) -> PathBuf {
    let path = folder.join("nowhere.toml");
    std::fs::write(&path, NETWORK).unwrap();
    path
}

fn network(folder: &Path) -> Network {
    Network::read(&network_file(folder)).unwrap()
}

/// An empty folder of keys.
fn wallet(folder: &Path) -> Wallet {
    let args = KeyArgs {
        keys: Some(folder.join("keys")),
        key_file: None,
    };
    Wallet::new(&args, "wasm").unwrap()
}

/// Runs the program in an empty folder, without the environment of a devnet; its exit code and what it said.
fn run(name: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder(name);
    network_file(&folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_gridpact"));
    for variable in [
        "NETWORK",
        "NETWORKS",
        "KEYS",
        "KEY_FILE",
        "DEPLOYMENTS",
        "GRID",
        "ARTIFACTS",
        "MNEMONIC",
    ] {
        command.env_remove(format!("GRIDPACT_{variable}"));
    }
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}
