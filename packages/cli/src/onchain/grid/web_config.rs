//! `gridpact grid web-config`: the file by which the households' app knows one grid.

use std::collections::BTreeMap;

use anyhow::Result;
use cosmwasm_std::Binary;
use gridpact_client::{NamedAsset, Network, Registry, Settlement};
use gridpact_types::asset::Asset;
use serde_json::{json, Value};

use super::shared::Shared;
use super::web_args::{Node, WebArgs};
use crate::onchain::deploy::artifacts::Artifacts;
use crate::onchain::exit::bad_argument;
use crate::onchain::{files, hex, GridContracts, Session, ESCROW, REGISTRY, SETTLEMENT};

/// Version of the file that is written.
const VERSION: u32 = 1;

/// Writes it.
///
/// # Errors
/// No node for browsers; an asset without decimals in the network file; code on the chain other than the checksums say; no answer.
pub async fn run(
    session: &Session,
    contracts: &GridContracts,
    registry: &Registry,
    settlement: &Settlement,
    args: &WebArgs,
) -> Result<()> {
    let network = session.network();
    let config = settlement.config().await?;
    let escrow = contracts.escrow().ok();
    let at = [
        (REGISTRY, Some(registry.address())),
        (SETTLEMENT, Some(settlement.address())),
        (ESCROW, escrow),
    ];
    let granter = args.granter.as_deref();
    let newest = registry.committee(None).await?;
    let shared = match &args.shared_file {
        Some(path) => Some(Shared::read(session, registry, path, &newest)?),
        None => None,
    };
    let value = json!({
        "version": VERSION,
        "name": contracts.name,
        "chain": {
            "id": network.chain_id,
            "prefix": network.prefix,
            "nodes": nodes(network, &args.nodes)?,
            "fee": fee(network)?,
        },
        "contracts": { "registry": registry.address(), "settlement": settlement.address(), "escrow": escrow },
        "code": code(session, &Artifacts::open(&args.artifacts.artifacts)?, &at).await?,
        "committee": committees(registry, newest.epoch, &args.members, shared.as_ref()).await?,
        "readers": shared.as_ref().map(Shared::readers),
        "asset": asset(network, &config.asset, args)?,
        "time_zone": args.time_zone,
        "languages": args.languages,
        "fee_granter": granter.map(|granter| session.address(granter)).transpose()?,
        "archives": args.archives,
    });
    match &args.output {
        Some(path) => {
            files::write_json(path, &value)?;
            session.note(&format!("wrote {}", path.display()));
        }
        None => println!("{}", serde_json::to_string_pretty(&value)?),
    }
    Ok(())
}

fn nodes(network: &Network, given: &[Node]) -> Result<Vec<Node>> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    let rpc = network.rpc.clone().ok_or_else(|| {
        bad_argument("--node: expected NAME=RPC[,REST], since the network file has no rpc, which browsers ask; got none")
    })?;
    Ok(vec![Node {
        name: host(&rpc).to_owned(),
        rpc,
        rest: network.rest.clone(),
    }])
}

fn fee(network: &Network) -> Result<Value> {
    let price = &network.gas_price;
    let (symbol, known) = named(network, &Asset::native(&price.denom))?;
    let text = price.to_string();
    let gas_price = text.strip_suffix(&price.denom).unwrap_or(&text);
    Ok(json!({
        "denom": price.denom, "symbol": symbol, "decimals": known.decimals, "gas_price": gas_price,
    }))
}

fn asset(network: &Network, asset: &Asset, args: &WebArgs) -> Result<Value> {
    let (name, known) = named(network, asset)?;
    let symbol = args.symbol.as_deref().unwrap_or(name);
    let (kind, id) = match asset {
        Asset::Native { denom } => ("denom", denom),
        Asset::Cw20 { address } => ("cw20", address),
    };
    Ok(json!({ kind: id, "symbol": symbol, "currency": args.currency, "decimals": known.decimals }))
}

/// An asset's name and decimals: nothing on the chain tells them.
fn named<'a>(network: &'a Network, asset: &Asset) -> Result<(&'a str, &'a NamedAsset)> {
    let known = network.assets.iter().find(|(_, known)| known.asset == *asset);
    known.map(|(name, known)| (name.as_str(), known)).ok_or_else(|| {
        bad_argument(format!(
            "expected [assets.NAME] with its decimals in the network file for {}, got none",
            serde_json::to_string(asset).unwrap_or_default()
        ))
    })
}

/// The checksums that were published, which are also those of the chain.
async fn code(
    session: &Session,
    artifacts: &Artifacts,
    at: &[(&str, Option<&str>)],
) -> Result<BTreeMap<String, String>> {
    let mut checksums = BTreeMap::new();
    for (name, address) in at {
        let Some(address) = address else { continue };
        let expected = hex(&artifacts.checksum(name)?);
        let contract = session.chain().contract(address).await?;
        let code = match contract {
            Some(contract) => session.chain().code(contract.code_id).await?,
            None => None,
        };
        let got = code.map_or_else(|| "none".to_owned(), |code| hex(&code.checksum));
        if got != expected {
            return Err(bad_argument(format!(
                "{name} at {address}: expected the code {expected} of the checksums, got {got}; gridpact verify tells more"
            )));
        }
        checksums.insert((*name).to_owned(), expected);
    }
    Ok(checksums)
}

/// The committees of all epochs so far.
async fn committees(
    registry: &Registry,
    newest: u32,
    names: &[(String, String)],
    shared: Option<&Shared>,
) -> Result<Vec<Value>> {
    let mut committees = Vec::new();
    for epoch in 1..=newest {
        let committee = registry.committee(Some(epoch)).await?.committee;
        let members: Vec<Value> = committee
            .members
            .iter()
            .map(|member| {
                let given = names.iter().find(|(_, address)| *address == member.address);
                let given = given.map(|(name, _)| name.as_str());
                let name = given.or_else(|| shared?.name(&member.public_key));
                json!({ "name": name, "public_key": Binary::from(member.public_key.as_slice()) })
            })
            .collect();
        if epoch == newest {
            check_names(names, &committee.members)?;
        }
        committees.push(json!({ "epoch": epoch, "quorum": committee.quorum, "members": members }));
    }
    Ok(committees)
}

fn check_names(
    names: &[(String, String)],
    members: &[gridpact_types::registry::committee::Member],
) -> Result<()> {
    let unknown = names
        .iter()
        .find(|(_, address)| members.iter().all(|member| member.address != *address));
    match unknown {
        Some((name, got)) => {
            let known: Vec<&str> = members.iter().map(|member| member.address.as_str()).collect();
            Err(bad_argument(format!(
                "--member {name}: expected one of {}, got {got}",
                known.join(", ")
            )))
        }
        None => Ok(()),
    }
}

/// What people read of an address: `127.0.0.1:26657`.
fn host(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    rest.split('/').next().unwrap_or(rest)
}
