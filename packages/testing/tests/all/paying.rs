//! Money in and out of accounts: withdrawal of what is free is never blocked, by anyone.

use gridpact_testing::fixtures::{export, import, nothing};
use gridpact_testing::{scenario, Checks, GridBuilder, MoneyKind, World};
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_units::{Amount, Slot};

use crate::refused;
use crate::sharing::KWH;

scenario! {
    fn withdrawal_is_never_blocked(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        grid.report(&mut world, &[export(KWH), import(KWH), import(2 * KWH)]).unwrap();
        // One home, the operator, the carrier and the community cannot be paid; a window is not final; no report comes any
        // more; and nobody has closed the gap.
        for who in ["A", "operator", "carrier", "community"] {
            let who = world.addr(who);
            world.block_payee(&who);
        }
        world.days_pass(60);
        grid.withdraw_all(&mut world, 1).unwrap();
        grid.withdraw_all(&mut world, 2).unwrap();
        let (second, third) = (world.addr("B"), world.addr("C"));
        assert_eq!((world.balance(&second), world.balance(&third)), (Amount(900), Amount(900)));
    }
}

scenario! {
    fn a_payee_the_bank_refuses_stops_nobody_else_and_loses_nothing(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        let blocked = world.addr("B");
        world.block_payee(&blocked);
        refused(grid.withdraw_all(&mut world, 1), "not allowed");
        assert_eq!(grid.free(&world, 1), Amount(1_000));
        grid.report(&mut world, &[export(KWH), import(KWH), import(KWH)]).unwrap();
        grid.withdraw_all(&mut world, 0).unwrap();
        grid.withdraw_all(&mut world, 2).unwrap();
        world.unblock_payee(&blocked);
        grid.withdraw_all(&mut world, 1).unwrap();
        assert_eq!(world.balance(&blocked), Amount(900));
    }
}

scenario! {
    fn only_the_owner_withdraws_and_only_what_is_free(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        for name in ["B", "operator", "carrier", "stranger"] {
            let thief = world.addr(name);
            refused(grid.settlement.withdraw(&mut world, &thief, Slot(0), Some(Amount(1))), "owner");
        }
        let owner = world.addr("A");
        refused(grid.settlement.withdraw(&mut world, &owner, Slot(0), Some(Amount(1_001))), "1001");
        grid.settlement.withdraw(&mut world, &owner, Slot(0), Some(Amount(400))).unwrap();
        grid.withdraw_all(&mut world, 0).unwrap();
        assert_eq!(world.balance(&owner), Amount(1_000));
        refused(grid.settlement.withdraw(&mut world, &owner, Slot(9), None), "9");
    }
}

scenario! {
    fn anybody_may_pay_into_an_account_but_only_into_one_that_exists(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        let aunt = world.addr("aunt");
        world.fund(&aunt, Amount(500));
        grid.settlement.deposit(&mut world, &aunt, Slot(2), Amount(300)).unwrap();
        refused(grid.settlement.deposit(&mut world, &aunt, Slot(3), Amount(200)), "3");
        assert_eq!((grid.free(&world, 2), world.balance(&aunt)), (Amount(300), Amount(200)));
    }
}

scenario! {
    fn a_gift_belongs_to_nobody(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(100)).build(&mut world);
        let donor = world.addr("donor");
        world.fund(&donor, Amount(5_000));
        world.transfer(&donor, &grid.settlement.addr, Amount(5_000)).unwrap();
        let books = grid.settlement.books(&world);
        assert_eq!((books.deposited, books.free), (Amount(300), Amount(300)));
        let anybody = world.addr("anybody");
        refused(grid.settlement.sweep(&mut world, &anybody, CommunityAccount::Rounding {}), "rounding");
    }
}

scenario! {
    fn everybody_leaves_and_every_unit_is_out(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        // Odd amounts, so that there is rounding.
        grid.report(&mut world, &[export(KWH + 1), import(KWH / 3), import(KWH)]).unwrap();
        grid.report(&mut world, &[import(333_333), export(777_777), nothing()]).unwrap();
        world.a_day_passes();
        let anybody = world.addr("anybody");
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        for home in 0..3 {
            grid.withdraw_all(&mut world, home).unwrap();
        }
        grid.settlement.sweep(&mut world, &anybody, CommunityAccount::Rounding {}).unwrap();
        assert_eq!(world.balance(&grid.settlement.addr), Amount::ZERO);
        let names = ["A", "B", "C", "community"];
        let out: u128 = names.map(|name| world.balance(&world.addr(name)).0).into_iter().sum();
        assert_eq!(out, 3_000);
    }
}

#[test]
fn coins_that_no_message_asked_for_are_refused() {
    let mut world = World::new(MoneyKind::Native);
    let grid = GridBuilder::default()
        .with_deposit(Amount(1_000))
        .build(&mut world);
    let (home, settlement) = (world.addr("A"), grid.settlement.addr.clone());
    let other = world.fund_with_other_coin(&home, Amount(50));
    world.fund(&home, Amount(50));
    let own = cosmwasm_std::Coin::new(50_u128, "ueur");

    let deposit = ExecuteMsg::Deposit { slot: Slot(0) };
    refused(
        world.execute(&home, &settlement, &deposit, core::slice::from_ref(&other)),
        "uother",
    );
    refused(
        world.execute(&home, &settlement, &deposit, &[own.clone(), other]),
        "uother",
    );
    refused(world.execute(&home, &settlement, &deposit, &[]), "none");
    let withdraw = ExecuteMsg::Withdraw {
        slot: Slot(0),
        amount: None,
    };
    refused(world.execute(&home, &settlement, &withdraw, &[own]), "none");
    assert_eq!(world.balance(&home), Amount(50));
}

scenario! {
    /// The oracles are silent for a day and a half and then carry every quarter of an hour by itself. A day later all of it is
    /// final at once: more than one message takes.
    fn a_burst_of_short_windows_is_final_by_the_clock_and_pays(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(Checks::Every(20));
        let grid = GridBuilder::default().with_deposit(Amount(100_000)).build(&mut world);
        world.days_pass(2);
        for _ in 0..140 {
            grid.report(&mut world, &[export(KWH), import(KWH), nothing()]).unwrap();
        }
        world.a_day_passes();
        let ended = grid.settlement.ended(&world);
        assert_eq!((ended.windows, ended.finalise_first), (140, 1));
        // Nobody has cranked: what home 0 earned in 128 windows can be taken out at once, and the rest by asking again.
        refused(grid.report(&mut world, &[import(KWH), export(KWH), nothing()]), "send 'finalise' first");
        grid.withdraw_all(&mut world, 0).unwrap();
        let home = world.addr("A");
        assert_eq!(world.balance(&home), Amount(100_000 + 128 * 200));
        // As many windows are left as a report makes final, which home 0 pays with.
        assert_eq!(grid.settlement.ended(&world).finalise_first, 0);
        grid.report(&mut world, &[import(KWH), export(KWH), nothing()]).unwrap();
        assert_eq!(grid.free(&world, 0), Amount(12 * 200 - 200));
        world.check();
    }
}
