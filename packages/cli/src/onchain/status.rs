//! `gridpact status`: does the chain answer, and what has an account there.

use anyhow::Result;
use clap::Args;
use gridpact_types::asset::Asset;
use serde_json::{json, Map};

use super::{listing, money, time, ChainArgs, Session};

/// Options of `status`.
#[derive(Args, Debug, Clone)]
pub struct StatusArgs {
    /// Whose balances to show: an address or the name of a key. By default of --from, if given.
    pub account: Option<String>,
    /// Chain, key and output.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Shows the last block and an account's balances in the assets that the network file names and in the coin that fees are
/// paid in.
///
/// # Errors
/// The chain does not answer; no such key.
pub async fn run(args: &StatusArgs) -> Result<bool> {
    let session = Session::open(&args.chain).await?;
    let network = session.network();
    let block = session.chain().latest().await?;
    let mut facts = vec![
        ("chain", network.chain_id.clone()),
        ("reached at", network.grpc.clone()),
        (
            "last block",
            format!("{} of {}", block.height, time::show(block.time)),
        ),
        ("gas price", network.gas_price.to_string()),
    ];
    let mut value = Map::from_iter([
        ("chain_id".to_owned(), json!(network.chain_id)),
        ("height".to_owned(), json!(block.height)),
        ("time".to_owned(), json!(time::show(block.time))),
        ("gas_price".to_owned(), json!(network.gas_price.to_string())),
    ]);
    if let Some(account) = args.account.as_ref().or(args.chain.from.as_ref()) {
        let address = session.address(account)?;
        let mut balances = Map::new();
        value.insert("address".to_owned(), json!(address));
        facts.push(("account", address.clone()));
        for asset in assets(&session) {
            let balance = session.balance(&address, &asset).await?;
            facts.push(("balance", money::show(balance, &asset, network)));
            balances.insert(asset.to_string(), serde_json::to_value(balance)?);
        }
        value.insert("balances".to_owned(), balances.into());
    }
    session.print(&value, |_| listing::facts(facts))?;
    Ok(true)
}

/// What the network file names, and what fees are paid in.
fn assets(session: &Session) -> Vec<Asset> {
    let network = session.network();
    let named = network.assets.values().map(|named| named.asset.clone());
    let mut assets: Vec<Asset> = named
        .chain([Asset::native(network.gas_price.denom.as_str())])
        .collect();
    assets.sort();
    assets.dedup();
    assets
}
