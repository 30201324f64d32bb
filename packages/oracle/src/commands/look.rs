//! What commands look at: the chain, and the database beside a service that runs.

use anyhow::{bail, Result};
use gridpact_client::{Chain, Network, Registry, ReportBasis};
use gridpact_readings::rfc3339;
use gridpact_units::{IntervalIndex, IntervalLength, Quality, UnixSeconds};

use crate::config::{Config, Meter};
use crate::grid::Grid;
use crate::reporting::observe::{counting, limits};

/// What the registry says, asked once.
///
/// # Errors
/// The network file; the node; no such registry.
pub async fn basis(config: &Config) -> Result<(Chain, ReportBasis)> {
    let chain = Chain::connect(Network::read(&config.network)?).await?;
    let basis = Registry::new(&chain, &config.registry).report_basis().await?;
    Ok((chain, basis))
}

/// How the grid counts.
///
/// # Errors
/// A resolution of nothing.
pub fn grid(basis: &ReportBasis) -> Result<Grid> {
    Ok(Grid {
        counting: counting(basis)?,
        limits: limits(basis),
    })
}

/// The meter of a name.
///
/// # Errors
/// None is called so.
pub fn meter<'a>(config: &'a Config, name: &str) -> Result<&'a Meter> {
    if let Some(meter) = config.meter(name) {
        return Ok(meter);
    }
    let names: Vec<&str> = config
        .meters
        .iter()
        .map(|meter| meter.name.get_ref().as_str())
        .collect();
    bail!(
        "expected the name of a meter ({}), got `{name}`",
        names.join(", ")
    )
}

/// An interval by its number or its start.
///
/// # Errors
/// Neither.
pub fn interval(text: &str, length: IntervalLength) -> Result<IntervalIndex> {
    if let Ok(number) = text.parse() {
        return Ok(IntervalIndex(number));
    }
    let start = rfc3339::parse(text)?;
    let interval = length.index_at(start.0);
    if length.start_of(interval) != start.0 {
        bail!(
            "expected an interval's number or start, got {text}: it lies in interval {interval}, which begins at {}",
            rfc3339::show(UnixSeconds(length.start_of(interval)))
        );
    }
    Ok(interval)
}

/// A quality as people say it.
pub const fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Measured => "measured",
        Quality::SubstitutedFinal => "substituted, final",
        Quality::SubstitutedProvisional => "substituted, provisional",
        Quality::Missing => "missing",
        Quality::Limited => "limited",
    }
}
