//! What was asked for, read and checked.

use anyhow::{bail, ensure, Context, Result};
use gridpact_market::{AllocationRule, FeeKind, Policy, PriceRule, Tariff};
use gridpact_units::{Amount, BasisPoints, IntervalLength, Price};

use super::SimulateArgs;
use crate::run::{Currency, Utility};
use gridpact_units::decimal;

/// An allocation rule and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRule {
    /// As on the command line.
    pub name: &'static str,
    /// What it means.
    pub rule: AllocationRule,
}

/// All rules by name.
pub const RULES: [NamedRule; 5] = [
    NamedRule {
        name: "even",
        rule: AllocationRule::Even,
    },
    NamedRule {
        name: "pro_rata",
        rule: AllocationRule::ProRata,
    },
    NamedRule {
        name: "static",
        rule: AllocationRule::Static { reoffer: true },
    },
    NamedRule {
        name: "static-no-reoffer",
        rule: AllocationRule::Static { reoffer: false },
    },
    NamedRule {
        name: "priority",
        rule: AllocationRule::Priority,
    },
];

/// Reads a rule's name.
pub fn parse_rule(text: &str) -> Result<NamedRule, String> {
    let rule = RULES.into_iter().find(|rule| rule.name == text);
    rule.ok_or_else(|| {
        format!(
            "expected {}, got `{text}`",
            RULES.map(|rule| rule.name).join(", ")
        )
    })
}

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
    let money = decimal::parse(text, u32::from(currency.decimals));
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
    // 1,000 kWh in a MWh: three more decimals than the money has.
    let scale = u32::from(currency.decimals) + 3;
    let price = decimal::parse(text, scale).ok().map(Price);
    let Some(price) = price.filter(|price| *price <= gridpact_units::MAX_PRICE) else {
        let most = decimal::show(i128::try_from(gridpact_units::MAX_PRICE.0)?, scale);
        bail!("expected a price a kWh as digits with at most {scale} behind the point, at most {most}, got `{text}`");
    };
    Ok(price)
}

/// Everything asked for, checked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How to print base units.
    pub currency: Currency,
    /// The utility, if any.
    pub utility: Option<Utility>,
    /// The rule, by name.
    pub rule: NamedRule,
    /// The price rule as written.
    pub price_name: String,
    /// The price rule.
    pub price: PriceRule,
    /// Fee on what sellers earn.
    pub fee: BasisPoints,
    /// Deposit of every home, if stated.
    pub deposit: Option<Amount>,
    /// Pledge of every home.
    pub pledge: Amount,
}

impl Plan {
    /// Reads the money among the options and checks that they go together, before any file is opened.
    pub fn from_args(args: &SimulateArgs) -> Result<Self> {
        let currency = &args.currency;
        let price = |option: &'static str, text: &str| parse_price(text, currency).context(option);
        let utility = if args.no_utility {
            None
        } else {
            Some(Utility {
                retail: price("--retail", &args.retail)?,
                feed_in: price("--feed-in", &args.feed_in)?,
                shared_charge: price("--shared-charge", &args.shared_charge)?,
            })
        };
        let default = if args.no_utility {
            "fixed:0.20"
        } else {
            "mid_market:0.5"
        };
        let price_name = args.price.clone().unwrap_or_else(|| default.to_owned());
        let plan = Self {
            currency: currency.clone(),
            utility,
            rule: args.rule,
            price: parse_price_rule(&price_name, currency).context("--price")?,
            price_name,
            fee: BasisPoints(args.fee_bps),
            deposit: args
                .deposit
                .as_ref()
                .map(|text| parse_money(text, currency).context("--deposit"))
                .transpose()?,
            pledge: parse_money(&args.pledge, currency).context("--pledge")?,
        };
        ensure!(
            !plan.pledge.is_zero(),
            "--pledge: expected more than nothing, got `{}`",
            args.pledge
        );
        if let Some(out) = args.out.as_ref().filter(|out| out.exists() && !out.is_dir()) {
            bail!("--out: expected a folder, got the file {}", out.display());
        }
        plan.policy(IntervalLength::HOUR, plan.rule.rule)
            .validate()
            .context("the prices do not go together")?;
        Ok(plan)
    }

    /// The grid's policy under a rule.
    pub fn policy(&self, interval_length: IntervalLength, rule: AllocationRule) -> Policy {
        let sellers = match self.utility {
            Some(_) => rule,
            // On an island what was exported was used by somebody: who exported more sold more.
            None => AllocationRule::ProRata,
        };
        Policy {
            interval_length,
            buyers: rule,
            sellers,
            price: self.price,
            tariff: self.utility.map_or(Tariff::NONE, |utility| {
                Tariff::flat(utility.retail, utility.feed_in)
            }),
            fees: if self.fee.0 == 0 {
                vec![]
            } else {
                vec![FeeKind::BasisPoints(self.fee)]
            },
        }
    }
}

fn parse_price_rule(text: &str, currency: &Currency) -> Result<PriceRule> {
    let (name, value) = text
        .split_once(':')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    Ok(match name {
        "fixed" => PriceRule::Fixed {
            price: parse_price(value.unwrap_or("0.20"), currency)?,
        },
        "mid_market" => {
            let weight = decimal::parse(value.unwrap_or("0.5"), 4)
                .ok()
                .and_then(|weight| u16::try_from(weight).ok());
            let weight = weight.filter(|weight| *weight <= 10_000);
            let weight = weight.with_context(|| {
                format!("expected a weight of 0 to 1 with at most 4 digits behind the point, got `{text}`")
            })?;
            PriceRule::MidMarket {
                weight: BasisPoints(weight),
            }
        }
        "sdr" => PriceRule::SupplyDemandRatio {
            compensation: parse_price(value.unwrap_or("0"), currency)?,
        },
        _ => bail!("expected fixed[:PRICE], mid_market[:WEIGHT] or sdr[:COMPENSATION], got `{text}`"),
    })
}
