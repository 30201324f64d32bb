use gridpact_engine::window::{read_policy, settle};
use gridpact_engine::{seat, window::Window};
use gridpact_market::{settle_window, Account, Terms};
use gridpact_report::archive::{balances_hash, results_hash, sha256};
use gridpact_units::{Amount, Slot};
use serde_json::Value;

use crate::support::{balances, policy, readings, report, FIRST, FREE, SEATS};

fn settled() -> Window {
    settle(&policy(), &seat::read(SEATS).unwrap(), &balances(), &report()).unwrap()
}

#[test]
fn the_outcome_is_the_markets() {
    let account = |slot, free| Account::new(Slot(slot), Terms::of_household(slot), free);
    let accounts = [
        account(0, FREE[0]),
        account(1, FREE[1]),
        Account::VACANT,
        account(2, FREE[3]),
    ];
    let expected = settle_window(&policy(), &accounts, FIRST, &readings()).unwrap();
    assert_eq!(settled().outcome, expected);
}

#[test]
fn every_step_to_a_bill_is_told() {
    let Window { intervals, steps, .. } = settled();
    assert_eq!(steps.needed, [0, 2_000_000, 0, 2_000_000]);
    // 100 base units pay for half a kilowatt-hour at 200 a kilowatt-hour.
    assert_eq!(steps.asked, [0, 500_000, 0, 2_000_000]);
    assert_eq!(steps.offered, [3_000_000, 0, 0, 0]);
    assert_eq!(steps.bought, [0, 500_000, 0, 2_000_000]);
    assert_eq!(steps.sold, [2_500_000, 0, 0, 0]);
    assert_eq!(intervals.len(), 1);
    assert_eq!((intervals[0].index, intervals[0].price.0), (FIRST, 200_000));
    assert_eq!(
        (intervals[0].supply.0, intervals[0].demand.0),
        (3_000_000, 4_000_000)
    );
    assert_eq!(
        (intervals[0].payable.0, intervals[0].traded.0),
        (2_500_000, 2_500_000)
    );
}

#[test]
fn the_hashes_are_of_balances_and_results_by_seat() {
    let window = settled();
    assert_eq!(window.balances_hash, sha256(&balances()));
    assert_eq!(window.balances_hash, balances_hash(FREE));
    // Two bytes an amount; debit and credit of each seat: 0 and 500, 100 and 0, nobody, 400 and 0.
    let amounts = [0_u16, 500, 100, 0, 0, 0, 400, 0];
    let written: Vec<u8> = [2]
        .into_iter()
        .chain(amounts.into_iter().flat_map(u16::to_be_bytes))
        .collect();
    assert_eq!(window.results_hash, sha256(&written));
    let other = results_hash([(Amount(500), Amount(0))]);
    assert_ne!(window.results_hash, other);
}

#[test]
fn text_is_what_any_other_writer_of_json_makes_of_it() {
    let window = settled();
    let outcome = serde_json::to_string(&window.outcome).unwrap();
    assert_eq!(window.outcome_json().unwrap(), outcome);
    let intervals: Value = serde_json::from_str(&window.intervals_json().unwrap()).unwrap();
    assert_eq!(intervals[0]["price"], "200000");
    assert_eq!(intervals[0]["index"], FIRST.0);
    let written = serde_json::to_string(&policy()).unwrap();
    assert_eq!(read_policy(&written).unwrap(), policy());
}

#[test]
fn a_policy_with_fields_of_a_later_contract_is_read() {
    let mut written = serde_json::to_value(policy()).unwrap();
    written["of_tomorrow"] = Value::from("whatever");
    assert_eq!(read_policy(&written.to_string()).unwrap(), policy());
}
