//! The promises of sections 4 and 5.

use gridpact_units::{Amount, IntervalIndex};

use crate::breach::{Breach, Breaches, Invariant};
use crate::ledger::grid::Ledger;
use crate::ledger::window::ClosedWindow;
use crate::registry::Registry;
use crate::settlement::Settlement;
use crate::world::World;

/// What is broken of a grid's promises.
pub(crate) fn breaches(world: &World, ledger: &Ledger) -> Vec<Breach> {
    let settlement = Settlement {
        addr: ledger.settlement().clone(),
    };
    let registry = Registry {
        addr: ledger.registry().clone(),
    };
    let mut breaches = Breaches::of(format!("grid {}", settlement.addr));
    for (invariant, fault) in ledger.faults() {
        breaches.add(*invariant, fault.clone());
    }
    check_books(world, ledger, &settlement, &mut breaches);
    check_accounts(world, ledger, &settlement, &mut breaches);
    check_held(world, ledger, &settlement, &mut breaches);
    check_windows(world, ledger, &registry, &mut breaches);
    for window in ledger.windows() {
        let (totals, left) = (&window.outcome.totals, &window.outcome.community);
        let fees: u128 = left.fees.iter().map(|fee| fee.amount.0).sum();
        let what = format!("window {}: debits", window.first_interval);
        let given = totals.credit.0 + fees + left.rounding.0;
        breaches.same(Invariant::Conservation, &what, totals.debit.0, given);
    }
    breaches.list
}

fn check_books(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let books = settlement.books(world);
    let here = books.free.0 + books.held.0 + books.community.0;
    let accounted = books.withdrawn.0 + books.swept.0 + here;
    breaches.same(Invariant::GridBooks, "deposited", books.deposited.0, accounted);
    let holding = world.balance(&settlement.addr).0;
    breaches.at_least(Invariant::GridHolding, "holding", holding, here);

    let community = settlement.community(world);
    let (rounding, fees) = ledger.community();
    breaches.same(Invariant::Recomputed, "rounding", community.rounding, rounding);
    breaches.same(
        Invariant::Recomputed,
        "fees",
        community.fees.as_slice(),
        fees.as_slice(),
    );
    let parts = community.rounding.0 + community.fees.iter().map(|fee| fee.amount.0).sum::<u128>();
    breaches.same(Invariant::GridBooks, "community", books.community.0, parts);

    let (paid_in, paid_out) = ledger.paid();
    breaches.same(
        Invariant::GridBooks,
        "deposits, from the transactions",
        books.deposited,
        paid_in,
    );
    breaches.same(
        Invariant::GridBooks,
        "withdrawals and sweeps, from the transactions",
        Amount(books.withdrawn.0 + books.swept.0),
        paid_out,
    );
}

fn check_accounts(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let accounts = settlement.accounts(world);
    for account in &accounts {
        let recomputed = ledger.free().get(&account.slot).copied();
        let what = format!("slot {}: free", account.slot);
        breaches.same(Invariant::Recomputed, &what, Some(account.free), recomputed);
    }
    breaches.same(
        Invariant::Recomputed,
        "accounts",
        accounts.len(),
        ledger.free().len(),
    );
    let sum: u128 = accounts.iter().map(|account| account.free.0).sum();
    let free = settlement.books(world).free.0;
    breaches.same(Invariant::GridBooks, "free, the sum of the accounts", free, sum);
}

fn check_held(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let held = settlement.held_windows(world);
    let expected = ledger.windows().iter().filter(|window| !window.is_final);
    let expected: Vec<IntervalIndex> = expected.map(|window| window.first_interval).collect();
    let found: Vec<IntervalIndex> = held.iter().map(|window| window.first_interval).collect();
    breaches.same(Invariant::Recomputed, "windows that are held", found, expected);
    for window in &held {
        let fees: u128 = window.fees.iter().map(|fee| fee.amount.0).sum();
        let given = window.credits.0 + fees + window.rounding.0;
        let what = format!("held window {}: debits", window.first_interval);
        breaches.same(Invariant::Conservation, &what, window.debits.0, given);
        let recomputed = ledger
            .windows()
            .iter()
            .rfind(|other| other.first_interval == window.first_interval);
        let Some(recomputed) = recomputed else { continue };
        let (totals, left) = (&recomputed.outcome.totals, &recomputed.outcome.community);
        let what = format!("held window {}", window.first_interval);
        breaches.same(
            Invariant::Recomputed,
            &what,
            (window.debits, window.credits, &window.fees, window.rounding),
            (totals.debit, totals.credit, &left.fees, left.rounding),
        );
        breaches.same(
            Invariant::Recomputed,
            &what,
            (window.intervals, window.final_at),
            (recomputed.intervals, recomputed.final_at),
        );
    }
    let sum: u128 = held.iter().map(|window| window.debits.0).sum();
    let books = settlement.books(world);
    breaches.same(
        Invariant::GridBooks,
        "held, the sum of the debits",
        books.held.0,
        sum,
    );
}

/// Windows tile time from the grid's first interval on, and each is what the transactions said.
fn check_windows(world: &World, ledger: &Ledger, registry: &Registry, breaches: &mut Breaches) {
    let windows: Vec<ClosedWindow> = registry
        .windows(world)
        .into_iter()
        .map(|window| ClosedWindow {
            first_interval: window.first_interval,
            intervals: window.intervals,
            digest: window.state.report().map(|report| report.digest.to_vec()),
        })
        .collect();
    for pair in windows.windows(2) {
        let end = pair[0].first_interval.plus(pair[0].intervals);
        breaches.same(Invariant::Windows, "start", pair[1].first_interval, end);
    }
    if let Some(last) = windows.last() {
        let (next, end) = (
            registry.next_report(world),
            last.first_interval.plus(last.intervals),
        );
        // Where a gap must be closed first, the answer is for the report behind it.
        let expected = if next.gap { next.oldest_interval } else { end };
        breaches.same(
            Invariant::Windows,
            "next report",
            next.first_interval,
            Some(expected),
        );
    }
    if windows != ledger.closed() {
        let detail = format!("{windows:?}, from the transactions {:?}", ledger.closed());
        breaches.add(Invariant::Windows, detail);
    }
}
