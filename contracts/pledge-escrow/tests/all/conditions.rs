//! The greatest self-consistent set, against every subset there is.

use gridpact_types::escrow::{Condition, PartyCondition, PledgersCondition};
use gridpact_units::Amount;
use pledge_escrow::{greatest_set, Standing};
use proptest::prelude::*;

const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

fn asks(parties: &[(&str, u128)], pledgers: Option<(u32, u128)>, total: Option<u128>) -> Condition {
    let party = |(address, at_least): &(&str, u128)| PartyCondition {
        address: (*address).to_owned(),
        at_least: Amount(*at_least),
    };
    Condition {
        parties: parties.iter().map(party).collect(),
        pledgers: pledgers.map(|(count, at_least)| PledgersCondition {
            count,
            at_least: Amount(at_least),
        }),
        total: total.map(Amount),
    }
}

fn set_of(pledges: &[(&str, u128, Condition)]) -> Vec<bool> {
    greatest_set(&standing(pledges, &[]))
}

fn standing<'a>(pledges: &'a [(&'a str, u128, Condition)], members: &[bool]) -> Vec<Standing<'a>> {
    let pledge =
        |(position, (pledger, amount, condition)): (usize, &'a (&'a str, u128, Condition))| Standing {
            pledger,
            amount: *amount,
            condition,
            member: members.get(position).copied().unwrap_or(false),
        };
    pledges.iter().enumerate().map(pledge).collect()
}

#[test]
fn three_who_ask_for_each_other_hold_together_or_not_at_all() {
    let one = |me: &'static str, others: [(&'static str, u128); 2]| (me, 10_000, asks(&others, None, None));
    let a = one("a", [("b", 10_000), ("c", 10_000)]);
    let b = one("b", [("a", 10_000), ("c", 10_000)]);
    let c = one("c", [("a", 10_000), ("b", 10_000)]);
    assert_eq!(set_of(&[a.clone(), b.clone()]), [false, false]);
    assert_eq!(set_of(&[a, b, c]), [true, true, true]);
}

/// What is shown, the pledges, and who is in the set.
type Row = (&'static str, Vec<(&'static str, u128, Condition)>, Vec<bool>);

#[test]
fn the_conditions_table() {
    let none = Condition::default;
    let table: Vec<Row> = vec![
        (
            "without a condition a pledge stands",
            vec![("a", 1, none())],
            vec![true],
        ),
        (
            "a total includes the pledge itself",
            vec![("a", 5, asks(&[], None, Some(5)))],
            vec![true],
        ),
        (
            "a total just missed",
            vec![("a", 5, asks(&[], None, Some(6)))],
            vec![false],
        ),
        (
            "a count includes the pledge itself",
            vec![("a", 5, asks(&[], Some((1, 5)), None))],
            vec![true],
        ),
        (
            "a small pledge does not count",
            vec![("a", 5, asks(&[], Some((2, 5)), None)), ("b", 4, none())],
            vec![false, true],
        ),
        (
            "a party that pledged too little",
            vec![("a", 5, asks(&[("b", 5)], None, None)), ("b", 4, none())],
            vec![false, true],
        ),
        (
            "one that drops takes with it who relied on it",
            vec![
                ("a", 5, asks(&[("b", 1)], None, None)),
                ("b", 5, asks(&[("c", 1)], None, None)),
                ("d", 9, none()),
            ],
            vec![false, false, true],
        ),
        (
            "a total counts only those who stay",
            vec![
                ("a", 5, asks(&[], None, Some(10))),
                ("b", 5, asks(&[], None, Some(11))),
            ],
            vec![false, false],
        ),
    ];
    for (name, pledges, expected) in table {
        assert_eq!(set_of(&pledges), expected, "{name}");
    }
}

/// Straight from the definition: whether every member's condition is met within the set.
fn is_consistent(pledges: &[(&str, u128, Condition)], inside: &[bool]) -> bool {
    let set: Vec<_> = pledges
        .iter()
        .zip(inside)
        .filter(|(_, inside)| **inside)
        .map(|(pledge, _)| pledge)
        .collect();
    set.iter().all(|(_, _, condition)| {
        let party = |asked: &PartyCondition| {
            set.iter()
                .any(|(name, amount, _)| *name == asked.address && *amount >= asked.at_least.0)
        };
        let count = |asked: &PledgersCondition| {
            set.iter()
                .filter(|(_, amount, _)| *amount >= asked.at_least.0)
                .count()
        };
        condition.parties.iter().all(party)
            && condition
                .pledgers
                .as_ref()
                .is_none_or(|asked| count(asked) >= asked.count as usize)
            && condition
                .total
                .is_none_or(|asked| set.iter().map(|(_, amount, _)| amount).sum::<u128>() >= asked.0)
    })
}

/// The union of all consistent subsets, by trying each.
fn by_brute_force(pledges: &[(&str, u128, Condition)]) -> Vec<bool> {
    let mut greatest = vec![false; pledges.len()];
    for subset in 0_u32..1 << pledges.len() {
        let inside: Vec<bool> = (0..pledges.len())
            .map(|position| subset >> position & 1 == 1)
            .collect();
        if is_consistent(pledges, &inside) {
            greatest
                .iter_mut()
                .zip(inside)
                .for_each(|(greatest, inside)| *greatest |= inside);
        }
    }
    greatest
}

fn any_pledges() -> impl Strategy<Value = Vec<(&'static str, u128, Condition)>> {
    let condition = (
        prop::collection::vec((0..NAMES.len(), 1_u128..6), 0..3),
        prop::option::of((1_u32..6, 0_u128..5)),
        prop::option::of(0_u128..25),
    )
        .prop_map(|(parties, pledgers, total)| {
            let parties: Vec<_> = parties
                .into_iter()
                .map(|(name, least)| (NAMES[name], least))
                .collect();
            asks(&parties, pledgers, total)
        });
    prop::collection::vec((1_u128..6, condition), 0..=NAMES.len()).prop_map(|pledges| {
        pledges
            .into_iter()
            .zip(NAMES)
            .map(|((amount, asks), name)| (name, amount, asks))
            .collect()
    })
}

proptest! {
    #[test]
    fn the_set_is_the_greatest_of_all_subsets(pledges in any_pledges()) {
        let found = set_of(&pledges);
        prop_assert!(is_consistent(&pledges, &found));
        prop_assert_eq!(found, by_brute_force(&pledges));
    }

    #[test]
    fn the_order_of_pledges_does_not_matter(pledges in any_pledges(), turn in 0_usize..7) {
        let mut turned = pledges.clone();
        let turn = turn.min(turned.len());
        turned.rotate_left(turn);
        let mut set = set_of(&turned);
        set.rotate_right(turn);
        prop_assert_eq!(set, set_of(&pledges));
    }

    #[test]
    fn found_pledge_by_pledge_it_is_the_same(pledges in any_pledges()) {
        let mut members: Vec<bool> = Vec::new();
        for count in 1..=pledges.len() {
            let set = greatest_set(&standing(&pledges[..count], &members));
            prop_assert!(members.iter().zip(&set).all(|(before, now)| !before || *now), "the set only grows");
            members = set;
        }
        prop_assert_eq!(members, set_of(&pledges));
    }
}
