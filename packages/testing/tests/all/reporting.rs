//! How readings come to the chain: signed by a quorum, each window once, none skipped.

use cw_ownable::Action;
use gridpact_report::connections::Connections;
use gridpact_testing::fixtures::{export, homes, import, nothing, prosumer};
use gridpact_testing::{scenario, Grid, GridBuilder, World, CHAIN_ID};
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement::messages::{ExecuteMsg, ReportBody};
use gridpact_units::{Amount, IntervalLength, Reading, Seconds, UnixSeconds};

use crate::refused;
use crate::sharing::KWH;

/// A grid whose first interval is over, and its report.
fn reported(money: gridpact_testing::MoneyKind) -> (World, Grid, Vec<u8>) {
    let mut world = World::new(money);
    let grid = GridBuilder::default()
        .with_deposit(Amount(1_000))
        .build(&mut world);
    world.to_interval_start(grid.interval_length);
    let report = grid.write_report(&world, &[export(KWH), import(KWH), nothing()]);
    (world, grid, report)
}

scenario! {
    fn the_same_report_twice_settles_once(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        grid.carry(&mut world, &report).unwrap();
        let books = grid.settlement.books(&world);
        grid.carry(&mut world, &report).unwrap();
        assert_eq!(grid.settlement.books(&world), books);
        assert_eq!(world.ledger(&grid.settlement.addr).windows().len(), 1);
    }
}

scenario! {
    fn another_report_for_a_settled_window_is_refused(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let other = grid.write_report(&world, &[export(KWH), nothing(), import(KWH)]);
        grid.carry(&mut world, &report).unwrap();
        refused(grid.carry(&mut world, &other), "which was accepted");
        assert_eq!(grid.settlement.held_windows(&world).len(), 1);
    }
}

scenario! {
    fn q_minus_one_signatures_settle_nothing(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let carrier = world.addr("carrier");
        let registry = grid.registry.clone();
        let sign = |members: &[u8]| grid.committee.sign(CHAIN_ID, &registry.addr, &report, members);
        let attempts = [
            (vec![], "at least 3"),
            (vec![2, 3], "at least 3"),
            (vec![0, 1, 1], "after 1"),
            (vec![1, 0, 2], "after 1"),
        ];
        for (members, words) in attempts {
            refused(registry.report(&mut world, &carrier, &report, sign(&members)), words);
        }
        let mut forged = sign(&[0, 1, 2]);
        forged[2].member = 3;
        refused(registry.report(&mut world, &carrier, &report, forged), "signature of member 3");
        assert_eq!(grid.settlement.held_windows(&world).len(), 0);
        registry.report(&mut world, &carrier, &report, sign(&[0, 2, 3])).unwrap();
    }
}

scenario! {
    fn a_signature_for_another_chain_or_grid_counts_for_nothing(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let (carrier, elsewhere) = (world.addr("carrier"), world.addr("elsewhere"));
        let registry = grid.registry.clone();
        let of_chain = grid.committee.sign("gridpact-test-2", &registry.addr, &report, &[0, 1, 2]);
        refused(registry.report(&mut world, &carrier, &report, of_chain), "signature of member 0");
        let of_grid = grid.committee.sign(CHAIN_ID, &elsewhere, &report, &[0, 1, 2]);
        refused(registry.report(&mut world, &carrier, &report, of_grid), "signature of member 0");
    }
}

scenario! {
    fn an_interval_is_reported_when_it_is_over_and_windows_follow_each_other(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        let report = grid.write_report(&world, &[nothing(); 3]);
        world.advance(Seconds(899));
        refused(grid.carry(&mut world, &report), "the interval that runs now");
        world.advance(Seconds(1));
        grid.carry(&mut world, &report).unwrap();

        // The next one is skipped: refused, whoever signs.
        world.advance(Seconds(1_800));
        let later = gridpact_report::decode(&grid.write_report(&world, &[nothing(); 3])).unwrap();
        let mut skipping = later.clone();
        skipping.header.first_interval = later.header.first_interval.plus(1);
        let bytes = gridpact_report::encode(&skipping).unwrap();
        refused(grid.carry(&mut world, &bytes), "where the last window ended");
        grid.carry(&mut world, &gridpact_report::encode(&later).unwrap()).unwrap();
    }
}

scenario! {
    fn late_reports_are_closed_as_a_gap_and_nobody_took_part(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let anybody = world.addr("anybody");
        let before = grid.settlement.books(&world);
        grid.registry.close_gap(&mut world, &anybody).unwrap();
        // In its last second it can still be reported, and no gap is closed; one second on it is the other way round.
        world.advance(Seconds::days(10));
        grid.registry.close_gap(&mut world, &anybody).unwrap();
        assert_eq!(grid.registry.windows(&world).len(), 0);
        world.advance(Seconds(1));
        refused(grid.carry(&mut world, &report), "closed as a gap");
        grid.registry.close_gap(&mut world, &anybody).unwrap();
        refused(grid.carry(&mut world, &report), "closed for good");
        assert_eq!(grid.settlement.books(&world), before);

        // And reports go on.
        grid.report(&mut world, &[export(KWH), import(KWH), nothing()]).unwrap();
        assert_eq!(grid.registry.windows(&world).len(), 2);
    }
}

scenario! {
    fn a_reading_above_the_meters_limit_is_refused(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        // 30 kW for a quarter of an hour: 7.5 kWh.
        refused(grid.report(&mut world, &[export(7_500_001), nothing(), nothing()]), "at most 7500000");
        grid.report(&mut world, &[export(7_500_000), nothing(), nothing()]).unwrap();
    }
}

scenario! {
    fn a_new_home_joins_at_a_boundary_and_no_report_spans_it(money: MoneyKind) {
        let mut world = World::new(money);
        let mut grid = GridBuilder::default().with_deposit(Amount(1_000)).build(&mut world);
        let first = grid.current_interval(&world);
        grid.join_from(&mut world, &homes(&["D"]), Some(first.plus(2))).unwrap();
        grid.top_up(&mut world, 3, Amount(1_000)).unwrap();
        world.advance_to(UnixSeconds(IntervalLength::QUARTER_HOUR.start_of(first.plus(4))));

        // Two intervals of three seats come first; four at once are too many.
        let next = grid.registry.next_report(&world);
        assert_eq!((next.max_intervals, next.seats), (2, 3));
        refused(grid.report(&mut world, &[nothing(); 12]), "where the next roster begins");
        grid.report(&mut world, &[nothing(); 6]).unwrap();
        let next = grid.registry.next_report(&world);
        assert_eq!((next.max_intervals, next.seats), (2, 4));
        grid.report(&mut world, &[export(2 * KWH), nothing(), import(2 * KWH), import(2 * KWH)]).unwrap();
        assert_eq!(grid.free(&world, 3), Amount(800));
    }
}

scenario! {
    fn nobody_but_the_operator_admits_and_nobody_but_the_registry_settles(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let home = world.addr("D");
        let proposal = grid.registry.propose_meter(&mut world, &home, prosumer("D")).unwrap();
        let admission = vec![Admission::of(proposal)];
        for name in ["D", "A", "carrier", "deployer"] {
            let stranger = world.addr(name);
            refused(grid.registry.admit_meters(&mut world, &stranger, admission.clone(), None), "operator");
        }
        let (header, body) = gridpact_report::split(&report).unwrap();
        let settle = ExecuteMsg::Settle {
            header: header.encode().into(),
            body: ReportBody::Readings(body.into()),
            connections: Connections::default().encode().into(),
            final_at: world.now(),
        };
        for name in ["operator", "A", "carrier", "deployer"] {
            let stranger = world.addr(name);
            refused(world.execute(&stranger, &grid.settlement.addr, &settle, &[]), "the registry");
        }
    }
}

scenario! {
    fn bytes_that_are_no_report_are_refused(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let mut trailing = report.clone();
        trailing.push(0);
        let missing = report[..report.len() - 1].to_vec();
        let attempts = [(vec![], "bytes"), (vec![0xff; 200], "version"), (trailing, "bytes"), (missing, "bytes")];
        for (bytes, words) in attempts {
            refused(grid.carry(&mut world, &bytes), words);
        }
        grid.carry(&mut world, &report).unwrap();
    }
}

scenario! {
    fn two_months_are_reported_day_by_day(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(gridpact_testing::Checks::Every(20));
        let grid = GridBuilder::default().with_deposit(Amount(1_000_000)).build(&mut world);
        let mut profile = gridpact_testing::fixtures::Sequence::new(7);
        for _ in 0..60 {
            let day: Vec<Reading> = (0..96).flat_map(|_| profile.readings(3, 2 * KWH)).collect();
            grid.report(&mut world, &day).unwrap();
        }
        world.check();
        let finals = world.ledger(&grid.settlement.addr).windows().iter().filter(|window| window.is_final).count();
        assert_eq!(finals, 59);
    }
}

scenario! {
    fn the_operator_hands_over_in_two_steps(money: MoneyKind) {
        let (mut world, grid, _) = reported(money);
        let (old, new) = (grid.operator.clone(), world.addr("next operator"));
        let home = world.addr("D");
        let proposal = grid.registry.propose_meter(&mut world, &home, prosumer("D")).unwrap();
        let transfer = Action::TransferOwnership { new_owner: new.to_string(), expiry: None };
        refused(grid.registry.update_ownership(&mut world, &new, transfer.clone()), "operator");
        grid.registry.update_ownership(&mut world, &old, transfer).unwrap();

        // Until the next one takes over, the old one is the operator, and afterwards no more.
        refused(grid.registry.admit_meters(&mut world, &new, vec![Admission::of(proposal)], None), "operator");
        grid.registry.update_ownership(&mut world, &new, Action::AcceptOwnership).unwrap();
        refused(grid.registry.admit_meters(&mut world, &old, vec![Admission::of(proposal)], None), "operator");
        grid.registry.admit_meters(&mut world, &new, vec![Admission::of(proposal)], None).unwrap();
    }
}

scenario! {
    fn a_first_report_may_have_a_later_revision(money: MoneyKind) {
        let (mut world, grid, report) = reported(money);
        let mut draft = gridpact_report::decode(&report).unwrap();
        draft.header.revision = 256;
        refused(grid.carry(&mut world, &gridpact_report::encode(&draft).unwrap()), "at most 255");
        draft.header.revision = 7;
        grid.carry(&mut world, &gridpact_report::encode(&draft).unwrap()).unwrap();
        assert_eq!(grid.settlement.held_windows(&world)[0].revision, 7);
        refused(grid.carry(&mut world, &report), "which was accepted");
    }
}
