//! The largest there may be, and one more.

use gridpact_testing::fixtures::{export, fixed_price_policy, import, nothing, open_call};
use gridpact_testing::{scenario, Checks, Escrow, GridBuilder, World};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::{Amount, Price, Slot};

use crate::refused;
use crate::sharing::KWH;

/// The most a grid holds.
const MOST: u128 = 1 << 96;

scenario! {
    fn the_largest_deposits_and_the_highest_price_settle(money: MoneyKind) {
        let mut world = World::new(money);
        let policy = fixed_price_policy(gridpact_units::MAX_PRICE);
        let grid = GridBuilder::default().with_policy(policy, vec![]).build(&mut world);
        grid.top_up(&mut world, 1, Amount(MOST - 1)).unwrap();
        grid.top_up(&mut world, 2, Amount(1)).unwrap();
        refused(grid.top_up(&mut world, 0, Amount(1)), "in all");

        let day = [[export(7 * KWH), import(7 * KWH), import(7 * KWH)]; 96].concat();
        grid.report(&mut world, &day).unwrap();
        // 3.5 kWh an interval, and then B alone: C's one unit pays for nothing at this price.
        assert_eq!(grid.free(&world, 2), Amount(1));
        world.a_day_passes();
        let anybody = world.addr("anybody");
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        let free: u128 = (0..3).map(|home| grid.free(&world, home).0).sum();
        assert_eq!(free, MOST);
        for home in 0..3 {
            grid.withdraw_all(&mut world, home).unwrap();
        }
    }
}

scenario! {
    fn at_a_price_of_nothing_energy_is_shared_and_nothing_is_paid(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_policy(fixed_price_policy(Price(0)), vec![]).build(&mut world);
        grid.report(&mut world, &[export(3 * KWH), import(2 * KWH), import(2 * KWH)]).unwrap();
        let window = world.ledger(&grid.settlement.addr).windows().last().unwrap();
        assert_eq!(window.outcome.totals.traded.0, 3_000_000);
        assert_eq!(grid.settlement.books(&world).held, Amount::ZERO);
    }
}

scenario! {
    fn two_days_in_one_report_and_not_one_interval_more(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000_000)).build(&mut world);
        world.days_pass(3);
        assert_eq!(grid.registry.next_report(&world).max_intervals, 192);
        let longest = [[export(KWH), import(KWH), nothing()]; 192].concat();
        grid.report(&mut world, &longest).unwrap();
        assert_eq!(grid.registry.next_report(&world).max_intervals, 96);
    }
}

scenario! {
    fn a_full_list_gives_up_its_smallest_pledge_outside_the_set(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(Checks::Every(150));
        let escrow = Escrow::create(&mut world);
        let terms = open_call(&world, Amount(1_000_000), Amount(1_000_000), Amount(2_000));
        let anybody = world.addr("anybody");
        let (project, _) = escrow.open(&mut world, &anybody, &terms).unwrap();
        let demanding = Condition { total: Some(Amount(100_000_000)), ..Condition::default() };
        for number in 0..512_u128 {
            let pledger = world.addr(&format!("pledger {number}"));
            world.fund(&pledger, Amount(2_000 + number));
            // The first is content with anything, and so in the set; the others ask for everything, and are not.
            let condition = if number == 0 { Condition::default() } else { demanding.clone() };
            escrow.pledge(&mut world, &pledger, project, Amount(2_000 + number), condition).unwrap();
        }
        let (small, large) = (world.addr("small"), world.addr("large"));
        world.fund(&small, Amount(2_001));
        world.fund(&large, Amount(900_000));
        let outcome = escrow.pledge(&mut world, &small, project, Amount(2_001), demanding);
        refused(outcome, "smallest");
        escrow.pledge(&mut world, &large, project, Amount(900_000), Condition::default()).unwrap();
        world.check();

        // Who was displaced takes the money back at once, though the project is open, and nobody else does.
        assert_eq!(escrow.project(&world, project).unwrap().phase, Phase::Open);
        let (displaced, member) = (world.addr("pledger 1"), world.addr("pledger 0"));
        escrow.claim_refund(&mut world, &displaced, project).unwrap();
        assert_eq!(world.balance(&displaced), Amount(2_001));
        refused(escrow.claim_refund(&mut world, &member, project), "more than 0");
        world.check();
        world.days_pass(10);
        world.check();
        escrow.claim_refund(&mut world, &member, project).unwrap();
        refused(escrow.claim_refund(&mut world, &displaced, project), "more than 0");
        world.check();
    }
}

scenario! {
    fn a_home_of_no_money_and_no_energy_costs_nothing(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.report(&mut world, &[nothing(); 3]).unwrap();
        let books = grid.settlement.books(&world);
        assert_eq!((books.held, books.free, grid.settlement.free(&world, Slot(2))), Default::default());
    }
}
