use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::amounts::add;
use crate::case::Case;
use crate::error::ContractError;

/// Takes revenue of a built project; it belongs to the pledgers by what they paid.
pub(crate) fn pay_revenue(
    storage: &mut dyn Storage,
    mut case: Case,
    payer: Addr,
    amount: Amount,
) -> Result<Response, ContractError> {
    case.check_phase(
        &[Phase::Defects, Phase::Closed],
        "built: in its defects period or closed",
    )?;
    case.book_in(storage, amount, |books| &mut books.revenue)?;
    case.project.totals.revenue = add(case.project.totals.revenue, amount)?;
    case.save(storage)?;
    Ok(Response::new().add_event(EscrowEvent::RevenuePaid {
        project: case.id,
        payer,
        amount,
    }))
}
