//! `gridpact migrate`: another code for a deployed contract, by its admin.
//!
//! The contracts take over only from versions whose state they read, and write nothing but their version: the check is
//! theirs. Here the code is stored if the chain does not have it, the contract moved to it, and both read back.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use clap::{Args, ValueEnum};
use gridpact_client::{Estimate, Message};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

use super::deploy::{self, ArtifactArgs, Artifacts, Codes, Progress, Store};
use super::exit::bad_argument;
use super::{files, listing, GridArgs, Session, ESCROW, REGISTRY, SETTLEMENT};

/// Where cw2 keeps a contract's name and version.
const VERSION_KEY: &[u8] = b"contract_info";

/// Options of `migrate`.
#[derive(Args, Debug, Clone)]
pub struct MigrateArgs {
    /// Which of the grid's contracts.
    #[arg(value_enum)]
    pub contract: Which,
    /// Wasm.
    #[command(flatten)]
    pub artifacts: ArtifactArgs,
    /// Grid, chain, key and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// One of a grid's contracts.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Projects and pledges.
    PledgeEscrow,
    /// Meters and reports.
    MeterRegistry,
    /// Accounts.
    EnergySettlement,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::PledgeEscrow => ESCROW,
            Self::MeterRegistry => REGISTRY,
            Self::EnergySettlement => SETTLEMENT,
        }
    }
}

/// What cw2 says of a contract.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
struct Version {
    contract: String,
    version: String,
}

/// What a migration is about.
struct Move {
    name: &'static str,
    address: String,
    from_code: u64,
    version: Version,
}

/// Moves a contract to the code in `artifacts/`; sends nothing where it has it already.
///
/// # Errors
/// The contract has no admin, or another one; uploading is closed; the contract refuses to take over; afterwards it does not
/// answer.
pub async fn run(args: &MigrateArgs) -> Result<bool> {
    let (session, contracts) = Session::open_grid(&args.grid).await?;
    let artifacts = Artifacts::open(&args.artifacts.artifacts)?;
    let chain_args = &args.grid.chain;
    let _lock = match chain_args.dry_run {
        true => None,
        false => Some(files::lock(&chain_args.deployments)?),
    };
    let name = args.contract.name();
    let address = contracts.contract(name)?.to_owned();
    let deployed = session.chain().contract(&address).await?;
    let deployed = deployed.with_context(|| format!("expected {name} at {address}, got nothing"))?;
    let of = Move {
        name,
        version: version(&session, &address).await?,
        from_code: deployed.code_id,
        address,
    };
    let wanted = BTreeMap::from([(name, artifacts.checksum(name)?)]);
    let codes = deploy::known_codes(session.chain(), &wanted, &Codes::new(), &session.state()?).await?;
    let code = codes.get(name).copied();
    // The same code may be stored twice: it is the checksum that counts.
    let has = session
        .chain()
        .code(of.from_code)
        .await?
        .map(|code| code.checksum);
    if has == wanted.get(name).copied() {
        return report(&session, &of, of.from_code, &[]).await;
    }
    check_admin(&session, name, deployed.admin.as_deref())?;
    if code.is_none() {
        deploy::check_permission(session.chain(), session.sender()?.address(), &[name]).await?;
    }
    if chain_args.dry_run {
        let would = dry_run(&session, &artifacts, &of, code).await?;
        session.print(&would, deploy::dry_run_text)?;
        return Ok(true);
    }
    let mut progress = Progress::of(&session, &contracts.name).await?;
    let code = carry_out(&session, &mut progress, &artifacts, &of, code).await?;
    report(&session, &of, code, progress.sent()).await
}

/// Asks, stores the code if need be, and moves the contract to it; the code's number.
async fn carry_out(
    session: &Session,
    progress: &mut Progress,
    artifacts: &Artifacts,
    of: &Move,
    code: Option<u64>,
) -> Result<u64> {
    let step = format!("migrate {} from code {}", of.name, of.from_code);
    let (code, estimate) = match code {
        Some(code) => {
            let estimate = estimate(session, of, code).await?;
            let question = format!("{step} to code {code} ({}), fee {}", of.address, estimate.fee);
            session.confirm(&question)?;
            (code, estimate)
        }
        None => {
            let store = Store::prepare(session, artifacts, of.name).await?;
            let question = format!(
                "{}, and {step} to it ({}), fee known once it is stored",
                store.line(),
                of.address
            );
            session.confirm(&question)?;
            let code = store.carry_out(session, progress).await?;
            (code, estimate(session, of, code).await?)
        }
    };
    let step = format!("{step} to code {code}");
    progress
        .step(session, &step, &[message(of, code)], &estimate)
        .await?;
    progress.note_code(session, of.name, code)?;
    Ok(code)
}

/// What is there now: `{"contract", "address", "from_code", "code", "version_before", "version", "sent"}`.
async fn report(session: &Session, of: &Move, code: u64, sent: &[deploy::Sent]) -> Result<bool> {
    let now = session
        .chain()
        .contract(&of.address)
        .await?
        .map(|contract| contract.code_id);
    ensure!(
        now == Some(code),
        "{}: expected code {code} afterwards, got {now:?}",
        of.name
    );
    // Any question shows that the new code reads the state it found.
    let _: Value = session
        .chain()
        .query(&of.address, &json!({ "config": {} }))
        .await?;
    let version = version(session, &of.address).await?;
    let value = json!({
        "contract": of.name,
        "address": of.address,
        "from_code": of.from_code,
        "code": code,
        "version_before": of.version,
        "version": version,
        "sent": sent,
    });
    let shown = |version: &Version| format!("{} {}", version.contract, version.version);
    session.print(&value, |_| {
        listing::facts([
            ("contract", format!("{} at {}", of.name, of.address)),
            ("code", format!("{code}, before {}", of.from_code)),
            (
                "version",
                format!("{}, before {}", shown(&version), shown(&of.version)),
            ),
            ("sent now", format!("{} transactions", sent.len())),
        ])
    })?;
    Ok(true)
}

async fn dry_run(session: &Session, artifacts: &Artifacts, of: &Move, code: Option<u64>) -> Result<Value> {
    let step = format!("migrate {} from code {}", of.name, of.from_code);
    let steps = match code {
        Some(code) => {
            let estimate = estimate(session, of, code).await?;
            vec![deploy::step_json(&step, &[message(of, code)], &estimate)]
        }
        None => {
            let store = Store::prepare(session, artifacts, of.name).await?;
            vec![store.json(), json!({ "step": step, "gas": null, "fee": null })]
        }
    };
    Ok(json!({ "would": steps }))
}

/// What migrating costs; the contract itself is asked whether it takes over.
async fn estimate(session: &Session, of: &Move, code: u64) -> Result<Estimate> {
    let estimate = session.sender()?.estimate(&[message(of, code)]).await;
    estimate.with_context(|| format!("migrate {} to code {code}", of.name))
}

fn message(of: &Move, code: u64) -> Message {
    Message::Migrate {
        contract: of.address.clone(),
        code_id: code,
        msg: b"{}".to_vec(),
    }
}

fn check_admin(session: &Session, name: &str, admin: Option<&str>) -> Result<()> {
    let Some(admin) = admin else {
        return Err(bad_argument(format!(
            "{name} has no admin: its code can never be replaced, as the grid's file asked for"
        )));
    };
    let signer = session.sender()?.address();
    if signer != admin {
        return Err(bad_argument(format!(
            "--from: expected the admin of {name}, {admin}, got {signer}"
        )));
    }
    Ok(())
}

async fn version(session: &Session, address: &str) -> Result<Version> {
    let raw = session.chain().raw_state(address, VERSION_KEY).await?;
    let raw = raw.with_context(|| format!("{address}: expected a name and version (cw2), got none"))?;
    serde_json::from_slice(&raw).with_context(|| format!("{address}: name and version (cw2)"))
}
