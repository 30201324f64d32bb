//! `gridpact report`: readings on their way to the chain: make, sign, combine, carry; and looking into what was carried.

mod args;
mod carried;
mod carry;
mod inspect;
pub mod make;
pub mod report_file;
mod show;
pub mod sign;

use std::path::Path;

use anyhow::Result;
use gridpact_client::Registry;
use gridpact_units::IntervalLength;

pub use args::{Action, ReportArgs};
use carried::carried_in;
pub use inspect::ReportSummary;
use make::{Extent, Given};
use report_file::{read, ReportFile};

/// Carries it out.
///
/// # Errors
/// Bad files and arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &ReportArgs) -> Result<bool> {
    match &args.action {
        Action::Sign { draft, out } => return sign::sign(args, draft, out),
        Action::Make {
            csv,
            meters,
            reading,
            plan: Some(plan),
            intervals,
            revision,
            out,
        } => {
            let extent = Extent {
                intervals: *intervals,
                revision: *revision,
            };
            let given = Given {
                csv,
                reading,
                meters: meters.as_deref(),
            };
            return make::make(args, &read(plan)?, &given, extent, out);
        }
        Action::Inspect { report, by_seat } if Path::new(report).is_file() => {
            let length = interval_length(args).await;
            let file: ReportFile = read(Path::new(report))?;
            let summary = ReportSummary::of(&file, length, *by_seat)?;
            super::print(args.on.grid.chain.json, &summary, ReportSummary::text)?;
            return Ok(true);
        }
        _ => {}
    }
    run_on_chain(args).await
}

/// Carries out what needs the chain.
async fn run_on_chain(args: &ReportArgs) -> Result<bool> {
    let (session, address) = super::contract(&args.on, |grid| grid.registry()).await?;
    let registry = Registry::new(session.chain(), &address);
    match &args.action {
        Action::Next { out, csv } => make::next(&session, &registry, out.as_deref(), csv.as_deref()).await?,
        Action::Make {
            csv,
            meters,
            reading,
            intervals,
            revision,
            out,
            ..
        } => {
            let assignment = make::ask(&registry, &session.network().chain_id).await?;
            let extent = Extent {
                intervals: *intervals,
                revision: *revision,
            };
            let given = Given {
                csv,
                reading,
                meters: meters.as_deref(),
            };
            return make::make(args, &assignment, &given, extent, out);
        }
        Action::Combine {
            draft,
            signatures,
            out,
        } => sign::combine(&session, &registry, draft, signatures, out).await?,
        Action::Carry { report } => carry::carry(&session, report).await?,
        Action::Inspect { report, by_seat } => {
            let length = registry.config().await?.interval_length;
            for report in carried_in(session.chain(), report).await? {
                let summary = ReportSummary::of(&report, Some(length), *by_seat)?;
                session.print(&summary, ReportSummary::text)?;
            }
        }
        Action::Windows => {
            let length = registry.config().await?.interval_length;
            let windows = registry.all_windows().await?;
            session.print(&windows, |windows| show::windows(windows, length))?;
        }
        Action::CloseGap => {
            let what = "close intervals that are too old to be reported";
            let outcome = session.send(what, &[registry.close_gap()?]).await?;
            let none = || outcome.told("no_gap", "next_interval").map(|_| "0".to_owned());
            let closed = outcome.told("gap_closed", "intervals").or_else(none);
            session.print_outcome(&outcome.with("intervals_closed", closed))?;
        }
        Action::Sign { .. } => {}
    }
    Ok(true)
}

/// The length of an interval, where the chain can be asked; times are not worth an error.
async fn interval_length(args: &ReportArgs) -> Option<IntervalLength> {
    args.on.grid.chain.network.as_ref()?;
    let found = super::contract(&args.on, |grid| grid.registry()).await;
    let (session, address) = found.ok()?;
    let config = Registry::new(session.chain(), &address).config().await.ok()?;
    Some(config.interval_length)
}
