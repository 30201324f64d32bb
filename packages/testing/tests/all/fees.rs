//! Where the community's money goes: swept by anybody, to the destination set at the start.

use gridpact_market::{FeeAmount, FeeId, FeeKind, Policy};
use gridpact_testing::fixtures::{export, fixed_price_policy, founding_terms, import, nothing, open_call};
use gridpact_testing::{scenario, Escrow, Grid, GridBuilder, World};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::Condition;
use gridpact_types::escrow::terms::{MilestoneTerms, ProjectId};
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Price, Seconds};

use crate::refused;
use crate::sharing::KWH;
use crate::working::built;

const NETWORK: CommunityAccount = CommunityAccount::Fee { id: FeeId(7) };

/// The network's fee, not swept.
fn network(amount: u128) -> FeeAmount {
    FeeAmount {
        id: FeeId(7),
        amount: Amount(amount),
    }
}

/// A tenth of every sale goes to this destination.
fn with_fee(world: &mut World, destination: Destination) -> Grid {
    with_fee_to(destination).build(world)
}

/// No grid is made with this destination, and it is said why.
fn no_grid(world: &mut World, destination: Destination, expected: &str) {
    let words = with_fee_to(destination)
        .with_salt(2)
        .try_build(world)
        .map(|_| ())
        .unwrap_err();
    assert!(words.contains(expected), "refused in other words: {words}");
}

fn with_fee_to(destination: Destination) -> GridBuilder {
    let policy = Policy {
        fees: vec![FeeKind::BasisPoints(BasisPoints(1_000)).of(7)],
        ..fixed_price_policy(Price(200_000))
    };
    let fee = FeeAccount {
        id: FeeId(7),
        label: "network".to_owned(),
        destination,
    };
    GridBuilder::default()
        .with_policy(policy, vec![fee])
        .with_deposit(Amount(1_000))
}

/// The project as its escrow has it; if it comes to nothing, the account `reserve`.
fn destination(world: &World, escrow: &Escrow, project: ProjectId) -> Destination {
    Destination::Project {
        escrow: escrow.addr.to_string(),
        project,
        terms_hash: escrow.project(world, project).unwrap().terms_hash,
        otherwise: world.addr("reserve").into_string(),
    }
}

/// 3 kWh are sold for 600, and the window becomes final.
fn trade(world: &mut World, grid: &Grid) {
    grid.report(world, &[export(3 * KWH), import(3 * KWH), nothing()])
        .unwrap();
    world.a_day_passes();
    let anybody = world.addr("anybody");
    grid.settlement.finalise(world, &anybody).unwrap();
}

scenario! {
    fn a_fee_is_swept_to_an_account_by_anybody_once_it_is_final(money: MoneyKind) {
        let mut world = World::new(money);
        let (fund, anybody) = (world.addr("network fund"), world.addr("anybody"));
        let grid = with_fee(&mut world, Destination::Account { address: fund.to_string() });
        grid.report(&mut world, &[export(3 * KWH), import(3 * KWH), nothing()]).unwrap();
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "network");
        world.a_day_passes();
        grid.settlement.finalise(&mut world, &anybody).unwrap();
        assert_eq!(grid.free(&world, 0), Amount(1_540), "600 less a tenth");

        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(world.balance(&fund), Amount(60));
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "network");
        refused(grid.settlement.sweep(&mut world, &anybody, CommunityAccount::Fee { id: FeeId(1) }), "one of 7");
    }
}

scenario! {
    fn a_fee_becomes_the_revenue_of_the_project_that_built_the_grid_and_the_pledgers_claim_it(money: MoneyKind) {
        let (mut world, escrow, project) = built(money);
        let destination = destination(&world, &escrow, project);
        let grid = with_fee(&mut world, destination);
        trade(&mut world, &grid);
        let anybody = world.addr("anybody");
        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(escrow.project_books(&world, project).revenue, Amount(60));
        for name in ["A", "B", "C"] {
            let home = world.addr(name);
            let before = world.balance(&home).0;
            escrow.claim_revenue(&mut world, &home, project).unwrap();
            assert_eq!(world.balance(&home).0 - before, 20);
        }
    }
}

scenario! {
    fn a_project_that_is_not_built_refuses_the_fee_and_the_money_waits(money: MoneyKind) {
        let (mut world, escrow, project) = crate::working::funded(money);
        let destination = destination(&world, &escrow, project);
        let grid = with_fee(&mut world, destination);
        trade(&mut world, &grid);
        let anybody = world.addr("anybody");
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "project");
        assert_eq!(grid.settlement.community(&world).fees, [network(60)]);
        grid.withdraw_all(&mut world, 0).unwrap();

        let contractor = world.addr("contractor");
        escrow.accept(&mut world, &contractor, project).unwrap();
        for milestone in [0, 1] {
            escrow.submit_milestone(&mut world, &contractor, project, milestone).unwrap();
            world.days_pass(7);
        }
        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(escrow.project_books(&world, project).revenue, Amount(60));
    }
}

scenario! {
    fn a_destination_the_bank_refuses_stops_no_report_and_no_withdrawal(money: MoneyKind) {
        let mut world = World::new(money);
        let (fund, anybody) = (world.addr("network fund"), world.addr("anybody"));
        let grid = with_fee(&mut world, Destination::Account { address: fund.to_string() });
        world.block_payee(&fund);
        trade(&mut world, &grid);
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "not allowed");
        assert_eq!(grid.settlement.community(&world).fees, [network(60)], "the money stays");
        let day = [[export(KWH), import(KWH), nothing()]; 96].concat();
        grid.report(&mut world, &day).unwrap();
        grid.withdraw_all(&mut world, 0).unwrap();
        world.unblock_payee(&fund);
        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(world.balance(&fund), Amount(60));
    }
}

scenario! {
    fn a_stranger_who_opens_the_number_first_gets_no_fee(money: MoneyKind) {
        let mut world = World::new(money);
        let escrow = Escrow::create(&mut world);
        let founders = founding_terms(&world);
        // What the grid was to be made with: the number that the founders' project will have.
        let assets = vec![world.money().asset()];
        let elsewhere = Escrow::create_with(&mut world, assets, b"elsewhere").unwrap();
        let operator = world.addr("operator");
        let (number, terms_hash) = elsewhere.open(&mut world, &operator, &founders).unwrap();
        let meant = |escrow: &Escrow, project, world: &World| Destination::Project {
            escrow: escrow.addr.to_string(),
            project,
            terms_hash: terms_hash.clone(),
            otherwise: world.addr("reserve").into_string(),
        };
        // Nobody has opened it yet.
        let early = meant(&escrow, number, &world);
        no_grid(&mut world, early, "expected a project from 1 to 0");

        // The stranger does, pledges a coin, is its own contractor, and has it built.
        let (mallory, alt) = (world.addr("mallory"), world.addr("mallory's other account"));
        world.fund(&mallory, Amount(2));
        let mut terms = open_call(&world, Amount(1), Amount(1), Amount(1));
        terms.contractor = alt.to_string();
        let due = terms.deadline.plus(Seconds::days(30));
        terms.milestones = vec![MilestoneTerms { title: "x".to_owned(), share: BasisPoints::WHOLE, due, payees: vec![] }];
        let (taken, _) = escrow.open(&mut world, &mallory, &terms).unwrap();
        assert_eq!(taken, number);
        let squatted = meant(&escrow, number, &world);
        no_grid(&mut world, squatted, "with terms of the hash");

        // The founders' project comes second, is what the grid is made for, and gets the fee.
        let (second, _) = escrow.open(&mut world, &operator, &founders).unwrap();
        let right = meant(&escrow, second, &world);
        let grid = with_fee(&mut world, right);
        escrow.pledge(&mut world, &mallory, taken, Amount(1), Condition::default()).unwrap();
        escrow.accept(&mut world, &alt, taken).unwrap();
        escrow.submit_milestone(&mut world, &alt, taken, 0).unwrap();
        trade(&mut world, &grid);
        let anybody = world.addr("anybody");
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "built");
        assert_eq!(escrow.project_books(&world, taken).revenue, Amount::ZERO);
    }
}

scenario! {
    fn a_fee_for_a_project_that_was_ended_early_goes_to_the_second_destination(money: MoneyKind) {
        let (mut world, escrow, project) = crate::working::funded(money);
        let (contractor, anybody, reserve) = (world.addr("contractor"), world.addr("anybody"), world.addr("reserve"));
        escrow.accept(&mut world, &contractor, project).unwrap();
        let destination = destination(&world, &escrow, project);
        let grid = with_fee(&mut world, destination);
        trade(&mut world, &grid);
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "built");
        let terms = escrow.terms(&world, project);
        world.advance_to(terms.milestones[0].due.plus(terms.grace));
        // Overdue is not over: anybody may end it, and then the wait ends.
        refused(grid.settlement.sweep(&mut world, &anybody, NETWORK), "built");
        escrow.terminate(&mut world, &anybody, project).unwrap();
        assert_eq!(escrow.project(&world, project).unwrap().phase, Phase::Terminated);
        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(world.balance(&reserve), Amount(60));
        assert_eq!(grid.settlement.community(&world).fees, [network(0)]);
    }
}

scenario! {
    fn a_fee_for_a_project_that_failed_goes_to_the_second_destination(money: MoneyKind) {
        let (mut world, escrow, project) = crate::pledging::founding(money);
        let destination = destination(&world, &escrow, project);
        let grid = with_fee(&mut world, destination.clone());
        let (anybody, reserve) = (world.addr("anybody"), world.addr("reserve"));
        let deadline = escrow.terms(&world, project).deadline;
        world.advance_to(deadline);
        trade(&mut world, &grid);
        grid.settlement.sweep(&mut world, &anybody, NETWORK).unwrap();
        assert_eq!(world.balance(&reserve), Amount(60));
        // No further grid is made for it.
        no_grid(&mut world, destination, "neither failed nor terminated, it is Failed");
    }
}

scenario! {
    fn a_destination_that_is_no_escrow_or_takes_another_asset_is_refused(money: MoneyKind) {
        let (mut world, escrow, project) = crate::pledging::founding(money);
        let right = destination(&world, &escrow, project);
        let Destination::Project { terms_hash, otherwise, .. } = right else {
            panic!("a project");
        };
        let to = |escrow: &str| Destination::Project {
            escrow: escrow.to_owned(),
            project,
            terms_hash: terms_hash.clone(),
            otherwise: otherwise.clone(),
        };
        let nobody = to(world.addr("nobody").as_str());
        no_grid(&mut world, nobody, "expected a pledge-escrow at");
        let other = GridBuilder::default().with_salt(9).build(&mut world);
        let contract = to(other.settlement.addr.as_str());
        no_grid(&mut world, contract, "expected a pledge-escrow at");
    }
}
