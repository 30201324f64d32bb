use cosmwasm_std::{Addr, HexBinary, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;

/// Takes revenue of a built project; it belongs to the pledgers by what they paid. Who pays names the hash of the terms: a number
/// may have been given to another project than the one that is meant.
pub(crate) fn pay_revenue(
    storage: &mut dyn Storage,
    mut case: Case,
    terms_hash: &HexBinary,
    payer: Addr,
    amount: Amount,
) -> Result<Response, ContractError> {
    case.check_phase(
        &[Phase::Defects, Phase::Closed],
        "built: in its defects period or closed",
    )?;
    case.check_hash(terms_hash)?;
    case.book_in(storage, amount, |books| &mut books.revenue)?;
    case.project.totals.revenue = add(case.project.totals.revenue, amount)?;
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::RevenuePaid {
        project: case.id,
        payer,
        amount,
    }))
}
