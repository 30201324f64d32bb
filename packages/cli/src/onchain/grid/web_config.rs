//! `gridpact grid web-config`: the file by which the households' app knows one grid.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use cosmwasm_std::Binary;
use gridpact_client::{NamedAsset, Network, Registry, Settlement};
use gridpact_types::asset::Asset;
use jiff::tz::TimeZoneDatabase;
use serde::Serialize;
use serde_json::{json, Value};

use super::shared::Shared;
use crate::onchain::deploy::artifacts::{ArtifactArgs, Artifacts};
use crate::onchain::exit::bad_argument;
use crate::onchain::{files, hex, GridContracts, Session, ESCROW, REGISTRY, SETTLEMENT};

/// Version of the file that is written.
const VERSION: u32 = 1;

/// Options of `grid web-config`.
#[derive(Args, Debug, Clone)]
pub struct WebArgs {
    /// Write it there, beside the app. Without it: print it.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A node that browsers may ask: its name for people and its RPC endpoint, and behind a comma its REST endpoint, which Keplr wants.
    /// Several: the app asks two and tells where they differ. A village's own computer that serves the app over plain http hands on to
    /// its node: NAME=/rpc,/rest. By default the network file's.
    #[arg(long = "node", value_name = "NAME=RPC[,REST]", value_parser = parse_node)]
    pub nodes: Vec<Node>,
    /// The grid's time zone, by its IANA name: days and months are local.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    pub time_zone: String,
    /// Languages of the app, the first is the one it begins with.
    #[arg(long, value_name = "CODES", value_delimiter = ',', default_value = "en,de", value_parser = parse_language)]
    pub languages: Vec<String>,
    /// What people call the grid's money. By default its name in the network file.
    #[arg(long, value_name = "TEXT")]
    pub symbol: Option<String>,
    /// ISO 4217 code, where a unit of the grid's money is one of a currency.
    #[arg(long, value_name = "CODE", value_parser = parse_currency)]
    pub currency: Option<String>,
    /// A name for a member of the committee, by its address: shown beside its signatures.
    #[arg(long = "member", value_name = "NAME=ADDRESS", value_parser = parse_named)]
    pub members: Vec<(String, String)>,
    /// The shared file of a committee of several, which gridpact-oracle committee propose spreads: the app then says who reads each
    /// meter, and which are read by one alone. Members without --member have their names from it.
    #[arg(long, value_name = "FILE")]
    pub shared_file: Option<PathBuf>,
    /// Who pays the households' network fees (gridpact grid grant-fees): an address, or the name of a key.
    #[arg(long, value_name = "ACCOUNT")]
    pub granter: Option<String>,
    /// A host of the files that verify --books --archive writes, or /archive where they lie beside the app.
    #[arg(long = "mirror", value_name = "URL", value_parser = parse_place)]
    pub archives: Vec<String>,
    /// Checksums.
    #[command(flatten)]
    pub artifacts: ArtifactArgs,
}

/// A node that browsers may ask.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Node {
    name: String,
    rpc: String,
    rest: Option<String>,
}

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

fn parse_named(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err(format!("expected NAME=VALUE, got `{text}`")),
    }
}

fn parse_node(text: &str) -> Result<Node, String> {
    let (name, urls) = parse_named(text).map_err(|_| format!("expected NAME=RPC[,REST], got `{text}`"))?;
    let (rpc, rest) = match urls.split_once(',') {
        Some((rpc, rest)) => (rpc, Some(parse_place(rest)?)),
        None => (urls.as_str(), None),
    };
    let rpc = parse_place(rpc)?;
    Ok(Node { name, rpc, rest })
}

/// What a page may ask: https anywhere, plain http of the machine that it runs on, and a path below the app's own address, where
/// whatever serves the app hands on to a village's node.
fn parse_place(text: &str) -> Result<String, String> {
    let host = |rest: &str| rest.split(['/', ':']).next().unwrap_or(rest).to_owned();
    let may_be_asked = match text.split_once("://") {
        Some(("https", rest)) => !host(rest).is_empty(),
        Some(("http", rest)) => ["localhost", "127.0.0.1"].contains(&host(rest).as_str()),
        Some(_) => false,
        None => text.starts_with('/') && !text.starts_with("//"),
    };
    if may_be_asked && !text.contains(char::is_whitespace) {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!(
            "expected https://…, http://localhost or a path of the app's own address such as /rpc, which is all that browsers \
             let a page ask; got `{text}`"
        ))
    }
}

fn parse_zone(text: &str) -> Result<String, String> {
    let zone = TimeZoneDatabase::bundled().get(text);
    let name = zone.ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    name.ok_or_else(|| format!("expected an IANA time zone such as Europe/Vienna, got `{text}`"))
}

fn parse_language(text: &str) -> Result<String, String> {
    let is_code = text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_lowercase());
    is_code
        .then(|| text.to_owned())
        .ok_or_else(|| format!("expected codes of two letters such as en,de, got `{text}`"))
}

fn parse_currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase());
    is_code
        .then(|| text.to_owned())
        .ok_or_else(|| format!("expected a code of ISO 4217 such as EUR, got `{text}`"))
}
