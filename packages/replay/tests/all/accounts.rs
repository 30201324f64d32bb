//! Deposits, withdrawals, sweeps.

use gridpact_replay::{CommunityAccount, Effect, Event, EventError, FeeId, Withdrawn};
use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::support::*;

#[test]
fn what_came_in_is_free_until_it_goes_out() {
    let mut grid = Grid::of(2);
    assert_eq!(grid.deposit(0, 500), Ok(Effect::Deposited { free: Amount(500) }));
    assert_eq!(grid.deposit(0, 100), Ok(Effect::Deposited { free: Amount(600) }));
    let withdrawn = |amount| {
        Ok(Effect::Withdrawn(Withdrawn {
            amount: Amount(amount),
            more_ended: false,
            finalised: vec![],
        }))
    };
    assert_eq!(grid.withdraw(0, Some(50)), withdrawn(50));
    assert_eq!(grid.withdraw(0, None), withdrawn(550));
    assert_eq!(grid.free(0), 0);
    let totals = grid.replay.books().totals();
    assert_eq!((totals.deposited, totals.withdrawn), (Amount(600), Amount(600)));
}

#[test]
fn no_account_gives_more_than_is_free() {
    let mut grid = Grid::of(2);
    grid.deposit(0, 500).unwrap();
    let (slot, free, got) = (Slot(0), Amount(500), Amount(501));
    let refusal = EventError::InsufficientFree { slot, free, got };
    assert_eq!(grid.withdraw(0, Some(501)), Err(refusal));
    assert_eq!(grid.free(0), 500);
}

#[test]
fn nothing_is_no_event() {
    let mut grid = Grid::of(1);
    let nothing = |what| Err(EventError::Nothing { what });
    assert_eq!(grid.deposit(0, 0), nothing("a deposit"));
    assert_eq!(grid.withdraw(0, None), nothing("a withdrawal"));
    assert_eq!(grid.withdraw(0, Some(0)), nothing("a withdrawal"));
    let sweep = Event::Sweep {
        account: CommunityAccount::Rounding,
    };
    assert_eq!(grid.apply(&sweep), nothing("a sweep"));
}

#[test]
fn an_account_is_open_once_its_meter_is_admitted() {
    let mut grid = Grid::of(2);
    let unknown = || Err(EventError::UnknownSlot { slot: Slot(2) });
    assert_eq!(grid.deposit(2, 1), unknown());
    assert_eq!(grid.withdraw(2, None), unknown());
}

#[test]
fn a_sweep_takes_all_of_one_part_of_final_windows() {
    let mut grid = Grid::of(2);
    grid.deposit(1, 10_000).unwrap();
    grid.settle(&[give(3), take(3)]);
    let sweep = |account| Event::Sweep { account };
    // Held: not the community's yet.
    let first = sweep(CommunityAccount::Fee(FeeId(1)));
    assert_eq!(grid.apply(&first), Err(EventError::Nothing { what: "a sweep" }));
    grid.now += CHALLENGE;
    grid.finalise(16);
    // 600 were paid: 1 % of it, and 5 a kWh.
    let fees = |grid: &Grid| {
        grid.replay
            .books()
            .community()
            .fees
            .iter()
            .map(|fee| fee.amount)
            .collect::<Vec<_>>()
    };
    assert_eq!(fees(&grid), [Amount(6), Amount(15)]);
    let part = |account| grid.replay.books().community().get(account);
    let parts = [FeeId(1), FeeId(2), FeeId(3)].map(|id| part(CommunityAccount::Fee(id)));
    assert_eq!(parts, [Some(Amount(6)), Some(Amount(15)), None]);
    assert_eq!(part(CommunityAccount::Rounding), Some(Amount(0)));
    assert_eq!(grid.apply(&first), Ok(Effect::Swept { amount: Amount(6) }));
    assert_eq!(fees(&grid), [Amount(0), Amount(15)]);
    assert_eq!(
        grid.apply(&sweep(CommunityAccount::Fee(FeeId(3)))),
        Err(EventError::UnknownFee { got: FeeId(3) })
    );
    assert_eq!(grid.replay.books().totals().swept, Amount(6));
}

#[test]
fn time_does_not_run_back_and_an_error_names_position_and_time() {
    let mut grid = Grid::of(1);
    grid.deposit(0, 1).unwrap();
    let before = UnixSeconds(START - 1);
    let deposit = Event::Deposit {
        slot: Slot(0),
        amount: Amount(1),
    };
    let error = grid.replay.apply(before, &deposit).unwrap_err();
    assert_eq!((error.position, error.time), (2, before));
    assert_eq!(
        error.to_string(),
        "event 2, at unix second 1799999999: time: expected 1800000000 or later, got 1799999999"
    );
}
