//! `gridpact verify`: the chain against the files and against its own transactions. Anybody can run it; no key is needed.

mod books;
mod check;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use gridpact_client::{Registry, Settlement};
use gridpact_market::Concern;
use serde_json::json;

use super::deploy::artifacts::{ArtifactArgs, Artifacts};
use super::deploy::record;
use super::grid_file::{Addresses, EscrowPlan, GridFile, Names};
pub use check::Check;

use books::Recomputed;

use super::{hex, GridArgs, GridContracts, Listing, Session, ESCROW, REGISTRY, SETTLEMENT};

/// Options of `verify`.
#[derive(Args, Debug, Clone)]
pub struct VerifyArgs {
    /// The grid's file. By default the one it was deployed from, if it is still there.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Also recompute the grid's books on this machine, from the chain's transactions alone, and compare every balance,
    /// every held window, the community account and the totals with what the contracts answer.
    ///
    /// Reads the transactions since the contracts were made: signatures are checked again, windows are settled again, and
    /// money is counted as it came and went. The node must still have those blocks, and an index of transactions. What the
    /// contracts answer is asked for as of the last block read, which is told. A difference is told in full, and the
    /// exit code is 1.
    #[arg(long)]
    pub books: bool,
    /// Checksums.
    #[command(flatten)]
    pub artifacts: ArtifactArgs,
    /// Grid, chain and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// Compares a deployed grid with its files; `false` where something differs.
///
/// # Errors
/// The grid is not deployed; a file that is not as expected; the chain does not answer.
pub async fn run(args: &VerifyArgs) -> Result<bool> {
    let (session, contracts) = Session::open_grid(&args.grid).await?;
    let artifacts = Artifacts::open(&args.artifacts.artifacts)?;
    let file = grid_file(args, &session, &contracts)?;
    let at = Addresses {
        escrow: contracts.escrow()?.to_owned(),
        registry: contracts.registry()?.to_owned(),
        settlement: contracts.settlement()?.to_owned(),
    };
    let mut checks = compare(&session, &at, &artifacts, file.as_ref()).await?;
    if let Some(file) = &file {
        checks.insert(0, Check::of("name", &file.name, &contracts.name));
    }
    let books = if args.books && !is_missing(&checks) {
        Some(books::recompute(&session, &at, &mut checks).await?)
    } else {
        None
    };
    let same = checks.iter().all(Check::is_same);
    let value = json!({
        "grid": contracts.name,
        "chain_id": session.network().chain_id,
        "same": same,
        "grid_file": file.as_ref().map(|file| file.path.clone()),
        "books": books,
        "checks": checks,
    });
    session.print(&value, |_| text(&checks, file.as_ref(), books.as_ref()))?;
    Ok(same)
}

fn grid_file(args: &VerifyArgs, session: &Session, contracts: &GridContracts) -> Result<Option<GridFile>> {
    let names = Names {
        network: session.network(),
        wallet: session.wallet(),
    };
    if let Some(file) = &args.file {
        return GridFile::read(file, names).map(Some);
    }
    let folder = &session.args().deployments;
    let record = record::read(folder, &session.network().chain_id, &contracts.name)?;
    let path = record
        .map(|record| record.grid_file)
        .filter(|path| path.is_file());
    path.map(|path| GridFile::read(&path, names)).transpose()
}

/// Everything that can be compared; without the grid's file only code and wiring.
///
/// # Errors
/// The chain does not answer, or a contract is none of ours.
pub async fn compare(
    session: &Session,
    at: &Addresses,
    artifacts: &Artifacts,
    file: Option<&GridFile>,
) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    if let Some(EscrowPlan::At(address)) = file.map(|file| &file.escrow) {
        checks.push(Check::of("pledge-escrow: address", address, &at.escrow));
    }
    for (name, address) in [
        (ESCROW, &at.escrow),
        (REGISTRY, &at.registry),
        (SETTLEMENT, &at.settlement),
    ] {
        let Some(contract) = session.chain().contract(address).await? else {
            checks.push(Check::of(name, format!("a contract at {address}"), "nothing"));
            continue;
        };
        let code = session.chain().code(contract.code_id).await?;
        let got = code.map_or_else(|| "no such code".to_owned(), |code| hex(&code.checksum));
        checks.push(Check::of(
            format!("{name}: code"),
            hex(&artifacts.checksum(name)?),
            got,
        ));
        // An escrow shared with others has the admin that its maker chose.
        let own = file.filter(|file| name != ESCROW || matches!(file.escrow, EscrowPlan::New(_)));
        if let Some(file) = own {
            let admin = |admin: &Option<String>| admin.clone().unwrap_or_else(|| "none".to_owned());
            checks.push(Check::of(
                format!("{name}: admin"),
                admin(&file.admin),
                admin(&contract.admin),
            ));
        }
    }
    if is_missing(&checks) {
        return Ok(checks);
    }
    compare_registry(session, at, file, &mut checks).await?;
    compare_settlement(session, at, file, &mut checks).await?;
    if let Some(message) = file.and_then(GridFile::escrow_message) {
        let config = gridpact_client::Escrow::new(session.chain(), &at.escrow)
            .config()
            .await?;
        checks.extend(Check::json(
            "pledge-escrow: assets",
            &message.assets,
            &config.assets,
        )?);
    }
    Ok(checks)
}

/// Whether a contract is not there.
fn is_missing(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.got == "nothing")
}

async fn compare_registry(
    session: &Session,
    at: &Addresses,
    file: Option<&GridFile>,
    checks: &mut Vec<Check>,
) -> Result<()> {
    let registry = Registry::new(session.chain(), &at.registry);
    let config = registry.config().await?;
    checks.push(Check::of(
        "meter-registry: settlement",
        &at.settlement,
        &config.settlement,
    ));
    let Some(file) = file else { return Ok(()) };
    let owner = registry
        .ownership()
        .await?
        .owner
        .unwrap_or_else(|| "nobody".to_owned());
    checks.push(Check::of("operator", &file.operator, owner));
    let committee = registry.committee(None).await?.committee;
    checks.extend(Check::json("committee", &file.committee, &committee)?);
    let message = file.registry_message(at);
    let seconds = |seconds: u64| format!("{seconds} s");
    checks.push(Check::of(
        "interval",
        seconds(message.interval_length.seconds().into()),
        seconds(config.interval_length.seconds().into()),
    ));
    let counted = |milliwatt_hours: u32| format!("{milliwatt_hours} mWh");
    checks.push(Check::of(
        "resolution",
        counted(message.resolution),
        counted(config.resolution),
    ));
    checks.push(Check::of(
        "challenge period",
        seconds(message.challenge_period.0),
        seconds(config.challenge_period.0),
    ));
    checks.push(Check::of(
        "report limit",
        seconds(message.report_limit.0),
        seconds(config.report_limit.0),
    ));
    Ok(())
}

async fn compare_settlement(
    session: &Session,
    at: &Addresses,
    file: Option<&GridFile>,
    checks: &mut Vec<Check>,
) -> Result<()> {
    let config = Settlement::new(session.chain(), &at.settlement).config().await?;
    checks.push(Check::of(
        "energy-settlement: registry",
        &at.registry,
        &config.registry,
    ));
    let Some(file) = file else { return Ok(()) };
    let message = file.settlement_message(at);
    checks.extend(Check::json("asset", &message.asset, &config.asset)?);
    checks.extend(Check::json("policy", &message.policy, &config.policy)?);
    checks.push(Check::of(
        "concerns",
        concerns(&message.policy.concerns()),
        concerns(&config.concerns),
    ));
    checks.extend(Check::json("fees", &message.fees, &config.fees)?);
    checks.extend(Check::json("rounding", &message.rounding, &config.rounding)?);
    Ok(())
}

/// How the policy hurts members, by name.
fn concerns(concerns: &[Concern]) -> String {
    let names: Vec<String> = concerns.iter().map(ToString::to_string).collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(", ")
}

fn text(checks: &[Check], file: Option<&GridFile>, books: Option<&Recomputed>) -> String {
    let mut list = Listing::new(["compared", "", "on the chain"]);
    for check in checks.iter().filter(|check| check.is_same()) {
        list.row([check.what.clone(), "same".to_owned(), shortened(&check.got)]);
    }
    let mut text = list.to_string();
    for check in checks.iter().filter(|check| !check.is_same()) {
        text.push_str(&format!("DIFFERS  {}\n", check.difference()));
    }
    match file {
        Some(file) => text.push_str(&format!("compared with {}\n", file.path.display())),
        None => text
            .push_str("without a grid's file (--file): operator, committee and policy were not compared\n"),
    }
    if let Some(books) = books {
        text.push_str(&books.text());
    }
    text
}

/// A table's cell: the differences below the table are told in full.
fn shortened(text: &str) -> String {
    const MOST: usize = 70;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}
