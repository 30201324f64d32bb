//! What can be read of pledges.

use cosmwasm_std::{Addr, StdResult, Storage};
use gridpact_storage::{page, page_limit, page_of_bytes};
use gridpact_types::escrow::answers::{DisplacedPledge, DisplacedResponse, PledgeResponse, PledgesResponse};
use gridpact_types::escrow::bounds::{DEFAULT_PAGE, MAX_PAGE, MAX_PLEDGES_PAGE_PARTIES};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, UnixSeconds};

use crate::ask;
use crate::case::Case;
use crate::claims::Claimant;
use crate::error::ContractError;
use crate::project::Pledge;
use crate::shares::Division;
use crate::state::{self, pledges, returns};

pub(crate) fn pledge(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    pledger: &Addr,
) -> Result<PledgeResponse, ContractError> {
    pledge_in(storage, &state::case(storage, project, now)?, pledger)
}

/// One party's pledge in a project.
pub(super) fn pledge_in(
    storage: &dyn Storage,
    case: &Case,
    pledger: &Addr,
) -> Result<PledgeResponse, ContractError> {
    if let Some(claimant) = pledges::claimant(storage, case.id, pledger)? {
        let (divisions, _) = returns::divisions(storage, case)?;
        return respond(storage, case, claimant, &divisions);
    }
    if pledges::displaced(storage, case.id, pledger)?.is_zero() {
        return Err(ContractError::UnknownPledge {
            project: case.id,
            pledger: pledger.to_string(),
        });
    }
    // A displaced pledge without a place of its own shows as one of nothing, outside the set, with what it can take back.
    let displaced = Claimant {
        pledger: pledger.clone(),
        pledge: Pledge::default(),
        member: false,
    };
    respond(storage, case, displaced, &[])
}

fn respond(
    storage: &dyn Storage,
    case: &Case,
    claimant: Claimant,
    divisions: &[Division],
) -> Result<PledgeResponse, ContractError> {
    let displaced = pledges::displaced(storage, case.id, &claimant.pledger)?;
    let refundable = case.refundable(&claimant, case.returned_to(&claimant, divisions));
    Ok(PledgeResponse {
        amount: claimant.pledge.amount,
        condition: ask::to_condition(pledges::ask(storage, case.id, &claimant.pledger)?),
        consistent: claimant.member,
        paid: Amount(case.paid(&claimant)),
        refundable: Amount(refundable.0.saturating_add(displaced.0)),
        displaced,
        revenue: case.revenue(&claimant),
        pledger: claimant.pledger.into_string(),
    })
}

pub(crate) fn pledges(
    storage: &dyn Storage,
    now: UnixSeconds,
    project: ProjectId,
    start_after: Option<&Addr>,
    limit: Option<u32>,
) -> Result<PledgesResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let case = state::case(storage, project, now)?;
    let entries = pledges::claimants(storage, project, start_after)?;
    let (divisions, _) = returns::divisions(storage, &case)?;
    let answer = |entry: StdResult<Claimant>| {
        let pledge = respond(storage, &case, entry?, &divisions)?;
        let parties = pledge.condition.parties.len();
        Ok::<_, ContractError>((pledge, parties))
    };
    let (pledges, more) = page_of_bytes(entries.map(answer), limit, MAX_PLEDGES_PAGE_PARTIES)?;
    Ok(PledgesResponse { pledges, more })
}

/// Who was displaced and has not taken the money back, by address. With the pledges, this is everybody who is owed a refund.
pub(crate) fn displaced(
    storage: &dyn Storage,
    project: ProjectId,
    start_after: Option<&Addr>,
    limit: Option<u32>,
) -> Result<DisplacedResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    state::working_terms(storage, project)?;
    let owed = |entry: StdResult<(Addr, Amount)>| {
        let (pledger, amount) = entry?;
        let pledger = pledger.into_string();
        Ok::<_, ContractError>(DisplacedPledge { pledger, amount })
    };
    let entries = pledges::all_displaced(storage, project, start_after).map(owed);
    let (displaced, more) = page(entries, limit)?;
    Ok(DisplacedResponse { displaced, more })
}
