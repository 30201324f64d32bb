//! From an open project to money in the work, or back where it came from.

use gridpact_testing::fixtures::{founding_terms, if_all, open_call};
use gridpact_testing::{scenario, Escrow, World};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::{Condition, PledgersCondition, ProjectId};
use gridpact_units::{Amount, Seconds, UnixSeconds};

use crate::refused;

/// A world with the founding project open, and 10,000 in each of three pockets.
pub fn founding(money: gridpact_testing::MoneyKind) -> (World, Escrow, ProjectId) {
    let mut world = World::new(money);
    let escrow = Escrow::create(&mut world);
    let terms = founding_terms(&world);
    let anybody = world.addr("anybody");
    let (project, _) = escrow.open(&mut world, &anybody, &terms).unwrap();
    for name in ["A", "B", "C"] {
        let home = world.addr(name);
        world.fund(&home, Amount(10_000));
    }
    (world, escrow, project)
}

/// "I pledge 10,000 if both others do."
pub fn pledge_on_the_others(world: &mut World, escrow: &Escrow, project: ProjectId, names: &[&str]) {
    for name in names {
        let others: Vec<&str> = ["A", "B", "C"]
            .into_iter()
            .filter(|other| other != name)
            .collect();
        let condition = if_all(world, &others, Amount(10_000));
        let home = world.addr(name);
        escrow
            .pledge(world, &home, project, Amount(10_000), condition)
            .unwrap();
    }
}

fn phase(world: &World, escrow: &Escrow, project: ProjectId) -> Phase {
    escrow.project(world, project).unwrap().phase
}

fn open_with(
    world: &mut World,
    escrow: &Escrow,
    target: u128,
    cap: u128,
    pockets: &[(&str, u128)],
) -> ProjectId {
    let terms = open_call(world, Amount(target), Amount(cap), Amount(100));
    let anybody = world.addr("anybody");
    let (project, _) = escrow.open(world, &anybody, &terms).unwrap();
    for (name, amount) in pockets {
        let pledger = world.addr(name);
        world.fund(&pledger, Amount(*amount));
    }
    project
}

fn plain(world: &mut World, escrow: &Escrow, project: ProjectId, name: &str, amount: u128) {
    let pledger = world.addr(name);
    escrow
        .pledge(world, &pledger, project, Amount(amount), Condition::default())
        .unwrap();
}

scenario! {
    fn three_homes_pledge_on_each_other_and_the_project_is_funded(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        pledge_on_the_others(&mut world, &escrow, project, &["A", "B"]);
        let seen = escrow.project(&world, project).unwrap();
        assert_eq!((seen.phase, seen.pledged, seen.consistent), (Phase::Open, Amount(20_000), Amount::ZERO));

        pledge_on_the_others(&mut world, &escrow, project, &["C"]);
        let seen = escrow.project(&world, project).unwrap();
        assert_eq!((seen.phase, seen.funded), (Phase::Funded, Some(Amount(30_000))));
        let home = world.addr("A");
        refused(escrow.claim_refund(&mut world, &home, project), "more than 0");
    }
}

scenario! {
    fn one_party_missing_by_the_deadline_everybody_takes_their_money_back(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        pledge_on_the_others(&mut world, &escrow, project, &["A", "B"]);
        world.days_pass(10);

        assert_eq!(phase(&world, &escrow, project), Phase::Failed);
        for name in ["A", "B"] {
            let home = world.addr(name);
            escrow.claim_refund(&mut world, &home, project).unwrap();
            assert_eq!(world.balance(&home), Amount(10_000));
            refused(escrow.claim_refund(&mut world, &home, project), "more than 0");
        }
        assert_eq!(world.balance(&escrow.addr), Amount::ZERO);
        let late = world.addr("C");
        let condition = if_all(&world, &["A", "B"], Amount(10_000));
        refused(escrow.pledge(&mut world, &late, project, Amount(10_000), condition), "open");
        assert_eq!(world.balance(&late), Amount(10_000));
    }
}

scenario! {
    fn pledges_are_taken_until_the_deadline_and_not_one_second_longer(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        let deadline = escrow.terms(&world, project).deadline;
        world.advance_to(UnixSeconds(deadline.0 - 1));
        pledge_on_the_others(&mut world, &escrow, project, &["A"]);
        world.advance(Seconds(1));
        assert_eq!(phase(&world, &escrow, project), Phase::Failed);
        let home = world.addr("B");
        let outcome = escrow.pledge(&mut world, &home, project, Amount(10_000), Condition::default());
        refused(outcome, "open");
    }
}

scenario! {
    fn whoever_comes_last_takes_what_is_left_up_to_the_cap(money: MoneyKind) {
        let mut world = World::new(money);
        let escrow = Escrow::create(&mut world);
        let pockets = [("A", 10_000), ("B", 5_000), ("C", 20_000)];
        let project = open_with(&mut world, &escrow, 20_000, 25_000, &pockets);
        for (name, amount) in pockets {
            plain(&mut world, &escrow, project, name, amount);
        }
        // 25,000 of 35,000 are taken: all of A and B, who were there before, and 10,000 of C.
        let last = world.addr("C");
        escrow.claim_refund(&mut world, &last, project).unwrap();
        assert_eq!(world.balance(&last), Amount(10_000));
        for name in ["A", "B"] {
            let pledger = world.addr(name);
            refused(escrow.claim_refund(&mut world, &pledger, project), "more than 0");
        }
    }
}

scenario! {
    fn a_slip_in_a_condition_is_mended_and_funds_the_project(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        pledge_on_the_others(&mut world, &escrow, project, &["A", "B"]);
        let (slip, home) = (if_all(&world, &["A", "B"], Amount(10_000)), world.addr("C"));
        let slip = Condition {
            pledgers: Some(PledgersCondition { count: 4, at_least: Amount(1) }),
            ..slip
        };
        let never = escrow.pledge(&mut world, &home, project, Amount(10_000), slip);
        refused(never, "pledgers with 1 of at most 3, got 4");
        // What cannot be is refused. What does not come to be is asked for no longer.
        let condition = if_all(&world, &["A", "B"], Amount(10_000));
        escrow.pledge(&mut world, &home, project, Amount(10_000), condition).unwrap();
        assert_eq!(phase(&world, &escrow, project), Phase::Funded);
        refused(escrow.restate(&mut world, &home, project, Condition::default()), "open");

        let project = open_with(&mut world, &escrow, 900, 900, &[("D", 300), ("E", 300), ("F", 300)]);
        let three = |count| Condition {
            pledgers: Some(PledgersCondition { count, at_least: Amount(100) }),
            ..Condition::default()
        };
        let demanding = world.addr("D");
        escrow.pledge(&mut world, &demanding, project, Amount(300), three(4)).unwrap();
        plain(&mut world, &escrow, project, "E", 300);
        plain(&mut world, &escrow, project, "F", 300);
        refused(escrow.restate(&mut world, &demanding, project, three(5)), "asks for more");
        escrow.restate(&mut world, &demanding, project, three(3)).unwrap();
        assert_eq!(phase(&world, &escrow, project), Phase::Funded);
    }
}

scenario! {
    fn a_pledge_outside_the_set_is_free_as_soon_as_the_project_is_funded(money: MoneyKind) {
        let mut world = World::new(money);
        let escrow = Escrow::create(&mut world);
        let project = open_with(&mut world, &escrow, 20_000, 20_000, &[("A", 10_000), ("B", 10_000), ("D", 700)]);
        let condition = Condition { total: Some(Amount(1_000_000)), ..Condition::default() };
        let demanding = world.addr("D");
        escrow.pledge(&mut world, &demanding, project, Amount(700), condition).unwrap();
        refused(escrow.claim_refund(&mut world, &demanding, project), "more than 0");
        plain(&mut world, &escrow, project, "A", 10_000);
        plain(&mut world, &escrow, project, "B", 10_000);
        assert_eq!(phase(&world, &escrow, project), Phase::Funded);
        escrow.claim_refund(&mut world, &demanding, project).unwrap();
        assert_eq!(world.balance(&demanding), Amount(700));
    }
}

scenario! {
    fn the_same_pledges_come_to_the_same_whatever_their_order(money: MoneyKind) {
        let pledges: [(&str, u128); 4] = [("A", 4_000), ("B", 3_000), ("C", 2_000), ("D", 1_000)];
        let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]];
        let mut results = Vec::new();
        for order in orders {
            let mut world = World::new(money);
            let escrow = Escrow::create(&mut world);
            let project = open_with(&mut world, &escrow, 50_000, 50_000, &pledges);
            for position in order {
                let (name, amount) = pledges[position];
                // D asks for too much; C asks for D; A and B ask for each other and three pledgers, which C was.
                let condition = match name {
                    "A" => if_all(&world, &["B"], Amount(3_000)),
                    "B" => Condition {
                        pledgers: Some(PledgersCondition { count: 2, at_least: Amount(3_000) }),
                        ..Condition::default()
                    },
                    "C" => if_all(&world, &["D"], Amount(1_000)),
                    _ => Condition { total: Some(Amount(10_001)), ..Condition::default() },
                };
                let pledger = world.addr(name);
                escrow.pledge(&mut world, &pledger, project, Amount(amount), condition).unwrap();
            }
            let seen = escrow.project(&world, project).unwrap();
            results.push((seen.consistent, seen.consistent_pledges));
        }
        assert_eq!(results, vec![(Amount(7_000), 2); 4]);
    }
}

scenario! {
    fn the_contractor_and_strangers_may_not_pledge_to_named_parties(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        for name in ["contractor", "stranger"] {
            let pledger = world.addr(name);
            world.fund(&pledger, Amount(10_000));
            let outcome = escrow.pledge(&mut world, &pledger, project, Amount(10_000), Condition::default());
            refused(outcome, "pledger");
            assert_eq!(world.balance(&pledger), Amount(10_000));
        }
    }
}

scenario! {
    fn a_gift_changes_no_books(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        pledge_on_the_others(&mut world, &escrow, project, &["A"]);
        let donor = world.addr("donor");
        world.fund(&donor, Amount(5_000));
        let before = escrow.project_books(&world, project);
        world.transfer(&donor, &escrow.addr, Amount(5_000)).unwrap();
        assert_eq!(escrow.project_books(&world, project), before);
        assert_eq!(world.balance(&escrow.addr), Amount(15_000));
    }
}

scenario! {
    fn one_pledger_the_bank_refuses_stops_nobody_elses_refund(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        pledge_on_the_others(&mut world, &escrow, project, &["A", "B"]);
        world.days_pass(10);
        let (refused_payee, other) = (world.addr("A"), world.addr("B"));
        world.block_payee(&refused_payee);
        refused(escrow.claim_refund(&mut world, &refused_payee, project), "not allowed");
        escrow.claim_refund(&mut world, &other, project).unwrap();
        assert_eq!(world.balance(&other), Amount(10_000));
        world.unblock_payee(&refused_payee);
        escrow.claim_refund(&mut world, &refused_payee, project).unwrap();
        assert_eq!(world.balance(&refused_payee), Amount(10_000));
    }
}
