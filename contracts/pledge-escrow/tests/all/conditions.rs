//! The greatest self-consistent set, against every subset there is.

mod every_subset;

use cosmwasm_std::Addr;
use gridpact_storage::Packed;
use gridpact_units::Amount;
use pledge_escrow::conditions::{Ask, PartyAsk, PledgersAsk};
use pledge_escrow::needs::{Needs, Waits};
use pledge_escrow::set::{joining, Member, Waiting};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

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
        let (pledger, amount, needs) = (Addr::unchecked(*pledger), *amount, Needs::of(ask));
        if *member {
            members.push(Member { pledger, amount });
        } else {
            let number = 0;
            waiting.push(Waiting {
                pledger,
                amount,
                number,
                needs,
            });
        }
    }
    let mut joins = joining(&members, &waiting).into_iter();
    let inside = member.iter().map(|member| *member || joins.next().unwrap());
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

    /// Whom and how much, of each party in its order.
    #[test]
    fn what_is_stored_of_a_condition_is_what_was_asked(pledges in any_pledges(), huge in any::<u128>(), number in any::<u64>()) {
        for (_, _, mut ask) in pledges {
            ask.parties.push(PartyAsk { party: Addr::unchecked("somebody"), at_least: Amount(huge) });
            let waits = Waits { number, needs: Needs::of(&ask) };
            prop_assert_eq!(Waits::unpack(&waits.pack()), Ok(waits));
        }
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

/// Format; place; parties, each a hash and a least amount; whether pledgers are asked for; whether a total is.
#[test]
fn what_is_stored_of_who_waits_is_read_and_nothing_else() {
    let party = |at_least: &[u8]| [&[7; 16], at_least].concat();
    let stored = [
        vec![1, 5, 2],
        party(&[0x80, 1]),
        party(&[9]),
        vec![1, 3, 10, 1, 20],
    ]
    .concat();
    let waits = Waits::unpack(&stored).unwrap();
    assert_eq!((waits.number, waits.needs.parties.len()), (5, 2));
    let least: Vec<u128> = waits.needs.parties.iter().map(|need| need.at_least).collect();
    assert_eq!(least, [128, 9]);
    let pledgers = PledgersAsk {
        count: 3,
        at_least: Amount(10),
    };
    assert_eq!(waits.needs.pledgers, Some(pledgers));
    assert_eq!(waits.needs.total, Some(Amount(20)));
    assert_eq!(waits.pack(), stored);
    for shorter in 0..stored.len() {
        assert!(Waits::unpack(&stored[..shorter]).is_err(), "{shorter} bytes");
    }
    let nothing = [1, 0, 0, 0, 0];
    assert!(Waits::unpack(&nothing).is_ok());
    for (place, byte) in [(0, 2), (2, 1), (3, 2), (4, 2)] {
        let mut other = nothing;
        other[place] = byte;
        assert!(Waits::unpack(&other).is_err(), "{other:?}");
    }
    assert!(Waits::unpack(&[1, 0, 0, 0, 0, 0]).is_err());
}

#[test]
fn a_party_is_known_by_the_first_half_of_its_addresss_hash() {
    let id = |party: &str| {
        let needs = Needs::of(&asks(&[(party, 0)], None, None));
        Waits { number: 0, needs }.pack()[3..19].to_vec()
    };
    for party in ["a", "b", "wasm1example"] {
        assert_eq!(id(party), Sha256::digest(party)[..16]);
    }
}

/// The most rounds there can be: each pledge relies on the next, and only the last is not met.
#[test]
fn a_chain_of_512_falls_link_by_link() {
    let name = |number: usize| format!("p{number:03}");
    let link = |number: usize| Waiting {
        pledger: Addr::unchecked(name(number)),
        amount: 10,
        number: 0,
        needs: Needs::of(&asks(&[(&name(number + 1), 10)], None, None)),
    };
    let mut chain: Vec<Waiting> = (0..512).map(link).collect();
    assert!(joining(&[], &chain).iter().all(|joins| !joins));
    chain[511].needs = Needs::default();
    assert!(joining(&[], &chain).iter().all(|joins| *joins));
}
