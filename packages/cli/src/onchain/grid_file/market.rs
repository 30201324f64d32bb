//! The file's `[market]`: rules, price, fees.

use gridpact_market::{AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule};
use gridpact_types::asset::Asset;
use gridpact_units::{decimal, BasisPoints, IntervalLength, Seconds};

use super::accept::{accepted, check_accepted};
use super::parts::{Names, Receiver};
use super::prices::Prices;
use super::tariff::tariff;
use crate::onchain::fields::Fields;
use crate::onchain::money;

/// What `[market]` says.
pub struct Market {
    pub asset: Asset,
    pub policy: Policy,
    pub fees: Vec<(String, Receiver)>,
    pub rounding: Receiver,
    /// What hurts and is meant all the same.
    pub accepted: Vec<String>,
}

/// Everything in `[market]`; `None` where a problem was noted. Without an interval's length, which is a problem noted
/// elsewhere, a quarter of an hour is assumed, so that the other problems come to light.
pub fn read(table: Fields, interval: Option<IntervalLength>, names: Names) -> Option<Market> {
    let length = interval.unwrap_or(IntervalLength::QUARTER_HOUR);
    let asset = table.text("asset", |text| {
        money::asset_named(text, names.network).map(|named| named.asset.clone())
    });
    let buyers = table.text("buyers", str::parse::<AllocationRule>);
    let sellers = table.text("sellers", str::parse::<AllocationRule>);
    let rounding = table.text("rounding", |text| receiver(text, names));
    // Without the asset no price can be read: what is wrong with the asset comes first.
    let asset = asset?;
    let prices = Prices { asset: &asset, names };
    let price = table.table("price").and_then(|table| price_rule(table, prices));
    let fees: Vec<_> = table
        .tables("fee")
        .into_iter()
        .map(|table| fee(table, prices))
        .collect();
    let fees: Option<Vec<_>> = fees.into_iter().collect();
    let tariff = tariff(&table, length, prices);
    let own_injection = own_injection(&table);
    let accepted = accepted(&table);
    let policy = || {
        Some(Policy {
            interval_length: length,
            buyers: buyers?,
            sellers: sellers?,
            price: price?,
            tariff: tariff?,
            // The first fee is 1.
            fees: (1..=u8::MAX)
                .zip(fees.as_ref()?)
                .map(|(id, (kind, _))| kind.of(id))
                .collect(),
            rounding: RoundingRule::LARGEST_REMAINDER,
            withdrawal_notice: Seconds(0),
            own_injection: own_injection?,
        })
    };
    let policy = policy().and_then(|policy| match policy.validate() {
        Ok(()) => {
            // Only noted, so that other mistakes in the file come to light too.
            let _: Option<()> = check_accepted(&table, &policy, prices, accepted.as_deref()?);
            Some(policy)
        }
        Err(error) => table.problem_here(&error.to_string()),
    });
    table.finish();
    Some(Market {
        policy: policy?,
        fees: fees?.into_iter().map(|(_, receiver)| receiver).collect(),
        rounding: rounding?,
        accepted: accepted?,
        asset,
    })
}

/// Whether a household may be matched with what itself injects; by default it may not.
fn own_injection(table: &Fields) -> Option<OwnInjection> {
    if !table.has("own_injection") {
        return Some(OwnInjection::Excluded);
    }
    table.text("own_injection", |text| match text {
        "excluded" => Ok(OwnInjection::Excluded),
        "counts" => Ok(OwnInjection::Counts),
        other => Err(format!("expected excluded or counts, got `{other}`")),
    })
}

fn price_rule(table: Fields, prices: Prices) -> Option<PriceRule> {
    let price = |text: &str| prices.price(text);
    let rules = "fixed, mid_market or supply_demand_ratio";
    let name = table.text("rule", |text| Ok::<_, String>(text.to_owned()));
    let rule = name.and_then(|name| match name.as_str() {
        "fixed" => table.text("price", price).map(|price| PriceRule::Fixed { price }),
        "mid_market" => table
            .text("weight", weight)
            .map(|weight| PriceRule::MidMarket { weight }),
        "supply_demand_ratio" => table
            .text("compensation", price)
            .map(|compensation| PriceRule::SupplyDemandRatio { compensation }),
        other => table.problem("rule", &format!("expected {rules}, got `{other}`")),
    });
    table.finish();
    rule
}

/// `0.5` of the way from feed-in to retail.
fn weight(text: &str) -> Result<BasisPoints, String> {
    let weight = decimal::parse(text, 4)
        .ok()
        .and_then(|weight| u16::try_from(weight).ok())
        .map(BasisPoints);
    let weight = weight.filter(|weight| *weight <= BasisPoints::WHOLE);
    weight.ok_or_else(|| format!("expected 0 to 1 with at most 4 digits behind the point, got `{text}`"))
}

fn fee(table: Fields, prices: Prices) -> Option<(FeeKind, (String, Receiver))> {
    let label = table.text("label", |text| Ok::<_, String>(text.to_owned()));
    let rate = table.text("rate", |text| rate(text, prices));
    let to = table.text("to", |text| receiver(text, prices.names));
    table.finish();
    Some((rate?, (label?, to?)))
}

/// `2 %` of what was earned, or `0.01 EUR/kWh`.
fn rate(text: &str, prices: Prices) -> anyhow::Result<FeeKind> {
    let Some(percent) = text.strip_suffix('%') else {
        return prices.price(text).map(FeeKind::PerMwh);
    };
    let part = decimal::parse(percent.trim_end(), 2)
        .ok()
        .and_then(|part| u16::try_from(part).ok());
    let part = part.map(BasisPoints).filter(|part| *part <= BasisPoints::WHOLE);
    part.map(FeeKind::BasisPoints).ok_or_else(|| {
        anyhow::anyhow!("expected 0 % to 100 % with at most 2 digits behind the point, got `{text}`")
    })
}

/// An account, or `project 1`.
fn receiver(text: &str, names: Names) -> anyhow::Result<Receiver> {
    match text.strip_prefix("project ") {
        Some(number) => {
            let number = number.parse().ok().filter(|number| *number > 0);
            number.map(Receiver::Project).ok_or_else(|| {
                anyhow::anyhow!("expected an account or a project as `project 1`, got `{text}`")
            })
        }
        None => names.wallet.address(text).map(Receiver::Account),
    }
}
