//! The chain against the files: code, wiring, admin, operator, committee, policy.

use anyhow::Result;
use gridpact_client::{Escrow, Registry, Settlement};
use gridpact_market::Concern;

use super::check::Check;
use crate::onchain::deploy::artifacts::Artifacts;
use crate::onchain::deploy::projects::is_as_planned;
use crate::onchain::grid_file::{Addresses, EscrowPlan, GridFile, Hashes};
use crate::onchain::{hex, Session, ESCROW, REGISTRY, SETTLEMENT};

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
        } else if let Some(admin) = &contract.admin {
            let may = "may replace its code, and so take what it holds";
            session.note(&format!("{name}: its admin {admin} {may}"));
        }
    }
    if is_missing(&checks) {
        return Ok(checks);
    }
    compare_registry(session, at, file, &mut checks).await?;
    compare_settlement(session, at, file, &mut checks).await?;
    if let Some(message) = file.and_then(GridFile::escrow_message) {
        let config = Escrow::new(session.chain(), &at.escrow).config().await?;
        checks.extend(Check::json(
            "pledge-escrow: assets",
            &message.assets,
            &config.assets,
        )?);
    }
    Ok(checks)
}

/// Whether a contract is not there.
pub fn is_missing(checks: &[Check]) -> bool {
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
    checks.extend(Check::json(
        "rosters begin",
        &message.rosters_begin,
        &config.rosters_begin,
    )?);
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
    let escrow = Escrow::new(session.chain(), &at.escrow);
    let mut hashes = Hashes::new();
    for planned in &file.projects {
        let found = escrow.project(planned.number).await?;
        // A project of other terms is a difference, told with what the grid says of it.
        let (hash, told) = match is_as_planned(planned, &found) {
            Ok(hash) => (hash.clone(), hash.to_hex()),
            Err(error) => (found.terms_hash, error.to_string()),
        };
        checks.push(Check::of(
            format!("project {}: terms", planned.number),
            hash.to_hex(),
            told,
        ));
        hashes.insert(planned.number, hash);
    }
    let message = file.settlement_message(at, &hashes)?;
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
