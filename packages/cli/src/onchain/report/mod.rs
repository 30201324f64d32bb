//! `gridpact report`: readings on their way to the chain: make, sign, combine, carry; and looking into what was carried.

mod draft;
mod inspect;
mod plan;
mod readings;

use std::path::{Path, PathBuf};

use anyhow::{ensure, Context, Result};
use clap::{Args, Subcommand};
use cosmwasm_std::Binary;
use gridpact_client::{Chain, Message, Registry};
use gridpact_report::encode;
use gridpact_types::registry::{ExecuteMsg, WindowResponse};
use gridpact_units::{IntervalLength, UnixSeconds};
use serde_json::json;

use super::exit::bad_argument;
use super::{files, hex, table, time, GridArgs, Keyring, Session, Table};

pub use draft::{Draft, Signed};
pub use inspect::Summary;
pub use plan::Plan;
pub use readings::{make, Made, COLUMNS};

const EXAMPLES: &str = "A report's way:
  gridpact report make --csv readings.csv --out draft.json      # what the next report must cover is asked of the chain
  gridpact report sign draft.json --from oracle-1 --out 1.json  # each oracle, on its own machine
  gridpact report combine draft.json 1.json 2.json 3.json --out signed.json
  gridpact report carry signed.json --from carrier              # anybody: it needs no trust

Readings are rows of
  interval_start,slot,import_kwh,export_kwh,quality
with the start of the interval as an RFC 3339 time and energy as metered in kWh; quality may be left out, and is else measured,
substituted_final, substituted_provisional, missing or limited. A reading without a row is reported as missing.";

/// Options of `report`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct ReportArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// Address of the registry, where no deployment here names it.
    #[arg(long, value_name = "ADDRESS", global = true, help_heading = "Chain")]
    pub contract: Option<String>,
    /// Grid, chain, key and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// What can be done with reports.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// What the next report must cover; with --out as a file, for making reports without the chain; with --csv as a table to fill in.
    Next {
        /// Write it here.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write a table of readings to fill in here: a row for every interval and slot, all missing so far.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Make a report of a file of readings.
    Make {
        /// The readings; plain or gzip.
        #[arg(long, value_name = "FILE")]
        csv: PathBuf,
        /// What it must cover, as `report next --out` wrote it, instead of asking the chain.
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// So many intervals. By default up to the last one that the file has rows of.
        #[arg(long, value_name = "N")]
        intervals: Option<u16>,
        /// Revision: members who signed different drafts agree on one with a greater number.
        #[arg(long, value_name = "N", default_value_t = 0)]
        revision: u16,
        /// Write the draft here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sign a draft with an oracle's key (--from). Needs no chain.
    Sign {
        /// The draft.
        draft: PathBuf,
        /// Write the signature here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Put a draft and its signatures together, after checking every one as the chain will.
    Combine {
        /// The draft.
        draft: PathBuf,
        /// The signatures.
        #[arg(required = true)]
        signatures: Vec<PathBuf>,
        /// Write the signed report here.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Carry a signed report to the chain. Anybody may.
    Carry {
        /// What `combine` wrote.
        report: PathBuf,
    },
    /// Look into a report: a file of `make` or `combine`, or a transaction's hash.
    Inspect {
        /// File or hash.
        report: String,
        /// Also sum up every seat.
        #[arg(long)]
        by_seat: bool,
    },
    /// The windows that were reported, and when each is final.
    Windows,
    /// Close intervals that are too old to be reported. Anybody may.
    CloseGap,
}

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
            super::print(args.grid.chain.json, &summary, Summary::text)?;
            return Ok(true);
        }
        _ => {}
    }
    let (session, address) =
        super::contract(&args.grid, args.contract.as_deref(), |grid| grid.registry()).await?;
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
            session.print(&windows, |windows| windows_table(windows, length))?;
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
    session.print(&plan, |plan| {
        let next = &plan.next;
        let moment = |interval| time::show(UnixSeconds(plan.interval_length.start_of(interval)));
        let Some(first) = next.first_interval else {
            return "the grid has no meter yet: nothing can be reported\n".to_owned();
        };
        table::facts([
            ("begins at", format!("{} (interval {})", moment(first), first.0)),
            ("may cover", format!("{} intervals now", next.max_intervals)),
            (
                "seats",
                format!("{} of roster {}", next.seats, next.roster_version),
            ),
            (
                "committee",
                format!("epoch {}, {} must sign", next.epoch, next.quorum),
            ),
            ("resolution", format!("{} mWh", next.resolution)),
            (
                "to be closed first",
                if next.gap {
                    format!(
                        "yes: intervals before {} are too old",
                        moment(next.oldest_interval)
                    )
                } else {
                    "nothing".to_owned()
                },
            ),
        ])
    })
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
    super::print(args.grid.chain.json, &value, |_| {
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
    let chain = &args.grid.chain;
    let network = super::network(chain)?;
    let draft = Draft::read(draft)?;
    ensure!(
        draft.chain_id == network.chain_id,
        bad_argument(format!(
            "expected a report for chain {}, got one for {}",
            network.chain_id, draft.chain_id
        ))
    );
    let keyring = Keyring::new(&chain.keys, &network.prefix)?;
    let name = chain.from.as_ref().ok_or_else(|| {
        bad_argument(format!(
            "--from: expected an oracle's key ({}), got none",
            keyring.known()
        ))
    })?;
    let signed = draft.sign(keyring.load(name)?.report_key());
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

/// The reports that a transaction carried.
async fn carried_in(chain: &Chain, hash: &str) -> Result<Vec<Draft>> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash {
        return Err(bad_argument(format!(
            "expected a file, or a transaction's hash (64 hex digits), got `{hash}`"
        )));
    }
    let transaction = chain
        .transaction(&hash.to_uppercase())
        .await?
        .with_context(|| format!("no block has a transaction {hash}"))?;
    let reports: Vec<Draft> = transaction
        .messages
        .iter()
        .filter_map(|message| draft_of(message, &chain.network().chain_id))
        .collect();
    ensure!(!reports.is_empty(), "transaction {hash} carries no report");
    Ok(reports)
}

/// The report that a message carries, if it does.
pub fn draft_of(message: &Message, chain_id: &str) -> Option<Draft> {
    let Message::Execute { contract, msg, .. } = message else {
        return None;
    };
    match serde_json::from_slice(msg).ok()? {
        ExecuteMsg::Report { report, signatures } => Some(Draft {
            chain_id: chain_id.to_owned(),
            registry: contract.clone(),
            report,
            signatures,
        }),
        _ => None,
    }
}

/// The length of an interval, where the chain can be asked; times are not worth an error.
async fn interval_length(args: &ReportArgs) -> Option<IntervalLength> {
    args.grid.chain.network.as_ref()?;
    let found = super::contract(&args.grid, args.contract.as_deref(), |grid| grid.registry()).await;
    let (session, address) = found.ok()?;
    let config = Registry::new(session.chain(), &address).config().await.ok()?;
    Some(config.interval_length)
}

fn windows_table(windows: &[WindowResponse], length: IntervalLength) -> String {
    if windows.is_empty() {
        return "no window has been reported\n".to_owned();
    }
    let mut table = Table::new([
        "from",
        "intervals",
        "revision",
        "signers",
        "reported at",
        "final at",
        "digest",
    ]);
    for window in windows {
        let from = time::show(UnixSeconds(length.start_of(window.first_interval)));
        let intervals = window.intervals.to_string();
        match &window.report {
            Some(report) => table.row([
                from,
                intervals,
                report.revision.to_string(),
                report.signers.count_ones().to_string(),
                time::show(report.reported_at),
                time::show(report.final_at),
                report.digest.to_hex(),
            ]),
            None => table.row([
                from,
                intervals,
                "-".to_owned(),
                "-".to_owned(),
                "never: a gap".to_owned(),
                "-".to_owned(),
                "-".to_owned(),
            ]),
        }
    }
    table.to_string()
}
