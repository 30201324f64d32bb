//! What can be read of disputes: who said what, how much it weighs, why, and how it ended.

use cosmwasm_std::{Addr, StdResult, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::escrow::answers::{
    ClaimResponse, ClaimStatus, ClaimsResponse, ObjectionResponse, ObjectionsResponse, VotesResponse,
};
use gridpact_types::escrow::bounds::{DEFAULT_PAGE, MAX_PAGE, MAX_PROJECTS_PAGE};
use gridpact_types::escrow::disputes::{ClaimId, Dispute};
use gridpact_units::Amount;

use crate::case::Case;
use crate::error::ContractError;
use crate::project::{Claim, Objection};
use crate::state::{defects, pledges, verdicts, votes};

/// The objections to a milestone, by address.
pub(super) fn objections(
    storage: &dyn Storage,
    case: &Case,
    milestone: u32,
    start_after: Option<&Addr>,
    limit: Option<u32>,
) -> Result<ObjectionsResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let answer = |entry: StdResult<(Addr, Objection)>| {
        let (holder, objection) = entry?;
        Ok::<_, ContractError>(ObjectionResponse {
            holder: holder.into_string(),
            amount: objection.amount,
            reason: objection.reason,
            at: objection.at,
        })
    };
    let entries = votes::objections(storage, case.id, milestone, start_after).map(answer);
    let (objections, more) = page(entries, limit)?;
    Ok(ObjectionsResponse { objections, more })
}

/// The defects claims, by number.
pub(super) fn claims(
    storage: &dyn Storage,
    case: &Case,
    start_after: Option<ClaimId>,
    limit: Option<u32>,
) -> Result<ClaimsResponse, ContractError> {
    let limit = page_limit(limit, MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE)?;
    let entries = defects::claims(storage, case.id, start_after);
    let answer = |entry: StdResult<(ClaimId, Claim)>| {
        let (number, claim) = entry?;
        let mut claim = of_claim(case, number, claim);
        let dispute = Dispute::Claim { claim: number };
        claim.verdict = verdicts::reason(storage, case.id, dispute, claim.decided.as_ref())?;
        Ok::<_, ContractError>(claim)
    };
    let (claims, more) = page(entries.map(answer), limit)?;
    Ok(ClaimsResponse { claims, more })
}

fn of_claim(case: &Case, number: ClaimId, claim: Claim) -> ClaimResponse {
    // What silence decided, and no message noted yet.
    let dispute = Dispute::Claim { claim: number };
    let lapsed = case.lapsed.iter().find(|settled| settled.dispute == dispute);
    let lapsed = lapsed.map(|settled| (settled.decision, settled.returned));
    let (decided, awarded) = claim.decided.or(lapsed).unzip();
    let status = match (decided, claim.open_at) {
        (Some(_), _) => ClaimStatus::Decided,
        (None, Some(_)) => ClaimStatus::Open,
        (None, None) if case.in_defects_period() => ClaimStatus::Gathering,
        (None, None) => ClaimStatus::Lapsed,
    };
    ClaimResponse {
        claim: number,
        status,
        holder: claim.holder.into_string(),
        amount: claim.amount,
        reason: claim.reason,
        at: claim.at,
        supported: claim.supported,
        decide_until: claim.open_at.and_then(|at| case.decide_until(at)),
        decided,
        verdict: None,
        awarded: awarded.unwrap_or(Amount::ZERO),
    }
}

/// What a pledger has said so far.
pub(super) fn votes(
    storage: &dyn Storage,
    case: &Case,
    pledger: &Addr,
) -> Result<VotesResponse, ContractError> {
    let claimant = pledges::claimant(storage, case.id, pledger)?;
    let claimant = claimant.ok_or_else(|| case.unknown_pledge(pledger))?;
    let submitted = 0..case.next_milestone();
    let objects = |milestone: &u32| votes::objects(storage, case.id, *milestone, pledger);
    let offer = case.project.offer.as_ref().map(|offer| offer.number);
    let supported = defects::supported(storage, case.id, pledger)?;
    let open = supported.filter(|(claim, _)| {
        let dispute = Dispute::Claim { claim: *claim };
        !case.lapsed.iter().any(|settled| settled.dispute == dispute)
    });
    Ok(VotesResponse {
        paid: Amount(case.paid(&claimant)),
        objects_to: submitted.filter(objects).collect(),
        consents: offer.is_some() && votes::consent(storage, case.id, pledger)? == offer,
        wants_end: votes::end_vote(storage, case.id, pledger)? == Some(case.project.end_ballot.number),
        supports: open.map(|(claim, _)| claim),
    })
}
