//! The file's `[market]`: rules, prices, fees and the utility's tariff.

use gridpact_market::{
    AllocationRule, Concern, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff, TariffBand,
    TariffTable, UtcOffset,
};
use gridpact_types::asset::Asset;
use gridpact_units::decimal;
use gridpact_units::{BasisPoints, IntervalIndex, IntervalLength, Price, Seconds};

use super::parts::{Names, Receiver};
use crate::onchain::fields::Fields;
use crate::onchain::{money, time};

/// What `[market]` says.
pub struct Market {
    pub asset: Asset,
    pub policy: Policy,
    pub fees: Vec<(String, Receiver)>,
    pub rounding: Receiver,
}

/// Reads prices of the market's asset.
#[derive(Clone, Copy)]
struct Prices<'n> {
    asset: &'n Asset,
    names: Names<'n>,
}

impl Prices<'_> {
    fn price(&self, text: &str) -> anyhow::Result<Price> {
        money::parse_price(text, self.asset, self.names.network)
    }
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
        Ok(()) => check_accepted(&table, &policy, &accepted?).map(|()| policy),
        Err(error) => table.problem_here(&error.to_string()),
    });
    table.finish();
    Some(Market {
        policy: policy?,
        fees: fees?.into_iter().map(|(_, receiver)| receiver).collect(),
        rounding: rounding?,
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

/// What the grid's makers say they know of their policy.
fn accepted(table: &Fields) -> Option<Vec<String>> {
    if !table.has("accept") {
        return Some(Vec::new());
    }
    let known = [
        Concern::FeesAboveMargin,
        Concern::FixedAboveRetail,
        Concern::FreeEnergy,
    ];
    table.texts("accept", |text| {
        if known.iter().any(|concern| concern.to_string() == text) {
            return Ok(text.to_owned());
        }
        let known = known.map(|concern| concern.to_string()).join(", ");
        Err(format!("expected {known}, got `{text}`"))
    })
}

/// A policy that hurts its members is taken only where the file says so by name.
fn check_accepted(table: &Fields, policy: &Policy, accepted: &[String]) -> Option<()> {
    let concerns = policy.concerns().into_iter();
    let mut unsaid = concerns
        .filter(|concern| !accepted.contains(&concern.to_string()))
        .peekable();
    if unsaid.peek().is_none() {
        return Some(());
    }
    let told: Vec<String> = unsaid
        .map(|concern| {
            format!(
                "{}; say accept = [\"{concern}\"] where that is meant",
                concern.meaning()
            )
        })
        .collect();
    table.problem_here(&told.join("; "))
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

/// The utility's prices and the local time they go by.
fn tariff(table: &Fields, length: IntervalLength, prices: Prices) -> Option<Tariff> {
    let tables = table.tables("tariff").into_iter();
    let tables: Vec<_> = tables.map(|table| tariff_table(table, length, prices)).collect();
    let offsets = table.tables("utc_offset").into_iter();
    let offsets: Vec<_> = offsets.map(|offset| utc_offset(offset, length)).collect();
    Some(Tariff {
        tables: tables.into_iter().collect::<Option<_>>()?,
        utc_offsets: offsets.into_iter().collect::<Option<_>>()?,
    })
}

fn utc_offset(table: Fields, length: IntervalLength) -> Option<UtcOffset> {
    let valid_from = table.text("valid_from", |text| boundary(text, length));
    let minutes = table.text("offset", offset_minutes);
    table.finish();
    Some(UtcOffset {
        valid_from: valid_from?,
        minutes: minutes?,
    })
}

fn tariff_table(table: Fields, length: IntervalLength, prices: Prices) -> Option<TariffTable> {
    let valid_from = table.text("valid_from", |text| boundary(text, length));
    let bands: Vec<_> = table
        .tables("bands")
        .into_iter()
        .map(|band| tariff_band(band, prices))
        .collect();
    let bands: Option<Vec<_>> = bands.into_iter().collect();
    table.finish();
    Some(TariffTable {
        valid_from: valid_from?,
        bands: bands?,
    })
}

fn tariff_band(band: Fields, prices: Prices) -> Option<TariffBand> {
    let from_minute = band.text("from", |text| {
        minutes(text).ok_or_else(|| format!("expected a local time as 06:00, got `{text}`"))
    });
    let retail = band.text("retail", |text| prices.price(text));
    let feed_in = band.text("feed_in", |text| prices.price(text));
    band.finish();
    Some(TariffBand {
        from_minute: from_minute?,
        retail: retail?,
        feed_in: feed_in?,
    })
}

/// The interval that begins just then.
fn boundary(text: &str, length: IntervalLength) -> Result<IntervalIndex, String> {
    let time = time::parse_time(text)?;
    let index = length.index_at(time.0);
    if length.start_of(index) == time.0 {
        Ok(index)
    } else {
        Err(format!(
            "expected the start of an interval of {}, got `{text}`",
            time::show_duration(Seconds(length.seconds().into()))
        ))
    }
}

/// `+01:00`; which offsets exist is the policy's to say.
fn offset_minutes(text: &str) -> Result<i16, String> {
    let ahead = |text| i16::try_from(minutes(text)?).ok();
    let offset = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(text), _) => ahead(text),
        (_, Some(text)) => ahead(text).and_then(i16::checked_neg),
        _ => None,
    };
    offset.ok_or_else(|| format!("expected local time minus UTC as +01:00, got `{text}`"))
}

/// `06:00` as minutes.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours >= 24 || minutes >= 60 {
        return None;
    }
    hours.checked_mul(60)?.checked_add(minutes)
}
