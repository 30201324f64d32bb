//! The street's money: what each home has, what waits, where every unit is.

use gridpact_market::WindowOutcome;
use gridpact_units::Amount;
use serde_json::{json, Value};

use crate::homes::HOMES;

/// Base units of a euro.
const EURO: u128 = 1_000_000;

struct Held {
    first_interval: u64,
    final_at: u64,
    results: Vec<(u128, u128)>,
    community: u128,
}

pub struct Books {
    free: Vec<u128>,
    held: Vec<Held>,
    deposited: u128,
    community: u128,
}

impl Books {
    /// Everybody pays in 40 euros, but for one home that has three.
    pub fn new() -> Self {
        let free: Vec<u128> = (0..HOMES)
            .map(|home| if home == 6 { 3 * EURO } else { 40 * EURO })
            .collect();
        Self {
            deposited: free.iter().sum(),
            free,
            held: vec![],
            community: 0,
        }
    }

    pub fn free(&self) -> impl Iterator<Item = Amount> + '_ {
        self.free.iter().map(|free| Amount(*free))
    }

    /// Windows whose time is over pay their credits.
    pub fn make_final(&mut self, now: u64) {
        let (over, held) = core::mem::take(&mut self.held)
            .into_iter()
            .partition(|one| one.final_at <= now);
        self.held = held;
        let over: Vec<Held> = over;
        for one in over {
            self.community += one.community;
            for (free, (_, credit)) in self.free.iter_mut().zip(one.results) {
                *free += credit;
            }
        }
    }

    /// Debits leave at once; credits wait.
    pub fn hold(&mut self, first_interval: u64, final_at: u64, outcome: &WindowOutcome) {
        let results: Vec<_> = outcome
            .results
            .iter()
            .map(|result| (result.debit.0, result.credit.0))
            .collect();
        for (free, (debit, _)) in self.free.iter_mut().zip(&results) {
            *free -= debit;
        }
        let fees: u128 = outcome.community.fees.iter().map(|fee| fee.amount.0).sum();
        self.held.push(Held {
            first_interval,
            final_at,
            results,
            community: fees + outcome.community.rounding.0,
        });
    }

    /// Each home's free balance and what waits for it.
    pub fn accounts(&self) -> Vec<Value> {
        let coming = |home: usize| -> Vec<Value> {
            let of = |one: &Held| {
                let (debit, credit) = one.results[home];
                json!({ "first_interval": one.first_interval, "final_at": one.final_at, "debit": debit.to_string(), "credit": credit.to_string() })
            };
            self.held.iter().map(of).collect()
        };
        let account =
            |(home, free): (usize, &u128)| json!({ "free": free.to_string(), "coming": coming(home) });
        self.free.iter().enumerate().map(account).collect()
    }

    /// Where every unit is.
    pub fn sums(&self) -> Value {
        let held: u128 = self
            .held
            .iter()
            .flat_map(|one| &one.results)
            .map(|(debit, _)| debit)
            .sum();
        json!({
            "deposited": self.deposited.to_string(),
            "free": self.free.iter().sum::<u128>().to_string(),
            "held": held.to_string(),
            "community": self.community.to_string(),
        })
    }
}
