//! Fees by number: under a later policy with fewer or other ones, no money is lost.

use std::collections::BTreeMap;

use cosmwasm_std::{coins, BankMsg, CosmosMsg, WasmMsg};
use energy_settlement::books::Books;
use energy_settlement::fees::Fees;
use energy_settlement::held::{Held, HeldSeat};
use energy_settlement::policy::StoredPolicy;
use gridpact_market::{FeeAmount, FeeId, FeeKind};
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_types::settlement::answers::CommunityResponse;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, BasisPoints};
use proptest::prelude::*;

use crate::harness::*;
use crate::store::{DESTINATIONS, POLICY};

const KWH: u64 = 1_000_000;

fn fees(fees: impl IntoIterator<Item = (u8, u128)>) -> Fees {
    let fee = |(id, amount)| FeeAmount {
        id: FeeId(id),
        amount: Amount(amount),
    };
    fees.into_iter().map(fee).collect()
}

fn numbers(fees: impl IntoIterator<Item = FeeAmount>) -> Vec<(u8, u128)> {
    fees.into_iter().map(|fee| (fee.id.0, fee.amount.0)).collect()
}

/// A window of one seat that bought from another.
fn window(fees: Fees, credit: u128, rounding: u128) -> Held {
    let debit = Amount(fees.sum().0 + credit + rounding);
    let credit = Amount(credit);
    Held {
        rounding: Amount(rounding),
        fees,
        seats: vec![
            HeldSeat {
                debit,
                ..HeldSeat::default()
            },
            HeldSeat {
                credit,
                ..HeldSeat::default()
            },
        ],
        ..Held::default()
    }
}

/// Books that hold a window and know these fees.
fn books_with(window: &Held, known: Fees) -> Books {
    Books {
        deposited: Amount(window.debits().0 + known.sum().0),
        held: window.debits(),
        fees: known,
        ..Books::default()
    }
}

#[test]
fn a_window_of_fees_that_the_books_do_not_know_loses_nothing() {
    let window = window(fees([(1, 10), (2, 20)]), 70, 1);
    let mut books = books_with(&window, fees([(2, 5), (3, 7)]));
    books.release(&window).unwrap();
    assert_eq!(numbers(books.fees.iter()), [(1, 10), (2, 25), (3, 7)]);
    assert_eq!((books.held.0, books.free.0, books.rounding.0), (0, 70, 1));
    assert_eq!(books.deposited, books.holdings().unwrap());
    // All of them can be taken out, once.
    for (id, expected) in [(1, 10), (2, 25), (3, 7), (1, 0), (4, 0)] {
        assert_eq!(books.fees.take(FeeId(id)), Amount(expected));
    }
    assert_eq!(books.fees.sum(), Amount::ZERO);
}

proptest! {
    #[test]
    fn whatever_fees_a_window_and_the_books_know_every_unit_is_booked_by_its_number(
        known in prop::collection::btree_map(0_u8..6, 0_u128..1_000, 0..5),
        held in prop::collection::vec((prop::collection::btree_map(0_u8..6, 0_u128..1_000, 0..5), 0_u128..99, 0_u128..9), 1..4),
    ) {
        let windows: Vec<Held> =
            held.iter().map(|(own, credit, rounding)| window(fees(own.clone()), *credit, *rounding)).collect();
        let mut expected: BTreeMap<u8, u128> = known.clone();
        let mut books = Books { fees: fees(known), ..Books::default() };
        books.free = windows.iter().fold(Amount::ZERO, |sum, window| Amount(sum.0 + window.debits().0));
        let before = books.holdings().unwrap();
        windows.iter().for_each(|window| books.hold(FIRST, window).unwrap());
        for (window, (own, ..)) in windows.iter().zip(&held) {
            books.release(window).unwrap();
            own.iter().for_each(|(id, amount)| *expected.entry(*id).or_default() += amount);
        }
        prop_assert_eq!(numbers(books.fees.iter()), expected.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(books.holdings().unwrap(), before);
        prop_assert_eq!(books.held, Amount::ZERO);
    }
}

/// What a later policy leaves in the store: fee 1 is gone, fee 3 is new, and where 1 goes is still known.
fn agree_on_other_fees(grid: &mut Grid) {
    let address = grid.addr("fund").into_string();
    let storage = &mut grid.deps.storage;
    let StoredPolicy(mut policy) = POLICY.load(storage).unwrap();
    policy.fees.retain(|fee| fee.id != FeeId(1));
    policy.fees.push(FeeKind::BasisPoints(BasisPoints(200)).of(3));
    POLICY.save(storage, &StoredPolicy(policy));
    let mut destinations = DESTINATIONS.load(storage).unwrap();
    destinations.fees.push(FeeAccount {
        id: FeeId(3),
        label: "fund".to_owned(),
        destination: Destination::Account { address },
    });
    DESTINATIONS.save(storage, &destinations).unwrap();
}

#[test]
fn a_new_grid_names_every_fee_before_anything_is_in_it() {
    let community: CommunityResponse = Grid::new(2).ask(QueryMsg::Community {});
    assert_eq!(numbers(community.fees), [(1, 0), (2, 0)]);
}

#[test]
fn a_fee_that_the_policy_does_not_have_any_more_is_kept_and_swept_to_its_destination() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    agree_on_other_fees(&mut grid);
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    let of_windows: Vec<_> = grid
        .held()
        .into_iter()
        .map(|window| numbers(window.fees))
        .collect();
    assert_eq!(of_windows, [[(1, 1_000), (2, 2_000)], [(2, 2_000), (3, 4_000)]]);

    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    let community: CommunityResponse = grid.ask(QueryMsg::Community {});
    assert_eq!(numbers(community.fees), [(1, 1_000), (2, 4_000), (3, 4_000)]);
    for id in 1..=3 {
        let account = fee(id);
        grid.send("anybody", ExecuteMsg::Sweep { account }, &[]).unwrap();
    }
    let [CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr, funds, ..
    }), operations, fund] = grid.payouts.as_slice()
    else {
        panic!("three payouts: {:?}", grid.payouts);
    };
    assert_eq!(
        (contract_addr, funds),
        (&grid.addr("escrow").into_string(), &coins(1_000, DENOM))
    );
    let send = |name: &str, amount| {
        CosmosMsg::Bank(BankMsg::Send {
            to_address: grid.addr(name).into_string(),
            amount: coins(amount, DENOM),
        })
    };
    assert_eq!(
        (operations, fund),
        (&send("operations", 4_000), &send("fund", 4_000))
    );
    assert_eq!(grid.books().community, Amount::ZERO);
}
