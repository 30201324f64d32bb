//! Counterparts that call back while they are called: each message has booked everything before it hands money or a report on.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError,
    StdResult, Uint128, WasmMsg,
};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg};
use cw_multi_test::{ContractWrapper, Executor};
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_testing::fixtures::{export, import, nothing, prosumer};
use gridpact_testing::{Committee, GridBuilder, MoneyKind, Registry, World, CHAIN_ID};
use gridpact_types::asset::Asset;
use gridpact_types::registry;
use gridpact_types::registry::meters::Admission;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_units::{Amount, IntervalLength, Reading, Seconds, Slot, UnixSeconds};
use serde::de::IgnoredAny;

use crate::refused;

/// What a puppet does: whatever it is told, and once more when it is called.
#[cw_serde]
enum Puppet {
    /// Sends a message as itself.
    Call { contract: String, msg: Binary },
    /// Sends this one within the next call that it gets, whatever that is.
    Next { contract: String, msg: Binary },
    /// Refuses the next call.
    Refuse {},
}

/// Where it keeps what it does next, and how much was paid through it as a token.
const NEXT: &[u8] = b"next";
const PAID: &[u8] = b"paid";

/// What it may be told, and what others call it for: as a token, as a settlement.
#[derive(serde::Deserialize, Debug)]
#[serde(untagged)]
enum Heard {
    Told(Puppet),
    Token(Cw20ExecuteMsg),
    Other(IgnoredAny),
}

fn execute(deps: DepsMut, _: Env, _: MessageInfo, msg: Heard) -> StdResult<Response> {
    match msg {
        Heard::Told(Puppet::Call { contract, msg }) => return Ok(send(contract, msg)),
        Heard::Told(next) => {
            deps.storage.set(NEXT, &to_json_binary(&next)?);
            return Ok(Response::new());
        }
        Heard::Token(Cw20ExecuteMsg::Transfer { amount, .. }) => {
            let paid = paid(deps.as_ref()) + amount.u128();
            deps.storage.set(PAID, &paid.to_be_bytes());
        }
        Heard::Token(_) | Heard::Other(_) => {}
    }
    let next = deps.storage.get(NEXT);
    deps.storage.remove(NEXT);
    match next.map(from_json).transpose()? {
        Some(Puppet::Next { contract, msg }) => Ok(send(contract, msg)),
        Some(Puppet::Refuse {}) => Err(StdError::generic_err("this contract refuses")),
        Some(Puppet::Call { .. }) | None => Ok(Response::new()),
    }
}

fn send(contract_addr: String, msg: Binary) -> Response {
    Response::new().add_message(WasmMsg::Execute {
        contract_addr,
        msg,
        funds: vec![],
    })
}

fn paid(deps: Deps) -> u128 {
    let bytes = deps.storage.get(PAID).unwrap_or_default();
    bytes.try_into().map_or(0, u128::from_be_bytes)
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// What was paid through it.
fn query(deps: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&Uint128::new(paid(deps)))
}

fn puppet(world: &mut World) -> Addr {
    let code = world
        .app
        .store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let maker = world.addr("mallory");
    let made = world
        .app
        .instantiate_contract(code, maker, &Empty {}, &[], "puppet", None);
    made.expect("it instantiates")
}

/// Whoever it is: a puppet does what anybody tells it.
fn tell(world: &mut World, puppet: &Addr, msg: &Puppet) -> gridpact_testing::Outcome {
    let mallory = world.addr("mallory");
    world.execute(&mallory, puppet, msg, &[])
}

fn call(contract: &Addr, msg: &impl serde::Serialize) -> Puppet {
    Puppet::Call {
        contract: contract.to_string(),
        msg: to_json_binary(msg).unwrap(),
    }
}

fn next(contract: &Addr, msg: &impl serde::Serialize) -> Puppet {
    Puppet::Next {
        contract: contract.to_string(),
        msg: to_json_binary(msg).unwrap(),
    }
}

/// The token owns an account itself, and withdraws again while it pays out. It gets what it had, and nobody else's.
#[test]
fn a_token_that_withdraws_while_it_pays_gets_what_it_had() {
    let mut world = World::new(MoneyKind::Native);
    let token = puppet(&mut world);
    let asset = Asset::cw20(token.as_str());
    let mut grid = GridBuilder::default().with_asset(asset).build(&mut world);
    let meter = prosumer("of the token");
    let propose = registry::messages::ExecuteMsg::ProposeMeter { meter };
    tell(&mut world, &token, &call(&grid.registry.addr, &propose)).unwrap();
    grid.admit(&mut world, vec![Admission::of(4)], None).unwrap();
    let books = grid.settlement.addr.clone();
    for slot in [Slot(0), Slot(3)] {
        let hook = ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: token.to_string(),
            amount: Uint128::new(1_000),
            msg: to_json_binary(&ReceiveMsg::Deposit { slot }).unwrap(),
        });
        tell(&mut world, &token, &call(&books, &hook)).unwrap();
    }

    let withdraw = |amount: Option<u128>| ExecuteMsg::Withdraw {
        slot: Slot(3),
        amount: amount.map(Amount),
    };
    // Twice 600 of 1,000: the second is refused, and the first with it.
    tell(&mut world, &token, &next(&books, &withdraw(Some(600)))).unwrap();
    let twice = tell(&mut world, &token, &call(&books, &withdraw(Some(600))));
    refused(twice, "expected at most 400, which is free, got 600");
    assert_eq!(grid.free(&world, 3), Amount(1_000));
    // 600, and the rest on the way.
    tell(&mut world, &token, &next(&books, &withdraw(None))).unwrap();
    tell(&mut world, &token, &call(&books, &withdraw(Some(600)))).unwrap();
    let paid: Uint128 = world.query(&token, &Empty {}).unwrap();
    assert_eq!((paid.u128(), grid.free(&world, 3)), (1_000, Amount(0)));
    let told = grid.settlement.books(&world);
    assert_eq!(
        (told.withdrawn, told.free, grid.free(&world, 0)),
        (Amount(1_000), Amount(1_000), Amount(1_000))
    );
}

#[test]
fn what_is_swept_again_while_it_is_paid_is_gone() {
    let mut world = World::new(MoneyKind::Native);
    let token = puppet(&mut world);
    let asset = Asset::cw20(token.as_str());
    let grid = GridBuilder::default().with_asset(asset).build(&mut world);
    let books = grid.settlement.addr.clone();
    let hook = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: token.to_string(),
        amount: Uint128::new(5),
        msg: to_json_binary(&ReceiveMsg::Deposit { slot: Slot(1) }).unwrap(),
    });
    tell(&mut world, &token, &call(&books, &hook)).unwrap();
    // 1 mWh is worth 0.0002: the buyer pays 1, the seller gets 0.
    grid.report(&mut world, &[export(1), import(1), nothing()])
        .unwrap();
    world.a_day_passes();
    let anybody = world.addr("anybody");
    grid.settlement.finalise(&mut world, &anybody).unwrap();
    let sweep = ExecuteMsg::Sweep {
        account: CommunityAccount::Rounding {},
    };
    tell(&mut world, &token, &next(&books, &sweep)).unwrap();
    let twice = tell(&mut world, &token, &call(&books, &sweep));
    refused(twice, "rounding: expected more than 0 to pay out, got 0");
    tell(
        &mut world,
        &token,
        &next(&books, &ExecuteMsg::Finalise { limit: None }),
    )
    .unwrap();
    tell(&mut world, &token, &call(&books, &sweep)).unwrap();
    let told = grid.settlement.books(&world);
    assert_eq!(
        (told.swept, told.free, told.community),
        (Amount(1), Amount(4), Amount(0))
    );
}

/// A registry whose settlement is a puppet, with one meter, at the start of its second interval.
fn under_a_puppet(world: &mut World) -> (Registry, Addr, Committee) {
    let settlement = puppet(world);
    let model = GridBuilder::default().build(world);
    let code = world.app.wrap().query_wasm_contract_info(&model.registry.addr);
    let committee = Committee::new(4, 3, 9);
    let operator = world.addr("operator");
    let msg = registry::messages::InstantiateMsg {
        operator: operator.to_string(),
        settlement: settlement.to_string(),
        interval_length: IntervalLength::QUARTER_HOUR,
        resolution: 1,
        committee: committee.describe(|member| world.addr(&format!("oracle {member}"))),
        challenge_period: Seconds::DAY,
        report_limit: Seconds::DAY,
        rosters_begin: RostersBegin {
            every: Seconds(900),
            offset: Seconds(0),
        },
    };
    let addr = world
        .app
        .instantiate_contract(
            code.unwrap().code_id,
            operator.clone(),
            &msg,
            &[],
            "registry",
            None,
        )
        .unwrap();
    let registry = Registry { addr };
    let owner = world.addr("A");
    registry.propose_meter(world, &owner, prosumer("one")).unwrap();
    registry
        .admit_meters(world, &operator, vec![Admission::of(1)], None)
        .unwrap();
    let first = registry.next_report(world).first_interval.unwrap();
    world.advance_to(UnixSeconds(IntervalLength::QUARTER_HOUR.start_of(first.plus(2))));
    (registry, settlement, committee)
}

/// A report of the next interval, or of the one behind it, signed.
fn signed(
    world: &World,
    registry: &Registry,
    committee: &Committee,
    later: u64,
) -> registry::messages::ExecuteMsg {
    let next = registry.next_report(world);
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: next.epoch,
        roster_version: next.roster_version,
        first_interval: next.first_interval.unwrap().plus(later),
        intervals: 1,
        seats: 1,
        revision: 0,
        resolution: Resolution::MILLIWATT_HOUR,
    };
    let readings: Vec<Reading> = vec![import(5)];
    let report = encode(&Report { header, readings }).unwrap();
    registry::messages::ExecuteMsg::Report {
        signatures: committee.sign_by_quorum(CHAIN_ID, &registry.addr, &report),
        report: report.into(),
    }
}

/// Whoever names a settlement gets what it is. What the registry knows stays true all the same: a window is recorded before it is
/// handed on, so that the same report is known, and the next one has its turn.
#[test]
fn a_settlement_that_reports_while_it_settles_finds_the_window_closed() {
    let mut world = World::new(MoneyKind::Native);
    let (registry, settlement, committee) = under_a_puppet(&mut world);
    let first = registry.next_report(&world).first_interval.unwrap();
    let (this, that) = (
        signed(&world, &registry, &committee, 0),
        signed(&world, &registry, &committee, 1),
    );
    let carrier = world.addr("carrier");
    tell(&mut world, &settlement, &next(&registry.addr, &this)).unwrap();
    let carried = world.execute(&carrier, &registry.addr, &this, &[]).unwrap();
    let told = |name: &str| carried.events.iter().filter(|event| event.ty == name).count();
    assert_eq!((told("wasm-report_accepted"), told("wasm-report_known")), (1, 1));
    let firsts = |world: &World| -> Vec<_> {
        let windows = registry.windows(world);
        windows.iter().map(|window| window.first_interval).collect()
    };
    assert_eq!(firsts(&world), [first]);
    assert_eq!(registry.next_report(&world).first_interval, Some(first.plus(1)));
    // What it may not do, it may not do within its own turn either, and then nothing has happened.
    let admit = registry::messages::ExecuteMsg::AdmitMeters {
        admissions: vec![Admission::of(1)],
        from: None,
    };
    tell(&mut world, &settlement, &next(&registry.addr, &admit)).unwrap();
    let carried = world.execute(&carrier, &registry.addr, &that, &[]);
    refused(carried, "expected the operator");
    tell(&mut world, &settlement, &Puppet::Refuse {}).unwrap();
    let carried = world.execute(&carrier, &registry.addr, &that, &[]);
    refused(carried, "this contract refuses");
    assert_eq!(firsts(&world), [first]);
}
