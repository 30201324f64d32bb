//! Where the community's money goes: swept by anybody, to the destination set at the start.

use gridpact_market::{FeeAmount, FeeId, FeeKind, Policy};
use gridpact_testing::fixtures::{export, fixed_price_policy, import, nothing};
use gridpact_testing::{scenario, Grid, GridBuilder, World};
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Price};

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
        .build(world)
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
        let destination = Destination::Project { escrow: escrow.addr.to_string(), project };
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
        let destination = Destination::Project { escrow: escrow.addr.to_string(), project };
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
