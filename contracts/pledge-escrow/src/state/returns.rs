//! What went back to the holders, divided. Each return is divided once, exactly, when somebody first takes money back after it: by
//! then every silent decision before it is noted, and later ones come behind it.

use cosmwasm_std::{Order, StdResult, Storage};
use cw_storage_plus::Map;

use super::pledges;
use crate::case::Case;
use crate::shares::Division;

/// (Project, position among its returns) -> how it is divided. Written once, in order; read by whoever takes money back.
const DIVISIONS: Map<(u64, u32), Division> = Map::new("divisions");

/// How each return so far is divided, and how many of them are noted. What no message divided yet is worked out from all who paid:
/// one walk, however many there are.
pub(crate) fn divisions(storage: &dyn Storage, case: &Case) -> StdResult<(Vec<Division>, usize)> {
    if case.project.returns.is_empty() {
        return Ok((vec![], 0));
    }
    let noted = DIVISIONS.prefix(case.id);
    let noted = noted.range(storage, None, None, Order::Ascending);
    let mut divisions = noted
        .map(|entry| entry.map(|(_, division)| division))
        .collect::<StdResult<Vec<_>>>()?;
    let noted = divisions.len();
    let missing = case.project.returns.get(noted..).unwrap_or_default();
    if !missing.is_empty() {
        let members = pledges::members(storage, case.id)?;
        let shares = members.iter().map(|member| (&member.pledger, case.paid(member)));
        let shares: Vec<_> = shares.collect();
        let divided = missing
            .iter()
            .map(|total| Division::among(total.0, shares.iter().copied()));
        divisions.extend(divided);
    }
    Ok((divisions, noted))
}

/// Whether every return so far is divided and noted.
pub(crate) fn are_divided(storage: &dyn Storage, case: &Case) -> bool {
    let last = u32::try_from(case.project.returns.len())
        .unwrap_or(u32::MAX)
        .checked_sub(1);
    last.is_none_or(|last| DIVISIONS.has(storage, (case.id, last)))
}

/// Notes what no message divided yet: all but the first so many.
pub(crate) fn note(
    storage: &mut dyn Storage,
    case: &Case,
    divisions: &[Division],
    noted: usize,
) -> StdResult<()> {
    for (position, division) in (0..).zip(divisions).skip(noted) {
        DIVISIONS.save(storage, (case.id, position), division)?;
    }
    Ok(())
}
