//! What the commands on a chain do before any chain is asked.

mod arguments;
mod grid_file;
mod keys;
mod project;
mod report;
mod roster_file;
mod state_file;
mod units;

use std::path::{Path, PathBuf};

use gridpact_cli::onchain::{KeyArgs, Wallet};
use gridpact_client::Network;

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
