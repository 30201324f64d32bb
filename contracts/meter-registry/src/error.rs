//! Why a message is refused: one variant a cause, and the text says what was expected and what came.

use cosmwasm_std::StdError;

/// Why a message or a query is refused.
#[derive(thiserror::Error, Debug, PartialEq)]
pub enum ContractError {
    /// The chain's own refusals: an invalid address, a value that does not parse.
    #[error(transparent)]
    Std(#[from] StdError),
}
