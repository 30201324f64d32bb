use cosmwasm_std::{Response, Storage};
use gridpact_storage::page_limit;
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::ledger::Ledger;

/// Makes windows final whose time is over. With none it does nothing: a crank turned twice is no error.
pub(crate) fn finalise(
    storage: &mut dyn Storage,
    now: UnixSeconds,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let limit = page_limit(limit, MAX_FINALISED, MAX_FINALISED)?;
    let mut ledger = Ledger::load(storage)?;
    let finalised = ledger.finalise(storage, now, limit)?;
    ledger.save(storage)?;
    Ok(Response::new().add_events(finalised))
}
