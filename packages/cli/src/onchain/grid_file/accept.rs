//! The file's `accept`: what hurts the grid's members, and is meant all the same. What is not named there is refused.

use gridpact_client::Network;
use gridpact_market::{Concern, Policy};
use gridpact_simulation::rounding::Rounding;
use gridpact_types::asset::Asset;
use gridpact_units::EnergyTotal;

use super::prices::Prices;
use crate::onchain::fields::Fields;
use crate::onchain::money;

/// The concern that the asset is too coarse for the amounts: of a month, no matter of the policy alone.
pub(super) const ROUNDING: &str = "rounding";

/// What a home trades in a month for which rounding is told: 100 kWh, in mWh.
const A_MONTHS_ENERGY: EnergyTotal = EnergyTotal(100_000_000);

/// What the grid's makers say they know of their policy.
pub(super) fn accepted(table: &Fields) -> Option<Vec<String>> {
    if !table.has("accept") {
        return Some(Vec::new());
    }
    let concerns = [
        Concern::FeesAboveMargin,
        Concern::FixedAboveRetail,
        Concern::FreeEnergy,
    ];
    let known: Vec<String> = concerns
        .iter()
        .map(ToString::to_string)
        .chain([ROUNDING.to_owned()])
        .collect();
    table.texts("accept", |text| {
        if known.iter().any(|name| name == text) {
            return Ok(text.to_owned());
        }
        Err(format!("expected {}, got `{text}`", known.join(", ")))
    })
}

/// A policy that hurts its members is taken only where the file says so by name.
pub(super) fn check_accepted(
    table: &Fields,
    policy: &Policy,
    prices: Prices,
    accepted: &[String],
) -> Option<()> {
    let concerns = policy.concerns().into_iter();
    let mut found: Vec<(String, String)> = concerns
        .map(|concern| (concern.to_string(), concern.meaning().to_owned()))
        .collect();
    if rounding(policy).is_some_and(|rounding| rounding.is_coarse()) {
        found.push((
            ROUNDING.to_owned(),
            rounding_told(policy, prices.asset, prices.names.network),
        ));
    }
    let unsaid = found.into_iter().filter(|(name, _)| !accepted.contains(name));
    let told: Vec<String> = unsaid
        .map(|(name, meaning)| format!("{meaning}; say accept = [\"{name}\"] where that is meant"))
        .collect();
    if told.is_empty() {
        return Some(());
    }
    table.problem_here(&told.join("; "))
}

/// What rounding costs a home in a month at worst: where it buys and sells in every interval, and each is reported by itself, of
/// 100 kWh at the lowest price that the rule can come to. `None` where all energy is free: nothing is rounded then.
fn rounding(policy: &Policy) -> Option<Rounding> {
    let lowest = policy.lowest_price()?;
    // At the highest price of all, 10^32.
    let value = lowest.checked_value_of_total(A_MONTHS_ENERGY)?.round_down();
    Some(Rounding::of_single_intervals(policy.interval_length, value))
}

/// The same in words.
pub(super) fn rounding_told(policy: &Policy, asset: &Asset, network: &Network) -> String {
    let (Some(rounding), Some(lowest)) = (rounding(policy), policy.lowest_price()) else {
        return "rounding costs nothing, since all energy is free".to_owned();
    };
    format!(
        "{} that 100 kWh come to at the lowest price, {}, where every interval is reported by itself; longer reports round less",
        rounding.told(|amount| money::show(amount, asset, network)),
        money::show_price(lowest, asset, network)
    )
}
