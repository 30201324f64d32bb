//! What of a grid's file a simulation goes by: metering and market. Whose accounts and keys it names does not matter there.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use gridpact_client::{GasPrice, NamedAsset, Network};
use gridpact_market::Policy;
use gridpact_simulation::run::Currency;
use gridpact_simulation::schedule::Windows;
use gridpact_types::asset::Asset;

use super::accept::ROUNDING;
use super::parts::Names;
use super::{market, read};
use crate::onchain::exit::bad_argument;
use crate::onchain::fields;
use crate::onchain::Wallet;

/// What addresses begin with where nothing is sent.
const PREFIX: &str = "wasm";

/// A grid's rules, to be tried on readings.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsal {
    /// How surplus is shared and paid for.
    pub policy: Policy,
    /// When windows begin, and how long they stay provisional.
    pub windows: Windows,
    /// Whether the file says that rounding may take more than 1 %.
    pub accept_rounding: bool,
}

impl Rehearsal {
    /// The name of the asset that homes pay in; `None` where the file does not say it as it should, of which [`Rehearsal::read`] tells.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn asset(path: &Path) -> Result<Option<String>> {
        let file: Option<toml::Table> = toml::from_str(&text(path)?).ok();
        let asset = file
            .as_ref()
            .and_then(|file| file.get("market")?.get("asset")?.as_str());
        Ok(asset.map(ToOwned::to_owned))
    }

    /// Reads the file that `gridpact deploy` takes. Its asset must be the currency's, whose decimals no file of a grid says.
    ///
    /// # Errors
    /// The file cannot be read; everything that is wrong with these parts of it, each with its line.
    pub fn read(path: &Path, currency: &Currency) -> Result<Self> {
        let text = text(path)?;
        let (network, wallet) = (network(currency)?, Wallet::rehearsal(PREFIX));
        let names = Names {
            network: &network,
            wallet: &wallet,
        };
        fields::read(path, &text, |file, _| {
            let metering = file.table("metering").and_then(read::metering);
            let interval = metering.map(|metering| metering.interval);
            let market = file
                .table("market")
                .and_then(|table| market::read(table, interval, names));
            let (metering, market) = (metering?, market?);
            Some(Self {
                windows: Windows {
                    challenge_period: metering.challenge_period,
                    rosters_begin: Some(metering.rosters_begin),
                    report_limit: Some(metering.report_limit),
                },
                accept_rounding: market.accepted.iter().any(|name| name == ROUNDING),
                policy: market.policy,
            })
        })
    }
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| bad_argument(format!("{}: {error}", path.display())))
}

/// A network of the currency alone.
fn network(currency: &Currency) -> Result<Network> {
    let asset = NamedAsset {
        asset: Asset::Native {
            denom: format!("u{}", currency.name.to_ascii_lowercase()),
        },
        decimals: currency.decimals,
    };
    let gas_price: GasPrice = "0stake".parse()?;
    Ok(Network {
        chain_id: "rehearsal".to_owned(),
        grpc: String::new(),
        ca: None,
        rpc: None,
        rest: None,
        prefix: PREFIX.to_owned(),
        gas_price,
        gas_headroom_percent: 0,
        explorer: None,
        clock: None,
        assets: BTreeMap::from([(currency.name.clone(), asset)]),
    })
}
