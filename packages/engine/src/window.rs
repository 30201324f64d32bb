//! One window, settled as the contract settles it, with every step that leads to a bill.

use gridpact_market::{Account, IntervalOutcome, Policy, WindowOutcome, WindowSettlement};
use gridpact_report::archive::{balances_hash, read_balances, results_hash};
use gridpact_report::{decode, Report};
use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, Price};
use serde::Serialize;

use crate::error::EngineError;
use crate::seat::{account, Seat};

/// The sums of an interval, and its price.
#[derive(Serialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Its number.
    pub index: IntervalIndex,
    /// Base units per MWh.
    pub price: Price,
    /// All exports, each reduced to the meter's part in this grid.
    pub supply: EnergyTotal,
    /// All imports, each reduced to the meter's part in this grid.
    pub demand: EnergyTotal,
    /// The demand that the price rule counted.
    pub counted: EnergyTotal,
    /// All imports after each was cut to what its account could still pay.
    pub payable: EnergyTotal,
    /// What was bought, which is what was sold.
    pub traded: EnergyTotal,
}

/// What each seat did in each interval, mWh: interval by interval, in each the seats in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// What it needed of its neighbours.
    pub needed: Vec<u64>,
    /// What it could pay of that, and where parts are fixed at most its part.
    pub asked: Vec<u64>,
    /// What it offered, and where parts are fixed at most its part.
    pub offered: Vec<u64>,
    /// What it bought.
    pub bought: Vec<u64>,
    /// What it sold.
    pub sold: Vec<u64>,
}

/// A settled window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What every seat bought, sold, pays and gets; what goes to the community; sums.
    pub outcome: WindowOutcome,
    /// The intervals, in order.
    pub intervals: Vec<Interval>,
    /// What each seat did in them.
    pub steps: Steps,
    /// SHA-256 of the balances, as the event `window_settled` tells it.
    pub balances_hash: [u8; 32],
    /// SHA-256 of the results, as the event `window_settled` tells it.
    pub results_hash: [u8; 32],
}

/// A policy as the settlement answers it.
///
/// # Errors
/// Another text.
pub fn read_policy(json: &str) -> Result<Policy, EngineError> {
    serde_json_wasm::from_str(json).map_err(|error| EngineError::Json {
        what: "policy",
        error,
    })
}

/// Settles the window of a report: under a policy, for the seats of the report's roster, with these free balances (as
/// archives keep them: `archive::balances_bytes` of `gridpact-report`).
///
/// # Errors
/// Bytes that are no report, seats or balances of another number, a policy or terms out of bounds.
pub fn settle(
    policy: &Policy,
    seats: &[Option<Seat>],
    balances: &[u8],
    report: &[u8],
) -> Result<Window, EngineError> {
    let Report { header, readings } = decode(report)?;
    if usize::from(header.seats) != seats.len() {
        return Err(EngineError::Seats {
            expected: header.seats,
            got: seats.len(),
        });
    }
    let free = read_balances(balances, seats.len())?;
    let accounts: Vec<Account> = seats
        .iter()
        .zip(&free)
        .map(|(seat, free)| account(seat, *free))
        .collect();
    let mut settlement = WindowSettlement::new(policy, &accounts);
    let mut intervals = Vec::with_capacity(header.intervals.into());
    let mut steps = Steps::with_capacity(readings.len());
    let mut index = header.first_interval;
    for readings in readings.chunks_exact(accounts.len().max(1)) {
        let outcome = settlement.interval(index, readings)?;
        intervals.push(sums(&outcome));
        steps.push(&outcome);
        index = index.plus(1);
    }
    let outcome = settlement.finish()?;
    let (balances_hash, results_hash) = hashes(&free, &outcome);
    Ok(Window {
        balances_hash,
        results_hash,
        outcome,
        intervals,
        steps,
    })
}

/// SHA-256 of balances and of results, as the event `window_settled` tells them.
pub(crate) fn hashes(free: &[Amount], outcome: &WindowOutcome) -> ([u8; 32], [u8; 32]) {
    let results = outcome.results.iter().map(|result| (result.debit, result.credit));
    (balances_hash(free.iter().copied()), results_hash(results))
}

fn sums(outcome: &IntervalOutcome<'_>) -> Interval {
    Interval {
        index: outcome.index,
        price: outcome.price,
        supply: outcome.supply,
        demand: outcome.demand,
        counted: outcome.counted,
        payable: outcome.payable,
        traded: outcome.traded,
    }
}

impl Steps {
    fn with_capacity(readings: usize) -> Self {
        let list = || Vec::with_capacity(readings);
        Self {
            needed: list(),
            asked: list(),
            offered: list(),
            bought: list(),
            sold: list(),
        }
    }

    fn push(&mut self, outcome: &IntervalOutcome<'_>) {
        let add =
            |list: &mut Vec<u64>, energies: &[Energy]| list.extend(energies.iter().map(|energy| energy.0));
        add(&mut self.needed, outcome.needed);
        add(&mut self.asked, outcome.asked);
        add(&mut self.offered, outcome.offered);
        add(&mut self.bought, outcome.bought);
        add(&mut self.sold, outcome.sold);
    }
}

impl Window {
    /// The outcome as text: the same bytes wherever the same window is settled.
    ///
    /// # Errors
    /// None: everything in it has a form as text.
    pub fn outcome_json(&self) -> Result<String, EngineError> {
        json("outcome", &self.outcome)
    }

    /// The intervals as text: a list of their sums and prices.
    ///
    /// # Errors
    /// None: everything in it has a form as text.
    pub fn intervals_json(&self) -> Result<String, EngineError> {
        json("intervals", &self.intervals)
    }
}

fn json(what: &'static str, value: &impl Serialize) -> Result<String, EngineError> {
    serde_json_wasm::to_string(value).map_err(|error| EngineError::Unwritable { what, error })
}
