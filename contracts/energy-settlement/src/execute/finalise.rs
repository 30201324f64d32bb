use cosmwasm_std::{Response, Storage};
use gridpact_storage::page_limit;
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_units::UnixSeconds;

use crate::ended::Ended;
use crate::error::ContractError;
use crate::ledger::Ledger;

/// Makes windows final whose time is over. With none it does nothing: a crank turned twice is no error.
pub(crate) fn finalise(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    // Out of range is refused here; the number itself counts windows.
    page_limit(limit, MAX_FINALISED, MAX_FINALISED)?;
    let ended = Ended::at_most(storage, now, limit.unwrap_or(MAX_FINALISED))?;
    if ended.is_empty() {
        return Ok(Response::new());
    }
    let mut ledger = Ledger::load(storage)?;
    let finalised = ledger.finalise(storage, &ended.windows)?;
    ledger.save(storage)?;
    Ok(Response::new().add_events(finalised))
}
