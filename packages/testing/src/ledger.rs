//! What anybody can recompute: the balances of a grid from the events and reports of its transactions, with
//! `gridpact-market` alone and none of the contracts' code.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Event};
use gridpact_market::{settle_window, Account, Policy, Terms, WindowOutcome};
use gridpact_types::registry::{MeterResponse, QueryMsg};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use crate::world::GridApp;

/// A window as the ledger computed it.
#[derive(Clone, Debug)]
pub struct SettledWindow {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u16,
    /// The report's bytes.
    pub report: Vec<u8>,
    /// The accounts it was settled with, by seat.
    pub accounts: Vec<Account>,
    /// The result.
    pub outcome: WindowOutcome,
    /// When it becomes final.
    pub final_at: UnixSeconds,
    /// Whether it is.
    pub is_final: bool,
}

/// A grid's books, kept beside the contract's.
pub struct Ledger {
    registry: Addr,
    settlement: Addr,
    policy: Policy,
    /// Slot and terms by seat, for every roster.
    rosters: BTreeMap<u32, Vec<(Slot, Terms)>>,
    /// Free balances by slot.
    free: BTreeMap<Slot, Amount>,
    windows: Vec<SettledWindow>,
    paid_in: Amount,
    paid_out: Amount,
}

impl Ledger {
    pub(crate) fn new(registry: Addr, settlement: Addr, policy: Policy) -> Self {
        Self {
            registry,
            settlement,
            policy,
            rosters: BTreeMap::new(),
            free: BTreeMap::new(),
            windows: Vec::new(),
            paid_in: Amount::ZERO,
            paid_out: Amount::ZERO,
        }
    }

    /// The grid's settlement.
    pub fn settlement(&self) -> &Addr {
        &self.settlement
    }

    /// The grid's registry.
    pub fn registry(&self) -> &Addr {
        &self.registry
    }

    /// The windows settled so far, in order.
    pub fn windows(&self) -> &[SettledWindow] {
        &self.windows
    }

    /// Free balances by slot.
    pub fn free(&self) -> &BTreeMap<Slot, Amount> {
        &self.free
    }

    /// Deposits so far, and withdrawals and sweeps so far.
    pub fn paid(&self) -> (Amount, Amount) {
        (self.paid_in, self.paid_out)
    }

    /// One event of the settlement, in the order of the transaction.
    pub(crate) fn hear(&mut self, app: &GridApp, event: &Event, report: Option<&[u8]>) {
        let text = |key: &str| {
            let found = event.attributes.iter().find(|attribute| attribute.key == key);
            found
                .unwrap_or_else(|| panic!("{}: expected the key {key}", event.ty))
                .value
                .as_str()
        };
        let number = |key: &str| {
            text(key)
                .parse::<u128>()
                .unwrap_or_else(|_| panic!("{}: {key} is no number", event.ty))
        };
        let slot = || Slot(u32::try_from(number("slot")).expect("a slot"));
        match event.ty.as_str() {
            "wasm-accounts_opened" => self.open(
                app,
                &[number("roster_version"), number("first_slot"), number("count")],
            ),
            "wasm-deposited" => {
                self.free.entry(slot()).or_default().0 += number("amount");
                self.paid_in.0 += number("amount");
            }
            "wasm-withdrawn" => {
                let free = self.free.entry(slot()).or_default();
                free.0 = free
                    .0
                    .checked_sub(number("amount"))
                    .expect("nobody withdraws more than is free");
                self.paid_out.0 += number("amount");
            }
            "wasm-swept" => self.paid_out.0 += number("amount"),
            "wasm-window_finalised" => self.finalise(number("first_interval")),
            "wasm-window_settled" => {
                let final_at = u64::try_from(number("final_at")).expect("a time");
                let report = report.expect("only a report settles a window");
                let outcome = self.settle(report, UnixSeconds(final_at));
                assert_eq!(outcome.totals.debit.0, number("debits"), "debits of the event");
                assert_eq!(outcome.totals.credit.0, number("credits"), "credits of the event");
                assert_eq!(
                    outcome.totals.traded.0,
                    number("traded_mwh"),
                    "energy of the event"
                );
            }
            other => assert!(
                !other.starts_with("wasm-"),
                "an event that the ledger does not know: {other}"
            ),
        }
    }

    fn open(&mut self, app: &GridApp, numbers: &[u128; 3]) {
        let [version, first, count] = numbers.map(|number| u32::try_from(number).expect("a small number"));
        let mut roster = self.rosters.values().next_back().cloned().unwrap_or_default();
        for slot in (first..first + count).map(Slot) {
            let meter: MeterResponse = app
                .wrap()
                .query_wasm_smart(&self.registry, &QueryMsg::Meter { slot })
                .expect("an admitted meter");
            assert_eq!(usize::from(meter.seat.0), roster.len(), "seats follow each other");
            let terms = Terms {
                household: meter.household,
                weight: meter.weight,
                part: meter.meter.part,
                priority: meter.priority,
                buy_tier: meter.buy_tier,
                sell_tier: meter.sell_tier,
            };
            roster.push((slot, terms));
            self.free.insert(slot, Amount::ZERO);
        }
        self.rosters.insert(version, roster);
    }

    fn settle(&mut self, bytes: &[u8], final_at: UnixSeconds) -> WindowOutcome {
        let report = gridpact_report::decode(bytes).expect("an accepted report");
        let roster = &self.rosters[&report.header.roster_version];
        let accounts: Vec<Account> = roster
            .iter()
            .map(|(slot, terms)| Account::new(*slot, *terms, self.free[slot]))
            .collect();
        let outcome = settle_window(
            &self.policy,
            &accounts,
            report.header.first_interval,
            &report.readings,
        )
        .expect("settlement is total");
        for (account, result) in accounts.iter().zip(&outcome.results) {
            let free = self.free.get_mut(&account.slot).expect("an open account");
            free.0 = free.0.checked_sub(result.debit.0).expect("nobody ever owes");
        }
        self.windows.push(SettledWindow {
            first_interval: report.header.first_interval,
            intervals: report.header.intervals,
            report: bytes.to_vec(),
            accounts,
            outcome: outcome.clone(),
            final_at,
            is_final: false,
        });
        outcome
    }

    fn finalise(&mut self, first_interval: u128) {
        let window = self
            .windows
            .iter_mut()
            .rfind(|window| u128::from(window.first_interval.0) == first_interval);
        let window = window.expect("only a settled window becomes final");
        assert!(!window.is_final, "a window becomes final once");
        window.is_final = true;
        for (account, result) in window.accounts.iter().zip(&window.outcome.results) {
            self.free.get_mut(&account.slot).expect("an open account").0 += result.credit.0;
        }
    }
}
