//! Whatever the settlement says otherwise is told, and nothing else.

use gridpact_client::Answers;
use gridpact_replay::{FeeAmount, FeeId};
use gridpact_testing::fixtures::{export, import, nothing};
use gridpact_testing::MoneyKind;
use gridpact_units::{Amount, IntervalIndex, Seconds, Slot, UnixSeconds};

use super::chronicle::{Chronicle, CHALLENGE};

/// A grid with a final window and one that is held.
fn grid() -> Chronicle {
    let mut chronicle = Chronicle::of_three_homes(MoneyKind::Native);
    for _ in 0..2 {
        chronicle.world.advance(Seconds(3_600));
        let report = chronicle.report(&[export(3_000_000), import(1_000_000), nothing()]);
        chronicle.read(vec![report.unwrap()]).unwrap();
    }
    assert_eq!(chronicle.answers().held_windows.len(), 2);
    chronicle.world.advance(Seconds(CHALLENGE.0 - 3_600));
    let finalised = chronicle.finalise(Some(1)).unwrap();
    chronicle.read(vec![finalised]).unwrap();
    assert_eq!(chronicle.differences(), Vec::<String>::new());
    chronicle
}

/// What differs in answers that were changed.
fn told(chronicle: &Chronicle, change: impl FnOnce(&mut Answers)) -> Vec<String> {
    let mut answers = chronicle.answers();
    change(&mut answers);
    let compared = chronicle.reader.compare(&answers).into_iter();
    compared
        .filter(|one| !one.is_same())
        .map(|one| one.what)
        .collect()
}

#[test]
fn every_difference_is_told_by_what_it_is() {
    let chronicle = grid();
    let held = chronicle.answers().held_windows[0].first_interval;
    let window = |part: &str| format!("held window {held}: {part}");
    let plus = |amount: &mut Amount| amount.0 += 1;
    type Change = Box<dyn FnOnce(&mut Answers)>;
    let table: Vec<(Change, String)> = vec![
        (
            Box::new(move |told| plus(&mut told.accounts[1].free)),
            "slot 1: free".to_owned(),
        ),
        (
            Box::new(move |told| told.held_windows[0].intervals += 1),
            window("intervals"),
        ),
        (
            Box::new(move |told| told.held_windows[0].revision += 1),
            window("revision"),
        ),
        (
            Box::new(move |told| told.held_windows[0].roster_version += 1),
            window("roster version"),
        ),
        (
            Box::new(move |told| told.held_windows[0].final_at = UnixSeconds(1)),
            window("final at"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_windows[0].debits)),
            window("debits"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_windows[0].credits)),
            window("credits"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_windows[0].rounding)),
            window("rounding"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_windows[0].fees[0].amount)),
            window("fee 1"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_results.get_mut(&Slot(0)).unwrap()[0].credit)),
            format!("slot 0: held window {held}"),
        ),
        (
            Box::new(move |told| plus(&mut told.held_results.get_mut(&Slot(1)).unwrap()[0].debit)),
            format!("slot 1: held window {held}"),
        ),
        (
            Box::new(move |told| plus(&mut told.community.rounding)),
            "community: rounding".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.community.fees[0].amount)),
            "community: fee 1 (network)".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.deposited)),
            "books: deposited".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.withdrawn)),
            "books: withdrawn".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.swept)),
            "books: swept".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.free)),
            "books: free".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.held)),
            "books: held".to_owned(),
        ),
        (
            Box::new(move |told| plus(&mut told.books.community)),
            "books: community".to_owned(),
        ),
        (
            Box::new(move |told| told.holding -= 1),
            "money of the settlement, at least".to_owned(),
        ),
    ];
    for (change, what) in table {
        assert_eq!(told(&chronicle, change), [what]);
    }
}

#[test]
fn what_is_missing_or_too_much_is_told() {
    let chronicle = grid();
    let missing = told(&chronicle, |told| drop(told.accounts.remove(2)));
    assert_eq!(missing, ["slot 2: free"]);
    let first = chronicle.answers().held_windows[0].first_interval;
    let missing = told(&chronicle, |told| drop(told.held_windows.remove(0)));
    assert_eq!(missing, [format!("held window {first}")]);
    let missing = told(&chronicle, |told| drop(told.held_results.remove(&Slot(2))));
    assert_eq!(missing, [format!("slot 2: held window {first}")]);
    let more = told(&chronicle, |told| {
        let mut another = told.held_windows[0].clone();
        another.first_interval = IntervalIndex(first.0 + 50);
        told.held_windows.push(another);
    });
    assert_eq!(more, [format!("held window {}", first.0 + 50)]);
    let more = told(&chronicle, |told| {
        told.community.fees.push(FeeAmount {
            id: FeeId(2),
            amount: Amount(0),
        })
    });
    assert_eq!(more, ["community: fee 2"]);
    // A gift is in no book.
    assert_eq!(told(&chronicle, |told| told.holding += 5), Vec::<String>::new());
}
