//! Amounts and prices in the main unit of an asset, whose base unit is 10^-`decimals` of it: exact both ways.

use core::fmt;

use super::{parse, show_trimmed};
use crate::{Amount, Price, MAX_PRICE};

/// The largest amount believed, 2^100 - 1: no asset has so much, and sums of many stay far below 2^128.
pub const MAX_AMOUNT: Amount = Amount((1 << 100) - 1);

/// A text that is no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAmount {
    /// Most digits behind the point.
    pub decimals: u8,
    /// The text.
    pub got: String,
}

impl fmt::Display for NotAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected money as digits with at most {} behind the point, got `{}`",
            self.decimals, self.got
        )
    }
}

impl core::error::Error for NotAmount {}

/// A text that is no price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPrice {
    /// Most digits behind the point.
    pub decimals: u32,
    /// The text.
    pub got: String,
}

impl NotPrice {
    /// The largest price, as it would be written.
    pub fn max(&self) -> String {
        show_trimmed(MAX_PRICE.0, self.decimals)
    }
}

impl fmt::Display for NotPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a price a kWh as digits with at most {} behind the point, at most {}, got `{}`",
            self.decimals,
            self.max(),
            self.got
        )
    }
}

impl core::error::Error for NotPrice {}

/// Reads `2.5`, in main units.
///
/// # Errors
/// No number, finer than a base unit, above [`MAX_AMOUNT`].
pub fn parse_amount(text: &str, decimals: u8) -> Result<Amount, NotAmount> {
    let amount = parse(text, decimals.into()).ok().map(Amount);
    amount
        .filter(|amount| *amount <= MAX_AMOUNT)
        .ok_or_else(|| NotAmount {
            decimals,
            got: text.to_owned(),
        })
}

/// `2.5`, in main units, without zeros at the end.
pub fn show_amount(amount: Amount, decimals: u8) -> String {
    show_trimmed(amount.0, decimals.into())
}

/// Reads `0.1535`, in main units a kWh, to base units a MWh.
///
/// # Errors
/// No number, finer than a base unit a MWh, above [`MAX_PRICE`].
pub fn parse_price(text: &str, decimals: u8) -> Result<Price, NotPrice> {
    let decimals = price_decimals(decimals);
    let price = parse(text, decimals).ok().map(Price);
    price.filter(|price| *price <= MAX_PRICE).ok_or_else(|| NotPrice {
        decimals,
        got: text.to_owned(),
    })
}

/// `0.1535`, in main units a kWh, without zeros at the end.
pub fn show_price(price: Price, decimals: u8) -> String {
    show_trimmed(price.0, price_decimals(decimals))
}

/// 1,000 kWh are a MWh: a price a kWh has three more decimals than its money.
fn price_decimals(decimals: u8) -> u32 {
    u32::from(decimals).saturating_add(3)
}
