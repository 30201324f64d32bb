//! Who may send which message. Said once, here; a test walks every message by every role.

use super::messages::ExecuteMsg;

/// Who sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The grid's meter-registry.
    Registry,
    /// The owner of the slot that the message names.
    Owner,
    /// The grid's cw20 token.
    Token,
    /// Anybody at all, the others included.
    Anybody,
}

/// Who may send a message. A new message does not compile before it is said here.
pub const fn roles(message: &ExecuteMsg) -> &'static [Role] {
    match message {
        ExecuteMsg::OpenAccounts { .. } | ExecuteMsg::Settle { .. } => &[Role::Registry],
        ExecuteMsg::Receive(_) => &[Role::Token],
        ExecuteMsg::Withdraw { .. } => &[Role::Owner],
        ExecuteMsg::Deposit { .. } | ExecuteMsg::Finalise { .. } | ExecuteMsg::Sweep { .. } => {
            &[Role::Anybody]
        }
    }
}
