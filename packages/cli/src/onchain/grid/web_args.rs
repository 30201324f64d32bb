//! Options of `gridpact grid web-config`.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZoneDatabase;
use serde::Serialize;

use crate::onchain::deploy::artifacts::ArtifactArgs;

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
    /// What people call it.
    pub name: String,
    /// Its RPC endpoint: a URL, or a path of the app's own address.
    pub rpc: String,
    /// Its REST endpoint, which Keplr wants.
    pub rest: Option<String>,
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
