//! What a unit of gas costs.

use core::fmt;
use core::str::FromStr;

/// Parts of a whole that a gas price counts in: Cosmos decimals have 18 places.
const ONE: u128 = 1_000_000_000_000_000_000;
const PLACES: usize = 18;

/// Fee coins for a unit of gas, as Cosmos writes it: `0.025stake`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GasPrice {
    /// 10^-18 of the coin's base unit.
    atto: u128,
    /// The coin.
    pub denom: String,
}

/// A text that is no gas price.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("gas price: expected an amount and a coin such as 0.025stake, got {0:?}")]
pub struct GasPriceError(String);

impl GasPrice {
    /// The fee for so much gas, rounded up: a chain refuses one that is a unit short. `None` above 2^128.
    pub fn fee(&self, gas: u64) -> Option<u128> {
        Some(self.atto.checked_mul(u128::from(gas))?.div_ceil(ONE))
    }
}

/// True for what the SDK takes as the name of a coin.
pub(crate) fn is_denom(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    (3..=128).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(fits)
}

impl FromStr for GasPrice {
    type Err = GasPriceError;

    fn from_str(text: &str) -> Result<Self, GasPriceError> {
        let wrong = || GasPriceError(text.to_owned());
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .ok_or_else(wrong)?;
        let (amount, denom) = text.split_at(end);
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        if whole.is_empty() || part.contains('.') || part.len() > PLACES || !is_denom(denom) {
            return Err(wrong());
        }
        let atto = format!("{whole}{part:0<PLACES$}").parse().map_err(|_| wrong())?;
        Ok(Self {
            atto,
            denom: denom.to_owned(),
        })
    }
}

impl fmt::Display for GasPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.atto / ONE, self.atto % ONE);
        if part == 0 {
            return write!(f, "{whole}{}", self.denom);
        }
        let part = format!("{part:0PLACES$}");
        write!(f, "{whole}.{}{}", part.trim_end_matches('0'), self.denom)
    }
}
