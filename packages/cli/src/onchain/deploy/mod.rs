//! `gridpact deploy`: a grid's three contracts on a chain, from its file.
//!
//! Every step asks the chain what is there and notes what it did before the next begins. Stopped at any point and run
//! again it goes on; run when all is done it sends nothing.

pub mod artifacts;
mod codes;
mod git;
mod progress;
pub mod projects;
pub mod record;
mod steps;
mod survey;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{json, Value};

use super::grid_file::{GridFile, Names};
use super::state_file::StateFile;
use super::{files, listing, network, verify, ChainArgs, Session, Wallet, ESCROW, REGISTRY, SETTLEMENT};

pub use artifacts::{ArtifactArgs, Artifacts, Checksum};
pub use codes::{check_permission, known as known_codes, Codes};
pub use progress::Progress;
pub use record::{Record, Sent};
pub use steps::{dry_run_text, step_json, Store};
pub use survey::Survey;

/// Options of `deploy`.
#[derive(Args, Debug, Clone)]
pub struct DeployArgs {
    /// The grid's file; grids/example.toml explains what stands in it.
    pub file: PathBuf,
    /// Wasm.
    #[command(flatten)]
    pub artifacts: ArtifactArgs,
    /// Chain, key and output.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Deploys a grid, or goes on with a deployment that was stopped; `false` where the chain differs afterwards from what was
/// asked for.
///
/// # Errors
/// Everything that is wrong with the file; uploading is closed; refused by the chain or the person asked.
pub async fn run(args: &DeployArgs) -> Result<bool> {
    // A mistake in a file shows without a chain.
    let network = network(&args.chain)?;
    let wallet = Wallet::new(&args.chain.keys, &network.prefix)?;
    let names = Names {
        network: &network,
        wallet: &wallet,
    };
    let grid = GridFile::read(&args.file, names)?;
    let artifacts = Artifacts::open(&args.artifacts.artifacts)?;
    let session = Session::open(&args.chain).await?;
    let folder = &args.chain.deployments;
    let _lock = if args.chain.dry_run {
        None
    } else {
        Some(files::lock(folder)?)
    };

    let mut progress = Progress::begin(&session, &grid).await?;
    let state = StateFile::read(folder)?;
    let survey = Survey::of(
        session.chain(),
        &grid,
        progress.creator(),
        &artifacts,
        &state,
        progress.recorded(),
    )
    .await?;
    if !survey.to_store.is_empty() {
        check_permission(session.chain(), progress.creator(), &survey.to_store).await?;
    }
    if args.chain.dry_run {
        let would = steps::dry_run(&session, &survey, &grid, &artifacts).await?;
        session.print(&would, dry_run_text)?;
        return Ok(true);
    }
    progress.note_survey(&survey)?;
    if !survey.is_done() {
        steps::carry_out(&session, &mut progress, &survey, &grid, &artifacts).await?;
    }
    progress.finish(&session, &survey).await?;

    let checks = verify::compare(&session, &survey.addresses()?, &artifacts, Some(&grid)).await?;
    let same = checks.iter().all(verify::Check::is_same);
    for check in checks.iter().filter(|check| !check.is_same()) {
        session.note(&check.difference());
    }
    session.print(&result(&progress, &survey)?, |_| text(&progress, &survey, &grid))?;
    Ok(same)
}

/// `{"grid", "chain_id", "creator", "contracts": {name: address}, "sent": [transactions of this run]}`.
fn result(progress: &Progress, survey: &Survey) -> Result<Value> {
    let contracts = survey
        .contracts
        .iter()
        .map(|(name, contract)| (name.clone(), contract.address.clone().into()));
    Ok(json!({
        "grid": progress.grid(),
        "chain_id": progress.chain_id(),
        "creator": progress.creator(),
        "contracts": Value::Object(contracts.collect()),
        "sent": serde_json::to_value(progress.sent())?,
    }))
}

fn text(progress: &Progress, survey: &Survey, grid: &GridFile) -> String {
    let mut facts = vec![("grid", format!("{} on {}", grid.name, progress.chain_id()))];
    for name in [ESCROW, REGISTRY, SETTLEMENT] {
        let address = survey
            .contracts
            .get(name)
            .map(|contract| contract.address.clone());
        facts.push((name, address.unwrap_or_default()));
    }
    facts.push(("sent now", format!("{} transactions", progress.sent().len())));
    facts.push((
        "noted in",
        progress.folder().join("state.json").display().to_string(),
    ));
    listing::facts(facts)
}
