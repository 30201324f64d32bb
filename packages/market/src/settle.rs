use gridpact_units::{Amount, Energy, EnergyTotal, IntervalIndex, Ppm, Price, Reading, Value};

use crate::bill::Tab;
use crate::bounds::{MAX_FREE, MAX_READING, MAX_READINGS};
use crate::error::{PolicyError, SettleError};
use crate::fee::{Fee, FeeAmount};
use crate::outcome::{Community, IntervalOutcome, SeatResult, Totals, WindowOutcome};
use crate::participant::Account;
use crate::policy::{Policy, PriceRule};
use crate::trade::{Claims, Trade};

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
    trade: Trade,
    /// Needs as metered.
    needs: Vec<Energy>,
    /// Needs as far as they can be paid, cut to quotas.
    payable: Vec<Energy>,
    /// Offers as metered, cut to quotas.
    offers: Vec<Energy>,
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
            trade: Trade::new(policy, accounts),
            needs: vec![Energy::ZERO; seats],
            payable: vec![Energy::ZERO; seats],
            offers: vec![Energy::ZERO; seats],
            last: None,
            readings: 0,
            totals: Totals::default(),
        }
    }

    /// Settles one interval: one reading for each account, in their order.
    ///
    /// # Errors
    /// A policy or terms that do not validate, more money than [`MAX_FREE`], a number of readings other than that of accounts, more than
    /// [`MAX_READINGS`] in the window, a reading above [`MAX_READING`], an interval not after the one before.
    pub fn interval(
        &mut self,
        index: IntervalIndex,
        readings: &[Reading],
    ) -> Result<IntervalOutcome<'_>, SettleError> {
        let count = self.admit(index, readings)?;
        let (supply, demand) = self.take_part(readings)?;
        let totals = (EnergyTotal(supply.into()), EnergyTotal(demand.into()));
        let (price, counted) = self.price(index, supply)?;
        (self.last, self.readings) = (Some(index), count);

        let payable = self.cut_to_payable(price);
        let Trade { buyers, sellers, .. } = &mut self.trade;
        buyers.limit_to_quotas(index, supply, &mut self.payable);
        sellers.limit_to_quotas(index, payable, &mut self.offers);
        let claims = Claims {
            needs: &self.needs,
            payable: &self.payable,
            offers: &self.offers,
        };
        let traded = self.trade.divide(index, claims);
        self.book(price);

        let outcome = IntervalOutcome {
            index,
            price,
            supply: totals.0,
            demand: totals.1,
            counted: EnergyTotal(counted.unwrap_or(payable).into()),
            payable: EnergyTotal(payable.into()),
            traded: EnergyTotal(traded.into()),
            needed: &self.needs,
            asked: &self.payable,
            offered: &self.offers,
            bought: &self.trade.bought,
            sold: &self.trade.sold,
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

    /// The interval's price. Under a rule whose price depends on demand, also the demand that counted: what the accounts
    /// could pay at the highest price of the rule. Demand that cannot pay must not raise the price for those who can.
    fn price(&mut self, index: IntervalIndex, supply: u64) -> Result<(Price, Option<u64>), SettleError> {
        let counted = match self.policy.price {
            PriceRule::SupplyDemandRatio { .. } => {
                let highest = self
                    .policy
                    .rates_at(index)
                    .ok_or(PolicyError::TariffMissing)?
                    .retail;
                Some(self.cut_to_payable(highest))
            }
            PriceRule::Fixed { .. } | PriceRule::MidMarket { .. } => None,
        };
        let demand = EnergyTotal(counted.unwrap_or_default().into());
        let price = self.policy.price_at(index, EnergyTotal(supply.into()), demand);
        Ok((price.ok_or(PolicyError::TariffMissing)?, counted))
    }

    /// Cuts every need to what its account can still pay at this price; returns their sum.
    fn cut_to_payable(&mut self, price: Price) -> u64 {
        let mut sum = 0_u64;
        for ((payable, need), tab) in self.payable.iter_mut().zip(&self.needs).zip(&self.tabs) {
            *payable = *need;
            if !need.is_zero() {
                *payable = tab.payable(*need, price);
                sum = sum.saturating_add(payable.0);
            }
        }
        sum
    }

    fn book(&mut self, price: Price) {
        let Trade { bought, sold, .. } = &self.trade;
        for (tab, (bought, sold)) in self.tabs.iter_mut().zip(bought.iter().zip(sold)) {
            if !bought.is_zero() {
                tab.buy(*bought, price);
            }
            if !sold.is_zero() {
                tab.sell(*sold, price);
            }
        }
    }
}

fn check(policy: &Policy, accounts: &[Account]) -> Result<(), SettleError> {
    policy.validate()?;
    let free = accounts
        .iter()
        .try_fold(Amount::ZERO, |sum, account| sum.checked_add(account.free))
        .filter(|sum| *sum <= MAX_FREE);
    free.ok_or(SettleError::FreeAboveMax)?;
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
