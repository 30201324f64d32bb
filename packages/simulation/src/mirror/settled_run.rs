//! What a whole run comes to under one policy.

use anyhow::{Context, Result};
use gridpact_market::{Policy, WindowOutcome, MAX_FREE};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::packed::Energies;
use gridpact_units::{Amount, Energy};

use super::{Mirror, Needs};
use crate::bills::Worths;
use crate::connections::Connections;
use crate::run::Interval;
use crate::schedule::Slice;
use crate::utility_prices::UtilityPrices;

/// Everything a whole run comes to under one policy.
pub struct SettledRun {
    /// Every interval.
    pub intervals: Vec<Interval>,
    /// Bought in every interval by every home, mWh.
    pub bought: Energies,
    /// Sold.
    pub sold: Energies,
    /// Every window.
    pub windows: Vec<WindowOutcome>,
    /// Balances at the end.
    pub balances: Vec<Amount>,
    /// Least deposits.
    pub needed: Vec<Amount>,
    /// The first need that a balance cut.
    pub cut: Option<Cut>,
}

/// A need that its home could not have paid for as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The home's slot.
    pub slot: usize,
    /// The interval's first second.
    pub start: u64,
    /// What it needed.
    pub need: Energy,
    /// What it could have paid for.
    pub able: Energy,
}

impl SettledRun {
    /// Nothing settled yet.
    pub fn with_capacity(dataset: &Dataset, windows: usize) -> Self {
        Self {
            intervals: Vec::with_capacity(dataset.intervals()),
            bought: Energies::with_capacity(dataset.readings.len()),
            sold: Energies::with_capacity(dataset.readings.len()),
            windows: Vec::with_capacity(windows),
            balances: vec![],
            needed: vec![],
            cut: None,
        }
    }

    /// Keeps an interval.
    pub fn record(&mut self, interval: Interval, bought: &[Energy], sold: &[Energy]) {
        self.intervals.push(interval);
        bought.iter().for_each(|energy| self.bought.push(energy.0));
        sold.iter().for_each(|energy| self.sold.push(energy.0));
    }
}

/// What all windows come to with ample deposits, and what deposits that takes.
///
/// # Errors
/// Prices at which even all the money that a grid's accounts can hold is not ample.
pub fn settle_all(
    dataset: &Dataset,
    connections: &Connections,
    slices: &[Slice],
    policy: &Policy,
    utility: &UtilityPrices,
) -> Result<Settled> {
    let homes = dataset.meters.len();
    let ample = MAX_FREE.0.checked_div(homes as u128).unwrap_or_default();
    let mut mirror = Mirror::new(policy, connections, vec![Amount(ample); homes], Needs::new(homes))?;
    let mut windows: Vec<WindowOutcome> = Vec::with_capacity(slices.len());
    let mut worths = Worths::new(homes);
    let mut next = slices.iter().skip(1);
    for slice in slices {
        let readings = slice.readings(dataset)?;
        let readings = readings.as_slice();
        let mut rows = readings.chunks_exact(homes.max(1));
        let mut index = slice.first;
        windows.push(
            mirror.settle(dataset.interval, slice, readings, |_, bought, sold| {
                let row = rows.next().unwrap_or_default();
                worths.interval(utility.at(policy, index), row, bought, sold);
                index = index.plus(1);
            })?,
        );
        // Between two stretches everybody takes all money out of the old grid, which waits for the last window.
        if next.next().is_none_or(|next| next.stretch != slice.stretch) {
            mirror.finalise(slice.final_at)?;
        }
    }
    let needs = mirror.into_needs();
    let peaks = needs.peaks();
    if let Some(slot) = peaks.iter().position(|needed| needed.0 > ample) {
        let name = dataset.meters.get(slot).map(|meter| meter.name.as_str());
        let needed = peaks.get(slot).context("a home without a need")?;
        return Err(NotAmple {
            home: name.unwrap_or_default().to_owned(),
            needed: *needed,
            homes,
            ample: Amount(ample),
        }
        .into());
    }
    Ok(Settled {
        windows,
        needs,
        worths,
    })
}

/// What all windows come to.
pub struct Settled {
    /// Every window.
    pub windows: Vec<WindowOutcome>,
    /// What deposits it takes.
    pub needs: Needs,
    /// What every home's energies come to at the utility's prices.
    pub worths: Worths,
}

/// Even all the money that a grid's accounts can hold is not ample.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("{home} needs a larger deposit than an account of a grid of {homes} can hold: choose fewer days, or an asset of fewer decimals")]
pub struct NotAmple {
    /// The home.
    pub home: String,
    /// What it needs.
    pub needed: Amount,
    /// How many homes there are.
    pub homes: usize,
    /// The most that each account can hold.
    pub ample: Amount,
}
