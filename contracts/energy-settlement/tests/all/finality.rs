//! What is final is free by the clock: who cranked, and when, decides nothing.

use cosmwasm_std::{Response, Storage};
use energy_settlement::held::{Held, HeldSeat};
use gridpact_types::settlement::answers::{EndedResponse, HeldResult, HeldResultsResponse};
use gridpact_types::settlement::bounds::{MAX_ENDED, MAX_FINALISED, MAX_FINALISED_RESULTS};
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, Slot, UnixSeconds};
use proptest::prelude::*;

use crate::harness::*;
use crate::store::{BOOKS, ENDS, HELD};

const KWH: u64 = 1_000_000;
/// What home 0 earns of a kilowatt-hour: 0.20 less one percent, less 0.001.
const EARNED: u128 = 197_000;

fn results(grid: &Grid, slot: u32) -> Vec<HeldResult> {
    let page: HeldResultsResponse = grid.ask(QueryMsg::HeldResults {
        slot: Slot(slot),
        start_after: None,
        limit: None,
    });
    page.results
}

fn ended(grid: &Grid) -> (u32, u32) {
    let ended: EndedResponse = grid.ask(QueryMsg::Ended {});
    (ended.windows, ended.finalise_first)
}

/// Two homes; the first sold a kilowatt-hour to the second in each of so many windows, which are all over.
fn sold(windows: usize) -> Grid {
    let mut grid = Grid::new(2);
    grid.deposit(1, 200_000 * windows as u128).unwrap();
    for _ in 0..windows {
        grid.settle(&[export(KWH), import(KWH)]).unwrap();
    }
    grid.go_to(START + DAY);
    grid
}

/// The oracles pause for three hours; twelve windows have become final meanwhile. The report that catches up allocates the same
/// whether somebody sent `finalise` before it or nobody did.
#[test]
fn who_gets_power_does_not_depend_on_whether_anybody_cranked() {
    let run = |crank: bool| {
        let mut grid = Grid::new(3);
        grid.deposit(1, 100_000_000).unwrap();
        grid.deposit(2, 100_000_000).unwrap();
        for quarter in 0..12 {
            grid.go_to(START + quarter * 900);
            grid.settle(&[export(KWH), import(KWH), import(0)]).unwrap();
        }
        grid.go_to(START + DAY + 12 * 900);
        if crank {
            grid.finalise().unwrap();
        }
        // Homes 0 and 2 need 20 kWh each of 20: 10 each, where both can pay. Home 0 can pay 12 x 0.197 = 2.364, 11.82 kWh.
        grid.settle(&[import(20 * KWH), export(20 * KWH), import(20 * KWH)])
            .unwrap();
        assert_eq!(grid.held().len(), 1, "every window that has ended is final");
        [0, 1, 2].map(|slot| results(&grid, slot)[0].debit.0)
    };
    assert_eq!(run(false), [2_000_000, 0, 2_000_000]);
    assert_eq!(run(true), run(false));
}

#[test]
fn a_report_makes_a_day_of_short_windows_final_at_once() {
    let mut grid = sold(96);
    assert_eq!(ended(&grid), (96, 0));
    let response = grid.settle(&[export(KWH), import(0)]).unwrap();
    let finalised = response
        .events
        .iter()
        .filter(|event| event.ty == "window_finalised");
    assert_eq!(finalised.count(), 96);
    assert_eq!((grid.free(0), grid.held().len()), (96 * EARNED, 1));
    assert_eq!(ended(&grid), (0, 0));
}

#[test]
fn a_window_that_ends_a_second_later_stays_held() {
    let mut grid = sold(2);
    grid.go_to(START + DAY - 1);
    assert_eq!(ended(&grid), (0, 0));
    grid.settle(&[export(KWH), import(0)]).unwrap();
    assert_eq!(grid.held().len(), 3);
}

/// What a report could leave out would be somebody's to decide: it is refused, and says what to send first.
#[test]
fn more_than_a_message_makes_final_is_refused_until_finalise_came_first() {
    let most = MAX_FINALISED as usize;
    let mut grid = sold(most + 1);
    assert_eq!(ended(&grid), (MAX_FINALISED + 1, 1));
    let before = grid.books();
    let refused = grid.settle(&[export(KWH), import(0)]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "report: expected at most 128 windows, or 131072 results, whose time is over and that are not final yet, got more; send \
         'finalise' first, in the same transaction"
    );
    assert_eq!(grid.books(), before);
    grid.finalise().unwrap();
    assert_eq!((ended(&grid), grid.free(0)), ((1, 0), most as u128 * EARNED));
    grid.settle(&[export(KWH), import(0)]).unwrap();
    assert_eq!(grid.free(0), (most as u128 + 1) * EARNED);
    // Just as many as a message takes need no `finalise`.
    let mut grid = sold(most);
    assert_eq!(ended(&grid), (MAX_FINALISED, 0));
    grid.settle(&[export(KWH), import(0)]).unwrap();
}

#[test]
fn finalise_takes_no_more_than_it_is_asked_for_the_earliest_end_first() {
    let mut grid = sold(10);
    grid.send("anybody", ExecuteMsg::Finalise { limit: Some(3) }, &[])
        .unwrap();
    assert_eq!(
        (grid.free(0), grid.held()[0].first_interval),
        (3 * EARNED, FIRST.plus(3))
    );
    grid.finalise().unwrap();
    assert_eq!(grid.free(0), 10 * EARNED);
}

fn says_more(response: &Response) -> bool {
    let withdrawn = response.events.last().unwrap();
    let more = withdrawn.attributes.iter().find(|pair| pair.key == "more_ended");
    more.unwrap().value == "true"
}

#[test]
fn what_is_final_can_be_withdrawn_without_anybodys_crank() {
    let mut grid = sold(8);
    assert_eq!(grid.free(0), 0, "nobody moved it yet");
    let response = grid.withdraw(0, Some(8 * EARNED)).unwrap();
    assert!(!says_more(&response));
    assert_eq!((grid.free(0), grid.held().len()), (0, 0));
    let mut grid = sold(8);
    let response = grid.withdraw(0, None).unwrap();
    assert_eq!((grid.payouts.len(), says_more(&response)), (1, false));
    assert_eq!(grid.books().withdrawn, Amount(8 * EARNED));
    let refused = grid.withdraw(0, Some(1)).unwrap_err().to_string();
    assert_eq!(refused, "withdrawal: expected at most 0, which is free, got 1");
}

#[test]
fn a_withdrawal_of_what_is_free_touches_no_window() {
    let mut grid = sold(8);
    grid.deposit(0, 50).unwrap();
    grid.withdraw(0, Some(50)).unwrap();
    assert_eq!((grid.free(0), grid.held().len()), (0, 8));
    grid.deposit(0, 50).unwrap();
    grid.withdraw(0, Some(51)).unwrap();
    assert_eq!((grid.free(0), grid.held().len()), (8 * EARNED - 1, 0));
}

#[test]
fn a_withdrawal_of_everything_pays_what_it_can_and_says_that_more_has_ended() {
    let windows = MAX_FINALISED as usize + 2;
    let mut grid = sold(windows);
    let refused = grid
        .withdraw(0, Some(windows as u128 * EARNED))
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        format!(
            "withdrawal: expected at most {}, which is free, got {}; more windows have ended than a withdrawal makes final: send \
             'finalise' first",
            128 * EARNED,
            130 * EARNED
        )
    );
    let response = grid.withdraw(0, None).unwrap();
    assert!(says_more(&response));
    assert_eq!((grid.free(0), grid.books().withdrawn), (0, Amount(128 * EARNED)));
    let response = grid.withdraw(0, None).unwrap();
    assert!(!says_more(&response));
    assert_eq!(grid.books().withdrawn, Amount(130 * EARNED));
    // Nothing at all, and more to come: the refusal says what helps.
    let mut grid = sold(windows);
    grid.withdraw(0, None).unwrap();
    let mut grid = nothing_yet(MAX_FINALISED);
    let refused = grid.withdraw(0, None).unwrap_err().to_string();
    assert_eq!(
        refused,
        "free balance of slot 0: expected more than 0 to pay out, got 0; more windows have ended than a withdrawal makes final: send \
         'finalise' first"
    );
}

/// As many windows without a result, and one more that credits home 0.
fn nothing_yet(windows: u32) -> Grid {
    let mut grid = Grid::new(1);
    for number in 0..u64::from(windows) {
        hold(&mut grid, number, START, 1, 0);
    }
    hold(&mut grid, windows.into(), START + 1, 1, 70);
    grid.go_to(START + 1);
    grid
}

/// Puts a window into the store, of so many seats, of which the first is debited and credited.
pub fn hold(grid: &mut Grid, number: u64, end: u64, seats: u16, amount: u128) {
    let amount = Amount(amount);
    let mut results = vec![HeldSeat::default(); seats.into()];
    results[0] = HeldSeat {
        debit: amount,
        credit: amount,
    };
    let window = Held {
        roster_version: 1,
        final_at: UnixSeconds(end),
        seats: results,
        ..Held::default()
    };
    let storage: &mut dyn Storage = &mut grid.deps.storage;
    HELD.save(storage, number, &window);
    ENDS.save(storage, (end, number), &seats).unwrap();
    let mut books = BOOKS.load(storage).unwrap();
    books.deposited.0 += amount.0;
    books.held.0 += amount.0;
    BOOKS.save(storage, &books);
}

/// Windows of more seats than a roster may have, so that results are what bounds.
#[test]
fn a_message_makes_no_more_results_final_than_it_may() {
    let seats = 2_000;
    let mut grid = Grid::new(1);
    let fitting = u64::from(MAX_FINALISED_RESULTS) / u64::from(seats);
    for number in 0..fitting {
        hold(&mut grid, number, START, seats, 1);
    }
    assert_eq!(ended(&grid), (65, 0));
    hold(&mut grid, fitting, START, seats, 1);
    assert_eq!(ended(&grid), (66, 1));
    let refused = grid.settle(&[export(0)]).unwrap_err().to_string();
    assert!(
        refused.starts_with("report: expected at most 128 windows"),
        "{refused}"
    );
    grid.finalise().unwrap();
    assert_eq!((grid.free(0), ended(&grid)), (65, (1, 0)));
    grid.settle(&[export(0)]).unwrap();
    assert_eq!(grid.free(0), 66);
    // One window alone is always taken, however large.
    hold(&mut grid, 5_000, START, u16::MAX, 1);
    hold(&mut grid, 5_001, START, u16::MAX, 1);
    hold(&mut grid, 5_002, START, u16::MAX, 1);
    assert_eq!(ended(&grid), (3, 1));
}

#[test]
fn ended_windows_are_counted_up_to_a_bound() {
    let mut grid = Grid::new(1);
    for number in 0..u64::from(MAX_ENDED) + 5 {
        hold(&mut grid, number, START, 1, 0);
    }
    assert_eq!(ended(&grid), (2_048, 15));
}

/// More than are counted at a time: whoever asks again after what was told comes to an end, and then a report is taken.
#[test]
fn however_many_have_ended_asking_again_comes_to_an_end() {
    let mut grid = Grid::new(1);
    let windows = u64::from(MAX_ENDED) + 300;
    for number in 0..windows {
        hold(&mut grid, number, START, 1, 1);
    }
    let mut told = Vec::new();
    while ended(&grid).1 > 0 {
        told.push(ended(&grid));
        for _ in 0..ended(&grid).1 {
            assert!(grid.settle(&[export(0)]).is_err());
            grid.finalise().unwrap();
        }
    }
    assert_eq!(told, [(2_048, 15), (428, 3)]);
    grid.settle(&[export(0)]).unwrap();
    assert_eq!(grid.free(0), u128::from(windows));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Exactly as many messages as are told must come before a report; then it makes all final that has ended, and nothing else.
    #[test]
    fn as_many_messages_as_are_told_must_come_before_a_report(
        windows in prop::collection::vec((0_u64..4, prop_oneof![3 => 1_u16..4, 1 => 900_u16..2_000], 0_u128..9), 1..200),
        now in 0_u64..4,
    ) {
        let mut grid = Grid::new(1);
        for (number, (end, seats, amount)) in (0..).zip(&windows) {
            hold(&mut grid, number, START + end, *seats, *amount);
        }
        grid.go_to(START + now);
        let over = |(end, _, _): &&(u64, u16, u128)| *end <= now;
        let told = ended(&grid);
        prop_assert_eq!(told.0 as usize, windows.iter().filter(over).count());
        for _ in 0..told.1 {
            prop_assert!(grid.settle(&[export(0)]).is_err());
            grid.finalise().unwrap();
        }
        grid.next = FIRST;
        grid.settle(&[export(0)]).unwrap();
        let due: u128 = windows.iter().filter(over).map(|(_, _, amount)| *amount).sum();
        prop_assert_eq!(grid.free(0), due);
        prop_assert_eq!(ended(&grid), (0, 0));
        prop_assert_eq!(grid.held().len(), windows.len() - told.0 as usize + 1);
    }
}
