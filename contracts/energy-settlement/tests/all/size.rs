//! What a slot costs to store and to read, and the largest grid.

use std::cell::Cell;

use cosmwasm_std::testing::{message_info, MockStorage};
use cosmwasm_std::{coins, Coin, DepsMut, Order, QuerierWrapper, Record, Storage};
use energy_settlement::contract::execute;
use gridpact_market::{Policy, PriceRule, Tariff, TariffBand, TariffTable, UtcOffset};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::answers::{HeldResultsResponse, HeldWindowsResponse};
use gridpact_types::settlement::bounds::MAX_HELD_PAGE_BYTES;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::{IntervalIndex, Price, Reading, Slot};

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
    bytes: Cell<usize>,
}

impl Storage for Counted<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.reads.set(self.reads.get() + 1);
        let value = self.store.get(key);
        self.bytes
            .set(self.bytes.get() + value.as_ref().map_or(0, Vec::len));
        value
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

/// How many values a message reads by key, and how many bytes they take.
fn read(grid: &mut Grid, sender: &str, funds: &[Coin], msg: ExecuteMsg) -> (usize, usize) {
    let info = message_info(&grid.addr(sender), funds);
    let mut storage = Counted {
        store: &mut grid.deps.storage,
        reads: Cell::new(0),
        bytes: Cell::new(0),
    };
    let deps = DepsMut {
        storage: &mut storage,
        api: &grid.deps.api,
        querier: QuerierWrapper::new(&grid.deps.querier),
    };
    execute(deps, grid.env.clone(), info, Strict(msg)).unwrap();
    (storage.reads.get(), storage.bytes.get())
}

fn reads(grid: &mut Grid, sender: &str, msg: ExecuteMsg) -> usize {
    read(grid, sender, &[], msg).0
}

/// Eight pages for 1,000 homes, and a fixed number of other values: no record of a slot.
#[test]
fn a_report_and_finality_read_pages_and_nothing_of_a_slot() {
    let mut grid = Grid::new(1_000);
    deposit_in_all(&mut grid);
    let report = grid.report(&readings());
    // Config, policy, counters, books, roster.
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

/// 16 years of daylight saving, a tariff of three bands a year.
fn years() -> Tariff {
    let year = |year: u64| TariffTable {
        valid_from: IntervalIndex(2_000_000 + year * 35_040),
        bands: [0, 360, 1_320]
            .map(|from_minute| TariffBand {
                from_minute,
                retail: Price(320_000_000),
                feed_in: Price(80_000_000),
            })
            .to_vec(),
    };
    let change = |half: i16| UtcOffset {
        valid_from: IntervalIndex(2_000_000 + 17_520 * half.unsigned_abs() as u64),
        minutes: 60 + 60 * (half % 2),
    };
    Tariff {
        tables: (0..16).map(year).collect(),
        utc_offsets: (0..32).map(change).collect(),
    }
}

/// What people send reads nothing of the policy; and a report some hundred bytes of it, not kilobytes of JSON.
#[test]
fn years_of_daylight_saving_cost_a_deposit_and_a_withdrawal_nothing() {
    let sent = |tariff: Tariff| {
        let policy = Policy { tariff, ..policy() };
        let mut grid = Grid::with_policy(2, |_| Asset::native(DENOM), policy);
        let (slot, amount) = (Slot(1), None);
        let deposit = read(
            &mut grid,
            "x",
            &coins(1_000_000, DENOM),
            ExecuteMsg::Deposit { slot },
        );
        let report = grid.report(&[export(1_000), import(1_000)]);
        let report = read(&mut grid, "registry", &[], report);
        let withdrawal = read(&mut grid, "home 1", &[], ExecuteMsg::Withdraw { slot, amount });
        (deposit, withdrawal, report.1)
    };
    let (without, with) = (sent(Tariff::NONE), sent(years()));
    assert_eq!((without.0, without.1), (with.0, with.1));
    println!(
        "deposit {:?}, withdrawal {:?}, report {} and {} bytes",
        with.0, with.1, without.2, with.2
    );
    // 16 tables of 4 + 1 + 3 x 11 bytes, 32 changes of 6.
    assert!(with.2 - without.2 <= 850, "{}", with.2 - without.2);
}

/// An 18-decimal token, and a village in which everybody pays and earns in every window.
#[test]
fn a_page_of_held_windows_has_a_bound_in_bytes_and_leaves_none_out() {
    let policy = Policy {
        price: PriceRule::Fixed {
            price: Price(200_000_000_000_000_000_000),
        },
        ..policy()
    };
    let mut grid = Grid::with_policy(1_024, |_| Asset::native(DENOM), policy);
    for slot in (0..1_024).map(Slot) {
        let info = message_info(&grid.addr("x"), &coins(400_000_000_000_000_000_000, DENOM));
        execute(
            grid.deps.as_mut(),
            grid.env.clone(),
            info,
            Strict(ExecuteMsg::Deposit { slot }),
        )
        .unwrap();
    }
    let reading = |home: u64, gives: bool| {
        if gives {
            export(800_000 + home)
        } else {
            import(700_000 + home)
        }
    };
    let rows: Vec<Reading> = [0, 1]
        .into_iter()
        .flat_map(|odd| (0..1_024).map(move |home| reading(home, home % 2 == odd)))
        .collect();
    for _ in 0..31 {
        let report = grid.report(&rows);
        let info = message_info(&grid.addr("registry"), &[]);
        execute(grid.deps.as_mut(), grid.env.clone(), info, Strict(report)).unwrap();
        grid.next = grid.next.plus(2);
    }
    let one = of_keys_with(&grid, "held") / 31;
    let (mut windows, mut start_after) = (Vec::new(), None);
    loop {
        let page: HeldWindowsResponse = grid.ask(QueryMsg::HeldWindows {
            start_after,
            limit: None,
        });
        let results: HeldResultsResponse = grid.ask(QueryMsg::HeldResults {
            slot: Slot(3),
            start_after,
            limit: None,
        });
        assert_eq!(
            (results.results.len(), results.more),
            (page.windows.len(), page.more)
        );
        // What was read: the page, and the window that tells whether more follows.
        assert!(
            (page.windows.len() - 1) * one < MAX_HELD_PAGE_BYTES,
            "{} windows",
            page.windows.len()
        );
        start_after = page.windows.last().map(|window| window.first_interval);
        windows.extend(page.windows);
        if !page.more {
            break;
        }
        assert!(windows.len() < 31);
    }
    println!("a window of {one} bytes");
    assert_eq!(windows.len(), 31);
    assert_eq!(windows, grid.held());
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
