//! Random lives: the same in the contracts and in a replay. After every message both allowed it or both refused it, and
//! every balance, every held window, the community account and the books are the same.

mod grid;
mod settlement;

use gridpact_replay::{Books, Community, CommunityAccount, FeeAmount, FeeId, HeldSeat, HeldWindow};
use gridpact_types::settlement::accounts::CommunityAccount as OnChain;
use gridpact_types::settlement::answers::{
    AccountResponse, BooksResponse, CommunityResponse, HeldResult, HeldWindow as Told,
};
use gridpact_units::{Amount, Energy, Reading, Slot};
use proptest::prelude::*;

/// Lives a test, where GRIDPACT_LIVES does not say another number; 32 take some two seconds unoptimised.
const LIVES: u32 = 32;

fn config() -> ProptestConfig {
    let asked = std::env::var("GRIDPACT_LIVES").ok();
    ProptestConfig {
        cases: asked.map_or(LIVES, |lives| lives.parse().expect("a number of lives")),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What a settlement answers.
struct Answers {
    accounts: Vec<AccountResponse>,
    held: Vec<Told>,
    /// By slot, in the order of `accounts`.
    results: Vec<Vec<HeldResult>>,
    community: CommunityResponse,
    books: BooksResponse,
}

/// Compares everything.
fn compare(books: &Books, told: &Answers, after: &str) {
    let accounts: Vec<(Slot, Amount)> = told.accounts.iter().map(|a| (a.slot, a.free)).collect();
    assert_eq!(books.accounts().collect::<Vec<_>>(), accounts, "after {after}");

    let mut held: Vec<&HeldWindow> = books.held().collect();
    held.sort_by_key(|held| held.window.first_interval);
    let windows: Vec<Told> = held.iter().map(|held| as_told(held)).collect();
    assert_eq!(windows, told.held, "after {after}");
    for (account, results) in told.accounts.iter().zip(&told.results) {
        let own: Vec<HeldResult> = held.iter().map(|held| result(held, account.slot)).collect();
        assert_eq!(own, *results, "slot {} after {after}", account.slot);
    }

    let community = CommunityResponse {
        rounding: books.community().rounding,
        fees: fees(books.community()),
    };
    assert_eq!(community, told.community, "after {after}");
    let totals = books.totals();
    let totals = BooksResponse {
        deposited: totals.deposited,
        withdrawn: totals.withdrawn,
        swept: totals.swept,
        free: totals.free,
        held: totals.held,
        community: totals.community,
    };
    assert_eq!(totals, told.books, "after {after}");
}

fn as_told(held: &HeldWindow) -> Told {
    Told {
        first_interval: held.window.first_interval,
        intervals: held.window.intervals,
        revision: held.window.revision,
        roster_version: held.window.roster_version,
        final_at: held.window.final_at,
        debits: held.debits(),
        credits: held.credits(),
        fees: fees(&held.community),
        rounding: held.community.rounding,
    }
}

fn fees(community: &Community) -> Vec<FeeAmount> {
    community.fees.clone()
}

/// A slot that joined later has nothing in a window.
fn result(held: &HeldWindow, slot: Slot) -> HeldResult {
    let own = held.seats.iter().find(|seat| seat.slot == slot).copied();
    let HeldSeat { debit, credit, .. } = own.unwrap_or(HeldSeat {
        slot,
        debit: Amount::ZERO,
        credit: Amount::ZERO,
    });
    HeldResult {
        first_interval: held.window.first_interval,
        debit,
        credit,
        final_at: held.window.final_at,
    }
}

fn account(part: u8) -> (CommunityAccount, OnChain) {
    match part.checked_sub(1) {
        None => (CommunityAccount::Rounding, OnChain::Rounding {}),
        Some(_) => (
            CommunityAccount::Fee(FeeId(part)),
            OnChain::Fee { id: FeeId(part) },
        ),
    }
}

/// A home takes, gives, both, or is not heard of. Whole Wh.
fn reading() -> impl Strategy<Value = Reading> {
    let energy = || (0_u64..2_000).prop_map(|watt_hours| Energy(watt_hours * 1_000));
    prop_oneof![
        4 => energy().prop_map(|import| Reading::measured(import, Energy::ZERO)),
        3 => energy().prop_map(|export| Reading::measured(Energy::ZERO, export)),
        1 => (energy(), energy()).prop_map(|(import, export)| Reading::measured(import, export)),
        1 => Just(Reading::MISSING),
    ]
}
