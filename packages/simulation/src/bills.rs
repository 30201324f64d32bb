//! What a home pays, earns and saves.

use gridpact_market::{SeatResult, WindowOutcome};
use gridpact_units::{Amount, EnergyTotal, Price, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

use crate::run::{RuleHome, RuleOutcome, Utility, UtilityBill};
use crate::sums::{energy, signed};

/// Seconds in a mean Gregorian year, 365.2425 days.
const YEAR: u128 = 31_556_952;

/// A home's results over all windows; `None` where a window does not have it.
pub fn sum(windows: &[WindowOutcome], slot: usize) -> Option<SeatResult> {
    windows.iter().try_fold(SeatResult::default(), |sum, window| {
        let result = window.results.get(slot)?;
        Some(SeatResult {
            bought: sum.bought.checked_add(result.bought)?,
            sold: sum.sold.checked_add(result.sold)?,
            debit: sum.debit.checked_add(result.debit)?,
            credit: sum.credit.checked_add(result.credit)?,
            fee: sum.fee.checked_add(result.fee)?,
        })
    })
}

/// What a home pays with and without its neighbours, rounded once against the home.
///
/// saved = bought x (retail - shared charge) - paid + earned - sold x feed-in
///
/// Energies, prices and amounts are bounded far below 2^127: nothing saturates.
pub fn utility_bill(
    utility: &Utility,
    import: EnergyTotal,
    export: EnergyTotal,
    result: &SeatResult,
) -> UtilityBill {
    let worth = |energy: EnergyTotal, price: Price| signed(energy.0).saturating_mul(signed(price.0));
    let without = worth(import, utility.retail).saturating_sub(worth(export, utility.feed_in));
    let traded = worth(result.bought, utility.retail)
        .saturating_sub(worth(result.bought, utility.shared_charge))
        .saturating_sub(worth(result.sold, utility.feed_in));
    let saved = rounded_down(traded)
        .saturating_sub(signed(result.debit.0))
        .saturating_add(signed(result.credit.0));
    // Rounded up: what is owed to the utility.
    let without = rounded_down(without.saturating_neg()).saturating_neg();
    UtilityBill {
        without,
        with: without.saturating_sub(saved),
        saved,
    }
}

/// A value (mWh x price) in whole base units.
fn rounded_down(value: i128) -> i128 {
    let divisor = signed(MILLIWATT_HOURS_PER_MEGAWATT_HOUR);
    value.checked_div_euclid(divisor).unwrap_or_default()
}

/// Hundredths of a year until the saving of `seconds` has paid `pledge`; `None` without a saving.
pub fn payback_centiyears(pledge: Amount, saved: i128, seconds: u64) -> Option<u64> {
    let saved = u128::try_from(saved).ok().filter(|saved| *saved > 0)?;
    let centiseconds = u128::from(seconds).checked_mul(100)?;
    let centiyears = pledge
        .0
        .checked_mul(centiseconds)?
        .checked_div(saved.checked_mul(YEAR)?)?;
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

/// A run under one rule, as the comparison shows it; `None` where a window has not every home.
pub fn rule_outcome(
    rule: &str,
    windows: &[WindowOutcome],
    energies: &[(EnergyTotal, EnergyTotal)],
    utility: Option<&Utility>,
) -> Option<RuleOutcome> {
    let home = |(slot, (import, export)): (usize, &(EnergyTotal, EnergyTotal))| {
        let result = sum(windows, slot)?;
        Some(RuleHome {
            bought: result.bought,
            sold: result.sold,
            coverage_ppm: ppm(result.bought, *import),
            net: signed(result.credit.0).saturating_sub(signed(result.debit.0)),
            saved: utility.map(|utility| utility_bill(utility, *import, *export, &result).saved),
        })
    };
    Some(RuleOutcome {
        rule: rule.to_owned(),
        shared: energy(windows.iter().map(|window| window.totals.traded)),
        homes: energies.iter().enumerate().map(home).collect::<Option<_>>()?,
    })
}
