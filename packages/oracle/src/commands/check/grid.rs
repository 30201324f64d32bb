//! What the grid asks for, against what the file here says.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context, Result};
use gridpact_client::{Chain, Network, Registry, ReportBasis};
use gridpact_committee::chain::{ChainState, Grid};

use super::findings::Findings;
use crate::committee::files::{self, Shelf};
use crate::committee::peers::identity::Identity;
use crate::committee::{honesty, state};
use crate::config::Config;
use crate::reporting::chain::asking;

pub(super) async fn chain(
    config: &Config,
    network: Network,
    key: Option<[u8; 33]>,
    found: &mut Findings,
) -> Result<(ReportBasis, bool)> {
    let chain = Chain::connect(network).await?;
    let registry = Registry::new(&chain, &config.registry);
    let basis = registry.report_basis().await;
    let basis = basis.with_context(|| asking(&config.registry))?;
    found
        .good
        .push(format!("chain: {} answers", chain.network().grpc));
    let committee = registry.committee(None).await?;
    let alone = committee.committee.members.len() == 1;
    if let Some(key) = key {
        let mut keys = committee.committee.members.iter();
        match keys.any(|member| member.public_key.as_slice() == key) {
            true => found
                .good
                .push(format!("committee: a member of epoch {}", committee.epoch)),
            false => found.wrong.push(format!(
                "committee of epoch {}: keys.oracle is no member's key",
                committee.epoch
            )),
        }
    }
    if let Some(key) = key.filter(|_| !alone) {
        let grid = state::grid_of(&chain.network().chain_id, &config.registry, &basis)?;
        let state = state::state(&basis, Arc::new(state::committee(&committee)));
        let shelf = files::look(&config.folder)?;
        if let Some(state) = state {
            shared_file(config, &shelf, (&grid, &state), &key, found);
            lines(config, &shelf, &key, found);
        }
    }
    Ok((basis, alone))
}

/// The file that the committee shares: whether this member can take part by it, and what it cannot do for the grid.
pub fn shared_file(
    config: &Config,
    shelf: &Shelf,
    (grid, state): (&Grid, &ChainState),
    key: &[u8; 33],
    found: &mut Findings,
) {
    let file = honesty::newest_accepted(shelf);
    let obstacles = honesty::obstacles(file, grid, state, key);
    let fits = obstacles.is_empty();
    found.wrong.extend(obstacles);
    let Some(file) = file else {
        return;
    };
    if fits {
        found.good.push(format!(
            "shared file: version {}, {}",
            file.version,
            hex::encode(file.hash())
        ));
    }
    found.doubtful.extend(honesty::warnings_for(file, state, key));
    let member = file.members.iter().find(|member| member.key.0 == *key);
    let Some(name) = member.map(|member| &member.name) else {
        return;
    };
    let mine = file.meters.iter().filter(|meter| meter.readers.contains(name));
    for meter in mine {
        if !config.meters.iter().any(|here| here.slot == meter.slot) {
            found.doubtful.push(format!(
                "slot {}: the shared file says that {name} reads it, and no meter here does",
                meter.slot
            ));
        }
    }
}

/// What the shared file says of the lines to this member, against what is here: by another TLS key nobody lets it in.
pub fn lines(config: &Config, shelf: &Shelf, key: &[u8; 33], found: &mut Findings) {
    let file = honesty::newest_accepted(shelf);
    let Some(member) = file.and_then(|file| file.members.iter().find(|member| member.key.0 == *key)) else {
        return;
    };
    match Identity::known(&config.folder).map(|known| known.map(|identity| identity.pin())) {
        Ok(Some(pin)) if pin == member.tls.0 => {}
        Ok(pin) => {
            let got = pin.map_or("none yet".to_owned(), hex::encode);
            found.wrong.push(format!(
                "shared file: tls of {}: expected {}, the key of another peers.key, got {got} here: the others let it not in",
                member.name,
                hex::encode(member.tls.0)
            ));
        }
        Err(error) => found.wrong.push(error.to_string()),
    }
    match (&member.url, config.peers.listen) {
        (Some(url), None) => found.wrong.push(format!(
            "peers.listen: expected an address, since the shared file says that {} is called at {url}, got none",
            member.name
        )),
        (None, Some(listen)) => found.doubtful.push(format!(
            "peers.listen: {listen}, and by the shared file nobody calls {}: it has no url there",
            member.name
        )),
        _ => {}
    }
}

/// Meters against the roster, both ways; where others read meters too, what is not read here is no finding.
pub(super) fn meters(config: &Config, basis: &ReportBasis, alone: bool, found: &mut Findings) {
    let seated: BTreeSet<_> = basis.seats.iter().filter_map(|seat| seat.slot).collect();
    for meter in config.meters.iter().filter(|meter| !seated.contains(&meter.slot)) {
        let name = meter.name.get_ref();
        found.doubtful.push(format!(
            "{name}: slot {} has no seat in roster {}",
            meter.slot, basis.next.roster_version
        ));
    }
    for slot in seated.into_iter().filter(|_| alone) {
        if !config.meters.iter().any(|meter| meter.slot == slot) {
            found.doubtful.push(format!(
                "slot {slot}: no meter here reads it; it will be missing in every report"
            ));
        }
    }
}

/// What can never be in time.
pub fn times(config: &Config, basis: &ReportBasis, found: &mut Findings) {
    let (rules, grid) = (&config.report, &basis.config);
    let length = u64::from(grid.interval_length.seconds());
    for (name, span) in [("report.window", rules.window), ("report.offset", rules.offset)] {
        if span.0 .0.checked_rem(length) != Some(0) {
            found.wrong.push(format!(
                "{name}: expected a multiple of the grid's interval, {length} s, got {span}"
            ));
        }
    }
    let oldest = rules.window.0 .0.saturating_add(rules.delay.0 .0);
    if oldest > grid.report_limit.0 {
        found.wrong.push(format!(
            "report: a window's first interval is {oldest} s old when it is reported; the registry takes none above {} s",
            grid.report_limit
        ));
    }
    // How old a window's first interval is when it is reported: the oldest reading that can be in time.
    for meter in config.meters.iter().filter(|meter| meter.lag.0 > rules.delay.0) {
        let which = if meter.lag.0 .0 >= oldest {
            "none of its readings is ever in time"
        } else {
            "its last readings are never in time"
        };
        found.doubtful.push(format!(
            "{}: comes {} late, and reports are made {} after their end: {which}",
            meter.name.get_ref(),
            meter.lag,
            rules.delay
        ));
    }
}
