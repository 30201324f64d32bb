//! The money of the grid while windows are settled or made final: read once, written once.

use cosmwasm_std::{Event, Storage};
use gridpact_market::Account;
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{IntervalIndex, Seat};

use crate::amounts::{add, sub};
use crate::balances::Balances;
use crate::books::Books;
use crate::error::ContractError;
use crate::held::Held;
use crate::roster::Holder;
use crate::rosters::Rosters;
use crate::state;

/// Totals, balances, and whose they are.
pub(crate) struct Ledger {
    pub rosters: Rosters,
    pub books: Books,
    balances: Balances,
}

impl Ledger {
    pub fn load(storage: &dyn Storage) -> Result<Self, ContractError> {
        let counters = state::counters(storage)?;
        Ok(Self {
            rosters: Rosters::new(counters.newest_roster),
            books: state::books(storage)?,
            balances: Balances::load(storage, counters.seats)?,
        })
    }

    /// Makes these windows final, whose time is over: credits move into the free balances, fees and rounding into the community
    /// account. A credit goes to the slot that held the seat in the window's own roster.
    pub fn finalise(
        &mut self,
        storage: &mut dyn Storage,
        ended: &[IntervalIndex],
    ) -> Result<Vec<Event>, ContractError> {
        let mut finalised = Vec::with_capacity(ended.len());
        for &first_interval in ended {
            let Some(window) = state::held(storage, first_interval)? else {
                continue;
            };
            let places = self.rosters.places(storage, window.roster_version)?;
            for (seat, result) in (0..).map(Seat).zip(&window.seats) {
                if !result.credit.is_zero() {
                    let free = self.balances.at(storage, places.of(seat))?;
                    *free = add(*free, result.credit, "free balance")?;
                }
            }
            self.books.release(&window)?;
            state::remove_held(storage, first_interval, &window);
            let credits = window.credits();
            let event = SettlementEvent::WindowFinalised {
                first_interval,
                credits,
            };
            finalised.push(event.into());
        }
        Ok(finalised)
    }

    /// The seats of a roster as a window begins with them.
    pub fn accounts(&mut self, storage: &dyn Storage, version: u32) -> Result<Vec<Account>, ContractError> {
        let places = self.rosters.places(storage, version)?.clone();
        let roster = self.rosters.roster(storage, version)?;
        let account = |(seat, holder): (Seat, &Option<Holder>)| {
            let Some(Holder { slot, terms }) = *holder else {
                return Ok(Account::VACANT);
            };
            let free = self.balances.at(storage, places.of(seat))?;
            Ok(Account::new(slot, terms, *free))
        };
        (0..).map(Seat).zip(&roster.0).map(account).collect()
    }

    /// Takes a settled window's debits out of the free balances.
    pub fn debit(
        &mut self,
        storage: &dyn Storage,
        first_interval: IntervalIndex,
        window: &Held,
    ) -> Result<(), ContractError> {
        let places = self.rosters.places(storage, window.roster_version)?;
        for (seat, result) in (0..).map(Seat).zip(&window.seats) {
            if !result.debit.is_zero() {
                let free = self.balances.at(storage, places.of(seat))?;
                *free = sub(*free, result.debit, "free balance")?;
            }
        }
        self.books.hold(first_interval, window)
    }

    pub fn save(self, storage: &mut dyn Storage) -> Result<(), ContractError> {
        self.balances.save(storage)?;
        state::save_books(storage, &self.books);
        Ok(())
    }
}
