//! What homes get of each other's surplus, and what they pay for it. 0.20 a kWh: 200 base units.

use gridpact_market::{AllocationRule, Policy, PriceRule, Tariff};
use gridpact_testing::fixtures::{export, fixed_price_policy, homes, import, nothing, prosumer};
use gridpact_testing::{scenario, Grid, GridBuilder, World};
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal};
use gridpact_units::{Amount, BasisPoints, Energy, EnergyTotal, Power, Price, Reading, Seconds, Slot};

use crate::refused;

/// 1 kWh in mWh.
pub const KWH: u64 = 1_000_000;

/// What each seat bought in the last window, as the ledger settled it; the invariants say that the contract did the same.
fn bought(world: &World, grid: &Grid) -> Vec<u128> {
    let window = world.ledger(&grid.settlement.addr).windows().last().unwrap();
    window
        .outcome
        .results
        .iter()
        .map(|result| result.bought.0)
        .collect()
}

fn free(world: &World, grid: &Grid) -> Vec<u128> {
    (0..grid.homes.len())
        .map(|home| grid.free(world, home).0)
        .collect()
}

scenario! {
    fn surplus_is_shared_evenly_and_paid_for(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        // A has 3 kWh over, B and C could use 2 each: 1.5 each at 200 a kWh.
        grid.report(&mut world, &[export(3 * KWH), import(2 * KWH), import(2 * KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 1_500_000, 1_500_000]);
        assert_eq!(free(&world, &grid), [1_000, 700, 700], "paid at once, credited when final");
        world.a_day_passes();
        let anybody = world.addr("anybody");
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        assert_eq!(free(&world, &grid), [1_600, 700, 700]);
    }
}

scenario! {
    fn a_home_that_needs_little_leaves_the_rest_to_the_others(money: MoneyKind) {
        let mut world = World::new(money);
        let builder = GridBuilder::default().with_homes(homes(&["A", "B", "C", "D"]));
        let grid = builder.with_deposit(Amount(1_000)).build(&mut world);
        let readings = [export(3 * KWH), import(KWH / 2), import(2 * KWH), import(2 * KWH)];
        grid.report(&mut world, &readings).unwrap();
        assert_eq!(bought(&world, &grid), [0, 500_000, 1_250_000, 1_250_000]);
    }
}

scenario! {
    fn a_home_that_cannot_pay_gets_what_it_can_pay_for_and_the_other_gets_the_rest(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.top_up(&mut world, 1, Amount(100)).unwrap();
        grid.top_up(&mut world, 2, Amount(1_000)).unwrap();
        grid.report(&mut world, &[export(3 * KWH), import(2 * KWH), import(2 * KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 500_000, 2_000_000], "0.5 and 2, not 0.5 and 1.5");
        assert_eq!(free(&world, &grid), [0, 0, 600]);
    }
}

scenario! {
    fn nobody_ever_owes(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.top_up(&mut world, 1, Amount(1)).unwrap();
        // A day in one report; nobody but B has anything, and B has one base unit.
        let day: Vec<Reading> = (0..96).flat_map(|_| [export(7 * KWH), import(7 * KWH), import(7 * KWH)]).collect();
        grid.report(&mut world, &day).unwrap();
        assert_eq!(bought(&world, &grid), [0, 5_000, 0], "one unit pays for 5 Wh");
        assert_eq!(free(&world, &grid), [0, 0, 0]);
        grid.report(&mut world, &day).unwrap();
        assert_eq!(bought(&world, &grid), [0, 0, 0]);
    }
}

scenario! {
    fn credits_wait_until_final_and_buy_nothing_before(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.top_up(&mut world, 1, Amount(200)).unwrap();
        grid.report(&mut world, &[export(KWH), import(KWH), nothing()]).unwrap();
        let anybody = world.addr("anybody");

        // A earned 200, which buys nothing yet.
        grid.report(&mut world, &[import(KWH), nothing(), export(KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 0, 0]);
        let held = grid.settlement.held_results(&world, Slot(0));
        assert_eq!((held[0].debit, held[0].credit), (Amount::ZERO, Amount(200)));
        refused(grid.withdraw_all(&mut world, 0), "0");

        // One second before its time the window stays; in its second it moves.
        world.advance_to(gridpact_units::UnixSeconds(held[0].final_at.0 - 1));
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        assert_eq!(grid.free(&world, 0), Amount::ZERO);
        world.advance(Seconds(1));
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        assert_eq!(grid.free(&world, 0), Amount(200));
        grid.withdraw_all(&mut world, 0).unwrap();
    }
}

scenario! {
    fn the_next_report_makes_old_windows_final_on_the_way(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.top_up(&mut world, 1, Amount(200)).unwrap();
        let day = |first: [Reading; 3]| -> Vec<Reading> {
            first.into_iter().chain((1..96).flat_map(|_| [nothing(); 3])).collect()
        };
        grid.report(&mut world, &day([export(KWH), import(KWH), nothing()])).unwrap();
        world.a_day_passes();
        // A's credit of the first day pays for what it takes on the second.
        grid.report(&mut world, &day([import(KWH), nothing(), export(KWH)])).unwrap();
        assert_eq!(bought(&world, &grid), [1_000_000, 0, 0]);
        assert_eq!(grid.settlement.held_windows(&world).len(), 1);
    }
}

scenario! {
    fn a_missing_reading_neither_buys_nor_sells(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        grid.report(&mut world, &[export(3 * KWH), Reading::MISSING, import(2 * KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 0, 2_000_000]);
        grid.report(&mut world, &[Reading::MISSING, import(2 * KWH), import(2 * KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 0, 0]);
    }
}

scenario! {
    fn a_home_that_takes_and_gives_in_one_interval_buys_from_others_only(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        let both = Reading::measured(Energy(KWH), Energy(2 * KWH));
        grid.report(&mut world, &[both, nothing(), nothing()]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 0, 0], "nobody buys from themselves");
        grid.report(&mut world, &[both, export(KWH / 4), nothing()]).unwrap();
        assert_eq!(bought(&world, &grid), [250_000, 0, 0], "what the others give, and no netting");
        world.a_day_passes();
        let anybody = world.addr("anybody");
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        assert_eq!(grid.free(&world, 0), Amount(950), "it paid for what others gave, and for nothing else");
    }
}

scenario! {
    fn a_second_meter_gets_a_home_no_second_share(money: MoneyKind) {
        let mut world = World::new(money);
        let mut grid = GridBuilder::default().build(&mut world);
        let owner = world.addr("B");
        let second = grid.registry.propose_meter(&mut world, &owner, prosumer("B's garage")).unwrap();
        let household = grid.registry.meter(&world, Slot(1)).unwrap().household;
        let admission = Admission { household: Some(household), ..Admission::of(second) };
        grid.admit(&mut world, vec![admission], None).unwrap();
        grid.report(&mut world, &[nothing(); 3]).unwrap();
        for home in 1..4 {
            grid.top_up(&mut world, home, Amount(1_000)).unwrap();
        }
        let readings = [export(2 * KWH), import(2 * KWH), import(2 * KWH), import(2 * KWH)];
        grid.report(&mut world, &readings).unwrap();
        assert_eq!(bought(&world, &grid), [0, 500_000, 1_000_000, 500_000], "B's two meters share B's half");
    }
}

scenario! {
    fn what_a_home_is_told_of_its_held_windows_is_what_anybody_can_recompute(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().with_deposit(Amount(5_000)).build(&mut world);
        let mut profile = gridpact_testing::fixtures::Sequence::new(3);
        // More windows than a page of the query holds.
        for _ in 0..33 {
            let readings: Vec<Reading> = (0..2).flat_map(|_| profile.readings(3, KWH)).collect();
            grid.report(&mut world, &readings).unwrap();
        }
        let windows = world.ledger(&grid.settlement.addr).windows();
        for home in &grid.homes {
            let told = grid.settlement.held_results(&world, home.slot);
            let told: Vec<_> = told.iter().map(|held| (held.first_interval, held.debit, held.credit)).collect();
            let recomputed = windows.iter().map(|window| {
                let result = window.outcome.results[home.slot.0 as usize];
                (window.first_interval, result.debit, result.credit)
            });
            assert_eq!(told, recomputed.collect::<Vec<_>>());
        }
    }
}

scenario! {
    fn every_rule_keeps_the_promises(money: MoneyKind) {
        let rules = [
            AllocationRule::Even,
            AllocationRule::ProRata,
            AllocationRule::Static { reoffer: true },
            AllocationRule::Static { reoffer: false },
            AllocationRule::Priority,
        ];
        let tariff = Tariff::flat(Price(300_000), Price(80_000));
        let prices = [
            PriceRule::MidMarket { weight: BasisPoints(5_000) },
            PriceRule::SupplyDemandRatio { compensation: Price(20_000) },
        ];
        let mut world = World::new(money);
        let readings = [export(3 * KWH + 1), import(KWH + 7), import(2 * KWH + 3)];
        for (salt, (rule, price)) in (1..).zip(rules.into_iter().flat_map(|rule| prices.map(|price| (rule, price)))) {
            let tariff = tariff.clone();
            let policy = Policy { buyers: rule, sellers: rule, price, tariff, ..fixed_price_policy(Price(0)) };
            let builder = GridBuilder::default().with_salt(salt).with_policy(policy, vec![]);
            let grid = builder.with_deposit(Amount(1_000)).build(&mut world);
            grid.report(&mut world, &readings).unwrap();
            grid.report(&mut world, &[readings[2], readings[0], readings[1]]).unwrap();
            let ledger = world.ledger(&grid.settlement.addr);
            assert!(ledger.windows().iter().all(|window| window.outcome.totals.traded > EnergyTotal::ZERO));
        }
    }
}

scenario! {
    fn fixed_parts_stand_only_on_the_side_where_a_meter_can_act(money: MoneyKind) {
        let mut world = World::new(money);
        let of_kind = |name: &str, kind, import: u32, export: u32| {
            let meter = MeterProposal { kind, import_limit: Power(import), export_limit: Power(export), ..prosumer(name) };
            (name.to_owned(), meter)
        };
        let roof = of_kind("roof", MeterKind::Producer, 0, 20_000);
        let flats = ["ground floor", "first floor"].map(|name| of_kind(name, MeterKind::Consumer, 20_000, 0));
        let fixed = AllocationRule::Static { reoffer: false };
        let policy = Policy { buyers: fixed, sellers: fixed, ..fixed_price_policy(Price(200)) };
        let builder = GridBuilder::default().with_homes([vec![roof], flats.to_vec()].concat());
        let grid = builder.with_policy(policy, vec![]).with_deposit(Amount(1_000)).build(&mut world);
        // Half and half of 3 kWh: the flat that needs 1 gets it, the one that needs 3 its 1.5. With a part for the roof as
        // a buyer, and parts for the flats as sellers, it would be 1.33 in all.
        grid.report(&mut world, &[export(3 * KWH), import(KWH), import(3 * KWH)]).unwrap();
        assert_eq!(bought(&world, &grid), [0, 1_000_000, 1_500_000]);
    }
}
