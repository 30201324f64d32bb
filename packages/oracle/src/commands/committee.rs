//! `gridpact-oracle committee`: the shared file, from its making to its acceptance.

use std::path::Path;
use std::sync::Arc;

use anyhow::{bail, ensure, Context, Result};
use gridpact_client::Network;
use gridpact_committee::bounds::MAX_FILE;
use gridpact_committee::chain::{ChainState, Grid};
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::file::shape::{FileMember, SharedFile};
use gridpact_committee::file::warn::{lost_without, warnings};
use gridpact_readings::rfc3339;

use super::look;
use super::options::CommitteeAction;
use crate::committee::files::Shelf;
use crate::committee::peers::identity::Identity;
use crate::committee::{files, state};
use crate::config::Config;

/// Does it.
///
/// # Errors
/// The folder, the key, the file; the chain does not answer, or knows another grid.
pub async fn run(config: &Config, action: &CommitteeAction) -> Result<()> {
    match action {
        CommitteeAction::Me { name, url } => me(config, name, url.as_deref()),
        CommitteeAction::Propose { file } => propose(config, file).await,
        CommitteeAction::Accept { hash } => accept(config, hash),
        CommitteeAction::Show => show(config).await,
    }
}

/// This member as the shared file lists it.
fn me(config: &Config, name: &str, url: Option<&str>) -> Result<()> {
    let network = Network::read(&config.network)?;
    let key = config.keys.oracle.key(&network.prefix)?;
    std::fs::create_dir_all(&config.folder).with_context(|| config.folder.display().to_string())?;
    let identity = Identity::of(&config.folder)?;
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    println!("[[members]]\nname = {}", quoted(name));
    println!("key = \"{}\"", hex::encode(key.public_key()));
    if let Some(url) = url {
        println!("url = {}", quoted(url));
    }
    println!("tls = \"{}\"", hex::encode(identity.pin()));
    Ok(())
}

/// Checks a file and puts it where the service finds it, which tells its peers.
async fn propose(config: &Config, path: &Path) -> Result<()> {
    let shown = || path.display().to_string();
    let length = std::fs::metadata(path).with_context(shown)?.len();
    let most = u64::try_from(MAX_FILE)?;
    ensure!(
        length <= most,
        "{}: expected at most {most} bytes, got {length}",
        shown()
    );
    let text = std::fs::read_to_string(path).with_context(shown)?;
    let file = files::parse(&text).with_context(shown)?;
    let (grid, state) = ask(config).await?;
    file.check_grid(&grid).with_context(shown)?;
    std::fs::create_dir_all(&config.folder).with_context(|| config.folder.display().to_string())?;
    let hash = files::keep(&config.folder, &text)?;
    tell(hash, &file, &files::look(&config.folder)?, state.as_ref());
    println!(
        "\nEvery operator looks at it and says:\n  gridpact-oracle committee accept {}\nbefore {}",
        hex::encode(hash),
        rfc3339::show(file.from.0)
    );
    Ok(())
}

/// The operator's act.
fn accept(config: &Config, wanted: &str) -> Result<()> {
    let shelf = files::look(&config.folder)?;
    let wanted = wanted.to_ascii_lowercase();
    ensure!(
        wanted.len() >= 8,
        "expected 8 digits of a hash or more, got `{wanted}`"
    );
    let found: Vec<&FileHash> = shelf
        .files
        .keys()
        .filter(|hash| hex::encode(hash).starts_with(&wanted))
        .collect();
    let hash = match found.as_slice() {
        [hash] => **hash,
        [] => bail!(
            "expected the hash of a file that is here ({}), got `{wanted}`",
            shelf.files.keys().map(hex::encode).collect::<Vec<_>>().join(", ")
        ),
        more => bail!("expected the beginning of one hash, got that of {}", more.len()),
    };
    files::accept(&config.folder, hash)?;
    println!("accepted {}", hex::encode(hash));
    Ok(())
}

/// What is here, and what it cannot do for the grid.
async fn show(config: &Config) -> Result<()> {
    let shelf = files::look(&config.folder)?;
    if shelf.files.is_empty() {
        println!("no shared file is here: `gridpact-oracle committee propose FILE`");
        return Ok(());
    }
    let state = match ask(config).await {
        Ok((_, state)) => state,
        Err(error) => {
            println!("the chain: {error:#}");
            None
        }
    };
    let mut files: Vec<_> = shelf.files.iter().collect();
    files.sort_by_key(|(hash, file)| (file.version, **hash));
    for (hash, file) in files {
        tell(*hash, file, &shelf, state.as_ref());
    }
    Ok(())
}

async fn ask(config: &Config) -> Result<(Grid, Option<ChainState>)> {
    let (chain, basis) = look::basis(config).await?;
    let registry = gridpact_client::Registry::new(&chain, &config.registry);
    let committee = registry.committee(Some(basis.next.epoch)).await?;
    let grid = state::grid_of(&chain.network().chain_id, &config.registry, &basis)?;
    Ok((grid, state::state(&basis, Arc::new(state::committee(&committee)))))
}

fn tell(hash: FileHash, file: &SharedFile, shelf: &Shelf, state: Option<&ChainState>) {
    let accepted = shelf.accepted.contains(&hash);
    let times = [file.window, file.delay, file.slot].map(|span| span.to_string());
    let [window, delay, slot] = times;
    println!(
        "file {}\n  version {}, from {}: windows of {window}, delay {delay}, slots of {slot}; {} here",
        hex::encode(hash),
        file.version,
        rfc3339::show(file.from.0),
        if accepted { "accepted" } else { "not accepted" }
    );
    println!("  {}", accepted_by(hash, file, shelf, state));
    for member in &file.members {
        let lost = lost_without(file, &member.name).len();
        let reached = member.url.as_deref().unwrap_or("calls out only");
        let homes = if lost == 1 { "home has" } else { "homes have" };
        println!(
            "  {:<12} {reached}; if it stops, {lost} {homes} no reading",
            member.name
        );
    }
    if let Some(state) = state {
        for warning in warnings(file, &state.committee, &state.seats) {
            println!("  mind: {warning}");
        }
    }
}

/// Who accepted a file, as far as the service here has heard.
pub fn accepted_by(hash: FileHash, file: &SharedFile, shelf: &Shelf, state: Option<&ChainState>) -> String {
    let by = |member: &&FileMember| shelf.heard.contains(&(hash, member.key.0));
    let names: Vec<&str> = file
        .members
        .iter()
        .filter(by)
        .map(|member| member.name.as_str())
        .collect();
    let needed = state.map(|state| format!(", {} are needed", state.committee.quorum));
    let names = match names.as_slice() {
        [] => "nobody that was heard of".to_owned(),
        names => names.join(", "),
    };
    format!("accepted by {names}{}", needed.unwrap_or_default())
}
