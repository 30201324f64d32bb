//! `gridpact meter`: meters proposed by their owners and admitted by the grid's operator.

mod args;
pub mod roster_file;
mod show;

use anyhow::{Context, Result};
use gridpact_client::Registry;
use gridpact_types::registry::bounds::MAX_ADMISSIONS;
use gridpact_types::registry::meters::ProposalId;
use gridpact_units::{IntervalIndex, Slot};

use super::exit::bad_argument;
use super::time;
use roster_file::roster_file;

pub use args::{Action, AdmitArgs, Grade, Kind, MeterArgs, Proposal};

/// Carries it out.
///
/// # Errors
/// Bad arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &MeterArgs) -> Result<bool> {
    let (session, address) = super::contract(&args.on, |grid| grid.registry()).await?;
    let registry = Registry::new(session.chain(), &address);
    match &args.action {
        Action::Propose(proposal) => {
            let message = registry.propose_meter(proposal.meter())?;
            let outcome = session.send("propose a meter", &[message]).await?;
            let number = outcome.told("meter_proposed", "proposal");
            let number = number.and_then(|number| number.parse::<ProposalId>().ok());
            session.print_outcome(&outcome.with("proposal", number))?;
        }
        Action::Drop { proposal } => {
            let message = registry.drop_proposal(*proposal)?;
            let outcome = session
                .send(&format!("drop proposal {proposal}"), &[message])
                .await?;
            session.print_outcome(&outcome)?;
        }
        Action::Proposals { owner } => {
            let proposals = registry.all_proposals(owner.as_deref()).await?;
            session.print(&proposals, |proposals| show::proposals(proposals))?;
        }
        Action::Admit(admit) => {
            let mut numbers = admit.proposals.clone();
            if admit.all {
                let found = registry.all_proposals(None).await?;
                // In the order in which they came.
                numbers = found.iter().rev().map(|found| found.proposal).collect();
            }
            if numbers.is_empty() {
                return Err(bad_argument("expected proposals to admit, and none waits"));
            }
            let from = admit.from_interval.map(IntervalIndex);
            for batch in numbers.chunks(MAX_ADMISSIONS) {
                let admissions = batch.iter().map(|number| admit.admission(*number)).collect();
                let message = registry.admit_meters(admissions, from)?;
                let what = format!("admit {} meters", batch.len());
                let outcome = session.send(&what, &[message]).await?;
                // Dropped, admitted or expired meanwhile.
                let gone = outcome.all_told("proposal_gone", "proposal").join(", ");
                let gone = (!gone.is_empty()).then_some(gone);
                session.print_outcome(&outcome.with("gone_proposals", gone))?;
            }
        }
        Action::List { csv } => {
            let meters = registry.all_meters(None).await?;
            if let Some(csv) = csv {
                std::fs::write(csv, roster_file(&meters)?)
                    .with_context(|| format!("--csv: cannot write {}", csv.display()))?;
                session.note(&format!("written: {}", csv.display()));
            }
            session.print(&meters, |meters| show::meters(meters))?;
        }
        Action::Show { slot } => {
            let length = registry.config().await?.interval_length;
            let meter = registry.meter(Slot(*slot)).await?;
            let since = time::show(gridpact_units::UnixSeconds(length.start_of(meter.from)));
            session.print(&meter, |meter| show::meter(meter, &since))?;
        }
        Action::Roster { version } => {
            let version = match version {
                Some(version) => *version,
                None => registry.next_report().await?.roster_version,
            };
            let seats = registry.whole_roster(version).await?;
            session.print(&seats, |seats| show::roster(seats))?;
        }
    }
    Ok(true)
}
