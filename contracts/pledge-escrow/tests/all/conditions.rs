//! The greatest self-consistent set, against every subset there is.

mod every_subset;

use cosmwasm_std::Addr;
use gridpact_units::Amount;
use pledge_escrow::conditions::{
    joining, joining_by_need, Ask, Fate, Member, PartyAsk, PledgersAsk, Waiting,
};
use proptest::prelude::*;

use self::every_subset::{by_brute_force, is_consistent};

const NAMES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

type Pledged = (&'static str, u128, Ask);

fn asks(parties: &[(&str, u128)], pledgers: Option<(u32, u128)>, total: Option<u128>) -> Ask {
    let party = |(party, at_least): &(&str, u128)| PartyAsk {
        party: Addr::unchecked(*party),
        at_least: Amount(*at_least),
    };
    Ask {
        parties: parties.iter().map(party).collect(),
        pledgers: pledgers.map(|(count, at_least)| PledgersAsk {
            count,
            at_least: Amount(at_least),
        }),
        total: total.map(Amount),
    }
}

/// From scratch: everybody waits.
fn set_of(pledges: &[Pledged]) -> Vec<bool> {
    grown(pledges, &vec![false; pledges.len()])
}

/// The set, given who is a member already.
fn grown(pledges: &[Pledged], member: &[bool]) -> Vec<bool> {
    let (mut members, mut waiting) = (Vec::new(), Vec::new());
    for ((pledger, amount, ask), member) in pledges.iter().zip(member) {
        let (pledger, amount, ask) = (Addr::unchecked(*pledger), *amount, ask.clone());
        if *member {
            members.push(Member { pledger, amount });
        } else {
            let number = 0;
            waiting.push(Waiting {
                pledger,
                amount,
                number,
                ask,
            });
        }
    }
    let mut joins = joining(&members, &waiting).into_iter();
    let inside = member
        .iter()
        .map(|member| *member || joins.next().unwrap().joins());
    inside.collect()
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
type Row = (&'static str, Vec<Pledged>, Vec<bool>);

#[test]
fn the_conditions_table() {
    let none = Ask::default;
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

fn any_pledges() -> impl Strategy<Value = Vec<Pledged>> {
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
            members.push(false);
            let set = grown(&pledges[..count], &members);
            prop_assert!(members.iter().zip(&set).all(|(before, now)| !before || *now), "the set only grows");
            prop_assert_eq!(&set, &set_of(&pledges[..count]));
            members = set;
        }
    }

    #[test]
    fn a_larger_pledge_drops_nobody(pledges in any_pledges(), who in 0_usize..7, more in 1_u128..5) {
        let before = set_of(&pledges);
        let mut raised = pledges.clone();
        let Some(pledge) = raised.get_mut(who) else { return Ok(()) };
        pledge.1 += more;
        let after = set_of(&raised);
        prop_assert!(before.iter().zip(&after).all(|(before, after)| !before || *after));
        prop_assert_eq!(grown(&raised, &before), after);
    }

    #[test]
    fn a_weaker_condition_drops_nobody(pledges in any_pledges(), who in 0_usize..7, part in 0_usize..3) {
        let before = set_of(&pledges);
        let mut restated = pledges.clone();
        let Some((_, _, ask)) = restated.get_mut(who) else { return Ok(()) };
        let earlier = ask.clone();
        match part {
            0 => drop(ask.parties.pop()),
            1 => ask.pledgers = None,
            _ => ask.total = ask.total.map(|total| Amount(total.0 / 2)),
        }
        prop_assert!(ask.asks_no_more_than(&earlier));
        let after = set_of(&restated);
        prop_assert!(before.iter().zip(&after).all(|(before, after)| !before || *after));
        prop_assert_eq!(grown(&restated, &before), after);
    }

    /// Of each that waits one party is known at most, whichever.
    #[test]
    fn lists_that_are_not_read_change_nothing(pledges in any_pledges(), known in prop::collection::vec(0_usize..4, 7)) {
        let of = |(position, (pledger, amount, ask)): (usize, &Pledged)| Waiting {
            pledger: Addr::unchecked(*pledger),
            amount: *amount,
            number: 0,
            ask: Ask {
                parties: ask.parties.get(known[position]).cloned().into_iter().collect(),
                ..ask.clone()
            },
        };
        let mut waiting: Vec<Waiting> = pledges.iter().enumerate().map(of).collect();
        let mut read = Vec::new();
        let whole = |pledger: &Addr| {
            read.push(pledger.clone());
            let found = pledges.iter().find(|(name, _, _)| *name == pledger.as_str());
            found.map(|(_, _, ask)| ask.clone()).ok_or(())
        };
        let (known, fates) = joining_by_need(&[], &mut waiting, whole).unwrap();
        let joins: Vec<bool> = fates.iter().map(Fate::joins).collect();
        prop_assert_eq!(&joins, &set_of(&pledges));
        let seemed: Vec<Addr> = pledges.iter().zip(&known).filter(|(_, known)| known.is_some()).map(|((name, _, _), _)| Addr::unchecked(*name)).collect();
        prop_assert_eq!(read, seemed);
        // What one missed is named, and keeps all of them out the next time without a look at a list.
        let (mut members, mut noted) = (Vec::new(), Vec::new());
        for (mut waiting, (known, fate)) in waiting.into_iter().zip(known.into_iter().zip(fates)) {
            match fate {
                Fate::Joins => members.push(Member { pledger: waiting.pledger, amount: waiting.amount }),
                Fate::Drops { missing } => {
                    let note = known.map(|known| missing.or(known.parties.first().cloned()));
                    if let Some(note) = note {
                        prop_assert!(note.iter().all(|note| waiting.ask.parties.contains(note)));
                        waiting.ask.parties = note.into_iter().collect();
                    }
                    noted.push(waiting);
                }
            }
        }
        prop_assert!(noted.iter().all(|waiting| waiting.ask.parties.len() <= 1));
        let again = joining(&members, &noted);
        prop_assert!(!again.iter().any(Fate::joins), "{:?} of {:?}", again, noted);
    }

    #[test]
    fn taking_a_pledge_outside_the_set_away_changes_nothing(pledges in any_pledges(), who in 0_usize..7) {
        let mut set = set_of(&pledges);
        prop_assume!(set.get(who) == Some(&false));
        let mut fewer = pledges.clone();
        fewer.remove(who);
        set.remove(who);
        prop_assert_eq!(set_of(&fewer), set);
    }
}

/// The most rounds there can be: each pledge relies on the next, and only the last is not met.
#[test]
fn a_chain_of_512_falls_link_by_link() {
    let name = |number: usize| Addr::unchecked(format!("p{number:03}"));
    let link = |number: usize| Waiting {
        pledger: name(number),
        amount: 10,
        number: 0,
        ask: Ask {
            parties: vec![PartyAsk {
                party: name(number + 1),
                at_least: Amount(10),
            }],
            ..Ask::default()
        },
    };
    let mut chain: Vec<Waiting> = (0..512).map(link).collect();
    assert!(joining(&[], &chain).iter().all(|fate| !fate.joins()));
    chain[511].ask = Ask::default();
    assert!(joining(&[], &chain).iter().all(Fate::joins));
}
