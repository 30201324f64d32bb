//! What a slot costs to store, and the largest grid.

use gridpact_types::strict::Strict;
use gridpact_units::Reading;

use crate::harness::*;

fn stored(grid: &Grid) -> usize {
    use cosmwasm_std::{Order, Storage};
    grid.deps
        .storage
        .range(None, None, Order::Ascending)
        .map(|(key, value)| key.len() + value.len())
        .sum()
}

/// A day of 1,000 homes with six-decimal money: balances of tens of euros, a euro or so a day.
#[test]
fn account_and_held_result_take_at_most_twelve_bytes_a_slot() {
    let mut grid = Grid::new(1_000);
    let empty = stored(&grid);
    for slot in 0..1_000 {
        let info = cosmwasm_std::testing::message_info(
            &grid.addr("x"),
            &cosmwasm_std::coins(40_000_000 + u128::from(slot) * 7_919, DENOM),
        );
        let msg = gridpact_types::settlement::messages::ExecuteMsg::Deposit {
            slot: gridpact_units::Slot(slot),
        };
        energy_settlement::contract::execute(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg))
            .unwrap();
    }
    let readings: Vec<Reading> = (0..1_000_u64)
        .map(|home| {
            if home % 4 == 0 {
                export(9_000_000 + home)
            } else {
                import(4_000_000 + home)
            }
        })
        .collect();
    grid.settle(&readings).unwrap();
    let slot_bytes = (stored(&grid) - empty) as f64 / 1_000.0;
    println!("{slot_bytes:.2} bytes a slot");
    assert!(slot_bytes <= 12.0, "{slot_bytes}");
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
