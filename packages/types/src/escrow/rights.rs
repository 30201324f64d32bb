//! Who may send what to the escrow, said once. The README's table and the test of every message by every role follow it.

use super::messages::{ExecuteMsg, ReceiveMsg};

/// What a sender is to a project. One address may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Any address.
    Anybody,
    /// Whom the terms admit: a named party; in an open call anybody but the contractor, the decider and payees.
    Admitted,
    /// Who has pledged.
    Pledger,
    /// Who paid when the project was funded.
    Holder,
    /// Who builds and is paid.
    Contractor,
    /// Who is paid under a number; 0 is the contractor.
    Payee,
    /// The address that a payee named.
    NextPayee,
    /// Who decides disputes.
    Decider,
    /// The token contract of the project's asset.
    Token,
}

impl Role {
    /// The role in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Anybody => "anybody",
            Self::Admitted => "whom the terms admit",
            Self::Pledger => "a pledger",
            Self::Holder => "a holder",
            Self::Contractor => "the contractor",
            Self::Payee => "the payee of the number",
            Self::NextPayee => "the address that the payee named",
            Self::Decider => "the decider",
            Self::Token => "the project's token",
        }
    }
}

/// The roles that may send a message: one of them is enough.
pub const fn roles(message: &ExecuteMsg) -> &'static [Role] {
    match message {
        ExecuteMsg::Open { .. } | ExecuteMsg::Terminate { .. } | ExecuteMsg::PayRevenue { .. } => {
            &[Role::Anybody]
        }
        ExecuteMsg::Pledge { .. } => &[Role::Admitted],
        ExecuteMsg::Receive(_) => &[Role::Token],
        ExecuteMsg::Accept { .. }
        | ExecuteMsg::SubmitMilestone { .. }
        | ExecuteMsg::Offer { .. }
        | ExecuteMsg::WithdrawOffer { .. } => &[Role::Contractor],
        ExecuteMsg::Object { .. }
        | ExecuteMsg::WithdrawObjection { .. }
        | ExecuteMsg::Consent { .. }
        | ExecuteMsg::ConsentToEnd { .. }
        | ExecuteMsg::ClaimDefects { .. }
        | ExecuteMsg::SupportClaim { .. }
        | ExecuteMsg::WithdrawSupport { .. } => &[Role::Holder],
        ExecuteMsg::Decide { .. } => &[Role::Decider],
        ExecuteMsg::Draw { .. } | ExecuteMsg::MovePayee { .. } => &[Role::Payee],
        ExecuteMsg::ConfirmMove { .. } => &[Role::NextPayee],
        ExecuteMsg::Restate { .. } | ExecuteMsg::ClaimRefund { .. } | ExecuteMsg::ClaimRevenue { .. } => {
            &[Role::Pledger]
        }
    }
}

/// The roles of whoever sent the tokens that a hook tells of: one of them is enough.
pub const fn payer_roles(message: &ReceiveMsg) -> &'static [Role] {
    match message {
        ReceiveMsg::Pledge { .. } => &[Role::Admitted],
        ReceiveMsg::Accept { .. } => &[Role::Contractor],
        ReceiveMsg::PayRevenue { .. } => &[Role::Anybody],
    }
}
