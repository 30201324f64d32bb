//! What a home pays, earns and saves.

use gridpact_market::{SeatResult, WindowOutcome};
use gridpact_units::{Amount, EnergyTotal, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

use crate::run::{RuleHome, RuleOutcome, Utility, UtilityBill};

/// Seconds in a mean Gregorian year, 365.2425 days.
const YEAR: u128 = 31_556_952;

/// A home's results over all windows.
pub fn sum(windows: &[WindowOutcome], slot: usize) -> SeatResult {
    windows
        .iter()
        .map(|window| window.results[slot])
        .fold(SeatResult::default(), |sum, result| SeatResult {
            bought: EnergyTotal(sum.bought.0 + result.bought.0),
            sold: EnergyTotal(sum.sold.0 + result.sold.0),
            debit: Amount(sum.debit.0 + result.debit.0),
            credit: Amount(sum.credit.0 + result.credit.0),
            fee: Amount(sum.fee.0 + result.fee.0),
        })
}

/// What a home pays with and without its neighbours, rounded once against the home.
///
/// saved = bought x (retail - shared charge) - paid + earned - sold x feed-in
pub fn utility_bill(
    utility: &Utility,
    import: EnergyTotal,
    export: EnergyTotal,
    result: &SeatResult,
) -> UtilityBill {
    let worth = |energy: EnergyTotal, price: gridpact_units::Price| signed(energy.0) * signed(price.0);
    let divisor = signed(MILLIWATT_HOURS_PER_MEGAWATT_HOUR);
    let without = worth(import, utility.retail) - worth(export, utility.feed_in);
    let traded = worth(result.bought, utility.retail)
        - worth(result.bought, utility.shared_charge)
        - worth(result.sold, utility.feed_in);
    let saved = traded.div_euclid(divisor) - signed(result.debit.0) + signed(result.credit.0);
    // Rounded up: what is owed to the utility.
    let without = -(-without).div_euclid(divisor);
    UtilityBill {
        without,
        with: without - saved,
        saved,
    }
}

/// Energies, prices and amounts are bounded far below 2^127.
fn signed(value: u128) -> i128 {
    i128::try_from(value).unwrap_or(i128::MAX)
}

/// Hundredths of a year until the saving of `seconds` has paid `pledge`; `None` without a saving.
pub fn payback_centiyears(pledge: Amount, saved: i128, seconds: u64) -> Option<u64> {
    let saved = u128::try_from(saved).ok().filter(|saved| *saved > 0)?;
    let centiyears = pledge.0.checked_mul(u128::from(seconds) * 100)? / saved.checked_mul(YEAR)?;
    u64::try_from(centiyears).ok()
}

/// Part of a whole in millionths; 0 of nothing.
pub fn ppm(part: EnergyTotal, whole: EnergyTotal) -> u32 {
    let ppm = part
        .0
        .saturating_mul(1_000_000)
        .checked_div(whole.0)
        .unwrap_or_default();
    u32::try_from(ppm).unwrap_or(u32::MAX)
}

/// A run under one rule, as the comparison shows it.
pub fn rule_outcome(
    rule: &str,
    windows: &[WindowOutcome],
    energies: &[(EnergyTotal, EnergyTotal)],
    utility: Option<&Utility>,
) -> RuleOutcome {
    let homes = energies.iter().enumerate().map(|(slot, (import, export))| {
        let result = sum(windows, slot);
        RuleHome {
            bought: result.bought,
            sold: result.sold,
            coverage_ppm: ppm(result.bought, *import),
            net: signed(result.credit.0) - signed(result.debit.0),
            saved: utility.map(|utility| utility_bill(utility, *import, *export, &result).saved),
        }
    });
    let shared = EnergyTotal(windows.iter().map(|window| window.totals.traded.0).sum());
    RuleOutcome {
        rule: rule.to_owned(),
        shared,
        homes: homes.collect(),
    }
}
