use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, Ppm, Price, Reading, Value};

use crate::bill::Tab;
use crate::bounds::{MAX_READING, MAX_READINGS};
use crate::error::{PolicyError, SettleError};
use crate::fee::{Fee, FeeAmount};
use crate::order::Direction;
use crate::outcome::{Community, IntervalOutcome, SeatResult, Totals, WindowOutcome};
use crate::participant::Account;
use crate::policy::Policy;
use crate::side::{Division, Side};

/// The settlement of one window, interval by interval. What a buyer can pay is counted exactly over the window so far.
///
/// After an error nothing has changed: the interval does not count.
#[derive(Debug)]
pub struct WindowSettlement<'a> {
    policy: &'a Policy,
    accounts: &'a [Account],
    /// A policy or terms out of bounds: told by the first call that can.
    refusal: Option<SettleError>,
    tabs: Vec<Tab>,
    /// The parts of its imports and exports that each seat buys and sells here.
    parts: Vec<(Ppm, Ppm)>,
    buyers: Side,
    sellers: Side,
    needs: Vec<Energy>,
    offers: Vec<Energy>,
    bought: Vec<Energy>,
    sold: Vec<Energy>,
    last: Option<IntervalIndex>,
    readings: usize,
    totals: Totals,
}

impl<'a> WindowSettlement<'a> {
    /// Opens a window for these seats under this policy. All memory a window needs is taken here or in its first
    /// intervals.
    pub fn new(policy: &'a Policy, accounts: &'a [Account]) -> Self {
        let seats = accounts.len();
        Self {
            policy,
            accounts,
            refusal: check(policy, accounts).err(),
            tabs: accounts.iter().map(|account| Tab::new(account.free)).collect(),
            parts: accounts.iter().map(parts).collect(),
            buyers: Side::new(policy.buyers, Direction::Buy, accounts),
            sellers: Side::new(policy.sellers, Direction::Sell, accounts),
            needs: vec![Energy::ZERO; seats],
            offers: vec![Energy::ZERO; seats],
            bought: vec![Energy::ZERO; seats],
            sold: vec![Energy::ZERO; seats],
            last: None,
            readings: 0,
            totals: Totals::default(),
        }
    }

    /// Settles one interval: one reading for each account, in their order.
    ///
    /// # Errors
    /// A policy or terms that do not validate, a number of readings other than that of accounts, more than
    /// [`MAX_READINGS`] in the window, a reading above [`MAX_READING`], an interval not after the one before.
    pub fn interval(
        &mut self,
        index: IntervalIndex,
        readings: &[Reading],
    ) -> Result<IntervalOutcome<'_>, SettleError> {
        let count = self.admit(index, readings)?;
        let (supply, demand) = self.take_part(readings)?;
        let totals = (EnergyTotal(supply.into()), EnergyTotal(demand.into()));
        let price = self
            .policy
            .price_at(index, totals.0, totals.1)
            .ok_or(PolicyError::TariffMissing)?;
        (self.last, self.readings) = (Some(index), count);

        let payable = self.cut_to_payable(price);
        self.buyers.limit_to_quotas(index, supply, &mut self.needs);
        self.sellers.limit_to_quotas(index, payable, &mut self.offers);
        let (needed, offered) = (sum(&self.needs), sum(&self.offers));
        let traded = needed.min(offered);
        self.divide(index, traded, needed, offered);
        self.book(price);

        let outcome = IntervalOutcome {
            index,
            price,
            supply: totals.0,
            demand: totals.1,
            payable: EnergyTotal(payable.into()),
            traded: EnergyTotal(traded.into()),
            bought: &self.bought,
            sold: &self.sold,
        };
        self.totals.count(&outcome);
        Ok(outcome)
    }

    /// Closes the window: divides every value once, credits down, debits up, and gives what that leaves to the
    /// community.
    ///
    /// # Errors
    /// A policy or terms that do not validate.
    pub fn finish(self) -> Result<WindowOutcome, SettleError> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        let mut takes = vec![Value::ZERO; self.policy.fees.len()];
        let results: Vec<SeatResult> = self
            .tabs
            .iter()
            .map(|tab| tab.close(&self.policy.fees, &mut takes))
            .collect();
        let of_fee = |(fee, take): (&Fee, Value)| FeeAmount {
            id: fee.id,
            amount: take.round_down(),
        };
        let fees: Vec<FeeAmount> = self.policy.fees.iter().zip(takes).map(of_fee).collect();
        let mut totals = self.totals;
        for result in &results {
            totals.debit.0 = totals.debit.0.saturating_add(result.debit.0);
            totals.credit.0 = totals.credit.0.saturating_add(result.credit.0);
        }
        let given = fees.iter().fold(totals.credit, |sum, fee| {
            Amount(sum.0.saturating_add(fee.amount.0))
        });
        let community = Community {
            rounding: totals.debit.saturating_sub(given),
            fees,
        };
        Ok(WindowOutcome {
            results,
            community,
            totals,
        })
    }

    /// Everything that can be refused before readings are looked at. Returns the window's readings with these.
    fn admit(&self, index: IntervalIndex, readings: &[Reading]) -> Result<usize, SettleError> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        if readings.len() != self.accounts.len() {
            return Err(SettleError::ReadingCount {
                seats: self.accounts.len(),
                got: readings.len(),
            });
        }
        if let Some(after) = self.last.filter(|last| index <= *last) {
            return Err(SettleError::IntervalOrder { after, got: index });
        }
        let count = self.readings.saturating_add(readings.len());
        if count > MAX_READINGS {
            return Err(SettleError::TooManyReadings { got: count });
        }
        Ok(count)
    }

    /// What each meter offers and needs in this grid, and the sums: supply, demand.
    fn take_part(&mut self, readings: &[Reading]) -> Result<(u64, u64), SettleError> {
        let (mut supply, mut demand) = (0_u64, 0_u64);
        let places = self.needs.iter_mut().zip(&mut self.offers);
        for (seat, (((buys, sells), reading), (need, offer))) in
            self.parts.iter().zip(readings).zip(places).enumerate()
        {
            (*need, *offer) = if reading.is_missing() {
                (Energy::ZERO, Energy::ZERO)
            } else if *buys == Ppm::WHOLE && *sells == Ppm::WHOLE {
                // Most meters take part as a whole: no division for these.
                (reading.import, reading.export)
            } else {
                (buys.of(reading.import), sells.of(reading.export))
            };
            let larger = (*need).max(*offer);
            if larger > MAX_READING {
                return Err(SettleError::ReadingAboveMax { seat, got: larger });
            }
            supply = supply.saturating_add(offer.0);
            demand = demand.saturating_add(need.0);
        }
        Ok((supply, demand))
    }

    /// Cuts every need to what its account can still pay at this price; returns their sum.
    fn cut_to_payable(&mut self, price: Price) -> u64 {
        let mut payable = 0_u64;
        for (need, tab) in self.needs.iter_mut().zip(&self.tabs) {
            if !need.is_zero() {
                *need = tab.payable(*need, price);
                payable = payable.saturating_add(need.0);
            }
        }
        payable
    }

    /// Divides what is traded among what is needed and among what is offered.
    fn divide(&mut self, interval: IntervalIndex, total: u64, needed: u64, offered: u64) {
        let (caps, shares) = (&self.needs, &mut self.bought);
        self.buyers.divide(&mut Division {
            interval,
            total,
            capped: needed,
            caps,
            shares,
        });
        let (caps, shares) = (&self.offers, &mut self.sold);
        self.sellers.divide(&mut Division {
            interval,
            total,
            capped: offered,
            caps,
            shares,
        });
    }

    fn book(&mut self, price: Price) {
        for (tab, (bought, sold)) in self.tabs.iter_mut().zip(self.bought.iter().zip(&self.sold)) {
            if !bought.is_zero() {
                tab.buy(*bought, price);
            }
            if !sold.is_zero() {
                tab.sell(*sold, price);
            }
        }
    }
}

/// Settles a whole window at once: the readings of the first interval, one for each account, then those of the next.
///
/// # Errors
/// As [`WindowSettlement::interval`]; a number of readings that is no multiple of that of accounts.
pub fn settle_window(
    policy: &Policy,
    accounts: &[Account],
    first: IntervalIndex,
    readings: &[Reading],
) -> Result<WindowOutcome, SettleError> {
    let seats = accounts.len();
    if readings.len().checked_rem(seats).unwrap_or(readings.len()) != 0 {
        return Err(SettleError::ReadingCount {
            seats,
            got: readings.len(),
        });
    }
    let mut window = WindowSettlement::new(policy, accounts);
    let mut index = first;
    for readings in readings.chunks_exact(seats.max(1)) {
        window.interval(index, readings)?;
        index = index.plus(1);
    }
    window.finish()
}

fn check(policy: &Policy, accounts: &[Account]) -> Result<(), SettleError> {
    policy.validate()?;
    for (seat, account) in accounts.iter().enumerate() {
        let valid = account.terms.map_or(Ok(()), |terms| terms.validate());
        valid.map_err(|error| SettleError::Terms { seat, error })?;
    }
    Ok(())
}

/// The parts of its imports and exports that a seat buys and sells here; nothing of a vacant one.
fn parts(account: &Account) -> (Ppm, Ppm) {
    account
        .terms
        .map_or((Ppm(0), Ppm(0)), |terms| (terms.part_bought(), terms.part_sold()))
}

fn sum(energies: &[Energy]) -> u64 {
    energies
        .iter()
        .fold(0, |sum, energy| sum.saturating_add(energy.0))
}
