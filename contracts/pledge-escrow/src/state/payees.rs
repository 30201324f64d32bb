//! Who is paid, and what each drew.

use cosmwasm_std::{StdResult, Storage};
use cw_storage_plus::Map;
use gridpact_units::Amount;

use crate::case::Case;
use crate::project::Payee;

/// (Project, payee) -> who it is now, and what it drew; where nothing is stored, it is as the terms say and drew nothing. Apart
/// from the project, so that one who draws rewrites no other's.
const PAYEES: Map<(u64, u32), Payee> = Map::new("payees");

/// A payee by number; `None` where the terms have none of it.
pub(crate) fn payee(storage: &dyn Storage, case: &Case, number: u32) -> StdResult<Option<Payee>> {
    if let Some(payee) = PAYEES.may_load(storage, (case.id, number))? {
        return Ok(Some(payee));
    }
    let address = match number.checked_sub(1) {
        None => Some(&case.terms.contractor),
        Some(index) => usize::try_from(index)
            .ok()
            .and_then(|index| case.terms.payees.get(index)),
    };
    Ok(address.cloned().map(|address| Payee {
        address,
        moving_to: None,
        drawn: Amount::ZERO,
        drew_of: 0,
        drew_retention: false,
    }))
}

/// All payees, by number.
pub(crate) fn payees(storage: &dyn Storage, case: &Case) -> StdResult<Vec<Payee>> {
    let all = 0..case.payee_count();
    all.filter_map(|number| payee(storage, case, number).transpose())
        .collect()
}

pub(crate) fn save_payee(
    storage: &mut dyn Storage,
    case: &Case,
    number: u32,
    payee: &Payee,
) -> StdResult<()> {
    PAYEES.save(storage, (case.id, number), payee)
}
