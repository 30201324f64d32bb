//! Who fills the room up to the cap: members before in full, then in the order of pledging, what came last last.

use gridpact_types::escrow::answers::Phase;
use gridpact_units::Amount;
use pledge_escrow::room::above;
use proptest::prelude::*;

use crate::harness::terms::{none, total};
use crate::harness::{value, Escrow};

/// What each paid, funded or not.
fn paid<const N: usize>(escrow: &Escrow, names: [&str; N]) -> [u128; N] {
    names.map(|name| escrow.pledge_of(1, name).paid.0)
}

#[test]
fn the_room_table() {
    let table: [(u128, &[u128], &[u128]); 7] = [
        (10, &[3, 3, 3], &[0, 0, 0]),
        (9, &[3, 3, 3], &[0, 0, 0]),
        (8, &[3, 3, 3], &[0, 0, 1]),
        (3, &[3, 3, 3], &[0, 3, 3]),
        (0, &[3, 0], &[3, 0]),
        (1, &[u128::MAX, u128::MAX], &[u128::MAX - 1, u128::MAX]),
        (5, &[], &[]),
    ];
    for (room, amounts, expected) in table {
        assert_eq!(above(room, amounts.iter().copied()), expected, "{room}");
    }
}

proptest! {
    #[test]
    fn the_room_is_filled_from_the_front_to_the_unit(room in 0_u128..200, amounts in prop::collection::vec(0_u128..60, 0..12)) {
        let above = above(room, amounts.iter().copied());
        let taken: Vec<u128> = amounts.iter().zip(&above).map(|(amount, above)| amount - above).collect();
        prop_assert_eq!(taken.iter().sum::<u128>(), room.min(amounts.iter().sum()));
        // Whoever comes after one that was cut gets nothing.
        let cut = above.iter().position(|above| *above > 0).unwrap_or(amounts.len());
        prop_assert!(taken.iter().skip(cut + 1).all(|taken| *taken == 0));
    }
}

#[test]
fn whoever_comes_last_with_the_most_takes_what_is_left() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(30_000, 30_000));
    for name in ["A", "B", "C"] {
        escrow.pledge(name, 1, 9_999, none()).unwrap();
    }
    let refused = escrow.pledge("whale", 1, 1_000_000_000_000, none()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "pledge: expected at most the cap 30000 in all, got 1000000000000"
    );
    let told = escrow.pledge("whale", 1, 30_000, none()).unwrap();
    assert_eq!(paid(&escrow, ["A", "B", "C", "whale"]), [9_999, 9_999, 9_999, 3]);
    let above = told.events.iter().find(|event| event.ty == "above_cap").unwrap();
    assert_eq!(value(above, "amount"), "29997");
    escrow.refund("whale", 1).unwrap();
    assert_eq!(escrow.paid_to("whale"), 29_997);
    for name in ["A", "B", "C"] {
        assert!(escrow.refund(name, 1).is_err());
    }
}

#[test]
fn of_a_members_raise_only_what_it_added_is_last() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("A", 1, 60, none()).unwrap();
    // W joins with A's raise, and was there before it.
    escrow.pledge("W", 1, 20, total(130)).unwrap();
    escrow.pledge("A", 1, 30, none()).unwrap();
    assert_eq!(escrow.project(1).phase, Phase::Open, "110 in all");
    escrow.pledge("A", 1, 10, none()).unwrap();
    assert_eq!(escrow.project(1).funded, Some(Amount(100)), "A alone");
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(110, 110));
    escrow.pledge("A", 1, 60, none()).unwrap();
    escrow.pledge("W", 1, 30, total(120)).unwrap();
    escrow.pledge("A", 1, 40, none()).unwrap();
    assert_eq!(
        paid(&escrow, ["A", "W"]),
        [80, 30],
        "60, then 30 of W, then 20 of 40"
    );
    escrow.refund("A", 1).unwrap();
    assert_eq!(escrow.paid_to("A"), 20);
}

#[test]
fn those_who_join_with_the_latch_fill_the_room_in_the_order_of_pledging() {
    // By address the order is another: names are tried in both orders.
    for names in [["V", "W"], ["W", "V"]] {
        let mut escrow = Escrow::new();
        escrow.open(&escrow.open_call(100, 100));
        escrow.pledge("M", 1, 40, none()).unwrap();
        for name in names {
            escrow.pledge(name, 1, 50, total(150)).unwrap();
        }
        escrow.pledge("X", 1, 20, none()).unwrap();
        assert_eq!(
            paid(&escrow, ["M", names[0], names[1], "X"]),
            [40, 50, 10, 0],
            "{names:?}"
        );
        assert_eq!(escrow.project(1).consistent_pledges, 4);
    }
}

/// Who joined earlier is a member before the latch, whenever it pledged.
#[test]
fn whoever_joined_before_the_latching_message_pays_in_full() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("first", 1, 50, total(140)).unwrap();
    let on_b = escrow.if_pledged(&["B"], 10);
    escrow.pledge("second", 1, 40, on_b).unwrap();
    escrow.pledge("B", 1, 30, none()).unwrap();
    assert!(escrow.pledge_of(1, "second").consistent);
    escrow.pledge("X", 1, 60, none()).unwrap();
    assert_eq!(paid(&escrow, ["first", "second", "B", "X"]), [30, 40, 30, 0]);
}

#[test]
fn a_raise_or_a_restatement_outside_the_set_moves_the_whole_pledge_behind() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(100, 100));
    for name in ["U", "V", "W"] {
        escrow.pledge(name, 1, 40, total(150)).unwrap();
    }
    escrow.pledge("U", 1, 1, total(150)).unwrap();
    escrow.restate("V", 1, total(149)).unwrap();
    escrow.pledge("X", 1, 30, none()).unwrap();
    assert_eq!(paid(&escrow, ["W", "U", "V", "X"]), [40, 41, 19, 0]);
}

/// The latching message may be a raise of a pledge that waited: all of it is last.
#[test]
fn a_raise_that_latches_brings_the_whole_of_a_pledge_outside_the_set_last() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("U", 1, 50, total(130)).unwrap();
    escrow.pledge("V", 1, 60, total(130)).unwrap();
    escrow.pledge("U", 1, 20, total(130)).unwrap();
    assert_eq!(paid(&escrow, ["V", "U"]), [60, 40]);
}

/// Conditions go by what is pledged: whom a pledge asks for may find no room, and pay nothing.
#[test]
fn a_party_that_was_asked_for_may_pay_nothing() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("M", 1, 60, none()).unwrap();
    let on_b = escrow.if_pledged(&["B"], 20);
    escrow.pledge("A", 1, 40, on_b).unwrap();
    escrow.pledge("B", 1, 20, none()).unwrap();
    assert_eq!(paid(&escrow, ["M", "A", "B"]), [60, 40, 0]);
    escrow.refund("B", 1).unwrap();
    assert_eq!(escrow.paid_to("B"), 20);
}
