//! The one asset a grid or a project uses.

use core::fmt;

use cosmwasm_schema::cw_serde;

/// A native coin of the chain or a cw20 token.
#[cw_serde]
#[derive(Eq, PartialOrd, Ord)]
pub enum Asset {
    /// A coin of the chain's bank module.
    Native {
        /// Denomination of the base unit, for instance `uusdc`.
        denom: String,
    },
    /// A cw20 token. Only tokens named here are believed; any other contract that calls the hook is refused.
    Cw20 {
        /// Address of the token contract.
        address: String,
    },
}

impl Asset {
    /// A native coin.
    pub fn native(denom: impl Into<String>) -> Self {
        Self::Native { denom: denom.into() }
    }

    /// A cw20 token.
    pub fn cw20(address: impl Into<String>) -> Self {
        Self::Cw20 { address: address.into() }
    }
}

impl fmt::Display for Asset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native { denom } => write!(f, "native:{denom}"),
            Self::Cw20 { address } => write!(f, "cw20:{address}"),
        }
    }
}
