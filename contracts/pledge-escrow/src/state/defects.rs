//! Defects claims, and who supports them.

use cosmwasm_std::{Addr, Order, StdResult, Storage};
use cw_storage_plus::{Bound, Map};
use gridpact_types::escrow::disputes::ClaimId;
use gridpact_types::escrow::terms::ProjectId;

use crate::project::Claim;

/// (Project, claim) -> the claim. One message reads one.
const CLAIMS: Map<(u64, u64), Claim> = Map::new("claims");
/// (Project, holder) -> the claim that the holder supports, or supported until it was decided.
const SUPPORTS: Map<(u64, &Addr), u64> = Map::new("supports");

pub(crate) fn claim(storage: &dyn Storage, project: ProjectId, claim: ClaimId) -> StdResult<Option<Claim>> {
    CLAIMS.may_load(storage, (project, claim))
}

pub(crate) fn save_claim(
    storage: &mut dyn Storage,
    project: ProjectId,
    number: ClaimId,
    claim: &Claim,
) -> StdResult<()> {
    CLAIMS.save(storage, (project, number), claim)
}

pub(crate) fn remove_claim(storage: &mut dyn Storage, project: ProjectId, claim: ClaimId) {
    CLAIMS.remove(storage, (project, claim));
}

/// The claims of a project, by number.
pub(crate) fn claims<'a>(
    storage: &'a dyn Storage,
    project: ProjectId,
    start_after: Option<ClaimId>,
) -> impl Iterator<Item = StdResult<(ClaimId, Claim)>> + 'a {
    let start = start_after.map(Bound::exclusive);
    CLAIMS
        .prefix(project)
        .range(storage, start, None, Order::Ascending)
}

/// The claim that a holder supports, while it is not decided; with the claim.
pub(crate) fn supported(
    storage: &dyn Storage,
    project: ProjectId,
    holder: &Addr,
) -> StdResult<Option<(ClaimId, Claim)>> {
    let Some(number) = SUPPORTS.may_load(storage, (project, holder))? else {
        return Ok(None);
    };
    let claim = claim(storage, project, number)?;
    let open = claim.filter(|claim| claim.decided.is_none());
    Ok(open.map(|claim| (number, claim)))
}

pub(crate) fn support(
    storage: &mut dyn Storage,
    project: ProjectId,
    holder: &Addr,
    claim: ClaimId,
) -> StdResult<()> {
    SUPPORTS.save(storage, (project, holder), &claim)
}

pub(crate) fn remove_support(storage: &mut dyn Storage, project: ProjectId, holder: &Addr) {
    SUPPORTS.remove(storage, (project, holder));
}
