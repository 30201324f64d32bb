//! The promises of the escrow and of a grid, checked from outside: from queries, balances and the ledger.

use gridpact_types::escrow::BooksResponse;
use gridpact_units::Amount;

use crate::{Escrow, Ledger, Registry, Settlement, World};

/// What is broken of an escrow's promises.
pub fn escrow_breaches(world: &World, escrow: &Escrow) -> Vec<String> {
    let mut breaches = Breaches::of(format!("escrow {}", escrow.addr));
    let books = escrow.books(world, world.money().asset());
    breaches.same(
        "every unit is accounted for (3.1): came in = went out + is here",
        came_in(&books),
        accounted(&books),
    );
    let holding = world.balance(&escrow.addr).0;
    breaches.at_least(
        "holding >= claimable + locked (3.1)",
        holding,
        books.claimable.0 + books.locked.0,
    );

    let mut projects = BooksResponse::default();
    for project in 1..=escrow.projects(world) {
        let of = escrow.project_books(world, project);
        breaches.same(
            &format!("project {project}: every unit is accounted for (3.1)"),
            came_in(&of),
            accounted(&of),
        );
        add(&mut projects, &of);
        let owed = owed_by(world, escrow, project);
        breaches.at_least(
            &format!("project {project}: claimable >= what parties are told they can take"),
            of.claimable.0,
            owed,
        );
    }
    breaches.same(
        "the projects' books are the asset's",
        sums(&projects),
        sums(&books),
    );
    breaches.list
}

fn came_in(books: &BooksResponse) -> u128 {
    books.pledged.0 + books.revenue.0
}

fn accounted(books: &BooksResponse) -> u128 {
    books.paid.0 + books.refunded.0 + books.claimable.0 + books.locked.0
}

fn sums(books: &BooksResponse) -> [u128; 6] {
    [
        books.pledged,
        books.revenue,
        books.paid,
        books.refunded,
        books.claimable,
        books.locked,
    ]
    .map(|amount| amount.0)
}

fn add(sum: &mut BooksResponse, more: &BooksResponse) {
    for (sum, more) in [
        (&mut sum.pledged, more.pledged),
        (&mut sum.revenue, more.revenue),
        (&mut sum.paid, more.paid),
        (&mut sum.refunded, more.refunded),
        (&mut sum.claimable, more.claimable),
        (&mut sum.locked, more.locked),
    ] {
        sum.0 += more.0;
    }
}

/// What the contractor and every pledger are told they can take now.
fn owed_by(world: &World, escrow: &Escrow, project: u64) -> u128 {
    let drawable = escrow
        .project(world, project)
        .expect("the project exists")
        .drawable
        .0;
    let pledges = escrow.pledges(world, project);
    drawable
        + pledges
            .iter()
            .map(|pledge| pledge.refundable.0 + pledge.revenue.0)
            .sum::<u128>()
}

/// What is broken of a grid's promises.
pub fn grid_breaches(world: &World, ledger: &Ledger) -> Vec<String> {
    let settlement = Settlement {
        addr: ledger.settlement().clone(),
    };
    let registry = Registry {
        addr: ledger.registry().clone(),
    };
    let mut breaches = Breaches::of(format!("grid {}", settlement.addr));
    check_books(world, ledger, &settlement, &mut breaches);
    check_accounts(world, ledger, &settlement, &mut breaches);
    check_held(world, ledger, &settlement, &mut breaches);
    check_windows(world, &registry, &mut breaches);
    for window in ledger.windows() {
        let totals = &window.outcome.totals;
        let community = &window.outcome.community;
        let fees: u128 = community.fees.iter().map(|fee| fee.0).sum();
        let name = format!(
            "window {}: debits = credits + fees + rounding (5.2)",
            window.first_interval
        );
        breaches.same(
            &name,
            totals.debit.0,
            totals.credit.0 + fees + community.rounding.0,
        );
        let sold: u128 = window.outcome.results.iter().map(|result| result.sold.0).sum();
        let bought: u128 = window.outcome.results.iter().map(|result| result.bought.0).sum();
        breaches.same(
            &format!("window {}: bought = sold (5.1)", window.first_interval),
            bought,
            sold,
        );
    }
    breaches.list
}

fn check_books(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let books = settlement.books(world);
    let here = books.free.0 + books.held.0 + books.community.0;
    breaches.same(
        "deposited = withdrawn + swept + free + held + community",
        books.deposited.0,
        books.withdrawn.0 + books.swept.0 + here,
    );
    breaches.at_least(
        "holding >= sum of all accounts (5.2)",
        world.balance(&settlement.addr).0,
        here,
    );
    let community = settlement.community(world);
    let parts = community.rounding.0 + community.fees.iter().map(|fee| fee.0).sum::<u128>();
    breaches.same(
        "the community account is the sum of its parts",
        books.community.0,
        parts,
    );
    let (paid_in, paid_out) = ledger.paid();
    breaches.same("deposits, from the transactions", books.deposited, paid_in);
    breaches.same(
        "withdrawals and sweeps, from the transactions",
        Amount(books.withdrawn.0 + books.swept.0),
        paid_out,
    );
}

fn check_accounts(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let accounts = settlement.accounts(world);
    for account in &accounts {
        let recomputed = ledger.free().get(&account.slot).copied();
        breaches.same(
            &format!("slot {}: recomputed from the transactions (5.4)", account.slot),
            Some(account.free),
            recomputed,
        );
    }
    breaches.same("accounts", accounts.len(), ledger.free().len());
    let sum: u128 = accounts.iter().map(|account| account.free.0).sum();
    breaches.same(
        "free is the sum of the accounts",
        settlement.books(world).free.0,
        sum,
    );
}

fn check_held(world: &World, ledger: &Ledger, settlement: &Settlement, breaches: &mut Breaches) {
    let held = settlement.held_windows(world);
    let expected: Vec<_> = ledger
        .windows()
        .iter()
        .filter(|window| !window.is_final)
        .map(|w| w.first_interval)
        .collect();
    let found: Vec<_> = held.iter().map(|window| window.first_interval).collect();
    breaches.same("windows that are held", found, expected);
    for window in &held {
        let given = window.credits.0 + window.fees.iter().map(|fee| fee.0).sum::<u128>() + window.rounding.0;
        breaches.same(
            &format!(
                "held window {}: debits = credits + fees + rounding",
                window.first_interval
            ),
            window.debits.0,
            given,
        );
    }
    let sum: u128 = held.iter().map(|window| window.debits.0).sum();
    breaches.same(
        "held is the sum of the held debits",
        settlement.books(world).held.0,
        sum,
    );
}

/// Windows tile time from the grid's first interval on.
fn check_windows(world: &World, registry: &Registry, breaches: &mut Breaches) {
    let windows = registry.windows(world);
    for pair in windows.windows(2) {
        let end = pair[0].first_interval.plus(pair[0].intervals);
        breaches.same(
            "a window starts where the last one ended",
            pair[1].first_interval,
            end,
        );
    }
    if let Some(last) = windows.last() {
        let next = registry.next_report(world).first_interval;
        breaches.same(
            "the next report starts where the last window ended",
            next,
            Some(last.first_interval.plus(last.intervals)),
        );
    }
}

/// Promises found broken.
struct Breaches {
    subject: String,
    list: Vec<String>,
}

impl Breaches {
    fn of(subject: String) -> Self {
        Self {
            subject,
            list: Vec::new(),
        }
    }

    fn same<T: PartialEq + core::fmt::Debug>(&mut self, promise: &str, left: T, right: T) {
        if left != right {
            self.list
                .push(format!("{}: {promise}: {left:?} is not {right:?}", self.subject));
        }
    }

    fn at_least(&mut self, promise: &str, holding: u128, least: u128) {
        if holding < least {
            self.list
                .push(format!("{}: {promise}: {holding} is below {least}", self.subject));
        }
    }
}
