use cosmwasm_std::{Order, Storage};
use gridpact_report::{digest, Domain, Resolution};
use gridpact_storage::{page, page_limit};
use gridpact_types::registry::answers::{WindowReport, WindowResponse, WindowState, WindowsResponse};
use gridpact_types::registry::bounds::{DEFAULT_PAGE, MAX_PAGE};
use gridpact_units::IntervalIndex;

use crate::error::ContractError;
use crate::state;
use crate::window::{Reported, Window};

pub(crate) fn window(
    storage: &dyn Storage,
    domain: &Domain,
    first: IntervalIndex,
) -> Result<WindowResponse, ContractError> {
    let window = state::window(storage, first)?.ok_or(ContractError::UnknownWindow { got: first })?;
    let resolution = resolution(storage)?;
    Ok(window_response(domain, resolution, first, window))
}

pub(crate) fn windows(
    storage: &dyn Storage,
    domain: &Domain,
    order: Order,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<WindowsResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let resolution = resolution(storage)?;
    let windows = state::windows(storage, order, start_after)
        .map(|entry| entry.map(|(first, window)| window_response(domain, resolution, first, window)));
    let (windows, more) = page(windows, limit)?;
    Ok(WindowsResponse { windows, more })
}

fn resolution(storage: &dyn Storage) -> Result<Resolution, ContractError> {
    let milliwatt_hours = state::config(storage)?.resolution;
    Ok(Resolution::from_milliwatt_hours(milliwatt_hours)?)
}

fn window_response(
    domain: &Domain,
    resolution: Resolution,
    first_interval: IntervalIndex,
    window: Window,
) -> WindowResponse {
    match window {
        Window::Gap { intervals } => WindowResponse {
            first_interval,
            intervals,
            state: WindowState::Gap {},
        },
        Window::Reported(accepted) => WindowResponse {
            first_interval,
            intervals: accepted.intervals.into(),
            state: WindowState::Reported(window_report(domain, resolution, first_interval, &accepted)),
        },
    }
}

fn window_report(
    domain: &Domain,
    resolution: Resolution,
    first_interval: IntervalIndex,
    accepted: &Reported,
) -> WindowReport {
    let header = accepted.header(first_interval, resolution);
    WindowReport {
        mode: accepted.mode.code(),
        scheme: accepted.scheme.code(),
        epoch: accepted.epoch,
        roster_version: accepted.roster_version,
        seats: accepted.seats,
        revision: accepted.revision,
        body_hash: accepted.body_hash.into(),
        digest: digest(domain, &header, &accepted.body_hash).into(),
        signers: accepted.signers,
        height: accepted.height,
        reported_at: accepted.reported_at,
        final_at: accepted.final_at,
    }
}
