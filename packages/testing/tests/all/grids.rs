//! The whole way from three pledges to a shared surplus; and two grids on one chain.

use gridpact_report::connections::Connections;
use gridpact_testing::fixtures::{export, homes, import, nothing};
use gridpact_testing::{scenario, GridBuilder, World, CHAIN_ID};
use gridpact_types::registry::meters::MeterProposal;
use gridpact_types::settlement::messages::{ExecuteMsg, ReportBody};
use gridpact_units::{Amount, Slot};

use crate::refused;
use crate::sharing::KWH;
use crate::working::built;

scenario! {
    fn three_homes_pledge_on_each_other_and_the_grid_is_built_and_shares(money: MoneyKind) {
        let (mut world, escrow, project) = built(money);
        let contractor = world.addr("contractor");
        escrow.draw(&mut world, &contractor, project).unwrap();
        let grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        grid.report(&mut world, &[export(2 * KWH), import(2 * KWH), import(2 * KWH)]).unwrap();
        world.days_pass(30);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(30_000));

        let anybody = world.addr("anybody");
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        for (home, expected) in [(0, 1_400), (1, 800), (2, 800)] {
            grid.withdraw_all(&mut world, home).unwrap();
            assert_eq!(world.balance(&grid.homes[home].owner), Amount(expected));
        }
    }
}

scenario! {
    fn two_grids_share_nothing(money: MoneyKind) {
        let mut world = World::new(money);
        let first = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        let second = GridBuilder::default().with_salt(2).with_deposit(Amount(1_000)).build(&mut world);
        assert_ne!(first.settlement.addr, second.settlement.addr);
        let books = second.settlement.books(&world);

        // The same people, the same slots: what happens in one is not seen in the other.
        first.report(&mut world, &[export(KWH), import(KWH), nothing()]).unwrap();
        first.withdraw_all(&mut world, 2).unwrap();
        assert_eq!(second.settlement.books(&world), books);
        assert_eq!(second.free(&world, 1), Amount(1_000));

        // One grid's oracles say nothing in the other, and neither do reports they signed at home.
        let carrier = world.addr("carrier");
        world.to_interval_start(second.interval_length);
        let report = second.write_report(&world, &[export(KWH), import(KWH), nothing()]);
        for domain in [&first.registry.addr, &second.registry.addr] {
            let foreign = first.committee.sign(CHAIN_ID, domain, &report, &[0, 1, 2]);
            refused(second.registry.report(&mut world, &carrier, &report, foreign), "signature of member 0");
        }
        second.carry(&mut world, &report).unwrap();

        // Nor does one grid's registry command the other's settlement.
        let registry = first.registry.addr.clone();
        let (header, body) = gridpact_report::split(&report).unwrap();
        let settle = ExecuteMsg::Settle {
            header: header.encode().into(),
            body: ReportBody::Readings(body.into()),
            connections: Connections::default().encode().into(),
            final_at: world.now(),
        };
        refused(world.execute(&registry, &second.settlement.addr, &settle, &[]), "registry");
    }
}

scenario! {
    fn a_meter_in_two_grids_is_settled_by_its_part_in_each(money: MoneyKind) {
        let mut world = World::new(money);
        let part = |parts: u32| {
            let mut all = homes(&["A", "B", "C"]);
            all[0].1 = MeterProposal { part: gridpact_units::Ppm(parts), ..all[0].1.clone() };
            all
        };
        let with = |parts, salt| {
            GridBuilder::default().with_homes(part(parts)).with_salt(salt).with_deposit(Amount(1_000))
        };
        let quarter = with(250_000, 1).build(&mut world);
        let rest = with(750_000, 2).build(&mut world);
        let readings = [export(4 * KWH), import(5 * KWH), nothing()];
        quarter.report(&mut world, &readings).unwrap();
        rest.report(&mut world, &readings).unwrap();
        assert_eq!(quarter.free(&world, 1), Amount(800), "1 kWh");
        assert_eq!(rest.free(&world, 1), Amount(400), "3 kWh");
    }
}

scenario! {
    fn a_hundred_and_thirteen_homes_are_one_message_and_one_report(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(gridpact_testing::Checks::OnRequest);
        let names: Vec<String> = (0..113).map(|home| format!("home {home}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let grid = GridBuilder::default().with_homes(homes(&names)).with_deposit(Amount(100_000)).build(&mut world);
        let mut profile = gridpact_testing::fixtures::Sequence::new(113);
        let day: Vec<_> = (0..96).flat_map(|_| profile.readings(113, 2 * KWH)).collect();
        grid.report(&mut world, &day).unwrap();
        world.check();
        assert_eq!(grid.registry.meter(&world, Slot(112)).unwrap().seat.0, 112);
    }
}
