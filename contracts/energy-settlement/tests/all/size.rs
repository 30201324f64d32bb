//! What a slot costs to store and to read, and the largest grid.

use std::cell::Cell;

use cosmwasm_std::testing::{message_info, MockStorage};
use cosmwasm_std::{coins, DepsMut, Order, QuerierWrapper, Record, Storage};
use energy_settlement::contract::execute;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::strict::Strict;
use gridpact_units::{Reading, Slot};

use crate::harness::*;

fn stored(grid: &Grid) -> usize {
    of_keys_with(grid, "")
}

/// Keys and values under keys that contain this.
fn of_keys_with(grid: &Grid, part: &str) -> usize {
    grid.deps
        .storage
        .range(None, None, Order::Ascending)
        .filter(|(key, _)| String::from_utf8_lossy(key).contains(part))
        .map(|(key, value)| key.len() + value.len())
        .sum()
}

/// The balances of 1,000 homes, tens of euros with six decimals.
fn deposit_in_all(grid: &mut Grid) {
    for slot in 0..1_000 {
        let info = message_info(
            &grid.addr("x"),
            &coins(40_000_000 + u128::from(slot) * 7_919, DENOM),
        );
        let msg = ExecuteMsg::Deposit { slot: Slot(slot) };
        execute(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg)).unwrap();
    }
}

/// One interval in which a quarter of the homes sells about a euro to the others.
fn readings() -> Vec<Reading> {
    let reading = |home: u64| match home % 4 {
        0 => export(9_000_000 + home),
        _ => import(4_000_000 + home),
    };
    (0..1_000).map(reading).collect()
}

/// A day of 1,000 homes with six-decimal money: balances of tens of euros, a euro or so a day.
#[test]
fn account_and_held_result_take_at_most_twelve_bytes_a_slot() {
    let mut grid = Grid::new(1_000);
    let empty = stored(&grid);
    deposit_in_all(&mut grid);
    grid.settle(&readings()).unwrap();
    let slot_bytes = (stored(&grid) - empty) as f64 / 1_000.0;
    println!("{slot_bytes:.2} bytes a slot");
    assert!(slot_bytes <= 12.0, "{slot_bytes}");
}

#[test]
fn a_usual_seat_of_a_roster_takes_a_byte() {
    let mut grid = Grid::new(0);
    grid.open(128).unwrap();
    // Key, format and length beside the seats.
    assert_eq!(of_keys_with(&grid, "rosters"), 2 + 7 + 8 + 1 + 2 + 128);
}

/// A store that counts what is read by key.
struct Counted<'a> {
    store: &'a mut MockStorage,
    reads: Cell<usize>,
}

impl Storage for Counted<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.reads.set(self.reads.get() + 1);
        self.store.get(key)
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        self.store.range(start, end, order)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.store.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.store.remove(key);
    }
}

/// How many values a message reads.
fn reads(grid: &mut Grid, sender: &str, msg: ExecuteMsg) -> usize {
    let info = message_info(&grid.addr(sender), &[]);
    let mut storage = Counted {
        store: &mut grid.deps.storage,
        reads: Cell::new(0),
    };
    let deps = DepsMut {
        storage: &mut storage,
        api: &grid.deps.api,
        querier: QuerierWrapper::new(&grid.deps.querier),
    };
    execute(deps, grid.env.clone(), info, Strict(msg)).unwrap();
    storage.reads.get()
}

/// Eight pages for 1,000 homes, and a fixed number of other values: no record of a slot.
#[test]
fn a_report_and_finality_read_pages_and_nothing_of_a_slot() {
    let mut grid = Grid::new(1_000);
    deposit_in_all(&mut grid);
    let report = grid.report(&readings());
    // Config, whether the window is held, counters, books, roster.
    assert_eq!(reads(&mut grid, "registry", report), 8 + 5);
    grid.next = grid.next.plus(1);
    grid.go_to(START + DAY);
    let report = grid.report(&readings());
    // The window that becomes final too.
    assert_eq!(reads(&mut grid, "registry", report), 8 + 6);
    grid.go_to(START + 2 * DAY);
    let finalise = ExecuteMsg::Finalise { limit: None };
    // Counters, books, the window.
    assert_eq!(reads(&mut grid, "anybody", finalise), 8 + 3);
}

#[test]
fn where_homes_have_just_joined_the_two_rosters_are_read_and_nothing_of_a_slot() {
    let mut grid = Grid::new(1_000);
    deposit_in_all(&mut grid);
    grid.settle(&readings()).unwrap();
    grid.open(5).unwrap();
    grid.go_to(START + DAY);
    let finalise = ExecuteMsg::Finalise { limit: None };
    assert_eq!(reads(&mut grid, "anybody", finalise), 8 + 3 + 2);
}

#[test]
fn the_largest_grid_settles() {
    let mut grid = Grid::new(1_024);
    grid.deposit(0, 1 << 80).unwrap();
    let most = 100_000_000_000;
    let mut readings = vec![export(most); 1_024];
    readings[0] = import(most);
    grid.settle(&readings).unwrap();
    assert_eq!(grid.held()[0].debits.0, 20_000_000_000);
}
