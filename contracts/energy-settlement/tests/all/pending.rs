//! What a home has in windows that are not final, in one answer; whose accounts there are; what a window tells of itself.

use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, Coin, HexBinary, Order, Storage};
use energy_settlement::contract::execute;
use gridpact_market::{Policy, PriceRule};
use gridpact_report::archive::{balances_bytes, sha256};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::answers::{AccountsResponse, PendingResponse};
use gridpact_types::settlement::bounds::{MAX_ENDED, MAX_PENDING_BYTES};
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::{Amount, IntervalIndex, Price, Reading, Slot, UnixSeconds};

use crate::finality::hold;
use crate::harness::*;

const KWH: u64 = 1_000_000;

fn pending(grid: &Grid, slot: u32, start_after: Option<IntervalIndex>) -> PendingResponse {
    grid.ask(QueryMsg::Pending {
        slot: Slot(slot),
        start_after,
    })
}

#[test]
fn what_waits_for_a_home_is_told_in_one_answer() {
    let mut grid = Grid::new(2);
    assert_eq!(pending(&grid, 0, None), PendingResponse::default());
    grid.deposit(1, 1_000_000).unwrap();
    let first = grid.next;
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    grid.go_to(START + 900);
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    let seller = PendingResponse {
        windows: 2,
        debits: Amount(0),
        credits: Amount(394_000),
        ended: Amount(0),
        next_final_at: Some(UnixSeconds(START + DAY)),
        last_final_at: Some(UnixSeconds(START + DAY + 900)),
        last: Some(first.plus(1)),
        more: false,
    };
    assert_eq!(pending(&grid, 0, None), seller);
    let buyer = pending(&grid, 1, None);
    assert_eq!((buyer.debits, buyer.credits), (Amount(400_000), Amount(0)));
    assert_eq!(
        (buyer.next_final_at, buyer.last_final_at),
        (None, None),
        "nothing comes"
    );

    // At the end of the first window its credit can be withdrawn, though nobody made it final.
    grid.go_to(START + DAY);
    let over = pending(&grid, 0, None);
    assert_eq!((over.credits, over.ended), (Amount(394_000), Amount(197_000)));
    assert_eq!(over.next_final_at, Some(UnixSeconds(START + DAY + 900)));
    let rest = pending(&grid, 0, Some(first));
    assert_eq!((rest.windows, rest.credits), (1, Amount(197_000)));
    grid.withdraw(0, None).unwrap();
    assert_eq!(pending(&grid, 0, None).credits, Amount(197_000));
}

/// Each part of the sums reads no more than its bound and a window, and together they are the whole.
#[test]
fn sums_over_many_windows_end_early_and_say_so() {
    let price = Price(200_000_000_000_000_000_000);
    let dear = Policy {
        price: PriceRule::Fixed { price },
        ..policy()
    };
    let mut grid = Grid::with_policy(1_024, |_| Asset::native(DENOM), dear);
    // Without `send`, which checks all books every time.
    let carry = |grid: &mut Grid, msg, funds: &[Coin]| {
        let sender = if funds.is_empty() { "registry" } else { "x" };
        let info = message_info(&grid.addr(sender), funds);
        execute(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg)).unwrap();
    };
    for slot in (0..1_024).map(Slot) {
        carry(&mut grid, ExecuteMsg::Deposit { slot }, &coins(1 << 80, DENOM));
    }
    let rows: Vec<Reading> = (0..1_024)
        .map(|home| {
            if home % 2 == 0 {
                export(900_000)
            } else {
                import(800_000)
            }
        })
        .collect();
    while stored(&grid) <= MAX_PENDING_BYTES * 2 + 100_000 {
        let report = grid.report(&rows);
        carry(&mut grid, report, &[]);
        grid.next = grid.next.plus(1);
    }
    let (mut parts, mut windows, mut credits, mut last) = (0, 0, 0, None);
    loop {
        let part = pending(&grid, 0, last);
        (parts, windows, credits) = (parts + 1, windows + part.windows, credits + part.credits.0);
        last = part.last;
        if !part.more {
            break;
        }
    }
    let held = grid.held();
    assert_eq!((parts, windows as usize), (3, held.len()));
    let page: u128 = held.iter().map(|window| window.credits.0).sum();
    assert_eq!(credits, page / 512, "every second home sold as much");
}

/// A grid of few homes may hold tens of thousands of windows after a silence, of some 15 bytes each: an answer goes through so many
/// of them that it stays within a query's gas, and the parts together are the whole.
#[test]
fn sums_over_many_small_windows_end_early_too() {
    let mut grid = Grid::new(1);
    let windows = 2 * u64::from(MAX_ENDED) + 3;
    for number in 0..windows {
        hold(&mut grid, number, START + DAY, 1, 7);
    }
    let mut parts = Vec::new();
    loop {
        let last = parts.last().and_then(|part: &PendingResponse| part.last);
        parts.push(pending(&grid, 0, last));
        if !parts[parts.len() - 1].more {
            break;
        }
    }
    let counted: Vec<(u32, u128)> = parts.iter().map(|part| (part.windows, part.credits.0)).collect();
    assert_eq!(counted, [(2_048, 7 * 2_048), (2_048, 7 * 2_048), (3, 21)]);
}

/// Bytes of all held windows.
fn stored(grid: &Grid) -> usize {
    let windows = grid.deps.storage.range(None, None, Order::Ascending);
    let held = windows.filter(|(key, _)| key.starts_with(b"\0\x04held"));
    held.map(|(_, value)| value.len()).sum()
}

#[test]
fn accounts_are_found_by_their_owner() {
    let mut grid = Grid::new(3);
    let mut more = grid.opening(2);
    let ExecuteMsg::OpenAccounts { accounts, .. } = &mut more else {
        panic!("an opening");
    };
    let owner = grid.addr("home 1").into_string();
    accounts[1].owner.clone_from(&owner);
    grid.send("registry", more, &[]).unwrap();
    let of = |owner: &str, start_after: Option<u32>, limit| {
        let page: AccountsResponse = grid.ask(QueryMsg::Accounts {
            owner: Some(owner.to_owned()),
            start_after: start_after.map(Slot),
            limit,
        });
        let slots: Vec<u32> = page.accounts.iter().map(|account| account.slot.0).collect();
        assert!(page.accounts.iter().all(|account| account.owner == owner));
        (slots, page.more)
    };
    assert_eq!(of(&owner, None, None), (vec![1, 4], false));
    assert_eq!(of(&owner, None, Some(1)), (vec![1], true));
    assert_eq!(of(&owner, Some(1), None), (vec![4], false));
    assert_eq!(of(grid.addr("nobody").as_str(), None, None), (vec![], false));
    assert_eq!(grid.accounts().len(), 5, "without an owner: everybody's");
}

/// A home that joined paid in before the window; one that could not pay for all; a credit that became free on the way.
#[test]
fn a_window_tells_the_balances_it_was_settled_with_after_what_became_final_on_the_way() {
    let mut grid = Grid::new(3);
    grid.deposit(1, 250_000).unwrap();
    grid.settle(&[export(KWH), import(KWH), Reading::MISSING])
        .unwrap();
    grid.deposit(2, 70_000).unwrap();
    grid.go_to(START + DAY);
    let settled = grid.settle(&[import(KWH), import(KWH), export(3 * KWH)]).unwrap();
    let told = |key: &str| {
        let event = settled
            .events
            .iter()
            .find(|event| event.ty == "window_settled")
            .unwrap();
        let pair = event.attributes.iter().find(|pair| pair.key == key).unwrap();
        pair.value.clone()
    };
    // The seller's 197,000 are free by now; the other home has 50,000 left and pays for a quarter of a kilowatt-hour.
    let free = [197_000, 50_000, 70_000].map(Amount);
    let hash = HexBinary::from(&sha256(&balances_bytes(free))).to_hex();
    assert_eq!(told("balances"), hash);
    assert_eq!(
        (told("supply_mwh"), told("demand_mwh")),
        ("3000000".into(), "2000000".into())
    );
    assert_eq!(
        told("payable_mwh"),
        "1235000",
        "985,000 mWh for 197,000, and a quarter"
    );
}
