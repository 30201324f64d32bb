//! A replayed grid's books against what its contracts answer.

use core::fmt::Display;
use std::collections::BTreeMap;

use gridpact_replay::{Books, FeeAmount, FeeId, HeldWindow, Totals};
use gridpact_types::settlement::answers::{AccountResponse, BooksResponse, HeldResult, HeldWindow as Told};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use super::answers::Answers;
use super::compared::Compared;
use super::reader::BooksReader;

impl BooksReader {
    /// Compares everything with what the settlement answers: what is free in every account, every held window and each
    /// slot's part of it, the community account, the books, and that it has the money that they come to. Of each kind one
    /// entry where all of it is the same, else one for every difference.
    pub fn compare(&self, told: &Answers) -> Vec<Compared> {
        let books = self.replay().books();
        let held = held(books);
        let windows = told.held_windows.len();
        let mut compared = kind("accounts", told.accounts.len(), free(books, &told.accounts));
        compared.extend(kind(
            "held windows",
            windows,
            held_windows(&held, &told.held_windows),
        ));
        let mut results = Vec::new();
        for (slot, _) in books.accounts() {
            let told = told.held_results.get(&slot).map(Vec::as_slice);
            results.extend(held_results(&held, slot, told.unwrap_or_default()));
        }
        let count = told.held_results.values().map(Vec::len).sum();
        compared.extend(kind("held results", count, results));
        let (own, community) = (books.community(), &told.community);
        let mut parts = vec![Compared::of(
            "community: rounding",
            own.rounding,
            community.rounding,
        )];
        parts.extend(fees("community", self.fees(), &own.fees, &community.fees));
        compared.extend(kind("parts of the community account", parts.len(), parts));
        let totals = totals(books.totals(), &told.books);
        compared.extend(kind("totals", totals.len(), totals));
        compared.push(held_money(books.totals(), told.holding));
        compared
    }
}

/// One entry where all is the same.
fn kind(what: &str, count: usize, mut compared: Vec<Compared>) -> Vec<Compared> {
    compared.retain(|compared| !compared.is_same());
    if compared.is_empty() {
        compared.push(Compared::of(what, count, count));
    }
    compared
}

fn free(books: &Books, told: &[AccountResponse]) -> Vec<Compared> {
    let told: BTreeMap<Slot, Amount> = told.iter().map(|account| (account.slot, account.free)).collect();
    let own: BTreeMap<Slot, Amount> = books.accounts().collect();
    pairs(&own, &told)
        .map(|(slot, own, told)| Compared::of(format!("slot {slot}: free"), or_none(own), or_none(told)))
        .collect()
}

fn held(books: &Books) -> BTreeMap<IntervalIndex, &HeldWindow> {
    books
        .held()
        .map(|held| (held.window.first_interval, held))
        .collect()
}

fn held_windows(own: &BTreeMap<IntervalIndex, &HeldWindow>, told: &[Told]) -> Vec<Compared> {
    let told: BTreeMap<IntervalIndex, &Told> = told
        .iter()
        .map(|window| (window.first_interval, window))
        .collect();
    let mut compared = Vec::new();
    for (first, own, told) in pairs(own, &told) {
        let what = |part: &str| format!("held window {first}: {part}");
        let (Some(own), Some(told)) = (own, told) else {
            let held = |is_held: bool| if is_held { "held" } else { "not held" };
            let what = format!("held window {first}");
            compared.push(Compared::of(what, held(own.is_some()), held(told.is_some())));
            continue;
        };
        let window = &own.window;
        compared.extend([
            Compared::of(what("intervals"), window.intervals, told.intervals),
            Compared::of(what("revision"), window.revision, told.revision),
            Compared::of(what("roster version"), window.roster_version, told.roster_version),
            Compared::of(what("final at"), window.final_at, told.final_at),
            Compared::of(what("debits"), own.debits(), told.debits),
            Compared::of(what("credits"), own.credits(), told.credits),
            Compared::of(what("rounding"), own.community.rounding, told.rounding),
        ]);
        compared.extend(fees(
            &format!("held window {first}"),
            &BTreeMap::new(),
            &own.community.fees,
            &told.fees,
        ));
    }
    compared
}

/// A slot that joined later has nothing in a window.
fn held_results(
    own: &BTreeMap<IntervalIndex, &HeldWindow>,
    slot: Slot,
    told: &[HeldResult],
) -> Vec<Compared> {
    let show = |debit: Amount, credit: Amount, final_at: UnixSeconds| {
        format!("debit {debit}, credit {credit}, final at {final_at}")
    };
    let own: BTreeMap<IntervalIndex, String> = own
        .iter()
        .map(|(first, held)| {
            let seat = held.seats.iter().find(|seat| seat.slot == slot);
            let (debit, credit) = seat.map_or((Amount::ZERO, Amount::ZERO), |seat| (seat.debit, seat.credit));
            (*first, show(debit, credit, held.window.final_at))
        })
        .collect();
    let told: BTreeMap<IntervalIndex, String> = told
        .iter()
        .map(|result| {
            (
                result.first_interval,
                show(result.debit, result.credit, result.final_at),
            )
        })
        .collect();
    pairs(&own, &told)
        .map(|(first, own, told)| {
            let what = format!("slot {slot}: held window {first}");
            Compared::of(what, or_none(own), or_none(told))
        })
        .collect()
}

fn fees(
    what: &str,
    labels: &BTreeMap<FeeId, String>,
    recomputed: &[FeeAmount],
    told: &[FeeAmount],
) -> Vec<Compared> {
    let by_number = |fees: &[FeeAmount]| fees.iter().map(|fee| (fee.id, fee.amount)).collect();
    pairs(&by_number(recomputed), &by_number(told))
        .map(|(id, own, told)| {
            let label = labels
                .get(id)
                .map(|label| format!(" ({label})"))
                .unwrap_or_default();
            Compared::of(format!("{what}: fee {id}{label}"), or_none(own), or_none(told))
        })
        .collect()
}

fn totals(own: Totals, told: &BooksResponse) -> Vec<Compared> {
    vec![
        Compared::of("books: deposited", own.deposited, told.deposited),
        Compared::of("books: withdrawn", own.withdrawn, told.withdrawn),
        Compared::of("books: swept", own.swept, told.swept),
        Compared::of("books: free", own.free, told.free),
        Compared::of("books: held", own.held, told.held),
        Compared::of("books: community", own.community, told.community),
    ]
}

/// Every account is backed. Gifts are in no book, so there may be more.
fn held_money(own: Totals, has: u128) -> Compared {
    let parts = [own.free, own.held, own.community];
    let owed = parts.iter().fold(0_u128, |sum, part| sum.saturating_add(part.0));
    let told = if has >= owed { owed } else { has };
    Compared::of("money of the settlement, at least", owed, told)
}

/// Everything of both, by key.
fn pairs<'a, K: Ord, A, B>(
    one: &'a BTreeMap<K, A>,
    other: &'a BTreeMap<K, B>,
) -> impl Iterator<Item = (&'a K, Option<&'a A>, Option<&'a B>)> {
    let missing = other.keys().filter(|key| !one.contains_key(*key));
    one.keys()
        .chain(missing)
        .map(|key| (key, one.get(key), other.get(key)))
}

fn or_none<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}
