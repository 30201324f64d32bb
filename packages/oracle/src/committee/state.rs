//! What the chain says, as the committee's rules need it.

use std::sync::Arc;

use gridpact_client::ReportBasis;
use gridpact_committee::chain::{Accepted, ChainState, Committee, Grid, Seat};
use gridpact_report::limit::ReportLimit;
use gridpact_report::Resolution;
use gridpact_types::registry::answers::CommitteeResponse;

use crate::reporting::chain::ChainSide;
use crate::reporting::error::ReportError;

/// What never changes for a grid.
///
/// # Errors
/// A resolution of nothing.
pub fn grid(chain: &impl ChainSide, basis: &ReportBasis) -> Result<Grid, ReportError> {
    grid_of(chain.chain_id(), chain.registry(), basis)
}

/// The same of a chain and a registry by their names.
///
/// # Errors
/// As [`grid`].
pub fn grid_of(chain_id: &str, registry: &str, basis: &ReportBasis) -> Result<Grid, ReportError> {
    Ok(Grid {
        chain_id: chain_id.to_owned(),
        registry: registry.to_owned(),
        limit: ReportLimit {
            length: basis.config.interval_length,
            limit: basis.config.report_limit,
        },
        resolution: Resolution::from_milliwatt_hours(basis.next.resolution)
            .map_err(|_| ReportError::Resolution)?,
    })
}

/// The committee of an epoch.
pub fn committee(answer: &CommitteeResponse) -> Committee {
    let keys = answer.committee.members.iter();
    // The registry takes no key of another length; one that is none verifies nothing.
    let keys = keys.map(|member| member.public_key.as_slice().try_into().unwrap_or([0; 33]));
    Committee {
        keys: keys.collect(),
        quorum: answer.committee.quorum,
    }
}

/// What the next report must cover; `None` before the first meter is admitted. All of it is of one block: `next_report` is one
/// answer, and neither a roster nor a committee ever changes under its number.
pub fn state(basis: &ReportBasis, committee: Arc<Committee>) -> Option<ChainState> {
    let next = &basis.next;
    let seats = basis.seats.iter().map(|seat| Seat {
        slot: seat.slot,
        import_limit: seat.import_limit,
        export_limit: seat.export_limit,
    });
    let accepted = next.previous_reported_at.zip(next.previous_revision);
    Some(ChainState {
        height: next.height,
        first: next.first_interval?,
        epoch: next.epoch,
        committee,
        roster_version: next.roster_version,
        seats: Arc::new(seats.collect()),
        roster_ends: next.roster_ends,
        closing: next.last_closing,
        accepted_before: accepted.map(|(at, revision)| Accepted { at, revision }),
        gap: next.gap,
    })
}
