use cosmwasm_std::{Order, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::registry::answers::{
    CommitteeResponse, ConfigResponse, NextReportResponse, RosterResponse, RosterSeat,
};
use gridpact_types::registry::bounds::MAX_ROSTER_PAGE;
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_units::{Power, Seat};

use crate::error::ContractError;
use crate::progress::Clock;
use crate::schedule::advanced;
use crate::state;
use crate::window::{Reported, Window};

pub(crate) fn config(storage: &dyn Storage) -> Result<ConfigResponse, ContractError> {
    let config = state::config(storage)?;
    let counters = state::counters(storage)?;
    Ok(ConfigResponse {
        settlement: config.settlement.into_string(),
        interval_length: config.interval_length,
        resolution: config.resolution,
        challenge_period: config.challenge_period,
        report_limit: config.report_limit,
        rosters_begin: config.rosters_begin,
        newest_roster: counters.newest_roster,
        slots: counters.slots,
        households: counters.households,
    })
}

/// Where a gap is to be closed first, the answer is for the report after it: both messages fit one transaction, until the
/// answer expires.
pub(crate) fn next_report(storage: &dyn Storage, clock: &Clock) -> Result<NextReportResponse, ContractError> {
    let now = state::progress(storage)?;
    let quorum = state::signatories(storage, now.epoch)?.quorum;
    let resolution = state::config(storage)?.resolution;
    let oldest = now.oldest(clock);
    if now.roster_version == 0 {
        return Ok(NextReportResponse {
            first_interval: None,
            max_intervals: 0,
            epoch: now.epoch,
            quorum,
            roster_version: 0,
            seats: 0,
            resolution,
            gap: false,
            oldest_interval: oldest,
            expires_at: None,
            roster_ends: None,
            last_closing: None,
            grace_until: None,
            previous_reported_at: None,
            previous_revision: None,
            height: clock.height,
        });
    }
    let gap = now.gap(clock).is_some();
    let next = if gap {
        advanced(storage, &now, oldest)?
    } else {
        now
    };
    let seats = state::roster_limits(storage, next.roster_version)?.0.len();
    let previous = if gap { None } else { newest_report(storage)? };
    Ok(NextReportResponse {
        first_interval: Some(next.next_interval),
        max_intervals: next.reportable(clock.running()),
        epoch: next.epoch,
        quorum,
        roster_version: next.roster_version,
        seats: u16::try_from(seats).map_err(|_| ContractError::Exhausted { what: "seats" })?,
        resolution,
        gap,
        oldest_interval: oldest,
        expires_at: Some(
            clock
                .limit
                .reportable_until(next.next_interval, next.last_closing),
        ),
        roster_ends: next.roster_ends,
        last_closing: now.last_closing,
        grace_until: now.last_closing.map(|closing| closing.plus(clock.limit.grace())),
        previous_reported_at: previous.as_ref().map(|report| report.reported_at),
        previous_revision: previous.map(|report| report.revision),
        height: clock.height,
    })
}

/// The newest window, where it is a report's. Read from the windows themselves: a second record of it would cost gas with every
/// report.
fn newest_report(storage: &dyn Storage) -> Result<Option<Reported>, ContractError> {
    let newest = state::windows(storage, Order::Descending, None)
        .next()
        .transpose()?;
    Ok(match newest {
        Some((_, Window::Reported(report))) => Some(report),
        Some((_, Window::Gap { .. })) | None => None,
    })
}

pub(crate) fn committee(
    storage: &dyn Storage,
    epoch: Option<u32>,
) -> Result<CommitteeResponse, ContractError> {
    let epoch = match epoch {
        Some(epoch) => epoch,
        None => state::progress(storage)?.epoch,
    };
    let signatories = state::signatories(storage, epoch)?;
    let addresses = state::members(storage, epoch)?.into_iter();
    let members = addresses
        .zip(signatories.keys)
        .map(|(address, key)| Member {
            address: address.into_string(),
            public_key: key.into(),
        })
        .collect();
    Ok(CommitteeResponse {
        epoch,
        committee: Committee {
            members,
            quorum: signatories.quorum,
        },
    })
}

pub(crate) fn roster(
    storage: &dyn Storage,
    version: u32,
    start_after: Option<Seat>,
    limit: Option<u32>,
) -> Result<RosterResponse, ContractError> {
    let limit = page_limit(limit, MAX_ROSTER_PAGE, MAX_ROSTER_PAGE)?;
    let from = state::roster_start(storage, version)?;
    let limits = state::roster_limits(storage, version)?.0;
    let slots = state::roster_slots(storage, version)?.0;
    let exhausted = |_| ContractError::Exhausted { what: "seats" };
    let size = u16::try_from(limits.len()).map_err(exhausted)?;
    let skipped = start_after.map_or(0, |seat| usize::from(seat.0).saturating_add(1));
    let seats = (0..size)
        .zip(limits.iter().zip(slots))
        .skip(skipped)
        .map(|(seat, (limits, slot))| {
            Ok::<_, ContractError>(RosterSeat {
                seat: Seat(seat),
                slot,
                import_limit: limits.map_or(Power(0), |limits| limits.import),
                export_limit: limits.map_or(Power(0), |limits| limits.export),
            })
        });
    let (seats, more) = page(seats, limit)?;
    Ok(RosterResponse {
        version,
        from,
        size,
        seats,
        more,
    })
}
