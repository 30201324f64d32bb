//! Windows: shared, held, final.

use cosmwasm_std::Response;
use gridpact_market::{Policy, PriceRule, Tariff};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::answers::HeldResultsResponse;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Price, Reading, Slot, UnixSeconds};

use crate::harness::*;

const KWH: u64 = 1_000_000;

#[test]
fn a_surplus_is_shared_evenly_and_paid_for() {
    let mut grid = Grid::new(3);
    for slot in 0..3 {
        grid.deposit(slot, 1_000_000).unwrap();
    }
    // 3 kWh for two homes that need 2 each: 1.5 each, 0.30 at 0.20 a kWh.
    grid.settle(&[export(3 * KWH), import(2 * KWH), import(2 * KWH)])
        .unwrap();
    assert_eq!((grid.free(1), grid.free(2)), (700_000, 700_000));
    assert_eq!(grid.free(0), 1_000_000, "a credit waits");
    let held = &grid.held()[0];
    // 0.60 less one percent, less 0.001 a kWh.
    assert_eq!(
        (held.debits.0, held.credits.0),
        (600_000, 600_000 - 6_000 - 3_000)
    );
    assert_eq!(
        held.fees
            .iter()
            .map(|fee| (fee.id.0, fee.amount.0))
            .collect::<Vec<_>>(),
        [(1, 3_000), (2, 6_000)]
    );
}

#[test]
fn who_can_pay_half_a_kilowatt_hour_gets_just_that_and_the_other_two() {
    let mut grid = Grid::new(3);
    grid.deposit(1, 100_000).unwrap();
    grid.deposit(2, 1_000_000).unwrap();
    grid.settle(&[export(3 * KWH), import(2 * KWH), import(2 * KWH)])
        .unwrap();
    assert_eq!(grid.free(1), 0, "0.5 kWh");
    assert_eq!(grid.free(2), 600_000, "2 kWh, not 1.5");
}

#[test]
fn a_window_settles_whatever_the_balances() {
    let mut grid = Grid::new(3);
    grid.settle(&[export(3 * KWH), import(2 * KWH), import(2 * KWH)])
        .unwrap();
    assert_eq!(grid.books().held.0, 0);
    grid.settle(&[Reading::MISSING; 3]).unwrap();
    grid.settle(&[import(u64::from(u32::MAX)), export(0), export(1)])
        .unwrap();
}

#[test]
fn a_credit_is_free_at_the_very_second_its_window_is_final() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    assert!(grid.withdraw(0, None).is_err());
    grid.go_to(START + DAY - 1);
    grid.finalise().unwrap();
    assert_eq!(grid.free(0), 0);
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    assert_eq!(grid.free(0), 200_000 - 2_000 - 1_000);
    assert!(grid.held().is_empty());
    let before = grid.books();
    grid.finalise().unwrap();
    assert_eq!(grid.books(), before, "a crank turned twice is no error");
}

#[test]
fn a_credit_cannot_pay_before_it_is_final_and_pays_in_the_report_that_makes_it_final() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 200_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    // Home 0 has nothing but its held credit.
    grid.settle(&[import(KWH), export(KWH)]).unwrap();
    assert_eq!(grid.held()[1].debits.0, 0);
    grid.go_to(START + DAY);
    grid.settle(&[import(KWH), export(KWH)]).unwrap();
    assert_eq!(
        grid.held().last().unwrap().debits.0,
        197_000,
        "all that became free"
    );
    assert_eq!(grid.held().len(), 1, "both earlier windows are final");
}

#[test]
fn each_window_has_its_own_end() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    for days in [9, 1, 5] {
        let msg = grid.report_final_at(&[export(KWH), import(KWH)], UnixSeconds(START + days * DAY));
        grid.send("registry", msg, &[]).unwrap();
        grid.next = grid.next.plus(1);
    }
    grid.go_to(START + 5 * DAY);
    grid.finalise().unwrap();
    assert_eq!(
        grid.held()
            .iter()
            .map(|window| window.first_interval)
            .collect::<Vec<_>>(),
        [FIRST]
    );
    let page: HeldResultsResponse = grid.ask(QueryMsg::HeldResults {
        slot: Slot(1),
        start_after: None,
        limit: None,
    });
    assert_eq!((page.results.len(), page.results[0].debit.0), (1, 200_000));
}

/// Of no interval twice, neither while its window is held nor once it is final, whatever the registry says.
#[test]
fn no_interval_is_settled_twice() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 10_000_000).unwrap();
    let hour = [export(KWH), import(KWH)].repeat(4);
    grid.settle(&hour).unwrap();
    let refused = |grid: &mut Grid, first: u64, intervals: usize| {
        grid.next = FIRST.plus(first);
        let report = grid.report(&[export(KWH), import(KWH)].repeat(intervals));
        grid.send("registry", report, &[]).unwrap_err().to_string()
    };
    // The same, a part, one that begins in it, one around it.
    for (first, intervals) in [(0, 4), (1, 2), (3, 4), (0, 9)] {
        let expected = format!(
            "window: expected a first interval from 2000004 on, since all before is settled or past, got {}",
            FIRST.plus(first)
        );
        assert_eq!(refused(&mut grid, first, intervals), expected);
    }
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    assert!(grid.held().is_empty());
    assert!(refused(&mut grid, 0, 4).contains("from 2000004 on"));
    // What was left out is past as well once a later window is settled.
    grid.next = FIRST.plus(6);
    grid.settle(&hour).unwrap();
    assert!(refused(&mut grid, 4, 2).contains("from 2000010 on"));
    grid.next = FIRST.plus(10);
    grid.settle(&hour).unwrap();
}

#[test]
fn the_prices_told_are_those_at_which_something_was_traded() {
    let policy = Policy {
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(0),
        },
        tariff: Tariff::flat(Price(300_000_000), Price(80_000_000)),
        ..policy()
    };
    let mut grid = Grid::with_policy(2, |_| Asset::native(DENOM), policy);
    grid.deposit(1, 10_000_000).unwrap();
    let told = |response: &Response| {
        let event = response.events.last().unwrap();
        ["lowest_price", "highest_price"].map(|key| {
            let found = event.attributes.iter().find(|pair| pair.key == key);
            found.unwrap().value.parse::<u128>().unwrap()
        })
    };
    // Plenty at 0.08; then nobody gives anything, at what would be 0.30.
    let plenty = [export(2 * KWH), import(KWH)];
    let nothing = [import(0), import(KWH)];
    let response = grid.settle(&[plenty, nothing].concat()).unwrap();
    assert_eq!(told(&response), [80_000_000, 80_000_000]);
    // Half of what is needed: 0.08 x 0.30 / (0.22 / 2 + 0.08) = 0.12631578.
    let scarce = [export(KWH), import(2 * KWH)];
    let response = grid.settle(&[nothing, scarce, plenty].concat()).unwrap();
    assert_eq!(told(&response), [80_000_000, 126_315_789]);
    let response = grid.settle(&nothing).unwrap();
    assert_eq!(told(&response), [0, 0]);
}

/// A meter without money takes 4 kWh: neither the price nor what is counted knows of it.
#[test]
fn demand_that_cannot_pay_is_not_counted() {
    let told = |third: Reading, key: &str| {
        let policy = Policy {
            price: PriceRule::SupplyDemandRatio {
                compensation: Price(0),
            },
            tariff: Tariff::flat(Price(300_000_000), Price(80_000_000)),
            ..policy()
        };
        let mut grid = Grid::with_policy(3, |_| Asset::native(DENOM), policy);
        // At the rule's highest price, 0.30, that pays for 2 kWh.
        grid.deposit(1, 600_000).unwrap();
        let response = grid
            .settle(
                &[
                    [export(KWH), import(4 * KWH), third],
                    [import(0), import(KWH), third],
                ]
                .concat(),
            )
            .unwrap();
        let event = response.events.last().unwrap().clone();
        let found = event.attributes.into_iter().find(|pair| pair.key == key);
        found.unwrap().value
    };
    // In the first interval 2 of the 4 kWh count. One is bought, at 0.12631579; with the 0.47368421 that is left, 1 of 1 counts.
    assert_eq!(told(import(0), "counted_mwh"), "3000000");
    for key in ["counted_mwh", "lowest_price", "highest_price", "debits"] {
        assert_eq!(told(import(4 * KWH), key), told(import(0), key), "{key}");
    }
    assert_eq!(told(import(0), "highest_price"), "126315789");
}

#[test]
fn homes_that_join_later_are_settled_under_the_new_roster_alone() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    grid.open(1).unwrap();
    grid.deposit(2, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH), import(KWH)]).unwrap();
    assert_eq!((grid.free(1), grid.free(2)), (1_000_000 - 300_000, 900_000));
}
