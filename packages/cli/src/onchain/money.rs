//! Money and prices as people write them, with the unit named; exact both ways.
//!
//! `10000 EUR` is in the main unit of an asset that the network file names. `10000000ueur` is in base units of a coin,
//! `10000000cw20:ADDRESS` of a token. The two cannot be taken for each other: a blank stands before a name, none before a
//! denomination.

use gridpact_client::{NamedAsset, Network};
use gridpact_types::asset::Asset;
use gridpact_units::decimal;
use gridpact_units::decimal::money::MAX_AMOUNT;
use gridpact_units::{Amount, Price};

use super::exit::bad_argument;

/// An amount of one asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Of what.
    pub asset: Asset,
    /// How much, in base units.
    pub amount: Amount,
}

/// Reads `10000 EUR`, `2.5 EUR`, `10000000ueur` or `10000000cw20:ADDRESS`.
///
/// # Errors
/// No unit, an unknown name (the text lists those the network file has), no number, finer than the asset's base unit.
pub fn parse(text: &str, network: &Network) -> anyhow::Result<Money> {
    let money = match text.split_once(' ') {
        Some((number, name)) => {
            let named = asset_named(name, network)?;
            let amount = decimal::money::parse_amount(number, named.decimals).ok();
            amount.map(|amount| Money {
                asset: named.asset.clone(),
                amount,
            })
        }
        None => base_units(text),
    };
    money.ok_or_else(|| {
        bad_argument(format!(
            "expected money with its unit as `10000 NAME` or `2.5 NAME` ({}), or in base units as `10000000ueur`, got `{text}`",
            names(network)
        ))
    })
}

/// Reads an amount that must be of this asset.
///
/// # Errors
/// As [`parse`], and another asset.
pub fn parse_of(text: &str, asset: &Asset, network: &Network) -> anyhow::Result<Amount> {
    let money = parse(text, network)?;
    if money.asset != *asset {
        return Err(bad_argument(format!(
            "expected money in {}, got `{text}`",
            name_of(asset, network)
        )));
    }
    Ok(money.amount)
}

/// Reads a price a kWh, `0.30 EUR/kWh`, of this asset, to base units per MWh.
///
/// # Errors
/// No unit, another asset, finer than a base unit per MWh, above [`gridpact_units::MAX_PRICE`].
pub fn parse_price(text: &str, asset: &Asset, network: &Network) -> anyhow::Result<Price> {
    let Some(named) = named(asset, network) else {
        return Err(bad_argument(format!(
            "expected a name for {asset} under [assets] in the network file, since prices are stated in main units; got none"
        )));
    };
    let (name, named) = named;
    let number = text
        .strip_suffix("/kWh")
        .and_then(|money| money.strip_suffix(name));
    let number = number.and_then(|number| number.strip_suffix(' '));
    // A text without the unit is no number either.
    decimal::money::parse_price(number.unwrap_or_default(), named.decimals).map_err(|error| {
        bad_argument(format!(
            "expected a price as `0.30 {name}/kWh` with at most {} digits behind the point, at most {} {name}/kWh, got `{text}`",
            error.decimals,
            error.max()
        ))
    })
}

/// `2.5 EUR`, or `2500000ueur` where the network file does not name the asset. Reads back as the same amount.
pub fn show(amount: Amount, asset: &Asset, network: &Network) -> String {
    match named(asset, network) {
        Some((name, named)) => format!("{} {name}", decimal::money::show_amount(amount, named.decimals)),
        None => show_base_units(amount, asset),
    }
}

/// `2500000ueur`: base units of an asset that has no name here.
pub fn show_base_units(amount: Amount, asset: &Asset) -> String {
    match asset {
        Asset::Native { denom } => format!("{amount}{denom}"),
        Asset::Cw20 { .. } => format!("{amount}{asset}"),
    }
}

/// `0.3 EUR/kWh`, or base units per MWh where the network file does not name the asset.
pub fn show_price(price: Price, asset: &Asset, network: &Network) -> String {
    match named(asset, network) {
        Some((name, named)) => format!("{} {name}/kWh", decimal::money::show_price(price, named.decimals)),
        None => format!("{price} base units/MWh"),
    }
}

/// `EUR`, or what the chain calls the asset where the network file does not name it.
pub fn name_of(asset: &Asset, network: &Network) -> String {
    named(asset, network).map_or_else(|| asset.to_string(), |(name, _)| name.to_owned())
}

/// The asset that the network file calls so.
///
/// # Errors
/// An unknown name; the text lists those the network file has.
pub fn asset_named<'n>(name: &str, network: &'n Network) -> anyhow::Result<&'n NamedAsset> {
    network.assets.get(name).ok_or_else(|| {
        bad_argument(format!(
            "expected an asset of the network file ({}), got `{name}`",
            names(network)
        ))
    })
}

fn named<'n>(asset: &Asset, network: &'n Network) -> Option<(&'n str, &'n NamedAsset)> {
    let mut assets = network.assets.iter();
    let found = assets.find(|(_, named)| named.asset == *asset);
    found.map(|(name, named)| (name.as_str(), named))
}

fn names(network: &Network) -> String {
    let names: Vec<&str> = network.assets.keys().map(String::as_str).collect();
    if names.is_empty() {
        "the network file names none".to_owned()
    } else {
        names.join(", ")
    }
}

/// A whole number of base units, and behind it, without a blank, what they are of.
fn base_units(text: &str) -> Option<Money> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, denom) = text.split_at(end);
    let asset = match denom.strip_prefix("cw20:") {
        Some(address) => Asset::cw20(address),
        None if is_denom(denom) => Asset::native(denom),
        None => return None,
    };
    let amount = Amount(digits.parse().ok()?);
    (amount <= MAX_AMOUNT).then_some(Money { asset, amount })
}

/// The bank module's rule: a letter, then 2 to 127 letters, digits or some marks.
fn is_denom(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "/:._-".contains(letter);
    (3..=128).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(fits)
}
