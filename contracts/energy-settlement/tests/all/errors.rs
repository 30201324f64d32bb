//! What every refusal says: what was expected and what came.

use cosmwasm_std::testing::{message_info, mock_env};
use cosmwasm_std::{coins, Binary, Empty};
use energy_settlement::contract::{instantiate, query};
use gridpact_market::{FeeId, RoundingRule};
use gridpact_report::connections::Connections;
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::*;
use gridpact_types::settlement::messages::*;
use gridpact_types::settlement::queries::*;
use gridpact_types::strict::Strict;
use gridpact_units::{Amount, Energy, IntervalLength, Price, Reading, Seat, Seconds, Slot, UnixSeconds};

use crate::escrow::{deps_with, Escrow};
use crate::harness::*;

fn refusal(grid: &mut Grid, name: &str, msg: ExecuteMsg) -> String {
    grid.send(name, msg, &[]).expect_err("it is refused").to_string()
}

fn opening(change: impl FnOnce(&mut u32, &mut IntervalLength, &mut Vec<AccountOpening>)) -> String {
    let mut grid = Grid::new(2);
    let mut msg = grid.opening(2);
    if let ExecuteMsg::OpenAccounts {
        roster_version,
        interval_length,
        accounts,
        ..
    } = &mut msg
    {
        change(roster_version, interval_length, accounts);
    }
    refusal(&mut grid, "registry", msg)
}

#[test]
fn accounts_that_are_not_opened() {
    assert_eq!(
        opening(|version, _, _| *version = 3),
        "roster version: expected 1 or 2, got 3"
    );
    assert_eq!(
        opening(|version, _, _| *version = 0),
        "roster version: expected 1 or 2, got 0"
    );
    assert_eq!(
        opening(|_, length, _| *length = IntervalLength::HOUR),
        "interval length: expected 900 s as in the policy, got 3600 s"
    );
    assert_eq!(
        opening(|_, _, accounts| accounts.clear()),
        "accounts: expected 1 to 128 a message, got 0"
    );
    assert_eq!(
        opening(|_, _, accounts| accounts[0].seat = Seat(5)),
        "seat: expected 2, the next one, got 5"
    );
    assert_eq!(
        opening(|_, _, accounts| accounts[1].slot = Slot(0)),
        "slot 0 has an account already"
    );
    assert_eq!(
        opening(|_, _, accounts| accounts[0].weight = 0),
        "account of slot 2: weight: expected 1 to 1000000, got 0"
    );
}

#[test]
fn messages_that_are_not_carried_out() {
    let mut grid = Grid::new(2);
    grid.deposit(1, 500).unwrap();
    let (registry, owner, stranger) = (grid.addr("registry"), grid.addr("home 1"), grid.addr("stranger"));
    let settle = grid.report(&[import(1), export(1)]);
    let withdraw = |amount| ExecuteMsg::Withdraw {
        slot: Slot(1),
        amount: Some(Amount(amount)),
    };
    let sweep = |account| ExecuteMsg::Sweep { account };
    let table = [
        (
            "stranger",
            settle.clone(),
            format!("sender: expected the registry {registry}, got {stranger}"),
        ),
        (
            "stranger",
            withdraw(1),
            format!("sender: expected the owner of slot 1, {owner}, got {stranger}"),
        ),
        (
            "home 1",
            withdraw(501),
            "withdrawal: expected at most 500, which is free, got 501".to_owned(),
        ),
        (
            "home 1",
            withdraw(0),
            "withdrawal: expected more than 0, or no amount for all that is free, got 0".to_owned(),
        ),
        (
            "home 0",
            ExecuteMsg::Withdraw {
                slot: Slot(0),
                amount: None,
            },
            "free balance of slot 0: expected more than 0 to pay out, got 0".to_owned(),
        ),
        (
            "home 0",
            ExecuteMsg::Withdraw {
                slot: Slot(7),
                amount: None,
            },
            "no account for slot 7; accounts are opened when the operator admits a meter".to_owned(),
        ),
        (
            "anybody",
            sweep(fee(0)),
            "fee: expected one of 1, 2, got 0".to_owned(),
        ),
        (
            "anybody",
            sweep(fee(2)),
            "operations: expected more than 0 to pay out, got 0".to_owned(),
        ),
        (
            "anybody",
            sweep(CommunityAccount::Rounding {}),
            "rounding: expected more than 0 to pay out, got 0".to_owned(),
        ),
        (
            "anybody",
            ExecuteMsg::Finalise { limit: Some(129) },
            "limit: expected 1 to 128, got 129".to_owned(),
        ),
        (
            "anybody",
            ExecuteMsg::Deposit { slot: Slot(0) },
            "payment: expected one coin of native:ueur, got none".to_owned(),
        ),
    ];
    for (name, msg, expected) in table {
        assert_eq!(refusal(&mut grid, name, msg), expected);
    }
    let coins = grid
        .send("registry", settle.clone(), &coins(4, DENOM))
        .unwrap_err()
        .to_string();
    assert_eq!(coins, "payment: expected none with this message, got 4ueur");
    grid.send("registry", settle.clone(), &[]).unwrap();
    assert_eq!(
        refusal(&mut grid, "registry", settle),
        "window: expected a first interval from 2000001 on, since all before is settled or past, got 2000000"
    );
    let garbage = ExecuteMsg::Settle {
        header: Binary::from(b"no header"),
        body: ReportBody::Readings(Binary::default()),
        connections: Binary::default(),
        final_at: UnixSeconds(START),
    };
    assert!(refusal(&mut grid, "registry", garbage).starts_with("report: "));
    let mut longer = grid.report(&[import(1), export(1)]);
    if let ExecuteMsg::Settle { header, .. } = &mut longer {
        *header = [header.as_slice(), &[0]].concat().into();
    }
    let refused = refusal(&mut grid, "registry", longer);
    assert!(refused.starts_with("report: header: expected "), "{refused}");
    grid.next = grid.next.plus(1);
    let longer = |bytes: &Binary| [bytes.as_slice(), &[0]].concat().into();
    let shorter = |bytes: &Binary| bytes[..bytes.len() - 1].into();
    let changes: [&dyn Fn(&Binary) -> Binary; 2] = [&longer, &shorter];
    for change in changes {
        let mut changed = grid.report(&[import(1), export(1)]);
        let ExecuteMsg::Settle {
            body: ReportBody::Readings(body),
            ..
        } = &mut changed
        else {
            panic!("a report")
        };
        let (expected, got) = (body.len(), change(body).len());
        *body = change(body);
        let words = if got > expected {
            format!("report: body: expected {expected} bytes, got {got}")
        } else {
            format!("report: body: expected more after the first {got} bytes, got the end")
        };
        assert_eq!(refusal(&mut grid, "registry", changed), words);
    }
    let max = gridpact_types::settlement::bounds::MAX_HOLDINGS;
    let too_much = grid.deposit(0, max.0).unwrap_err().to_string();
    assert_eq!(
        too_much,
        format!("deposits: expected at most {max} in all, got {}", max.0 + 500)
    );
}

#[test]
fn readings_that_no_connection_can_carry() {
    let mut grid = Grid::new(2);
    let most = |watt_hours: u64| Some((Energy(watt_hours * 1_000), Energy(watt_hours * 1_000)));
    let with = |grid: &Grid, readings: &[Reading], seats: &[Option<(Energy, Energy)>]| {
        let mut msg = grid.report(readings);
        if let ExecuteMsg::Settle { connections, .. } = &mut msg {
            let seats: Connections = seats.iter().copied().collect();
            *connections = seats.encode().into();
        }
        msg
    };
    let taken = [Reading::measured(Energy(2_001), Energy::ZERO), Reading::MISSING];
    let table = [
        (vec![most(2), most(2)], "import in interval 2000000, seat 0: expected at most 2000 mWh, got 2001 mWh"),
        (
            vec![None, most(2)],
            "reading in interval 2000000, seat 0: expected a missing one, as the seat is vacant, got 2001 mWh in and 0 mWh out",
        ),
        (vec![most(3)], "seats: expected 2 as in the roster, got 1"),
        (vec![most(3); 3], "seats: expected 2 as in the roster, got 3"),
    ];
    for (seats, words) in table {
        let msg = with(&grid, &taken, &seats);
        assert_eq!(refusal(&mut grid, "registry", msg), words);
    }
    let mut cut = with(&grid, &taken, &[most(3), most(3)]);
    if let ExecuteMsg::Settle { connections, .. } = &mut cut {
        *connections = connections[..connections.len() - 1].into();
    }
    assert!(refusal(&mut grid, "registry", cut).starts_with("report: connections: expected more"));
    let msg = with(&grid, &taken, &[most(3), None]);
    grid.send("registry", msg, &[]).unwrap();
}

#[test]
fn reports_of_another_roster() {
    let mut grid = Grid::new(2);
    grid.roster = 5;
    let msg = grid.report(&[import(1), export(1)]);
    assert_eq!(
        refusal(&mut grid, "registry", msg),
        "roster version: expected one of 1 to 1, got 5"
    );
    grid.roster = 1;
    grid.seats = 3;
    let msg = grid.report(&[import(1), export(1), import(1)]);
    assert_eq!(
        refusal(&mut grid, "registry", msg),
        "seats: expected 2 as in the roster, got 3"
    );
}

#[test]
fn grids_that_are_not_made() {
    let make = |change: &dyn Fn(&mut InstantiateMsg)| {
        let grid = Grid::new(0);
        let mut msg = grid.setup(Asset::native(DENOM));
        change(&mut msg);
        let mut deps = deps_with(Escrow::new(Asset::native(DENOM)));
        let info = message_info(&grid.addr("deployer"), &[]);
        instantiate(deps.as_mut(), mock_env(), info, Strict(msg))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        make(&|msg| drop(msg.fees.pop())),
        "fee 2: expected one account, got 0"
    );
    assert_eq!(
        make(&|msg| msg.fees[0].id = FeeId(2)),
        "fee 2: expected one account, got 2"
    );
    assert_eq!(
        make(&|msg| msg.policy.fees.truncate(1)),
        "fee: expected one of 2, got 1"
    );
    assert_eq!(
        make(&|msg| msg.policy.fees.clear()),
        "fee: expected none, since the grid has no fee, got 1"
    );
    assert_eq!(
        make(&|msg| msg.policy.rounding = RoundingRule(2)),
        "policy: rounding: expected rule 1, the largest remainder with ties by a hash, got rule 2"
    );
    assert_eq!(
        make(&|msg| msg.policy.withdrawal_notice = Seconds(900)),
        "policy: withdrawal notice: expected 0 s, which is none, got 900 s"
    );
    assert_eq!(
        make(&|msg| msg.fees[0].label.clear()),
        "fee label: expected 1 to 64 bytes, got 0"
    );
    for (label, code) in [("net\nwork", "000A"), ("\u{202e}krowten", "202E")] {
        assert_eq!(
            make(&|msg| msg.fees[0].label = label.to_owned()),
            format!("fee label: expected no control characters nor marks of direction, got U+{code}")
        );
    }
    for label in [
        "rounding",
        "1",
        "2",
        "7",
        "+7",
        "007",
        "256",
        "1000000",
        "operations",
    ] {
        assert_eq!(
            make(&|msg| msg.fees[0].label = label.to_owned()),
            format!("fee label: expected one that no other fee has, and neither `rounding` nor a number, got `{label}`")
        );
    }
    assert_eq!(
        make(&|msg| msg.asset = Asset::native("")),
        "denom: expected 1 to 128 bytes, got 0"
    );
    let dear = gridpact_market::PriceRule::Fixed {
        price: Price(u128::MAX),
    };
    assert!(make(&|msg| msg.policy.price = dear).starts_with("policy: "));
    assert!(make(&|msg| msg.registry = "nowhere".to_owned()).contains("bech32"));
}

#[test]
fn pages_out_of_range() {
    let grid = Grid::new(2);
    let ask = |msg| {
        query(grid.deps.as_ref(), grid.env.clone(), Strict(msg))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        ask(QueryMsg::Accounts {
            owner: None,
            start_after: None,
            limit: Some(101)
        }),
        "limit: expected 1 to 100, got 101"
    );
    assert_eq!(
        ask(QueryMsg::HeldWindows {
            start_after: None,
            limit: Some(0)
        }),
        "limit: expected 1 to 30, got 0"
    );
}

#[test]
fn a_migration_checks_name_and_version_and_changes_nothing() {
    let mut grid = Grid::new(2);
    grid.deposit(0, 5).unwrap();
    let before = grid.books();
    let migrate = |grid: &mut Grid| {
        energy_settlement::contract::migrate(grid.deps.as_mut(), grid.env.clone(), Strict(Empty {}))
    };
    migrate(&mut grid).unwrap();
    assert_eq!(grid.books(), before);
    cw2::set_contract_version(&mut grid.deps.storage, "another", "0.1.0").unwrap();
    let refused = migrate(&mut grid).unwrap_err().to_string();
    assert_eq!(
        refused,
        "migrate: contract: expected crates.io:gridpact-energy-settlement, got another"
    );
}
