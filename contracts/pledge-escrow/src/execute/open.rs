use cosmwasm_std::{Response, Storage};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_types::escrow::terms::{Admission, Terms};
use gridpact_types::escrow::terms_bytes::terms_hash;
use gridpact_units::UnixSeconds;

use crate::addresses::Addresses;
use crate::error::ContractError;
use crate::project::Project;
use crate::state::{self, pledges};
use crate::terms;

/// Opens a project; its terms never change. They are written as bytes here, and nowhere else.
pub(crate) fn open(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    now: UnixSeconds,
    terms: &Terms,
) -> Result<Response, ContractError> {
    let working = terms::check(terms, &state::config(storage)?.assets, now, addresses)?;
    let bytes = terms.to_bytes()?;
    let terms_hash = terms_hash(&bytes);
    let project = state::add_project(storage, &bytes, &working, &Project::new(terms_hash.clone()))?;
    if let Admission::Named { parties } = &terms.admission {
        for party in parties {
            let address = addresses.party("party", &party.address)?;
            pledges::name_party(storage, project, &address, party.amount)?;
        }
    }
    let event = EscrowEvent::ProjectOpened { project, terms_hash };
    Ok(Response::new().add_event(event))
}
