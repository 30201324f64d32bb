//! What this machine has: keys, and devices that answer.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use gridpact_client::Network;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::findings::Findings;
use crate::config::Config;
use crate::web::listener;

/// Bytes that the folder must have room for: a database's first pages, and its log.
const PROBE: usize = 1 << 20;
/// How long a device may take to answer.
const CONNECT: Duration = Duration::from_secs(5);

/// Reads every secret; gives the oracle's public key.
pub(super) fn secrets(config: &Config, network: &Network, found: &mut Findings) -> Option<[u8; 33]> {
    let key = match config.keys.oracle.key(&network.prefix) {
        Ok(key) => {
            found.good.push(format!(
                "keys.oracle: public key {}",
                hex::encode(key.public_key())
            ));
            Some(key.public_key())
        }
        Err(error) => {
            found.wrong.push(format!("keys.oracle: {error}"));
            None
        }
    };
    if let Some(Err(error)) = config
        .keys
        .carrier
        .as_ref()
        .map(|carrier| carrier.key(&network.prefix))
    {
        found.wrong.push(format!("keys.carrier: {error}"));
    }
    for source in &config.mqtt {
        if let Some(Err(error)) = source.password.as_ref().map(|password| password.read()) {
            found.wrong.push(format!("{}: {error}", source.name.get_ref()));
        }
    }
    if let Some(Err(error)) = config
        .push
        .as_ref()
        .and_then(|push| push.tls.as_ref())
        .map(listener::acceptor)
    {
        found.wrong.push(format!("push.tls: {error}"));
    }
    key
}

/// The folder, or the nearest one above it that is there, must take files, and what is in it must be whole: all that was ever signed
/// is there.
pub fn folder(folder: &Path, found: &mut Findings) {
    let there = folder.ancestors().find(|path| path.is_dir());
    for place in [
        there,
        Some(folder.join("archive").as_path()).filter(|path| path.is_dir()),
    ] {
        let Some(place) = place else { continue };
        let probe = place.join(format!(".gridpact-check-{}", std::process::id()));
        let tried = File::create_new(&probe).and_then(|mut file| {
            file.write_all(&[0; PROBE])?;
            file.sync_all()
        });
        let removed = fs::remove_file(&probe);
        if let Err(error) = tried.and(removed) {
            found.wrong.push(format!(
                "folder: {}: cannot be written to: {error}",
                place.display()
            ));
            return;
        }
    }
    found.good.push(format!("folder: {}", folder.display()));
}

/// Knocks at every device; a folder must be there. What does not answer now may answer later.
pub(super) async fn sources(config: &Config, found: &mut Findings) {
    let ports = config
        .p1
        .iter()
        .map(|source| (&source.name, source.address.clone()));
    let brokers = config.mqtt.iter().map(|source| {
        let address = format!("{}:{}", source.broker.host, source.broker.port);
        (&source.name, address)
    });
    for (name, address) in ports.chain(brokers) {
        let name = name.get_ref();
        match timeout(CONNECT, TcpStream::connect(&address)).await {
            Ok(Ok(_)) => found.good.push(format!("{name}: {address} answers")),
            Ok(Err(error)) => found.doubtful.push(format!("{name}: {address}: {error}")),
            Err(_) => found
                .doubtful
                .push(format!("{name}: {address}: no answer within 5 s")),
        }
    }
    for source in &config.folders {
        if !source.path.is_dir() {
            found.wrong.push(format!(
                "{}: {}: no such folder",
                source.name.get_ref(),
                source.path.display()
            ));
        }
    }
    let mut fed: BTreeSet<&str> = config
        .p1
        .iter()
        .map(|source| source.meter.get_ref().as_str())
        .collect();
    let topics = config.mqtt.iter().flat_map(|source| &source.topics);
    fed.extend(topics.map(|topic| topic.meter.get_ref().as_str()));
    let tokens = config.push.iter().flat_map(|push| &push.tokens);
    fed.extend(
        tokens
            .flat_map(|token| &token.meters)
            .map(|meter| meter.get_ref().as_str()),
    );
    if config.folders.is_empty() {
        let unfed = config
            .meters
            .iter()
            .filter(|meter| !fed.contains(meter.name.get_ref().as_str()));
        found
            .wrong
            .extend(unfed.map(|meter| format!("{}: nothing reads it", meter.name.get_ref())));
    }
}
