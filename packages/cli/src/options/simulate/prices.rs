//! Prices among the options of `simulate`.

use anyhow::{bail, Context, Result};
use gridpact_market::{Policy, PriceRule};
use gridpact_simulation::run::{Currency, Utility};
use gridpact_simulation::utility_prices::UtilityPrices;
use gridpact_units::{decimal, BasisPoints, Price};

use super::super::amounts::{parse_money, parse_price, weight};
use super::SimulateArgs;
use crate::sources;

impl SimulateArgs {
    /// The utility's prices by time, where a file says them.
    pub(super) fn utility_prices(&self, currency: &Currency) -> Result<UtilityPrices> {
        let Some(path) = &self.prices else {
            return Ok(UtilityPrices::default());
        };
        let signed = |text: &str| {
            let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
            let price = parse_price(digits, currency).map_err(|_| {
                let scale = currency.price_scale();
                format!(
                    "a price a kWh as digits with at most {scale} behind the point, below zero with a minus"
                )
            })?;
            Ok(i128::try_from(price.0).unwrap_or(i128::MAX).saturating_mul(sign))
        };
        UtilityPrices::read(sources::open(path).context("--prices")?, signed).context("--prices")
    }

    /// The utility that options or the grid's tariff name.
    pub(super) fn utility(&self, currency: &Currency, grid: Option<&Policy>) -> Result<Option<Utility>> {
        if self.no_utility {
            return Ok(None);
        }
        // The first prices of a grid's tariff; of a grid without one there is no utility.
        let first = grid.map(|grid| {
            let bands = grid.tariff.tables.iter().flat_map(|table| &table.bands);
            let prices: Vec<(Price, Price)> = bands.map(|band| (band.retail, band.feed_in)).collect();
            let varies = prices.iter().any(|price| Some(price) != prices.first());
            (prices.first().copied(), varies)
        });
        if matches!(first, Some((None, _))) && self.retail.is_none() {
            return Ok(None);
        }
        let (of_grid, varies) = first.unwrap_or_default();
        let price = |option: &'static str, text: &str| parse_price(text, currency).context(option);
        let usual =
            |option, stated: &Option<String>, of_grid: Option<Price>, usual: &str| match (stated, of_grid) {
                (None, Some(price)) => Ok(price),
                (stated, _) => price(option, stated.as_deref().unwrap_or(usual)),
            };
        let stated = self.retail.is_some() || self.feed_in.is_some();
        Ok(Some(Utility {
            retail: usual(
                "--retail",
                &self.retail,
                of_grid.map(|(retail, _)| retail),
                "0.30",
            )?,
            feed_in: usual(
                "--feed-in",
                &self.feed_in,
                of_grid.map(|(_, feed_in)| feed_in),
                "0.08",
            )?,
            shared_charge: price("--shared-charge", &self.shared_charge)?,
            varies: (varies && !stated) || self.prices.is_some(),
            levy: price("--levy", &self.levy)?,
            monthly: parse_money(&self.monthly, currency).context("--monthly")?,
            vat: percent(&self.vat).with_context(|| {
                format!(
                    "--vat: expected 0 to 100 percent with at most 2 digits behind the point, got `{}`",
                    self.vat
                )
            })?,
        }))
    }
}

/// `20`, `7.7` as hundredths of a percent.
fn percent(text: &str) -> Option<BasisPoints> {
    let percent = u16::try_from(decimal::parse(text, 2).ok()?).ok()?;
    Some(BasisPoints(percent)).filter(|percent| *percent <= BasisPoints::WHOLE)
}

/// A grid's price rule as `--price` writes it.
pub(super) fn price_words(rule: PriceRule, currency: &Currency) -> String {
    let price = |price: Price| decimal::show_trimmed(price.0, currency.price_scale());
    match rule {
        PriceRule::Fixed { price: fixed } => format!("fixed:{}", price(fixed)),
        PriceRule::MidMarket { weight } => {
            format!("mid_market:{}", decimal::show_trimmed(weight.0.into(), 4))
        }
        PriceRule::SupplyDemandRatio { compensation } => format!("sdr:{}", price(compensation)),
    }
}

/// Reads `--price`.
pub(super) fn price_rule(text: &str, currency: &Currency) -> Result<PriceRule> {
    let (name, value) = text
        .split_once(':')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    if value.is_some_and(|value| value.starts_with('-')) {
        bail!("a negative price for shared energy is refused: expected 0 or more, got `{text}`; a utility's prices may be below zero, in --prices");
    }
    Ok(match name {
        "fixed" => PriceRule::Fixed {
            price: parse_price(value.unwrap_or("0.20"), currency)?,
        },
        "mid_market" => PriceRule::MidMarket {
            weight: weight(value.unwrap_or("0.5")).with_context(|| {
                format!("expected a weight of 0 to 1 with at most 4 digits behind the point, got `{text}`")
            })?,
        },
        "sdr" => PriceRule::SupplyDemandRatio {
            compensation: parse_price(value.unwrap_or("0"), currency)?,
        },
        _ => bail!("expected fixed[:PRICE], mid_market[:WEIGHT] or sdr[:COMPENSATION], got `{text}`"),
    })
}
