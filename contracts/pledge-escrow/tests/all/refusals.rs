//! Messages that are refused, in the contract's words.

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi};
use cosmwasm_std::{
    coin, coins, from_json, to_json_string, Binary, Coin, Empty, HexBinary, StdError, Uint128,
};
use cw20::Cw20ReceiveMsg;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_types::strict::Strict;
use gridpact_units::Amount;
use pledge_escrow::contract::instantiate;

use crate::harness::{as_sent, Escrow, DAY, DENOM, START};

fn refusal(escrow: &mut Escrow, name: &str, msg: ExecuteMsg, funds: &[Coin]) -> String {
    escrow
        .send(name, msg, funds)
        .expect_err("it is refused")
        .to_string()
}

#[test]
fn pledges_that_are_not_taken() {
    let mut escrow = Escrow::new();
    let named = escrow.open(&escrow.founding());
    let call = escrow.open(&escrow.open_call(100, 100));
    let hash = |escrow: &Escrow, project| escrow.project(project).terms_hash;
    let pledge = |escrow: &Escrow, project, condition| ExecuteMsg::Pledge {
        project,
        terms_hash: hash(escrow, project),
        condition,
    };
    let none = Condition::default;
    let stranger = escrow.addr("stranger");
    let wrong = HexBinary::from([0; 32]);
    let right = hash(&escrow, named);

    let msg = ExecuteMsg::Pledge {
        project: named,
        terms_hash: wrong.clone(),
        condition: none(),
    };
    assert_eq!(
        refusal(&mut escrow, "A", msg, &coins(10_000, DENOM)),
        format!("terms_hash: expected {right}, got {wrong}")
    );
    let msg = pledge(&escrow, named, none());
    assert_eq!(
        refusal(&mut escrow, "stranger", msg.clone(), &coins(1, DENOM)),
        format!("pledger: expected one of the named parties, got {stranger}")
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", msg.clone(), &coins(1, DENOM)),
        format!(
            "pledger: expected nobody who is paid or decides, got {}",
            escrow.addr("contractor")
        )
    );
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(9_999, DENOM)),
        "pledge: expected 10000 once, got 9999"
    );
    escrow.send("A", msg.clone(), &coins(10_000, DENOM)).unwrap();
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(10_000, DENOM)),
        "pledge: expected 10000 once, got 10000 on top of an earlier pledge"
    );
    assert_eq!(
        refusal(&mut escrow, "B", msg.clone(), &[]),
        format!("payment: expected one coin of native:{DENOM}, got none")
    );
    assert_eq!(
        refusal(&mut escrow, "B", msg, &[coin(5, "uother"), coin(7, DENOM)]),
        format!("payment: expected one coin of native:{DENOM}, got 5uother, 7{DENOM}")
    );

    let msg = pledge(&escrow, call, none());
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(9, DENOM)),
        "pledge: expected at least 10, got 9"
    );
    escrow.send("A", msg.clone(), &coins(10, DENOM)).unwrap();
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(91, DENOM)),
        "pledge: expected at most the cap 100 in all, got 101"
    );
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(101, DENOM)),
        "pledge: expected at most the cap 100 in all, got 101"
    );
    let total = Condition {
        total: Some(Amount(1)),
        ..none()
    };
    let msg = pledge(&escrow, call, total);
    assert_eq!(
        refusal(&mut escrow, "A", msg, &coins(10, DENOM)),
        "condition: expected the one of the earlier pledge, got another"
    );
    let names: Vec<String> = (0..17).map(|number| format!("n{number}")).collect();
    let many = escrow.if_pledged(&names.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    let msg = pledge(&escrow, call, many);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "condition's parties: expected 0 to 16, got 17"
    );
    let zero = escrow.if_pledged(&["A"], 0);
    let msg = pledge(&escrow, call, zero);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "a condition's amount: expected more than 0"
    );
    let nobody = Condition {
        pledgers: Some(PledgersCondition {
            count: 0,
            at_least: Amount(1),
        }),
        ..none()
    };
    let msg = pledge(&escrow, call, nobody);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "a condition's count: expected more than 0"
    );
    let msg = ExecuteMsg::Pledge {
        project: 9,
        terms_hash: wrong,
        condition: none(),
    };
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "no project 9; there are 2"
    );
}

#[test]
fn messages_at_the_wrong_time_or_by_the_wrong_sender() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let (a, contractor) = (escrow.addr("A"), escrow.addr("contractor"));
    let draw = ExecuteMsg::Draw { project, payee: 0 };
    assert_eq!(
        refusal(&mut escrow, "A", draw.clone(), &[]),
        format!("sender: expected payee 0, {contractor}, got {a}")
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", draw.clone(), &[]),
        "draw: expected more than 0 to pay out, got 0"
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", draw, &coins(3, DENOM)),
        format!("payment: expected none with this message, got 3{DENOM}")
    );
    let refund = ExecuteMsg::ClaimRefund { project };
    assert_eq!(
        refusal(&mut escrow, "A", refund, &[]),
        "refund: expected more than 0 to pay out, got 0"
    );
    let terms_hash = HexBinary::default();
    let revenue = ExecuteMsg::PayRevenue { project, terms_hash };
    assert_eq!(
        refusal(&mut escrow, "A", revenue, &coins(3, DENOM)),
        "project: expected it built: in its defects period or closed, it is Funded"
    );
    let (terms_hash, wrong) = (escrow.hash_of(project), HexBinary::from([0; 32]));
    let other = ExecuteMsg::Accept {
        project,
        terms_hash: wrong.clone(),
    };
    assert_eq!(
        refusal(&mut escrow, "contractor", other, &[]),
        format!("terms_hash: expected {terms_hash}, got {wrong}")
    );
    escrow.accept(project).unwrap();
    let accept = ExecuteMsg::Accept { project, terms_hash };
    assert_eq!(
        refusal(&mut escrow, "contractor", accept, &[]),
        "project: expected it funded, it is Active"
    );
    let (until, now) = (START + 40 * DAY, START);
    assert_eq!(
        refusal(&mut escrow, "A", ExecuteMsg::Terminate { project }, &[]),
        format!("end: expected the time from {until} on, the due date and grace of a milestone that is not submitted, now it is {now}")
    );
    assert_eq!(
        escrow.submit(project, 1).unwrap_err().to_string(),
        "milestone: expected 0, the next one, got 1"
    );
    let stranger = escrow.addr("stranger");
    assert_eq!(
        refusal(&mut escrow, "stranger", ExecuteMsg::ClaimRevenue { project }, &[]),
        format!("no pledge of {stranger} in project {project}")
    );
}

#[test]
fn deployments_that_are_not_made() {
    let api = MockApi::default();
    let token = Asset::cw20(api.addr_make("token"));
    let table = [
        (vec![], Some("assets: expected 1 to 16, got 0")),
        (
            (0..17)
                .map(|number| Asset::native(format!("u{number}")))
                .collect(),
            Some("assets: expected 1 to 16, got 17"),
        ),
        (
            vec![Asset::native("u"), Asset::native("u")],
            Some("assets: expected each once, got native:u twice"),
        ),
        (
            vec![Asset::native("")],
            Some("denom: expected 1 to 128 bytes, got 0"),
        ),
        (
            vec![Asset::native("u"), Asset::cw20("not an address")],
            Some("Generic error: Error decoding bech32"),
        ),
        (vec![Asset::native("u"), token], None),
    ];
    for (assets, expected) in table {
        let mut deps = mock_dependencies();
        let info = message_info(&api.addr_make("deployer"), &[]);
        let msg = as_sent(&InstantiateMsg { assets });
        let outcome = instantiate(deps.as_mut(), mock_env(), info, msg);
        assert_eq!(outcome.err().map(|error| error.to_string()).as_deref(), expected);
    }
}

/// A misspelt field may be the one that mattered: a pledge whose condition is overlooked is one without.
#[test]
fn a_field_that_no_message_has_is_refused() {
    let told = |field: &str| format!("field: expected only those of the message, got {field}");
    let refused = |outcome: StdError, field: &str| {
        let outcome = outcome.to_string();
        assert!(outcome.contains(&told(field)), "{outcome}");
    };
    let open = r#"{"assets":[{"native":{"denom":"u"}}],"owner":"me"}"#;
    refused(from_json::<Strict<InstantiateMsg>>(open).unwrap_err(), "owner");
    refused(from_json::<Strict<Empty>>(r#"{"terms":1}"#).unwrap_err(), "terms");

    let mut escrow = Escrow::of_tokens();
    let project = escrow.open(&escrow.open_call(100, 100));
    let pledge = escrow.pledge_msg(project, Condition::default());
    let text = to_json_string(&pledge)
        .unwrap()
        .replace("\"condition\"", "\"conditon\"");
    assert!(text.contains("conditon"), "{text}");
    let hook = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: escrow.addr("A").into_string(),
        amount: Uint128::new(50),
        msg: Binary::from(text.as_bytes()),
    });
    let outcome = refusal(&mut escrow, "token", hook, &[]);
    assert!(outcome.contains(&told("conditon")), "{outcome}");
}
