//! The asset of a test, native coin or cw20 token, so that one scenario runs with both.

use cosmwasm_std::Addr;
use gridpact_types::asset::Asset;

/// Which kind of asset to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyKind {
    /// A coin of the bank.
    Native,
    /// A cw20-base token.
    Cw20,
}

/// The asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Money {
    /// A coin of the bank.
    Native {
        /// Its denomination.
        denom: String,
    },
    /// A token.
    Cw20 {
        /// Its contract.
        token: Addr,
    },
}

impl Money {
    /// As the contracts name it.
    pub fn asset(&self) -> Asset {
        match self {
            Self::Native { denom } => Asset::native(denom),
            Self::Cw20 { token } => Asset::cw20(token.as_str()),
        }
    }
}
