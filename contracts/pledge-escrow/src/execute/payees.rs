use cosmwasm_std::{Addr, Response, Storage};
use gridpact_types::escrow::events::EscrowEvent;

use crate::case::Case;
use crate::error::ContractError;
use crate::project::Payee;
use crate::state::payees;

/// A payee names the address that shall be paid instead. It must confirm: a slip of the pen must not send money where nobody can
/// take it.
pub(crate) fn move_payee(
    storage: &mut dyn Storage,
    case: &Case,
    sender: &Addr,
    number: u32,
    to: Addr,
) -> Result<Response, ContractError> {
    let mut payee = case.payee_of(storage, number, sender)?;
    payee.moving_to = (to != payee.address).then(|| to.clone());
    payees::save_payee(storage, case, number, &payee)?;
    Ok(Response::new().add_event(EscrowEvent::PayeeMoving {
        project: case.id,
        payee: number,
        to,
    }))
}

/// The address that was named takes the payee's place.
pub(crate) fn confirm_move(
    storage: &mut dyn Storage,
    case: &Case,
    sender: Addr,
    number: u32,
) -> Result<Response, ContractError> {
    let mut payee = case.payee(storage, number)?;
    if payee.moving_to.as_ref() != Some(&sender) {
        return Err(ContractError::NotNextPayee {
            payee: number,
            expected: payee.moving_to.map(Addr::into_string),
            got: sender.into_string(),
        });
    }
    payee.moving_to = None;
    payee.address = sender.clone();
    payees::save_payee(storage, case, number, &payee)?;
    Ok(Response::new().add_event(EscrowEvent::PayeeMoved {
        project: case.id,
        payee: number,
        to: sender,
    }))
}

impl Case {
    /// A payee by number.
    fn payee(&self, storage: &dyn Storage, number: u32) -> Result<Payee, ContractError> {
        payees::payee(storage, self, number)?.ok_or(ContractError::UnknownPayee {
            most: self.payee_count().saturating_sub(1),
            got: number,
        })
    }

    /// The same, where it is the sender.
    pub(super) fn payee_of(
        &self,
        storage: &dyn Storage,
        number: u32,
        sender: &Addr,
    ) -> Result<Payee, ContractError> {
        let payee = self.payee(storage, number)?;
        if payee.address == *sender {
            return Ok(payee);
        }
        Err(ContractError::NotPayee {
            payee: number,
            expected: payee.address.into_string(),
            got: sender.to_string(),
        })
    }
}
