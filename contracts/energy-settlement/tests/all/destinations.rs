//! Where money of the community goes: looked at before the grid is made, and paid to who was meant or not at all.

use cosmwasm_std::testing::{message_info, mock_env};
use cosmwasm_std::{coins, to_json_binary, BankMsg, CosmosMsg, HexBinary, Uint128, WasmMsg};
use cw20::Cw20ExecuteMsg;
use energy_settlement::contract::instantiate;
use gridpact_types::asset::Asset;
use gridpact_types::escrow;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::settlement::accounts::Destination;
use gridpact_types::settlement::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::strict::Strict;
use gridpact_units::Amount;

use crate::escrow::{answer_as, deps_with, Escrow};
use crate::harness::*;

const KWH: u64 = 1_000_000;

/// What the settlement says of a grid like this, beside such an escrow.
fn made(asset: Asset, answers: Escrow, change: impl Fn(&Grid, &mut InstantiateMsg)) -> Result<(), String> {
    let grid = Grid::new(0);
    let mut msg = grid.setup(asset);
    change(&grid, &mut msg);
    let mut deps = deps_with(answers);
    let mut env = mock_env();
    env.contract.address = grid.addr("settlement");
    let info = message_info(&grid.addr("deployer"), &[]);
    let made = instantiate(deps.as_mut(), env, info, Strict(msg));
    made.map(|_| ()).map_err(|error| error.to_string())
}

fn coin() -> Asset {
    Asset::native(DENOM)
}

/// Changes the project that the line's fee goes to.
fn project(msg: &mut InstantiateMsg, change: impl Fn(&mut String, &mut u64, &mut HexBinary, &mut String)) {
    let Destination::Project {
        escrow,
        project,
        terms_hash,
        otherwise,
    } = &mut msg.fees[0].destination
    else {
        panic!("the line's fee goes to a project");
    };
    change(escrow, project, terms_hash, otherwise);
}

#[test]
fn a_project_that_could_never_be_paid_is_refused_at_the_start() {
    let usual = || Escrow::new(coin());
    assert_eq!(made(coin(), usual(), |_, _| ()), Ok(()));
    let escrow = Grid::new(0).addr("escrow");
    let nothing = Grid::new(0).addr("nothing");
    let registry = Grid::new(0).addr("operations");
    let hash = usual().terms_hash();
    let other = HexBinary::from([7; 32]);
    let other_asset = Escrow::new(Asset::native("uother"));
    let projects = |projects| Escrow { projects, ..usual() };
    let numbered = |number: u64| {
        move |_: &Grid, msg: &mut InstantiateMsg| project(msg, |_, project, _, _| *project = number)
    };
    let refused = [
        (
            made(coin(), projects(6), |_, _| ()),
            format!("destination: expected a project from 1 to 6, the last of escrow {escrow}, got 7"),
        ),
        (
            made(coin(), usual(), numbered(0)),
            format!("destination: expected a project from 1 to 7, the last of escrow {escrow}, got 0"),
        ),
        (
            made(coin(), usual(), |_, msg| project(msg, |_, _, hash, _| *hash = [7; 32].into())),
            format!("destination: expected project 7 with terms of the hash {other}, got {hash}"),
        ),
        (
            made(coin(), other_asset.clone(), |_, msg| {
                project(msg, |_, _, hash, _| *hash = Escrow::new(Asset::native("uother")).terms_hash());
            }),
            format!("destination: expected project 7 in the grid's asset native:{DENOM}, got one in native:uother"),
        ),
        (
            made(coin(), usual(), |grid, msg| {
                project(msg, |escrow, _, _, _| *escrow = grid.addr("nothing").into_string());
            }),
            format!("destination: expected a pledge-escrow at {nothing}, which answers: Generic error: Querier system error: No such contract: {nothing}"),
        ),
        (
            made(coin(), usual(), |grid, msg| {
                project(msg, |escrow, _, _, _| *escrow = grid.addr("operations").into_string());
            }),
            format!("destination: expected a pledge-escrow at {registry}, which answers: Generic error: Querier contract error: unknown variant `config`"),
        ),
    ];
    for (got, expected) in refused {
        assert_eq!(got, Err(expected));
    }
    // Rounding is looked at like a fee.
    let rounding = made(coin(), projects(6), |_, msg| {
        msg.rounding = msg.fees[0].destination.clone();
        msg.fees[0].destination = msg.fees[1].destination.clone();
    });
    assert!(rounding.unwrap_err().contains("expected a project from 1 to 6"));
}

#[test]
fn every_phase_of_a_project_at_the_start_and_at_a_sweep() {
    let phases = [
        (Phase::Open, true),
        (Phase::Funded, true),
        (Phase::Active, true),
        (Phase::Defects, true),
        (Phase::Closed, true),
        (Phase::Failed, false),
        (Phase::Terminated, false),
    ];
    for (phase, taken) in phases {
        let usual = Escrow::new(coin());
        let refused =
            format!("destination: expected project 7 neither failed nor terminated, it is {phase:?}");
        let expected = if taken { Ok(()) } else { Err(refused) };
        assert_eq!(
            made(
                coin(),
                Escrow {
                    phase,
                    ..usual.clone()
                },
                |_, _| ()
            ),
            expected
        );

        let mut grid = traded();
        answer_as(&mut grid.deps, Escrow { phase, ..usual });
        let swept = grid
            .send("anybody", ExecuteMsg::Sweep { account: fee(1) }, &[])
            .unwrap();
        let to = if taken { "escrow" } else { "reserve" };
        assert_eq!(swept.events[0].attributes[1].value, grid.addr(to).into_string());
        let paid = if taken {
            revenue(&grid, 1_000)
        } else {
            let to_address = grid.addr("reserve").into_string();
            CosmosMsg::Bank(BankMsg::Send {
                to_address,
                amount: coins(1_000, DENOM),
            })
        };
        assert_eq!(grid.payouts, [paid], "{phase:?}");
    }
}

/// Money paid to the grid's own contracts, to its token or to an escrow as to an account is in no book: it would stay for ever.
#[test]
fn money_cannot_go_where_it_would_stay_for_ever() {
    let token = Grid::new(0).addr("token");
    let tokens = || Asset::cw20(token.as_str());
    let account = |address: &str| Destination::Account {
        address: address.to_owned(),
    };
    for name in ["settlement", "registry", "token"] {
        let address = Grid::new(0).addr(name).into_string();
        let expected =
            format!("destination: expected an account outside of the grid's contracts, its token and the escrow, got {address}");
        type Place = fn(&mut InstantiateMsg, Destination);
        let places: [Place; 2] = [
            |msg, to| msg.rounding = to,
            |msg, to| msg.fees[1].destination = to,
        ];
        for place in places {
            let got = made(tokens(), Escrow::new(tokens()), |_, msg| {
                place(msg, account(&address))
            });
            assert_eq!(got, Err(expected.clone()));
        }
        let got = made(tokens(), Escrow::new(tokens()), |_, msg| {
            project(msg, |_, _, _, otherwise| otherwise.clone_from(&address));
        });
        assert_eq!(got, Err(expected.clone()));
        let got = made(tokens(), Escrow::new(tokens()), |_, msg| {
            project(msg, |escrow, _, _, _| escrow.clone_from(&address));
        });
        assert_eq!(got, Err(expected));
    }
    // Nor to the escrow of a project, whether as its second destination or as another fee's account.
    let escrow = Grid::new(0).addr("escrow").into_string();
    let changes: [fn(&mut InstantiateMsg, &str); 2] = [
        |msg, to| project(msg, |_, _, _, otherwise| to.clone_into(otherwise)),
        |msg, to| {
            msg.rounding = Destination::Account {
                address: to.to_owned(),
            }
        },
    ];
    for change in changes {
        let got = made(coin(), Escrow::new(coin()), |_, msg| change(msg, &escrow));
        assert!(got
            .unwrap_err()
            .contains(&format!("and the escrow, got {escrow}")));
    }
}

/// One kilowatt-hour was traded and is final: a fee of 1,000 waits for the line.
fn traded() -> Grid {
    let mut grid = Grid::new(2);
    grid.deposit(1, 1_000_000).unwrap();
    grid.settle(&[export(KWH), import(KWH)]).unwrap();
    grid.go_to(START + DAY);
    grid.finalise().unwrap();
    grid
}

/// The message that pays the line's project, with the hash of its terms.
fn revenue(grid: &Grid, amount: u128) -> CosmosMsg {
    let msg = escrow::messages::ExecuteMsg::PayRevenue {
        project: 7,
        terms_hash: Escrow::new(coin()).terms_hash(),
    };
    CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr: grid.addr("escrow").into_string(),
        msg: to_json_binary(&msg).unwrap(),
        funds: coins(amount, DENOM),
    })
}

#[test]
fn where_the_escrow_does_not_answer_or_knows_other_terms_the_money_stays() {
    let mut grid = traded();
    let before = grid.books();
    let sweep = ExecuteMsg::Sweep { account: fee(1) };
    let other_terms = Escrow::new(Asset::native("uother"));
    for phase in [Phase::Closed, Phase::Failed] {
        answer_as(
            &mut grid.deps,
            Escrow {
                phase,
                ..other_terms.clone()
            },
        );
        let refused = grid.send("anybody", sweep.clone(), &[]).unwrap_err().to_string();
        assert!(
            refused.contains("expected project 7 with terms of the hash"),
            "{refused}"
        );
    }
    let fewer = Escrow {
        projects: 1,
        ..Escrow::new(coin())
    };
    answer_as(&mut grid.deps, fewer);
    assert!(grid.send("anybody", sweep.clone(), &[]).is_err());
    assert_eq!(grid.books(), before);
    answer_as(&mut grid.deps, Escrow::new(coin()));
    grid.send("anybody", sweep, &[]).unwrap();
    assert_eq!(grid.books().swept, Amount(1_000));
}

#[test]
fn a_grid_of_tokens_sends_them_with_the_hash_and_transfers_them_to_the_second_destination() {
    for (phase, to) in [(Phase::Closed, "escrow"), (Phase::Failed, "reserve")] {
        let mut grid = Grid::with_asset(2, |api| Asset::cw20(api.addr_make("token").as_str()));
        let token = grid.addr("token").into_string();
        grid.give(1, 1_000_000);
        grid.settle(&[export(KWH), import(KWH)]).unwrap();
        grid.go_to(START + DAY);
        grid.finalise().unwrap();
        let escrow = Escrow {
            phase,
            ..Escrow::new(Asset::cw20(token.as_str()))
        };
        answer_as(&mut grid.deps, escrow.clone());
        grid.send("anybody", ExecuteMsg::Sweep { account: fee(1) }, &[])
            .unwrap();
        let amount = Uint128::new(1_000);
        let recipient = grid.addr(to).into_string();
        let msg = escrow::messages::ReceiveMsg::PayRevenue {
            project: 7,
            terms_hash: escrow.terms_hash(),
        };
        let expected = match phase {
            Phase::Failed => Cw20ExecuteMsg::Transfer { recipient, amount },
            _ => Cw20ExecuteMsg::Send {
                contract: recipient,
                amount,
                msg: to_json_binary(&msg).unwrap(),
            },
        };
        let paid = WasmMsg::Execute {
            contract_addr: token,
            msg: to_json_binary(&expected).unwrap(),
            funds: vec![],
        };
        assert_eq!(grid.payouts, [CosmosMsg::Wasm(paid)]);
    }
}
