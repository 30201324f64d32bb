//! The one asset a grid or a project uses.

use core::fmt;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{coins, to_json_binary, Addr, BankMsg, Coin, CosmosMsg, StdResult, Uint128, WasmMsg};
use cw20::Cw20ExecuteMsg;
use gridpact_units::Amount;

/// Longest denomination that the bank module knows.
pub const MAX_DENOM: usize = 128;

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
        Self::Cw20 {
            address: address.into(),
        }
    }
}

/// Why money that came, or did not, is refused.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum PaymentError {
    /// Not exactly one coin of the asset.
    #[error("payment: expected {}, got {got}", wanted(expected))]
    Coins {
        /// The asset.
        expected: Asset,
        /// What came.
        got: String,
    },
    /// Coins with a message that has no use for them: they would be lost.
    #[error("payment: expected none with this message, got {got}")]
    NoneExpected {
        /// What came.
        got: String,
    },
    /// The hook of a contract that is not the asset's token.
    #[error("token: expected {expected}, got cw20:{got}")]
    Token {
        /// The asset.
        expected: Asset,
        /// Who called.
        got: String,
    },
    /// Nothing came.
    #[error("payment: expected more than 0")]
    Zero,
}

/// What pays in an asset. Tokens never come as coins: without the token's own name for it, who writes a client would look for them
/// in the bank.
fn wanted(asset: &Asset) -> String {
    match asset {
        Asset::Native { .. } => format!("one coin of {asset}"),
        Asset::Cw20 { .. } => format!("tokens of {asset}, which come with the token's own message `send`"),
    }
}

/// Refuses coins where a message takes none.
///
/// # Errors
/// Any coin.
pub fn no_coins(coins: &[Coin]) -> Result<(), PaymentError> {
    if coins.is_empty() {
        Ok(())
    } else {
        Err(PaymentError::NoneExpected { got: list(coins) })
    }
}

fn list(coins: &[Coin]) -> String {
    if coins.is_empty() {
        return "none".to_owned();
    }
    coins
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

impl Asset {
    /// The coin attached to a message: exactly one, of this asset.
    ///
    /// # Errors
    /// No coin, several, one of another denomination, none of it; any coin where the asset is a token.
    pub fn received(&self, coins: &[Coin]) -> Result<Amount, PaymentError> {
        match (self, coins) {
            (Self::Native { denom }, [coin]) if coin.denom == *denom => above_zero(coin.amount),
            _ => Err(PaymentError::Coins {
                expected: self.clone(),
                got: list(coins),
            }),
        }
    }

    /// Tokens that a cw20 hook says arrived. Anybody can call a hook: only the asset's own token is believed.
    ///
    /// # Errors
    /// Another contract, or no tokens.
    pub fn received_by_hook(&self, token: &Addr, amount: Uint128) -> Result<Amount, PaymentError> {
        match self {
            Self::Cw20 { address } if token.as_str() == address => above_zero(amount),
            _ => Err(PaymentError::Token {
                expected: self.clone(),
                got: token.to_string(),
            }),
        }
    }

    /// Pays an account.
    ///
    /// # Errors
    /// None: the message is plain data.
    pub fn pay(&self, to: &str, amount: Amount) -> StdResult<CosmosMsg> {
        Ok(match self {
            Self::Native { denom } => BankMsg::Send {
                to_address: to.to_owned(),
                amount: coins(amount.0, denom),
            }
            .into(),
            Self::Cw20 { address } => {
                let transfer = Cw20ExecuteMsg::Transfer {
                    recipient: to.to_owned(),
                    amount: Uint128::new(amount.0),
                };
                WasmMsg::Execute {
                    contract_addr: address.clone(),
                    msg: to_json_binary(&transfer)?,
                    funds: vec![],
                }
                .into()
            }
        })
    }
}

fn above_zero(amount: Uint128) -> Result<Amount, PaymentError> {
    if amount.is_zero() {
        Err(PaymentError::Zero)
    } else {
        Ok(Amount(amount.u128()))
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
