//! Who holds a seat: accounts as they are opened, and seats that are vacant, reused or given up. No message gives one up yet:
//! what one will leave in the store is written here.

use std::collections::BTreeMap;

use energy_settlement::books::Books;
use energy_settlement::counters::Counters;
use energy_settlement::held::{Held, HeldSeat};
use energy_settlement::roster::Holder;
use gridpact_market::Terms;
use gridpact_types::settlement::answers::{AccountResponse, ConfigResponse, HeldResult, HeldResultsResponse};
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, Ppm, Reading, Seat, Slot, UnixSeconds};
use proptest::prelude::*;

use crate::harness::*;
use crate::store::*;

const KWH: u64 = 1_000_000;

fn account(grid: &Grid, slot: u32) -> AccountResponse {
    grid.ask(QueryMsg::Account { slot: Slot(slot) })
}

fn results(grid: &Grid, slot: u32) -> Vec<HeldResult> {
    let page: HeldResultsResponse = grid.ask(QueryMsg::HeldResults {
        slot: Slot(slot),
        start_after: None,
        limit: None,
    });
    page.results
}

fn credits(grid: &Grid, slot: u32) -> Vec<u128> {
    results(grid, slot).iter().map(|result| result.credit.0).collect()
}

#[test]
fn accounts_are_opened_with_the_terms_that_were_told() {
    let mut grid = Grid::new(1);
    let mut msg = grid.opening(1);
    let ExecuteMsg::OpenAccounts { accounts, .. } = &mut msg else {
        panic!("an opening");
    };
    let account = &mut accounts[0];
    (account.household, account.weight, account.part) = (9, 3, Ppm(250_000));
    (account.priority, account.buy_tier, account.sell_tier) = (4, 1, 255);
    grid.send("registry", msg, &[]).unwrap();
    let terms = Terms {
        household: 9,
        weight: 3,
        part: Ppm(250_000),
        priority: 4,
        buy_tier: 1,
        sell_tier: 255,
    };
    let slot = Slot(1);
    let mut expected = roster(&[Some(0), None]);
    expected.0[1] = Some(Holder { slot, terms });
    let stored = ROSTERS.may_load(&grid.deps.storage, 2).unwrap();
    assert_eq!(stored, Some(expected));
}

#[test]
fn a_reused_seat_pays_and_shows_who_held_it_in_the_window() {
    let mut grid = Grid::new(2);
    grid.deposit(0, 50).unwrap();
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    retire(&mut grid);
    let former = account(&grid, 0);
    assert_eq!((former.seat, former.free.0), (None, 50));
    let tenant = account(&grid, 2);
    assert_eq!((tenant.seat, tenant.free.0), (Some(Seat(0)), 0));
    assert_eq!(grid.ask::<ConfigResponse>(QueryMsg::Config {}).accounts, 3);
    assert_eq!(credits(&grid, 0), [197_000]);
    assert_eq!(credits(&grid, 2), [0], "another's");
    assert_eq!(results(&grid, 1)[0].debit.0, 200_000);

    // The new tenant sells in a window of its own; the report that settles it makes the former tenant's final.
    grid.go_to(START + DAY);
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    assert_eq!((grid.free(0), grid.free(2)), (197_050, 0));
    assert_eq!((credits(&grid, 0), credits(&grid, 2)), (vec![0], vec![197_000]));
    grid.go_to(START + 2 * DAY);
    grid.finalise().unwrap();
    assert_eq!((grid.free(0), grid.free(2)), (197_050, 197_000));
}

#[test]
fn an_account_without_a_seat_takes_deposits_and_can_be_emptied() {
    let mut grid = Grid::new(2);
    grid.deposit(0, 50).unwrap();
    retire(&mut grid);
    grid.deposit(0, 5).unwrap();
    grid.withdraw(0, Some(15)).unwrap();
    assert_eq!((grid.free(0), grid.free(2)), (40, 0));
    grid.withdraw(0, None).unwrap();
    assert_eq!(
        RETIRED.may_load(&grid.deps.storage, 0),
        Ok(None),
        "nothing is kept"
    );
    assert!(grid.withdraw(0, None).is_err());
}

#[test]
fn a_window_of_an_older_roster_is_paid_by_its_slots() {
    let mut grid = Grid::new(2);
    grid.deposit(0, 300_000).unwrap();
    retire(&mut grid);
    grid.deposit(2, 1_000_000).unwrap();
    grid.roster = 1;
    // Slot 0 can pay for 1.5 kWh.
    grid.settle(&[import(2 * KWH), export(2 * KWH)]).unwrap();
    assert_eq!((grid.free(0), grid.free(2)), (0, 1_000_000));
    assert_eq!(results(&grid, 0)[0].debit.0, 300_000);
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    assert_eq!(grid.free(1), 300_000 - 3_000 - 1_500);
}

#[test]
fn a_vacant_seat_neither_buys_nor_sells() {
    let mut grid = Grid::new(3);
    for slot in 0..3 {
        grid.deposit(slot, 1_000_000).unwrap();
    }
    let free = grid.free(0);
    write_slot(&mut grid, 0, None, free);
    // What the seat had lies under the slot's own key now.
    let mut page = PAGES.may_load(&grid.deps.storage, 0).unwrap().unwrap();
    page.0[0] = Amount::ZERO;
    PAGES.save(&mut grid.deps.storage, 0, &page);
    write_roster(&mut grid, 3, &[None, Some(1), Some(2)]);
    grid.check_books();

    grid.settle(&[import(9 * KWH), export(KWH), import(KWH)]).unwrap();
    assert_eq!((grid.free(0), grid.free(2)), (1_000_000, 800_000));
    grid.settle(&[export(9 * KWH), import(KWH), import(KWH)]).unwrap();
    assert_eq!(grid.held()[1].debits.0, 0, "nobody sold");
    grid.settle(&[Reading::MISSING, export(KWH), import(KWH)])
        .unwrap();
    assert_eq!(grid.free(2), 600_000);
}

const SLOT_COUNT: u32 = 6;

/// Who holds each of up to five seats: slots in any order, with gaps.
fn any_roster() -> impl Strategy<Value = Vec<Option<u32>>> {
    let slots = Just((0..SLOT_COUNT).collect::<Vec<_>>()).prop_shuffle();
    (slots, prop::collection::vec(any::<bool>(), 1..6)).prop_map(|(slots, held)| {
        held.into_iter()
            .zip(slots)
            .map(|(held, slot)| held.then_some(slot))
            .collect()
    })
}

/// A roster's position, and what each of its seats is to be credited.
fn any_window() -> impl Strategy<Value = (prop::sample::Index, Vec<u128>)> {
    (
        any::<prop::sample::Index>(),
        prop::collection::vec(0_u128..1_000, 5),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any rosters one after the other, windows of any of them: everything goes to the slots that held the seats then.
    #[test]
    fn a_credit_goes_to_the_slot_that_held_the_seat_whatever_came_after(
        rosters in prop::collection::vec(any_roster(), 1..4),
        windows in prop::collection::vec(any_window(), 1..6),
        free in prop::collection::vec(0_u128..1_000, SLOT_COUNT as usize),
    ) {
        let mut grid = Grid::new(0);
        let newest = rosters.last().unwrap();
        for (slot, free) in (0..).zip(&free) {
            // Of those that the newest roster does not have, some have a seat elsewhere and some have none.
            let held = newest.iter().position(|holder| *holder == Some(slot));
            let elsewhere = (slot % 2 == 0).then_some(10 + slot as usize);
            let seat = held.or(elsewhere).map(|seat| seat.try_into().unwrap());
            write_slot(&mut grid, slot, seat, *free);
        }
        rosters.iter().for_each(|roster| write_roster(&mut grid, SLOT_COUNT, roster));
        let counters = COUNTERS.load(&grid.deps.storage).unwrap();
        COUNTERS.save(&mut grid.deps.storage, &Counters { seats: 20, ..counters });
        let mut books = Books { free: Amount(free.iter().sum()), ..Books::default() };
        let mut expected: BTreeMap<u32, u128> = (0..).zip(free).collect();
        for (number, (version, credits)) in (0..).zip(&windows) {
            let version = version.index(rosters.len());
            let seats = rosters[version].iter().zip(credits).map(|(holder, credit)| {
                let credit = holder.map_or(0, |slot| { *expected.get_mut(&slot).unwrap() += credit; *credit });
                HeldSeat { debit: Amount(credit), credit: Amount(credit) }
            });
            let roster_version = u32::try_from(version).unwrap() + 1;
            let window = Held { roster_version, final_at: UnixSeconds(START), seats: seats.collect(), ..Held::default() };
            books.held.0 += window.debits().0;
            HELD.save(&mut grid.deps.storage, number, &window);
            ENDS.save(&mut grid.deps.storage, (START, number), &5).unwrap();
        }
        books.deposited = Amount(books.free.0 + books.held.0);
        BOOKS.save(&mut grid.deps.storage, &books);
        grid.finalise().unwrap();
        prop_assert!(grid.held().is_empty());
        let told: BTreeMap<u32, u128> =
            grid.accounts().iter().map(|account| (account.slot.0, account.free.0)).collect();
        prop_assert_eq!(told, expected);
    }
}
