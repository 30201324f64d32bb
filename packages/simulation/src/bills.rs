//! What a home pays, earns and saves.

use gridpact_market::{SeatResult, WindowOutcome};
use gridpact_units::{Amount, BasisPoints, Energy, EnergyTotal, Reading, MILLIWATT_HOURS_PER_MEGAWATT_HOUR};

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

/// What a home's energies come to at the utility's prices, interval by interval: mWh x price, which may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// All that it took, at the retail price.
    pub import: i128,
    /// All that it gave, at the feed-in price.
    pub export: i128,
    /// What it bought from neighbours, at the retail price.
    pub bought: i128,
    /// What it sold to neighbours, at the feed-in price.
    pub sold: i128,
}

/// The same of every home, by slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worths(pub Vec<Worth>);

impl Worths {
    /// Nothing yet.
    pub fn new(homes: usize) -> Self {
        Self(vec![Worth::default(); homes])
    }

    /// Counts an interval of these prices, retail and feed-in.
    pub fn interval(
        &mut self,
        (retail, feed_in): (i128, i128),
        readings: &[Reading],
        bought: &[Energy],
        sold: &[Energy],
    ) {
        // Most homes do only one of the four in an interval, and products of 128 bits take their time.
        let add = |sum: &mut i128, energy: Energy, price: i128| {
            if energy.0 != 0 {
                *sum = sum.saturating_add(i128::from(energy.0).saturating_mul(price));
            }
        };
        let homes = self.0.iter_mut().zip(readings).zip(bought.iter().zip(sold));
        for ((worth, reading), (bought, sold)) in homes {
            add(&mut worth.import, reading.import, retail);
            add(&mut worth.export, reading.export, feed_in);
            add(&mut worth.bought, *bought, retail);
            add(&mut worth.sold, *sold, feed_in);
        }
    }
}

/// What stands on a home's bill over some time.
#[derive(Clone, Copy)]
pub struct Used<'a> {
    /// What it took from the wire.
    pub import: EnergyTotal,
    /// What it traded and paid.
    pub result: &'a SeatResult,
    /// The same at the utility's prices.
    pub worth: Worth,
    /// How long, s.
    pub seconds: u64,
}

/// What a home pays with and without its neighbours, rounded once against the home.
///
/// saved = bought x (retail + levy) x (1 + VAT) - bought x charge - paid + earned - sold x feed-in
///
/// Energies, prices and amounts are bounded far below 2^127: nothing saturates.
pub fn utility_bill(utility: &Utility, used: &Used) -> UtilityBill {
    let Used {
        import,
        result,
        worth,
        seconds,
    } = *used;
    let levy = |energy: EnergyTotal| signed(energy.0).saturating_mul(signed(utility.levy.0));
    // Ten thousandths: a basis point of VAT is one of them.
    let whole = i128::from(BasisPoints::WHOLE.0);
    let taxed = whole.saturating_add(utility.vat.0.into());
    let parts = |value: i128| value.saturating_mul(whole);
    let down = |parts: i128| {
        let divisor = signed(MILLIWATT_HOURS_PER_MEGAWATT_HOUR).saturating_mul(whole);
        parts.checked_div_euclid(divisor).unwrap_or_default()
    };
    let up = |parts: i128| down(parts.saturating_neg()).saturating_neg();
    let monthly = monthly(utility, seconds);
    let monthly_taxed = up(monthly
        .saturating_mul(taxed)
        .saturating_mul(signed(MILLIWATT_HOURS_PER_MEGAWATT_HOUR)));

    let all = worth.import.saturating_add(levy(import)).saturating_mul(taxed);
    // What is owed to the utility is rounded up.
    let without = up(all.saturating_sub(parts(worth.export))).saturating_add(monthly_taxed);
    let charge = signed(result.bought.0).saturating_mul(signed(utility.shared_charge.0));
    let traded = worth
        .bought
        .saturating_add(levy(result.bought))
        .saturating_mul(taxed);
    let traded = traded
        .saturating_sub(parts(charge))
        .saturating_sub(parts(worth.sold));
    let saved = down(traded)
        .saturating_sub(signed(result.debit.0))
        .saturating_add(signed(result.credit.0));

    let rest = EnergyTotal(import.0.saturating_sub(result.bought.0));
    let (rest_in, levies) = (worth.import.saturating_sub(worth.bought), levy(rest));
    let untaxed = rest_in.saturating_add(levies);
    let vat = untaxed.saturating_mul(utility.vat.0.into());
    UtilityBill {
        without,
        with: without.saturating_sub(saved),
        saved,
        rest_in: up(parts(rest_in)),
        rest_out: down(parts(worth.export.saturating_sub(worth.sold))),
        levies: up(parts(levies)),
        monthly,
        vat: up(vat).saturating_add(monthly_taxed.saturating_sub(monthly)),
        charge: up(parts(charge)),
    }
}

/// The utility's monthly charge for so long, rounded up: a month is a twelfth of a mean year.
fn monthly(utility: &Utility, seconds: u64) -> i128 {
    let twelfths = utility
        .monthly
        .0
        .saturating_mul(12)
        .saturating_mul(seconds.into());
    signed(twelfths.div_ceil(YEAR))
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
    (windows, worths): (&[WindowOutcome], &Worths),
    energies: &[(EnergyTotal, EnergyTotal)],
    (utility, seconds): (Option<&Utility>, u64),
) -> Option<RuleOutcome> {
    let home = |(slot, (import, _)): (usize, &(EnergyTotal, EnergyTotal))| {
        let result = sum(windows, slot)?;
        let worth = *worths.0.get(slot)?;
        let used = Used {
            import: *import,
            result: &result,
            worth,
            seconds,
        };
        Some(RuleHome {
            bought: result.bought,
            sold: result.sold,
            coverage_ppm: ppm(result.bought, *import),
            net: signed(result.credit.0).saturating_sub(signed(result.debit.0)),
            saved: utility.map(|utility| utility_bill(utility, &used).saved),
        })
    };
    Some(RuleOutcome {
        rule: rule.to_owned(),
        shared: energy(windows.iter().map(|window| window.totals.traded)),
        homes: energies.iter().enumerate().map(home).collect::<Option<_>>()?,
    })
}
