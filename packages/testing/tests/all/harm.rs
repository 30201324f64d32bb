//! Counterparts that mean harm, and whether the checks would see it.

use cosmwasm_std::{to_json_binary, Addr, Coin, Uint128, Uint256};
use cw_multi_test::Executor;
use gridpact_testing::fixtures::{export, import, nothing, open_call};
use gridpact_testing::hostile::{false_token, FalseToken};
use gridpact_testing::{scenario, Escrow, GridBuilder, Invariant, MoneyKind, World};
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use gridpact_types::escrow::terms::{Condition, Terms};
use gridpact_types::settlement::messages::ReceiveMsg;
use gridpact_units::{Amount, Slot};

use crate::pledging::{founding, pledge_on_the_others};
use crate::refused;
use crate::sharing::KWH;

/// A token that says that `sender` sent `amount` to `victim` with `msg`.
fn lie(
    world: &mut World,
    token: &Addr,
    victim: &Addr,
    sender: &Addr,
    amount: u128,
    msg: &impl serde::Serialize,
) -> gridpact_testing::Outcome {
    let liar = world.addr("mallory");
    let lie = FalseToken::Lie {
        victim: victim.to_string(),
        sender: sender.to_string(),
        amount: Uint128::new(amount),
        msg: to_json_binary(msg).unwrap(),
    };
    world.execute(&liar, token, &lie, &[])
}

scenario! {
    fn an_unlisted_token_is_not_believed(money: MoneyKind) {
        let (mut world, escrow, project) = founding(money);
        let grid = GridBuilder::default().with_deposit(Amount(100)).build(&mut world);
        let (token, home) = (false_token(&mut world), world.addr("A"));
        let deposit = ReceiveMsg::Deposit { slot: Slot(0) };
        refused(lie(&mut world, &token, &grid.settlement.addr, &home, 1_000_000, &deposit), "token");
        let terms_hash = escrow.project(&world, project).unwrap().terms_hash;
        let pledge = escrow::messages::ReceiveMsg::Pledge {
            project,
            terms_hash: terms_hash.clone(),
            condition: Condition::default(),
        };
        refused(lie(&mut world, &token, &escrow.addr, &home, 10_000, &pledge), "token");
        let revenue = escrow::messages::ReceiveMsg::PayRevenue { project, terms_hash };
        refused(lie(&mut world, &token, &escrow.addr, &home, 10_000, &revenue), "token");
        assert_eq!(grid.free(&world, 0), Amount(100));
    }
}

scenario! {
    fn nobody_calls_the_hook_but_the_token(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        let thief = world.addr("A");
        let hook = gridpact_types::settlement::messages::ExecuteMsg::Receive(cw20::Cw20ReceiveMsg {
            sender: thief.to_string(),
            amount: Uint128::new(1_000_000),
            msg: to_json_binary(&ReceiveMsg::Deposit { slot: Slot(0) }).unwrap(),
        });
        refused(world.execute(&thief, &grid.settlement.addr, &hook, &[]), "token");
    }
}

scenario! {
    fn a_project_in_an_asset_that_is_not_listed_does_not_open(money: MoneyKind) {
        let (mut world, escrow, _) = founding(money);
        let (token, anybody) = (false_token(&mut world), world.addr("anybody"));
        for asset in [Asset::cw20(token.as_str()), Asset::native("uother")] {
            let terms = Terms { asset, ..open_call(&world, Amount(1), Amount(1), Amount(1)) };
            refused(escrow.open(&mut world, &anybody, &terms).map(|_| Default::default()), "asset");
        }
    }
}

scenario! {
    /// A listed token may be a bad one. Then the money of its own projects is as good as it is, and nobody else's suffers.
    fn a_listed_token_that_lies_and_refuses_harms_only_its_own_projects(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(gridpact_testing::Checks::OnRequest);
        let token = false_token(&mut world);
        let assets = vec![world.money().asset(), Asset::cw20(token.as_str())];
        let escrow = Escrow::create_with(&mut world, assets, b"two assets").unwrap();
        let (anybody, home) = (world.addr("anybody"), world.addr("A"));
        let good = open_call(&world, Amount(1_000), Amount(1_000), Amount(100));
        let bad = Terms { asset: Asset::cw20(token.as_str()), ..good.clone() };
        let (good, _) = escrow.open(&mut world, &anybody, &good).unwrap();
        let (bad, terms_hash) = escrow.open(&mut world, &anybody, &bad).unwrap();
        world.fund(&home, Amount(500));
        escrow.pledge(&mut world, &home, good, Amount(500), Condition::default()).unwrap();

        let pledge = |project| escrow::messages::ReceiveMsg::Pledge {
            project,
            terms_hash: terms_hash.clone(),
            condition: Condition::default(),
        };
        refused(lie(&mut world, &token, &escrow.addr, &home, 500, &pledge(good)), "token");
        lie(&mut world, &token, &escrow.addr, &home, 500, &pledge(bad)).unwrap();
        world.days_pass(10);
        refused(escrow.claim_refund(&mut world, &home, bad), "does not pay out");
        escrow.claim_refund(&mut world, &home, good).unwrap();
        assert_eq!(world.balance(&home), Amount(500));
        assert_eq!(world.balance(&escrow.addr), Amount::ZERO);
        let books = escrow.books(&world, world.money().asset());
        assert_eq!((books.pledged, books.refunded, books.held), (Uint256::from(500_u32), Uint256::from(500_u32), Uint256::zero()));
    }
}

scenario! {
    /// It is a pledger of its own project, and claims again while the escrow pays it.
    fn a_listed_token_that_calls_back_while_it_is_paid_is_paid_once(money: MoneyKind) {
        let mut world = World::new(money);
        world.set_checks(gridpact_testing::Checks::OnRequest);
        let token = false_token(&mut world);
        let escrow = Escrow::create_with(&mut world, vec![Asset::cw20(token.as_str())], b"its own").unwrap();
        let (anybody, home) = (world.addr("anybody"), world.addr("A"));
        let terms = Terms {
            asset: Asset::cw20(token.as_str()),
            ..open_call(&world, Amount(1_000), Amount(1_000), Amount(100))
        };
        let (project, terms_hash) = escrow.open(&mut world, &anybody, &terms).unwrap();
        let pledge = escrow::messages::ReceiveMsg::Pledge {
            project,
            terms_hash,
            condition: Condition::default(),
        };
        for pledger in [&token, &home] {
            lie(&mut world, &token, &escrow.addr, pledger, 400, &pledge).unwrap();
        }
        world.days_pass(10);
        let claim = escrow::messages::ExecuteMsg::ClaimRefund { project };
        let pull = FalseToken::Pull {
            victim: escrow.addr.to_string(),
            msg: to_json_binary(&claim).unwrap(),
        };
        let told = world.execute(&anybody, &token, &pull, &[]).unwrap();
        let again: Vec<&str> = told
            .events
            .iter()
            .filter(|event| event.ty == "wasm-again")
            .filter_map(|event| event.attributes.iter().find(|attribute| attribute.key == "told"))
            .map(|attribute| attribute.value.as_str())
            .collect();
        assert_eq!(again.len(), 1, "{told:?}");
        assert!(again[0].contains("refund: expected more than 0 to pay out, got 0"), "{again:?}");
        let books = escrow.books(&world, Asset::cw20(token.as_str()));
        assert_eq!((books.refunded, books.held), (Uint256::from(400_u32), Uint256::from(400_u32)));
    }
}

scenario! {
    fn a_grid_whose_token_refuses_to_pay_still_settles_and_keeps_its_books(money: MoneyKind) {
        let mut world = World::new(money);
        let token = false_token(&mut world);
        let grid = GridBuilder::default().with_asset(Asset::cw20(token.as_str())).build(&mut world);
        let home = world.addr("B");
        lie(&mut world, &token, &grid.settlement.addr, &home, 1_000, &ReceiveMsg::Deposit { slot: Slot(1) }).unwrap();
        grid.report(&mut world, &[export(KWH), import(KWH), nothing()]).unwrap();
        refused(grid.withdraw_all(&mut world, 1), "does not pay out");
        assert_eq!(grid.free(&world, 1), Amount(800));
    }
}

scenario! {
    /// A quorum says what the meters never said: a home gives, two days long, all that its connection carries, and the others take as
    /// much. Nobody pays more than was free, nor more than the connection carries at the price; what is left can be withdrawn at once,
    /// and what the liar's friend earns cannot before the window is final.
    fn a_quorum_that_lies_takes_at_most_what_is_free_and_what_connections_carry(money: MoneyKind) {
        let mut world = World::new(money);
        let grid = GridBuilder::default().build(&mut world);
        grid.top_up(&mut world, 1, Amount(100_000)).unwrap();
        grid.top_up(&mut world, 2, Amount(1_000_000)).unwrap();
        // 30 kW for a quarter of an hour: 7.5 kWh, worth 1,500.
        let most = 7_500_000;
        let lie: Vec<_> = (0..192).flat_map(|_| [export(most), import(most), import(most)]).collect();
        grid.report(&mut world, &lie).unwrap();
        let free = [0, 1, 2].map(|home| grid.free(&world, home).0);
        assert_eq!(free, [0, 0, 1_000_000 - (192 * 1_500 - 100_000)]);
        refused(grid.withdraw_all(&mut world, 0), "expected more than 0 to pay out");
        grid.withdraw_all(&mut world, 2).unwrap();
        let kept = Amount(1_000_000 - 188_000);
        assert_eq!(world.balance(&grid.homes[2].owner), kept);
        let above: Vec<_> = [export(most + 1), import(most), import(most)].into();
        refused(grid.report(&mut world, &above), "expected at most 7500000 mWh, got 7500001 mWh");
        world.a_day_passes();
        grid.withdraw_all(&mut world, 0).unwrap();
        assert_eq!(world.balance(&grid.homes[0].owner), Amount(192 * 1_500));
    }
}

/// The kinds of promise that the checks find broken.
fn broken(world: &World) -> Vec<Invariant> {
    let mut broken: Vec<Invariant> = world.breaches().iter().map(|breach| breach.invariant).collect();
    broken.sort_unstable();
    broken.dedup();
    broken
}

#[test]
fn the_checks_see_a_coin_that_is_missing() {
    let mut world = World::new(MoneyKind::Native);
    let grid = GridBuilder::default()
        .with_deposit(Amount(1_000))
        .build(&mut world);
    let thief = world.addr("thief");
    let coins = [Coin::new(1_u128, "ueur")];
    world
        .app
        .send_tokens(grid.settlement.addr.clone(), thief, &coins)
        .unwrap();
    assert_eq!(broken(&world), [Invariant::GridHolding]);
}

#[test]
fn the_checks_see_a_coin_missing_from_the_escrow() {
    let (mut world, escrow, project) = founding(MoneyKind::Native);
    pledge_on_the_others(&mut world, &escrow, project, &["A"]);
    let thief = world.addr("thief");
    world
        .app
        .send_tokens(escrow.addr.clone(), thief, &[Coin::new(1_u128, "ueur")])
        .unwrap();
    assert_eq!(broken(&world), [Invariant::EscrowHolding]);
}

#[test]
fn the_checks_see_a_balance_that_changed() {
    let mut world = World::new(MoneyKind::Native);
    let grid = GridBuilder::default()
        .with_deposit(Amount(1_000))
        .build(&mut world);
    grid.report(&mut world, &[export(KWH), import(KWH), nothing()])
        .unwrap();
    let state = world.app.dump_wasm_raw(&grid.settlement.addr);
    let is_page = |key: &[u8]| key.windows(5).any(|part| part == b"pages");
    let (key, mut page) = state
        .into_iter()
        .find(|(key, _)| is_page(key))
        .expect("a page of balances");
    *page.last_mut().unwrap() ^= 1;
    let mut storage = world.app.contract_storage_mut(&grid.settlement.addr);
    storage.set(&key, &page);
    drop(storage);
    assert_eq!(broken(&world), [Invariant::GridBooks, Invariant::Recomputed]);
}

#[test]
fn the_checks_see_terms_that_changed() {
    let (mut world, escrow, project) = founding(MoneyKind::Native);
    let state = world.app.dump_wasm_raw(&escrow.addr);
    let is_terms = |key: &[u8]| key.windows(7).any(|part| part == b"\x00\x05terms");
    let (key, mut terms) = state
        .into_iter()
        .find(|(key, _)| is_terms(key))
        .expect("the terms of the project");
    let title = terms.windows(8).position(|part| part == b"founding");
    terms[title.expect("its title")] = b'F';
    let mut storage = world.app.contract_storage_mut(&escrow.addr);
    storage.set(&key, &terms);
    drop(storage);
    assert_eq!(broken(&world), [Invariant::Terms]);
    assert_eq!(escrow.terms(&world, project).title, "The Founding line");
}
