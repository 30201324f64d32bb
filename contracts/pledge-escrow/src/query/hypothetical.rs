//! What a pledge would do: the very handler of pledges, on a scratch sheet over what is stored.

use cosmwasm_std::{Addr, Event, Storage};
use gridpact_types::asset::PaymentError;
use gridpact_types::escrow::answers::IfPledgedResponse;
use gridpact_types::escrow::event_names::{DISPLACED, JOINED};
use gridpact_types::escrow::terms::{Condition, ProjectId};
use gridpact_units::{Amount, UnixSeconds};

use crate::addresses::Addresses;
use crate::error::ContractError;
use crate::execute::pledge::{pledge, NewPledge};
use crate::project::Project;
use crate::scratch::Scratch;
use crate::state::{self, pledges};

/// Stands for an address that nobody has: no condition can name it.
const NOBODY: &str = "somebody new";

/// What would come of a pledge, now. Needs no account: without a pledger it is of an address that has not pledged yet.
pub(crate) fn if_pledged(
    storage: &dyn Storage,
    addresses: &Addresses,
    now: UnixSeconds,
    project: ProjectId,
    pledger: Option<Addr>,
    amount: Amount,
    condition: Condition,
) -> Result<IfPledgedResponse, ContractError> {
    let pledger = pledger.unwrap_or_else(|| Addr::unchecked(NOBODY));
    let case = state::case(storage, project, now)?;
    let new = NewPledge {
        pledger: pledger.clone(),
        amount,
        terms_hash: case.project.terms_hash.clone(),
        condition,
    };
    let mut scratch = Scratch::over(storage);
    // No message brings nothing.
    let outcome = if amount.is_zero() {
        Err(PaymentError::Zero.into())
    } else {
        pledge(&mut scratch, addresses, case, new)
    };
    let (refused, events) = match outcome {
        Ok(response) => (None, response.events),
        Err(error) => {
            scratch = Scratch::over(storage);
            (Some(error.to_string()), vec![])
        }
    };
    let case = state::case(&scratch, project, now)?;
    let own = pledges::claimant(&scratch, project, &pledger)?;
    let joined = of(&events, JOINED).filter(|event| told(event, "pledger") != Some(pledger.as_str()));
    let others_joining = u32::try_from(joined.count()).unwrap_or(u32::MAX);
    let displaced = of(&events, DISPLACED).find_map(|event| told(event, "pledger"));
    let Project {
        consistent,
        consistent_pledges,
        funded,
        ..
    } = &case.project;
    Ok(IfPledgedResponse {
        refused,
        consistent: own.as_ref().is_some_and(|own| own.member),
        paid: Amount(own.map_or(0, |own| case.paid(&own))),
        others_joining,
        displaced: displaced.map(str::to_owned),
        consistent_total: *consistent,
        consistent_pledges: *consistent_pledges,
        funded: funded.as_ref().map(|funded| funded.total),
    })
}

fn of<'e>(events: &'e [Event], name: &'e str) -> impl Iterator<Item = &'e Event> {
    events.iter().filter(move |event| event.ty == name)
}

fn told<'e>(event: &'e Event, key: &str) -> Option<&'e str> {
    let mut attributes = event.attributes.iter();
    let found = attributes.find(|attribute| attribute.key == key);
    found.map(|attribute| attribute.value.as_str())
}
