//! `gridpact-oracle readings`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{bail, Context, Result};
use gridpact_client::Network;
use gridpact_readings::options::Options;
use gridpact_readings::rfc3339;
use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Seconds, UnixSeconds};

use super::look;
use super::options::ReadingsAction;
use crate::clock::Clock;
use crate::config::Config;
use crate::intake::Intake;
use crate::sample::Register;
use crate::sources::folder::source::{options, Fate, FileReader};
use crate::store::given::energies;
use crate::store::readings::{register_sources, samples};
use crate::store::{look_at, Store};
use crate::tally::Tally;

/// Shows or imports.
///
/// # Errors
/// No such meter; no database; a file that is none.
pub async fn run(config: &Config, action: &ReadingsAction) -> Result<()> {
    match action {
        ReadingsAction::Show { meter, from, to } => show(config, meter, (from.as_deref(), to.as_deref())),
        ReadingsAction::Import { folder, files } => import(config, folder.as_deref(), files).await,
    }
}

fn show(config: &Config, meter: &str, (from, to): (Option<&str>, Option<&str>)) -> Result<()> {
    let name = look::meter(config, meter)?.name.get_ref().as_str();
    let now = Clock::of(&Network::read(&config.network)?).now();
    let moment = |text: Option<&str>, other: u64| match text {
        Some(text) => rfc3339::parse(text),
        None => Ok(UnixSeconds(other)),
    };
    let span = (
        moment(from, now.0.saturating_sub(Seconds::DAY.0))?,
        moment(to, now.0)?,
    );
    let connection = look_at(&config.folder)?;
    let mut shown: usize = 0;
    for register in Register::BOTH {
        for source in register_sources(&connection, name, register)? {
            for sample in samples(&connection, (name, &source), register, span)? {
                let value = show_energy(sample.value.into());
                println!(
                    "{}  {:<6} register {value}  ({source})",
                    rfc3339::show(sample.at),
                    register.name()
                );
                shown = shown.saturating_add(1);
            }
        }
    }
    for given in energies(&connection, name, span)? {
        let (import, export) = (given.reading.import.0, given.reading.export.0);
        println!(
            "{}  interval of import {}, export {}, {}",
            rfc3339::show(given.start),
            show_energy(import.into()),
            show_energy(export.into()),
            look::quality(given.reading.quality)
        );
        shown = shown.saturating_add(1);
    }
    if shown == 0 {
        println!(
            "{name}: no readings from {} to {}",
            rfc3339::show(span.0),
            rfc3339::show(span.1)
        );
    }
    Ok(())
}

/// What files are called that no source brought.
const IMPORT: &str = "import";

/// What is stated of files, and what their source is called.
fn stated(config: &Config, folder: Option<&str>) -> Result<(String, Options)> {
    let Some(name) = folder else {
        let usual = Options {
            limit: None,
            ..Options::default()
        };
        return Ok((IMPORT.to_owned(), usual));
    };
    match config.folders.iter().find(|source| source.name.get_ref() == name) {
        Some(source) => Ok((name.to_owned(), options(source))),
        None => {
            let names: Vec<&str> = config
                .folders
                .iter()
                .map(|source| source.name.get_ref().as_str())
                .collect();
            bail!(
                "--folder: expected the name of a [[folders]] source ({}), got `{name}`",
                names.join(", ")
            )
        }
    }
}

async fn import(config: &Config, folder: Option<&str>, files: &[PathBuf]) -> Result<()> {
    let (name, options) = stated(config, folder)?;
    let clock = Clock::of(&Network::read(&config.network)?);
    let store = Store::open(&config.folder, clock.now())
        .context("while the service runs, put files into a folder that it reads ([[folders]])")?;
    let grid = look::grid(&look::basis(config).await?.1)?;
    let reader = FileReader {
        name,
        meters: Arc::new(config.meters.clone()),
        options,
        intake: Intake::new(store, clock, Tally::default()),
    };
    let mut refused: usize = 0;
    for file in files {
        let path = file.display();
        match reader.take(file, &grid).await? {
            Fate::Kept(readings) => println!("{path}: {readings} readings"),
            Fate::Known => println!("{path}: read before"),
            Fate::Refused(reason) => {
                eprintln!("{path}: {reason}");
                refused = refused.saturating_add(1);
            }
        }
    }
    if refused > 0 {
        bail!("{refused} of {} files were refused", files.len());
    }
    Ok(())
}
