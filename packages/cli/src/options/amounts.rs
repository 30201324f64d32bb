//! Money, prices and weights of `simulate`, read exactly.

use anyhow::{bail, Result};
use gridpact_simulation::run::Currency;
use gridpact_units::{decimal, Amount, BasisPoints, Price, MAX_PRICE};

/// Reads `EUR:6`.
pub fn parse_currency(text: &str) -> Result<Currency, String> {
    let expected =
        || format!("expected a name of 1 to 12 letters, a colon and 0 to 18 decimals, got `{text}`");
    let (name, decimals) = text.split_once(':').ok_or_else(expected)?;
    let decimals: u8 = decimals.parse().map_err(|_| expected())?;
    let named = (1..=12).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_alphabetic());
    // 18 decimals, as most tokens have at most: with more, MAX_PRICE would be below a unit a kWh.
    if !named || decimals > 18 {
        return Err(expected());
    }
    Ok(Currency {
        name: name.to_owned(),
        decimals,
    })
}

/// Money in main units to base units, exactly.
pub fn parse_money(text: &str, currency: &Currency) -> Result<Amount> {
    let money = decimal::parse(text, currency.scale());
    let limit = 1_u128 << 100;
    let Some(amount) = money.ok().filter(|amount| *amount < limit) else {
        bail!(
            "expected money as digits with at most {} behind the point, got `{text}`",
            currency.decimals
        );
    };
    Ok(Amount(amount))
}

/// A price in main units per kWh to base units per MWh, exactly.
pub fn parse_price(text: &str, currency: &Currency) -> Result<Price> {
    let scale = currency.price_scale();
    let price = decimal::parse(text, scale).ok().map(Price);
    let Some(price) = price.filter(|price| *price <= MAX_PRICE) else {
        let max = decimal::show(i128::try_from(MAX_PRICE.0)?, scale);
        bail!("expected a price a kWh as digits with at most {scale} behind the point, at most {max}, got `{text}`");
    };
    Ok(price)
}

/// `0.5` of the way from one price to another; `None` where it is not between them or finer than a basis point.
pub fn weight(text: &str) -> Option<BasisPoints> {
    let weight = u16::try_from(decimal::parse(text, 4).ok()?).ok()?;
    Some(BasisPoints(weight)).filter(|weight| *weight <= BasisPoints::WHOLE)
}
