//! Options that every command on a chain shares.

use std::path::PathBuf;

use clap::Args;

/// Where keys are and how they are unlocked. A secret itself is never an option: it would stand in the shell's history.
#[derive(Args, Debug, Clone)]
pub struct KeyArgs {
    /// Folder of keys. By default ~/.gridpact/keys.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_KEYS",
        global = true,
        help_heading = "Keys"
    )]
    pub keys: Option<PathBuf>,
    /// File that unlocks encrypted keys (an age identity), instead of a passphrase.
    #[arg(
        long,
        value_name = "FILE",
        env = "GRIDPACT_KEY_FILE",
        global = true,
        help_heading = "Keys"
    )]
    pub key_file: Option<PathBuf>,
}

/// Which chain, who signs, and how results are shown.
#[derive(Args, Debug, Clone)]
pub struct ChainArgs {
    /// The chain: NAME for the file NAME.toml in the folder of networks, or a network file.
    #[arg(
        long,
        value_name = "NAME|FILE",
        env = "GRIDPACT_NETWORK",
        global = true,
        help_heading = "Chain"
    )]
    pub network: Option<String>,
    /// Folder of network files.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_NETWORKS",
        default_value = "networks",
        global = true,
        help_heading = "Chain"
    )]
    pub networks: PathBuf,
    /// Folder where the addresses of deployed contracts are kept.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "GRIDPACT_DEPLOYMENTS",
        default_value = "deployments",
        global = true,
        help_heading = "Chain"
    )]
    pub deployments: PathBuf,
    /// Name of the key that signs and pays the fee. Without it: the words in GRIDPACT_MNEMONIC, for CI.
    #[arg(long, value_name = "KEY", global = true, help_heading = "Keys")]
    pub from: Option<String>,
    /// Address of the account that pays the network fee, where that is another one, which allowed it: gridpact grid grant-fees.
    #[arg(long, value_name = "ADDRESS", global = true, help_heading = "Keys")]
    pub fee_granter: Option<String>,
    /// The keys.
    #[command(flatten)]
    pub keys: KeyArgs,
    /// Print the result as JSON. Progress and questions go to standard error.
    #[arg(long, global = true, help_heading = "Output")]
    pub json: bool,
    /// Send nothing: print the messages, the gas that the chain expects and the fee.
    #[arg(long, global = true, help_heading = "Output")]
    pub dry_run: bool,
    /// Send without asking.
    #[arg(long, global = true, help_heading = "Output")]
    pub yes: bool,
}

/// Options of commands about one deployed grid.
#[derive(Args, Debug, Clone)]
pub struct GridArgs {
    /// Name of the deployed grid. Needed where more than one is deployed on the chain.
    #[arg(
        long,
        value_name = "NAME",
        env = "GRIDPACT_GRID",
        global = true,
        help_heading = "Chain"
    )]
    pub grid: Option<String>,
    /// Chain, key and output.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Options of commands about one contract of a grid.
#[derive(Args, Debug, Clone)]
pub struct ContractArgs {
    /// Address of the contract, where no deployment here names it.
    #[arg(long, value_name = "ADDRESS", global = true, help_heading = "Chain")]
    pub contract: Option<String>,
    /// Grid, chain, key and output.
    #[command(flatten)]
    pub grid: GridArgs,
}
