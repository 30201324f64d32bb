use cosmwasm_std::Storage;
use gridpact_types::registry::answers::{WindowReport, WindowResponse, WindowsResponse};
use gridpact_types::registry::bounds::{DEFAULT_PAGE, MAX_PAGE};
use gridpact_units::IntervalIndex;

use super::page;
use crate::error::ContractError;
use crate::state;
use crate::window::Window;

pub(crate) fn window(storage: &dyn Storage, first: IntervalIndex) -> Result<WindowResponse, ContractError> {
    let window = state::window(storage, first)?.ok_or(ContractError::NoWindow { got: first })?;
    Ok(window_response(first, window))
}

pub(crate) fn windows(
    storage: &dyn Storage,
    start_after: Option<IntervalIndex>,
    limit: Option<u32>,
) -> Result<WindowsResponse, ContractError> {
    let limit = page::limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let windows = state::windows(storage, start_after);
    let windows = windows.map(|entry| entry.map(|(first, window)| window_response(first, window)));
    let (windows, more) = page::page(windows, limit)?;
    Ok(WindowsResponse { windows, more })
}

fn window_response(first_interval: IntervalIndex, window: Window) -> WindowResponse {
    match window {
        Window::Gap { intervals } => WindowResponse {
            first_interval,
            intervals,
            report: None,
        },
        Window::Reported(accepted) => WindowResponse {
            first_interval,
            intervals: accepted.intervals.into(),
            report: Some(WindowReport {
                digest: accepted.digest.into(),
                revision: accepted.revision,
                epoch: accepted.epoch,
                roster_version: accepted.roster_version,
                signers: accepted.signers,
                reported_at: accepted.reported_at,
                final_at: accepted.final_at,
            }),
        },
    }
}
