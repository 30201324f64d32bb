//! `gridpact report`: readings on their way to the chain: make, sign, combine, carry; and looking into what was carried.

mod args;
mod carried;
mod draft;
mod inspect;
mod plan;
mod readings;
mod show;

use std::path::{Path, PathBuf};

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Binary;
use gridpact_client::Registry;
use gridpact_report::encode;
use gridpact_units::IntervalLength;
use serde_json::json;

use super::exit::bad_argument;
use super::{files, hex, Session, Wallet};

pub use args::{Action, ReportArgs};
use carried::carried_in;
pub use draft::{Draft, Signed};
pub use inspect::Summary;
pub use plan::Plan;
pub use readings::{make, Made, COLUMNS};

/// Carries it out.
///
/// # Errors
/// Bad files and arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &ReportArgs) -> Result<bool> {
    match &args.action {
        Action::Sign { draft, out } => return sign(args, draft, out),
        Action::Make {
            csv,
            plan: Some(plan),
            intervals,
            revision,
            out,
        } => {
            return make_draft(args, &Plan::read(plan)?, csv, *intervals, *revision, out);
        }
        Action::Inspect { report, by_seat } if Path::new(report).is_file() => {
            let length = interval_length(args).await;
            let summary = Summary::of(&Draft::read(Path::new(report))?, length, *by_seat)?;
            super::print(args.on.grid.chain.json, &summary, Summary::text)?;
            return Ok(true);
        }
        _ => {}
    }
    let (session, address) = super::contract(&args.on, |grid| grid.registry()).await?;
    let registry = Registry::new(session.chain(), &address);
    match &args.action {
        Action::Next { out, csv } => next(&session, &registry, out.as_deref(), csv.as_deref()).await?,
        Action::Make {
            csv,
            intervals,
            revision,
            out,
            ..
        } => {
            let plan = Plan::ask(&registry, &session.network().chain_id).await?;
            return make_draft(args, &plan, csv, *intervals, *revision, out);
        }
        Action::Combine {
            draft,
            signatures,
            out,
        } => combine(&session, &registry, draft, signatures, out).await?,
        Action::Carry { report } => carry(&session, report).await?,
        Action::Inspect { report, by_seat } => {
            let length = registry.config().await?.interval_length;
            for draft in carried_in(session.chain(), report).await? {
                let summary = Summary::of(&draft, Some(length), *by_seat)?;
                session.print(&summary, Summary::text)?;
            }
        }
        Action::Windows => {
            let length = registry.config().await?.interval_length;
            let windows = registry.all_windows().await?;
            session.print(&windows, |windows| show::windows(windows, length))?;
        }
        Action::CloseGap => {
            let outcome = session
                .send(
                    "close intervals that are too old to be reported",
                    &[registry.close_gap()?],
                )
                .await?;
            session.print_outcome(&outcome)?;
        }
        Action::Sign { .. } => {}
    }
    Ok(true)
}

async fn next(session: &Session, registry: &Registry, out: Option<&Path>, csv: Option<&Path>) -> Result<()> {
    let plan = Plan::ask(registry, &session.network().chain_id).await?;
    if let Some(out) = out {
        plan.write(out)?;
        session.note(&format!("written: {}", out.display()));
    }
    if let Some(csv) = csv {
        std::fs::write(csv, plan.table()).with_context(|| csv.display().to_string())?;
        session.note(&format!("written: {}", csv.display()));
    }
    session.print(&plan, show::plan)
}

fn make_draft(
    args: &ReportArgs,
    plan: &Plan,
    csv: &Path,
    intervals: Option<u16>,
    revision: u16,
    out: &Path,
) -> Result<bool> {
    let made = make(csv, plan, intervals, revision)?;
    for note in &made.notes {
        eprintln!("{note}");
    }
    let header = made.report.header;
    let draft = Draft {
        chain_id: plan.chain_id.clone(),
        registry: plan.registry.clone(),
        report: Binary::from(encode(&made.report)?),
        signatures: Vec::new(),
    };
    files::write_json(out, &draft)?;
    let value = json!({
        "digest": hex(&draft.digest()),
        "first_interval": header.first_interval,
        "intervals": header.intervals,
        "seats": header.seats,
        "missing": made.missing,
        "notes": made.notes,
        "bytes": draft.report.len(),
        "out": out,
    });
    super::print(args.on.grid.chain.json, &value, |_| {
        format!(
            "{}: {} intervals of {} seats in {} bytes, {} readings missing\ndigest {}\n",
            out.display(),
            header.intervals,
            header.seats,
            draft.report.len(),
            made.missing,
            hex(&draft.digest())
        )
    })?;
    Ok(true)
}

fn sign(args: &ReportArgs, draft: &Path, out: &Path) -> Result<bool> {
    let chain = &args.on.grid.chain;
    let network = super::network(chain)?;
    let draft = Draft::read(draft)?;
    ensure!(
        draft.chain_id == network.chain_id,
        bad_argument(format!(
            "expected a report for chain {}, got one for {}",
            network.chain_id, draft.chain_id
        ))
    );
    let wallet = Wallet::new(&chain.keys, &network.prefix)?;
    let name = chain.from.as_ref().ok_or_else(|| {
        bad_argument(format!(
            "--from: expected an oracle's key ({}), got none",
            wallet.known()
        ))
    })?;
    let signed = draft.sign(wallet.load(name)?.report_key());
    files::write_json(out, &signed)?;
    super::print(chain.json, &signed, |signed| {
        format!(
            "{}: {} signed digest {}\nfor registry {} on {}\n",
            out.display(),
            signed.public_key,
            signed.digest,
            draft.registry,
            draft.chain_id
        )
    })?;
    Ok(true)
}

async fn combine(
    session: &Session,
    registry: &Registry,
    draft: &Path,
    signatures: &[PathBuf],
    out: &Path,
) -> Result<()> {
    let draft = Draft::read(draft)?;
    let epoch = gridpact_report::decode(&draft.report)?.header.epoch;
    let committee = registry.committee(Some(epoch)).await?;
    let mut signed = Vec::with_capacity(signatures.len());
    for path in signatures {
        let found: Signed =
            files::read_json(path)?.with_context(|| format!("{}: there is no such file", path.display()))?;
        signed.push((path.display().to_string(), found));
    }
    let combined = draft.combine(&committee, &signed)?;
    files::write_json(out, &combined)?;
    let members: Vec<u8> = combined
        .signatures
        .iter()
        .map(|signature| signature.member)
        .collect();
    let value = json!({ "digest": hex(&combined.digest()), "members": members, "out": out });
    session.print(&value, |_| {
        format!(
            "{}: signed by members {members:?}, {} needed\n",
            out.display(),
            committee.committee.quorum
        )
    })
}

async fn carry(session: &Session, path: &Path) -> Result<()> {
    let draft = Draft::read(path)?;
    if draft.chain_id != session.network().chain_id {
        return Err(bad_argument(format!(
            "{}: expected a report for {}, got one for {}",
            path.display(),
            session.network().chain_id,
            draft.chain_id
        )));
    }
    if draft.signatures.is_empty() {
        return Err(bad_argument(format!(
            "{}: expected a report with its signatures (gridpact report combine), got a draft",
            path.display()
        )));
    }
    let registry = Registry::new(session.chain(), &draft.registry);
    let message = registry.report(draft.report.to_vec(), draft.signatures.clone())?;
    let what = format!("carry report {}", hex(&draft.digest()));
    let outcome = session.send(&what, &[message]).await?;
    let known = outcome.told("report_known", "digest").map(|_| true);
    session.print_outcome(
        &outcome
            .with("digest", Some(hex(&draft.digest())))
            .with("known_before", known),
    )
}

/// The length of an interval, where the chain can be asked; times are not worth an error.
async fn interval_length(args: &ReportArgs) -> Option<IntervalLength> {
    args.on.grid.chain.network.as_ref()?;
    let found = super::contract(&args.on, |grid| grid.registry()).await;
    let (session, address) = found.ok()?;
    let config = Registry::new(session.chain(), &address).config().await.ok()?;
    Some(config.interval_length)
}
