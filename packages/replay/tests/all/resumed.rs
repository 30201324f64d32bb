//! Books that begin at any window of a random life, with what was there, come to what the whole life comes to.

use std::collections::BTreeMap;

use gridpact_replay::{Books, EventError, HeldWindow, Settled, Window};
use gridpact_units::{Amount, Energy, Reading, Slot, UnixSeconds};
use proptest::prelude::*;

use crate::support::*;

const HOMES: u16 = 4;
/// Of these so many have a seat in the second roster alone.
const LATER: u16 = 1;

#[derive(Clone, Debug)]
enum Action {
    Settle(Vec<u64>, u64),
    Deposit(u32, u128),
    Withdraw(u32, Option<u128>),
    Finalise(usize),
    Wait(u64),
}

fn action() -> impl Strategy<Value = Action> {
    let slot = || 0_u32..u32::from(HOMES);
    prop_oneof![
        8 => (prop::collection::vec(0_u64..6, usize::from(HOMES)), 0_u64..4_000)
            .prop_map(|(energies, held)| Action::Settle(energies, held)),
        3 => (slot(), 1_u128..2_000).prop_map(|(slot, amount)| Action::Deposit(slot, amount)),
        2 => (slot(), prop::option::of(1_u128..500)).prop_map(|(slot, amount)| Action::Withdraw(slot, amount)),
        1 => (1_usize..4).prop_map(Action::Finalise),
        2 => (1_u64..2_000).prop_map(Action::Wait),
    ]
}

/// What was settled, with all that a mirror has of it.
struct Known {
    at: usize,
    now: u64,
    settled: Settled,
    readings: Vec<Reading>,
    /// What was free in every account then, also of those without a seat.
    free: BTreeMap<Slot, Amount>,
}

struct Life {
    books: Books,
    now: u64,
    windows: u64,
}

impl Life {
    /// Odd homes give, even ones take; half of the life is under the first roster.
    fn window(&self, held: u64) -> Window {
        Window {
            first_interval: FIRST.plus(self.windows),
            intervals: 1,
            revision: 0,
            roster_version: if self.windows < 8 { 1 } else { 2 },
            final_at: UnixSeconds(self.now + held),
        }
    }

    fn act(&mut self, action: &Action) -> Option<(Settled, Vec<Reading>)> {
        let now = UnixSeconds(self.now);
        match action {
            Action::Settle(energies, held) => {
                let window = self.window(*held);
                let seats = if window.roster_version == 1 {
                    HOMES - LATER
                } else {
                    HOMES
                };
                let readings: Vec<Reading> = energies.iter().zip(0..seats).map(reading).collect();
                let settled = self.books.settle(now, window, &readings, |_| {}).unwrap();
                self.windows += 1;
                return Some((settled, readings));
            }
            Action::Deposit(slot, amount) => drop(self.books.deposit(Slot(*slot), Amount(*amount)).unwrap()),
            Action::Withdraw(slot, amount) => drop(self.books.withdraw(now, Slot(*slot), amount.map(Amount))),
            Action::Finalise(limit) => drop(self.books.finalise(now, *limit).unwrap()),
            Action::Wait(seconds) => self.now += seconds,
        }
        None
    }
}

fn reading((energy, home): (&u64, u16)) -> Reading {
    if home % 2 == 1 {
        Reading::measured(Energy::ZERO, Energy(energy * KWH))
    } else {
        Reading::measured(Energy(energy * KWH), Energy::ZERO)
    }
}

fn empty() -> Books {
    Books::new(policy()).unwrap()
}

fn held(books: &Books) -> Vec<HeldWindow> {
    books.held().cloned().collect()
}

/// Books as a window finds them, from what its grid's hashes prove.
fn resumed(start: &Known, before: &[Known]) -> Books {
    let mut books = empty();
    let seated: BTreeMap<Slot, Amount> = start
        .settled
        .slots
        .iter()
        .copied()
        .zip(start.settled.free.iter().copied())
        .collect();
    for slot in (0..u32::from(HOMES)).map(Slot) {
        books
            .reopen(slot, seated.get(&slot).copied().unwrap_or(start.free[&slot]))
            .unwrap();
    }
    let meters: Vec<_> = (0..HOMES).map(meter).collect();
    books
        .know_roster(1, &meters[..usize::from(HOMES - LATER)])
        .unwrap();
    books.know_roster(2, &meters).unwrap();
    for known in before {
        let window = known.settled.window;
        if window.final_at.0 > start.now {
            let again = books.hold(window, &known.settled.free, &known.readings).unwrap();
            assert_eq!(again.outcome, known.settled.outcome);
        }
    }
    books
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn books_that_begin_at_any_window_end_as_the_whole_life(actions in prop::collection::vec(action(), 1..50)) {
        let mut life = Life { books: empty(), now: START, windows: 0 };
        let meters: Vec<_> = (0..HOMES).map(meter).collect();
        life.books.open(1, &meters[..usize::from(HOMES - LATER)]).unwrap();
        life.books.open(2, &meters[usize::from(HOMES - LATER)..]).unwrap();
        let mut known = Vec::new();
        for (at, action) in actions.iter().enumerate() {
            let (now, free) = (life.now, life.books.accounts().collect());
            if let Some((settled, readings)) = life.act(action) {
                known.push(Known { at, now, settled, readings, free });
            }
        }
        for (number, start) in known.iter().enumerate() {
            let mut again = Life { books: resumed(start, &known[..number]), now: start.now, windows: number as u64 };
            for action in &actions[start.at..] {
                again.act(action);
            }
            let free = |books: &Books| books.accounts().collect::<Vec<_>>();
            prop_assert_eq!(free(&again.books), free(&life.books));
            prop_assert_eq!(held(&again.books), held(&life.books));
            prop_assert_eq!(again.books.totals().held, life.books.totals().held);
        }
    }
}

#[test]
fn what_cannot_have_been_there_is_refused() {
    let mut books = empty();
    books.reopen(Slot(0), Amount(7)).unwrap();
    let twice = books.reopen(Slot(0), Amount(8)).unwrap_err();
    assert_eq!(twice, EventError::AccountExists { slot: Slot(0) });
    assert_eq!(books.free(Slot(0)), Some(Amount(7)));
    assert_eq!(books.know_roster(1, &[]).unwrap_err(), EventError::NoMeter);
    let unknown = books.know_roster(1, &[meter(0), meter(1)]).unwrap_err();
    assert_eq!(unknown, EventError::UnknownSlot { slot: Slot(1) });
    books.know_roster(4, &[meter(0)]).unwrap();
    let window = Window {
        first_interval: FIRST,
        intervals: 1,
        revision: 0,
        roster_version: 4,
        final_at: UnixSeconds(START),
    };
    let short = books.hold(window, &[], &[take(1)]).unwrap_err();
    assert_eq!(short, EventError::Balances { expected: 1, got: 0 });
    books.hold(window, &[Amount(1)], &[take(1)]).unwrap();
    let again = books.hold(window, &[Amount(1)], &[take(1)]).unwrap_err();
    let settled_until = FIRST.plus(1);
    assert_eq!(
        again,
        EventError::Settled {
            settled_until,
            got: FIRST
        }
    );
}
