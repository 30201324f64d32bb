//! Who may send what to the registry.

use cw_ownable::Action;

use super::messages::ExecuteMsg;

/// What somebody is to the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whoever can pay for a transaction.
    Anybody,
    /// Who proposed the meter that the message names.
    Proposer,
    /// The grid's operator.
    Operator,
    /// Whom the operator named as the next one.
    NextOperator,
}

/// Who may send a message: one who has any of these roles. Of none: nobody.
pub const fn roles(message: &ExecuteMsg) -> &'static [Role] {
    match message {
        // The sender becomes the owner.
        ExecuteMsg::ProposeMeter { .. } => &[Role::Anybody],
        // Once it expired also anybody.
        ExecuteMsg::DropProposal { .. } => &[Role::Proposer, Role::Operator],
        ExecuteMsg::AdmitMeters { .. } => &[Role::Operator],
        // The signatures carry the trust, not the carrier.
        ExecuteMsg::Report { .. } => &[Role::Anybody],
        ExecuteMsg::CloseGap {} => &[Role::Anybody],
        ExecuteMsg::UpdateOwnership(Action::TransferOwnership { .. }) => &[Role::Operator],
        ExecuteMsg::UpdateOwnership(Action::AcceptOwnership) => &[Role::NextOperator],
        // A grid without an operator could never admit a meter again.
        ExecuteMsg::UpdateOwnership(Action::RenounceOwnership) => &[],
    }
}
