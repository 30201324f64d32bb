//! A grid's books, kept beside the contracts' from their events and the reports carried, settled in exact fractions.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Event};
use gridpact_market::{Account, FeeAmount, FeeId, Policy, Terms};
use gridpact_report::{digest_of, Domain};
use gridpact_types::registry::answers::MeterResponse;
use gridpact_types::registry::events as registry;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::settlement::accounts::FeeAccount;
use gridpact_types::settlement::events as settlement;
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use super::attributes::Attributes;
use super::settle::settle;
use super::window::{ClosedWindow, SettledWindow};
use crate::app::{GridApp, CHAIN_ID};
use crate::breach::Invariant;

/// A grid's books.
pub struct Ledger {
    registry: Addr,
    settlement: Addr,
    policy: Policy,
    /// Slot and terms by seat, for every roster.
    rosters: BTreeMap<u32, Vec<(Slot, Terms)>>,
    free: BTreeMap<Slot, Amount>,
    /// What final windows left by rounding and nobody swept.
    rounding: Amount,
    /// The fees of final windows that nobody swept.
    fees: BTreeMap<FeeId, Amount>,
    windows: Vec<SettledWindow>,
    closed: Vec<ClosedWindow>,
    paid_in: Amount,
    paid_out: Amount,
    faults: Vec<(Invariant, String)>,
}

impl Ledger {
    pub(crate) fn new(registry: Addr, settlement: Addr, policy: Policy, fees: &[FeeAccount]) -> Self {
        Self {
            registry,
            settlement,
            policy,
            rosters: BTreeMap::new(),
            free: BTreeMap::new(),
            rounding: Amount::ZERO,
            fees: fees.iter().map(|fee| (fee.id, Amount::ZERO)).collect(),
            windows: Vec::new(),
            closed: Vec::new(),
            paid_in: Amount::ZERO,
            paid_out: Amount::ZERO,
            faults: Vec::new(),
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

    /// Whether this is one of the grid's two contracts.
    pub(crate) fn knows(&self, contract: &Addr) -> bool {
        *contract == self.registry || *contract == self.settlement
    }

    /// The windows settled so far, in order.
    pub fn windows(&self) -> &[SettledWindow] {
        &self.windows
    }

    /// The windows reported or closed as a gap, in order.
    pub fn closed(&self) -> &[ClosedWindow] {
        &self.closed
    }

    /// Free balances by slot.
    pub fn free(&self) -> &BTreeMap<Slot, Amount> {
        &self.free
    }

    /// What rounding left, and the fees by number: of final windows, not swept.
    pub fn community(&self) -> (Amount, Vec<FeeAmount>) {
        let fee = |(&id, &amount)| FeeAmount { id, amount };
        (self.rounding, self.fees.iter().map(fee).collect())
    }

    /// Deposits so far, and withdrawals and sweeps so far.
    pub fn paid(&self) -> (Amount, Amount) {
        (self.paid_in, self.paid_out)
    }

    /// Promises that an event broke.
    pub(crate) fn faults(&self) -> &[(Invariant, String)] {
        &self.faults
    }

    fn fault(&mut self, invariant: Invariant, what: impl Into<String>) {
        self.faults.push((invariant, what.into()));
    }

    /// One event of the registry or the settlement, in the order of the transaction.
    pub(crate) fn hear(&mut self, app: &GridApp, event: &Event, report: Option<&[u8]>) {
        let event = Attributes(event);
        let slot = || Slot(event.number("slot"));
        let amount = || event.number::<u128>("amount");
        let report = || report.expect("only a report that this harness carried settles a window");
        match event.name() {
            Some(settlement::ACCOUNTS_OPENED) => self.open(app, event),
            Some(settlement::DEPOSITED) => {
                self.free.entry(slot()).or_default().0 += amount();
                self.paid_in.0 += amount();
            }
            Some(settlement::WITHDRAWN) => {
                self.take(slot(), amount(), "withdraws more than is free");
                self.paid_out.0 += amount();
            }
            Some(settlement::SWEPT) => self.sweep(event.text("account"), amount()),
            Some(settlement::WINDOW_FINALISED) => self.finalise(event),
            Some(settlement::WINDOW_SETTLED) => {
                self.check_finality(app.block_info().time.seconds());
                self.settle(event, report());
            }
            Some(registry::REPORT_ACCEPTED) => self.close(event, Some(report())),
            Some(registry::GAP_CLOSED) => self.close(event, None),
            _ => {}
        }
    }

    fn open(&mut self, app: &GridApp, event: Attributes) {
        let (first, count): (u32, u32) = (event.number("first_slot"), event.number("count"));
        let mut roster = self.rosters.values().next_back().cloned().unwrap_or_default();
        for slot in (first..first + count).map(Slot) {
            let meter: MeterResponse = app
                .wrap()
                .query_wasm_smart(&self.registry, &QueryMsg::Meter { slot })
                .expect("an admitted meter");
            if usize::from(meter.seat.0) != roster.len() {
                self.fault(
                    Invariant::Recomputed,
                    format!("slot {slot}: its seat does not follow"),
                );
            }
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
        self.rosters.insert(event.number("roster_version"), roster);
    }

    fn take(&mut self, slot: Slot, amount: u128, what: &str) {
        let free = self.free.entry(slot).or_default();
        match free.0.checked_sub(amount) {
            Some(left) => free.0 = left,
            None => self.fault(Invariant::NobodyOwes, format!("slot {slot} {what}")),
        }
    }

    fn sweep(&mut self, account: &str, amount: u128) {
        let part = match account {
            "rounding" => &mut self.rounding,
            number => {
                let id = FeeId(number.parse().expect("rounding, or a fee's number"));
                self.fees.entry(id).or_default()
            }
        };
        let there = core::mem::take(part);
        if there.0 != amount {
            self.fault(
                Invariant::GridBooks,
                format!("swept {amount} of {account}, there was {there}"),
            );
        }
        self.paid_out.0 += amount;
    }

    /// Credits whose time has come pay for a window, whether or not somebody cranked: none is left out.
    fn check_finality(&mut self, now: u64) {
        let over = |window: &&SettledWindow| !window.is_final && window.final_at.0 <= now;
        let left: Vec<IntervalIndex> = self
            .windows
            .iter()
            .filter(over)
            .map(|window| window.first_interval)
            .collect();
        if let Some(first) = left.first() {
            let what =
                format!("window {first}: its time was over and it was not final when the next was settled");
            self.fault(Invariant::Recomputed, what);
        }
    }

    fn settle(&mut self, event: Attributes, bytes: &[u8]) {
        let report = gridpact_report::decode(bytes).expect("an accepted report");
        let roster = &self.rosters[&report.header.roster_version];
        let account = |(slot, terms): &(Slot, Terms)| Account::new(*slot, *terms, self.free[slot]);
        let accounts: Vec<Account> = roster.iter().map(account).collect();
        let first = report.header.first_interval;
        let (outcome, wrong) = settle(&self.policy, &accounts, first, &report.readings);
        self.faults
            .extend(wrong.into_iter().map(|wrong| (Invariant::Shares, wrong)));

        let fees: u128 = outcome.community.fees.iter().map(|fee| fee.amount.0).sum();
        let recomputed = [
            ("traded_mwh", outcome.totals.traded.0),
            ("counted_mwh", outcome.totals.counted.0),
            ("debits", outcome.totals.debit.0),
            ("credits", outcome.totals.credit.0),
            ("fees", fees),
            ("rounding", outcome.community.rounding.0),
        ];
        for (key, expected) in recomputed {
            let got: u128 = event.number(key);
            if got != expected {
                self.fault(
                    Invariant::Recomputed,
                    format!("window {first}: {key}: {got}, recomputed {expected}"),
                );
            }
        }
        for (account, result) in accounts.iter().zip(&outcome.results) {
            self.take(account.slot, result.debit.0, "is debited more than is free");
        }
        self.windows.push(SettledWindow {
            first_interval: first,
            intervals: report.header.intervals,
            report: bytes.to_vec(),
            accounts,
            outcome,
            final_at: UnixSeconds(event.number("final_at")),
            is_final: false,
        });
    }

    fn finalise(&mut self, event: Attributes) {
        let first = IntervalIndex(event.number("first_interval"));
        let mut windows = self.windows.iter_mut();
        let Some(window) = windows.rfind(|window| window.first_interval == first && !window.is_final) else {
            let what = format!("window {first}: final twice, or never settled");
            return self.fault(Invariant::Recomputed, what);
        };
        window.is_final = true;
        for (account, result) in window.accounts.iter().zip(&window.outcome.results) {
            self.free.entry(account.slot).or_default().0 += result.credit.0;
        }
        let left = &window.outcome.community;
        self.rounding.0 += left.rounding.0;
        for fee in &left.fees {
            self.fees.entry(fee.id).or_default().0 += fee.amount.0;
        }
    }

    fn close(&mut self, event: Attributes, report: Option<&[u8]>) {
        let domain = Domain {
            chain_id: CHAIN_ID,
            registry: self.registry.as_str(),
        };
        self.closed.push(ClosedWindow {
            first_interval: IntervalIndex(event.number("first_interval")),
            intervals: event.number("intervals"),
            digest: report.map(|bytes| digest_of(&domain, bytes).expect("an accepted report").to_vec()),
        });
    }
}
