//! A network: what one needs to know of a chain to use it, as one small file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cosmrs::tendermint::chain::Id as ChainId;
use cosmrs::AccountId;
use gridpact_types::asset::Asset;
use serde::Deserialize;

use crate::gas_price::{is_denom, GasPrice};

/// Gas a transaction may use above what its simulation used, percent: state moves between the two.
const HEADROOM_PERCENT: u32 = 30;

/// A chain and how to reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The chain's id; a node that serves another is refused.
    pub chain_id: String,
    /// gRPC endpoint, `http://` or `https://`.
    pub grpc: String,
    /// PEM file of the authorities whose certificates an `https://` endpoint may have; without it, those of the web.
    pub ca: Option<PathBuf>,
    /// CometBFT RPC endpoint, for browsers.
    pub rpc: Option<String>,
    /// REST endpoint, for browsers.
    pub rest: Option<String>,
    /// What addresses begin with.
    pub prefix: String,
    /// What a unit of gas costs.
    pub gas_price: GasPrice,
    /// Gas allowed above what a simulation used, percent of it.
    pub gas_headroom_percent: u32,
    /// Link to a transaction, with `{hash}` where its hash belongs.
    pub explorer: Option<String>,
    /// The file that moves a devnet's clock.
    pub clock: Option<PathBuf>,
    /// Assets by the name that people use.
    pub assets: BTreeMap<String, NamedAsset>,
}

/// An asset with the decimals that people write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAsset {
    /// The coin or token.
    pub asset: Asset,
    /// Digits behind the point: 6 where a main unit has a million base units.
    pub decimals: u8,
}

/// What can be wrong with a network file.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The file cannot be read.
    #[error("network file {}: {cause}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file is not what a network file is.
    #[error("network file {}: {cause}", path.display())]
    Content {
        /// Which file.
        path: PathBuf,
        /// What is wrong, with the line where known.
        cause: String,
    },
    /// No file of that name.
    #[error("network {name}: expected one of {known:?} in {}, or a file's path", folder.display())]
    Unknown {
        /// What was asked for.
        name: String,
        /// Where files are looked for.
        folder: PathBuf,
        /// What is there.
        known: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    chain_id: String,
    grpc: String,
    ca: Option<PathBuf>,
    rpc: Option<String>,
    rest: Option<String>,
    prefix: String,
    gas_price: String,
    gas_headroom_percent: Option<u32>,
    explorer: Option<String>,
    clock: Option<PathBuf>,
    #[serde(default)]
    assets: BTreeMap<String, FileAsset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileAsset {
    native: Option<String>,
    cw20: Option<String>,
    decimals: u8,
}

impl Network {
    /// Reads a network file.
    ///
    /// # Errors
    /// It cannot be read, or a value in it is not what it should be; the error names the value.
    pub fn read(path: &Path) -> Result<Self, NetworkError> {
        let text = fs::read_to_string(path).map_err(|cause| NetworkError::Read {
            path: path.to_owned(),
            cause,
        })?;
        let content = |cause: String| NetworkError::Content {
            path: path.to_owned(),
            cause,
        };
        let file: File = toml::from_str(&text).map_err(|error| content(error.to_string()))?;
        let mut network = Self::checked(file).map_err(content)?;
        if let (Some(ca), Some(folder)) = (&mut network.ca, path.parent()) {
            // Beside the file that names it, wherever the program is started.
            *ca = folder.join(&*ca);
        }
        Ok(network)
    }

    /// The network of a name (`devnet`: FOLDER/devnet.toml), or of a file's path (with a slash, or ending in `.toml`).
    ///
    /// # Errors
    /// As [`Network::read`]; for a name that is not there, the error lists those that are.
    pub fn find(name: &str, folder: &Path) -> Result<Self, NetworkError> {
        if name.contains('/') || name.ends_with(".toml") {
            return Self::read(Path::new(name));
        }
        let path = folder.join(format!("{name}.toml"));
        if path.is_file() {
            return Self::read(&path);
        }
        let mut known: Vec<String> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned()))
            .collect();
        known.sort();
        Err(NetworkError::Unknown {
            name: name.to_owned(),
            folder: folder.to_owned(),
            known,
        })
    }

    /// Where an explorer shows a transaction.
    pub fn explorer_link(&self, hash: &str) -> Option<String> {
        Some(self.explorer.as_ref()?.replace("{hash}", hash))
    }

    fn checked(file: File) -> Result<Self, String> {
        if file.chain_id.parse::<ChainId>().is_err() {
            return Err(format!(
                "chain_id: expected 1 to 50 letters, digits, '-', '_' or '.', got {:?}",
                file.chain_id
            ));
        }
        if !file.grpc.starts_with("http://") && !file.grpc.starts_with("https://") {
            return Err(format!(
                "grpc: expected http://… or https://…, got {:?}",
                file.grpc
            ));
        }
        if file.ca.is_some() && !file.grpc.starts_with("https://") {
            return Err(format!(
                "ca: expected only with grpc = \"https://…\", got {:?}",
                file.grpc
            ));
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !file.prefix.starts_with(|c: char| c.is_ascii_lowercase()) || !file.prefix.chars().all(fits) {
            return Err(format!(
                "prefix: expected what addresses begin with, such as \"wasm\", got {:?}",
                file.prefix
            ));
        }
        let headroom = file.gas_headroom_percent.unwrap_or(HEADROOM_PERCENT);
        if headroom > 400 {
            return Err(format!("gas_headroom_percent: expected 0 to 400, got {headroom}"));
        }
        if let Some(explorer) = &file.explorer {
            if !explorer.contains("{hash}") {
                return Err(format!(
                    "explorer: expected a link with {{hash}}, got {explorer:?}"
                ));
            }
        }
        let mut assets = BTreeMap::new();
        for (name, asset) in file.assets {
            let decimals = asset.decimals;
            let asset = match (asset.native, asset.cw20) {
                (Some(denom), None) if is_denom(&denom) => Asset::native(denom),
                (Some(denom), None) => {
                    return Err(format!(
                        "assets.{name}.native: expected a coin's name, got {denom:?}"
                    ))
                }
                (None, Some(token)) if is_address(&token, &file.prefix) => Asset::cw20(token),
                (None, Some(token)) => {
                    return Err(format!(
                        "assets.{name}.cw20: expected an address {}1…, got {token:?}",
                        file.prefix
                    ))
                }
                _ => return Err(format!("assets.{name}: expected native or cw20, one of them")),
            };
            if decimals > 18 {
                return Err(format!(
                    "assets.{name}.decimals: expected 0 to 18, got {decimals}"
                ));
            }
            assets.insert(name, NamedAsset { asset, decimals });
        }
        Ok(Self {
            gas_price: file.gas_price.parse().map_err(|error| format!("{error}"))?,
            chain_id: file.chain_id,
            grpc: file.grpc,
            ca: file.ca,
            rpc: file.rpc,
            rest: file.rest,
            prefix: file.prefix,
            gas_headroom_percent: headroom,
            explorer: file.explorer,
            clock: file.clock,
            assets,
        })
    }
}

/// True for an address of a chain whose addresses begin with `prefix`.
fn is_address(text: &str, prefix: &str) -> bool {
    text.parse::<AccountId>()
        .is_ok_and(|address| address.prefix() == prefix)
}
