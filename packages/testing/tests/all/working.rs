//! From a funded project to a built one, or to an early end.

use gridpact_testing::fixtures::founding_terms;
use gridpact_testing::{scenario, Escrow, World};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::{Condition, PayeePart, ProjectId};
use gridpact_units::{Amount, BasisPoints};

use crate::pledging::{founding, pledge_on_the_others};
use crate::refused;

/// The founding project, funded with 30,000.
pub fn funded(money: gridpact_testing::MoneyKind) -> (World, Escrow, ProjectId) {
    let (mut world, escrow, project) = founding(money);
    pledge_on_the_others(&mut world, &escrow, project, &["A", "B", "C"]);
    (world, escrow, project)
}

/// The same, built: both milestones reviewed, the second just now, nothing drawn.
pub fn built(money: gridpact_testing::MoneyKind) -> (World, Escrow, ProjectId) {
    let (mut world, escrow, project) = funded(money);
    let contractor = world.addr("contractor");
    escrow.accept(&mut world, &contractor, project).unwrap();
    for milestone in [0, 1] {
        escrow
            .submit_milestone(&mut world, &contractor, project, milestone)
            .unwrap();
        world.days_pass(7);
    }
    (world, escrow, project)
}

fn phase(world: &World, escrow: &Escrow, project: ProjectId) -> Phase {
    escrow.project(world, project).unwrap().phase
}

scenario! {
    fn the_contractor_draws_milestone_by_milestone_and_the_retention_last(money: MoneyKind) {
        let (mut world, escrow, project) = funded(money);
        let contractor = world.addr("contractor");
        refused(escrow.draw(&mut world, &contractor, project), "more than 0");
        escrow.accept(&mut world, &contractor, project).unwrap();

        escrow.submit_milestone(&mut world, &contractor, project, 0).unwrap();
        refused(escrow.draw(&mut world, &contractor, project), "more than 0");
        world.days_pass(7);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(10_800), "40 % less a tenth");

        escrow.submit_milestone(&mut world, &contractor, project, 1).unwrap();
        world.days_pass(7);
        assert_eq!(phase(&world, &escrow, project), Phase::Defects);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(27_000));

        world.days_pass(30);
        assert_eq!(phase(&world, &escrow, project), Phase::Closed);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(30_000));
        assert_eq!(world.balance(&escrow.addr), Amount::ZERO);
    }
}

scenario! {
    fn a_contractor_who_never_accepts_costs_nobody_anything(money: MoneyKind) {
        let (mut world, escrow, project) = funded(money);
        world.days_pass(7);
        assert_eq!(phase(&world, &escrow, project), Phase::Failed);
        let contractor = world.addr("contractor");
        refused(escrow.accept(&mut world, &contractor, project), "funded");
        for name in ["A", "B", "C"] {
            let home = world.addr(name);
            escrow.claim_refund(&mut world, &home, project).unwrap();
            assert_eq!(world.balance(&home), Amount(10_000));
        }
    }
}

scenario! {
    fn a_milestone_never_submitted_ends_the_project_and_the_rest_goes_back(money: MoneyKind) {
        let (mut world, escrow, project) = funded(money);
        let (contractor, anybody) = (world.addr("contractor"), world.addr("anybody"));
        escrow.accept(&mut world, &contractor, project).unwrap();
        escrow.submit_milestone(&mut world, &contractor, project, 0).unwrap();
        refused(escrow.terminate(&mut world, &anybody, project), "not submitted");

        let terms = escrow.terms(&world, project);
        world.advance_to(terms.milestones[1].due);
        refused(escrow.terminate(&mut world, &anybody, project), "not submitted");
        world.advance(terms.grace);
        escrow.terminate(&mut world, &anybody, project).unwrap();
        refused(escrow.submit_milestone(&mut world, &contractor, project, 1), "active");
        assert_eq!(phase(&world, &escrow, project), Phase::Terminated);

        for name in ["A", "B", "C"] {
            let home = world.addr(name);
            escrow.claim_refund(&mut world, &home, project).unwrap();
            assert_eq!(world.balance(&home), Amount(6_000), "60 % of its pledge");
        }
        world.days_pass(30);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(12_000), "the submitted 40 %, retention included");
        assert_eq!(world.balance(&escrow.addr), Amount::ZERO);
    }
}

scenario! {
    fn nobody_but_the_contractor_accepts_submits_or_draws(money: MoneyKind) {
        let (mut world, escrow, project) = funded(money);
        let stranger = world.addr("stranger");
        refused(escrow.accept(&mut world, &stranger, project), "contractor");
        let contractor = world.addr("contractor");
        escrow.accept(&mut world, &contractor, project).unwrap();
        refused(escrow.submit_milestone(&mut world, &stranger, project, 0), "contractor");
        refused(escrow.submit_milestone(&mut world, &contractor, project, 1), "expected 0");
        escrow.submit_milestone(&mut world, &contractor, project, 0).unwrap();
        world.days_pass(7);
        refused(escrow.draw(&mut world, &stranger, project), "payee 0");
    }
}

scenario! {
    fn revenue_goes_to_the_pledgers_by_what_they_paid(money: MoneyKind) {
        let (mut world, escrow, project) = built(money);
        let payer = world.addr("latecomer");
        world.fund(&payer, Amount(1_000));
        escrow.pay_revenue(&mut world, &payer, project, Amount(400)).unwrap();
        let (early, late) = (world.addr("A"), world.addr("B"));
        escrow.claim_revenue(&mut world, &early, project).unwrap();
        assert_eq!(world.balance(&early), Amount(133));
        escrow.pay_revenue(&mut world, &payer, project, Amount(600)).unwrap();
        // Whoever claims twice gets what one claim in the end gives.
        for home in [&early, &late] {
            escrow.claim_revenue(&mut world, home, project).unwrap();
            assert_eq!(world.balance(home), Amount(333));
        }
    }
}

scenario! {
    fn a_contractor_the_bank_refuses_stops_no_pledgers_revenue(money: MoneyKind) {
        let (mut world, escrow, project) = built(money);
        let (contractor, payer, home) = (world.addr("contractor"), world.addr("payer"), world.addr("A"));
        world.block_payee(&contractor);
        refused(escrow.draw(&mut world, &contractor, project), "not allowed");
        world.fund(&payer, Amount(300));
        escrow.pay_revenue(&mut world, &payer, project, Amount(300)).unwrap();
        escrow.claim_revenue(&mut world, &home, project).unwrap();
        assert_eq!(world.balance(&home), Amount(100));
        world.unblock_payee(&contractor);
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(27_000));
    }
}

scenario! {
    fn a_payee_the_bank_refuses_stops_neither_the_contractor_nor_the_holders(money: MoneyKind) {
        let mut world = World::new(money);
        let escrow = Escrow::create(&mut world);
        let (contractor, digger) = (world.addr("contractor"), world.addr("digger"));
        let mut terms = founding_terms(&world);
        terms.payees = vec![digger.to_string()];
        terms.milestones[0].payees = vec![PayeePart { payee: 1, part: BasisPoints(5_000) }];
        let (project, _) = escrow.open(&mut world, &contractor, &terms).unwrap();
        for name in ["A", "B", "C"] {
            let home = world.addr(name);
            world.fund(&home, Amount(10_000));
            escrow.pledge(&mut world, &home, project, Amount(10_000), Condition::default()).unwrap();
        }
        escrow.accept(&mut world, &contractor, project).unwrap();
        escrow.submit_milestone(&mut world, &contractor, project, 0).unwrap();
        world.days_pass(7);
        world.block_payee(&digger);
        refused(escrow.draw_as(&mut world, &digger, project, 1), "not allowed");
        escrow.draw(&mut world, &contractor, project).unwrap();
        assert_eq!(world.balance(&contractor), Amount(5_400), "its half of 12,000, less a tenth");

        // The rest is not done in time, and goes back.
        world.advance_to(terms.milestones[1].due);
        world.advance(terms.grace);
        escrow.terminate(&mut world, &contractor, project).unwrap();
        for name in ["A", "B", "C"] {
            let home = world.addr(name);
            escrow.claim_refund(&mut world, &home, project).unwrap();
            assert_eq!(world.balance(&home), Amount(6_000));
        }
        // What is the digger's waits, whoever else was paid.
        world.unblock_payee(&digger);
        escrow.draw_as(&mut world, &digger, project, 1).unwrap();
        assert_eq!(world.balance(&digger), Amount(5_400));
    }
}
