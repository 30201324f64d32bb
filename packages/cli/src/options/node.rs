//! `simulate --network`: the chain to play the story on.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use gridpact_client::Network;
use gridpact_simulation::run::Currency;

use crate::node::Node;
use crate::onchain::exit::bad_argument;
use crate::onchain::{KeyArgs, Wallet};

/// Which chain, and who pays.
#[derive(Args, Debug, Clone)]
pub struct NodeArgs {
    /// Play the story with real transactions on this devnet: NAME for the file NAME.toml in the folder of networks, or a
    /// network file. Without it: inside the program.
    #[arg(long, value_name = "NAME|FILE", help_heading = "On a chain")]
    pub network: Option<String>,
    /// Folder of network files.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_NETWORKS",
        default_value = "networks",
        help_heading = "On a chain"
    )]
    pub networks: PathBuf,
    /// Folder of keys. By default ~/.gridpact/keys.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_KEYS",
        help_heading = "On a chain"
    )]
    pub keys: Option<PathBuf>,
    /// The key whose money everybody in the story gets.
    #[arg(
        long,
        value_name = "KEY",
        default_value = "payer",
        help_heading = "On a chain"
    )]
    pub purse: String,
    /// Folder of the contracts' wasm, as scripts/build-wasm leaves it.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_ARTIFACTS",
        default_value = "artifacts",
        help_heading = "On a chain"
    )]
    pub artifacts: PathBuf,
}

impl NodeArgs {
    /// Connects, where a network is named.
    ///
    /// # Errors
    /// No such network or key, no devnet, no answer, contracts not built.
    pub fn connect(&self, currency: &Currency) -> Result<Option<Node>> {
        let Some(name) = &self.network else {
            return Ok(None);
        };
        let network = Network::find(name, &self.networks).map_err(|error| bad_argument(error.to_string()))?;
        let keys = KeyArgs {
            keys: self.keys.clone(),
            key_file: None,
        };
        let purse = Wallet::new(&keys, &network.prefix)?.load(&self.purse)?;
        Node::connect(network, purse, &self.artifacts, currency).map(Some)
    }
}
