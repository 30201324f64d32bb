//! What every refusal says: what was expected and what came.

use cosmwasm_std::{coin, coins, Empty, HexBinary};
use gridpact_types::escrow::*;
use gridpact_types::Asset;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::escrow::{Escrow, DAY, DENOM, START};

fn refusal(escrow: &mut Escrow, name: &str, msg: ExecuteMsg, funds: &[cosmwasm_std::Coin]) -> String {
    escrow
        .send(name, msg, funds)
        .expect_err("it is refused")
        .to_string()
}

fn opening(change: impl FnOnce(&Escrow, &mut Terms)) -> String {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    change(&escrow, &mut terms);
    refusal(&mut escrow, "anybody", ExecuteMsg::Open { terms }, &[])
}

#[test]
fn terms_that_could_not_be_carried_out() {
    let a = Escrow::new().addr("A");
    let late = START + 3_653 * DAY;
    let table: Vec<(String, String)> = vec![
        (
            opening(|_, t| t.title = String::new()),
            "title: expected 1 to 128 bytes, got 0".into(),
        ),
        (
            opening(|_, t| t.description_uri = "x".repeat(513)),
            "description_uri: expected 0 to 512 bytes, got 513".into(),
        ),
        (
            opening(|_, t| t.description_hash = HexBinary::from([1; 31])),
            "description_hash: expected 32 bytes, got 31".into(),
        ),
        (
            opening(|_, t| t.asset = Asset::native("uother")),
            "asset: expected one of the deployment's list, got native:uother".into(),
        ),
        (
            opening(|_, t| t.target = Amount::ZERO),
            "target: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.cap = Amount(29_999)),
            "cap: expected at least the target 30000, got 29999".into(),
        ),
        (
            opening(|_, t| t.deadline = UnixSeconds(START)),
            format!("deadline: expected a time after {START} and not after {late}, got {START}"),
        ),
        (
            opening(|_, t| t.milestones[1].due = UnixSeconds(late + 1)),
            format!(
                "due: expected a time after {} and not after {late}, got {}",
                START + 40 * DAY,
                late + 1
            ),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(3_999)),
            "milestones: expected shares of 10000 basis points together, got 9999".into(),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(0)),
            "a milestone's share: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.milestones.clear()),
            "milestones: expected 1 to 32, got 0".into(),
        ),
        (
            opening(|_, t| t.retention = BasisPoints(10_001)),
            "retention: expected at most 10000 basis points, got 10001".into(),
        ),
        (
            opening(|_, t| t.defects_period = Seconds(315_619_201)),
            "defects_period: expected at most 315619200 s, got 315619201 s".into(),
        ),
        (
            opening(|_, t| t.accept_within = Seconds(0)),
            "accept_within: expected more than 0".into(),
        ),
        (
            opening(|_, t| {
                t.admission = Admission::Open {
                    minimum: Amount::ZERO,
                }
            }),
            "minimum: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.admission = Admission::Named { parties: vec![] }),
            "parties: expected 1 to 512, got 0".into(),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1] = parties[0].clone();
                }
            }),
            format!("parties: expected each once and not the contractor, got {a}"),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties.pop();
                }
            }),
            "parties: expected amounts of at least the target 30000 together, got 20000".into(),
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, expected);
    }
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
        "pledger: the contractor may not pledge"
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
    escrow.send("A", msg, &coins(10, DENOM)).unwrap();
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
    let draw = ExecuteMsg::Draw { project };
    assert_eq!(
        refusal(&mut escrow, "A", draw.clone(), &[]),
        format!("sender: expected the contractor {contractor}, got {a}")
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
    let revenue = ExecuteMsg::PayRevenue { project };
    assert_eq!(
        refusal(&mut escrow, "A", revenue, &coins(3, DENOM)),
        "project: expected it built: in its defects period or closed, it is Funded"
    );
    escrow.accept(project).unwrap();
    let terms_hash = escrow.project(project).terms_hash;
    let accept = ExecuteMsg::Accept { project, terms_hash };
    assert_eq!(
        refusal(&mut escrow, "contractor", accept, &[]),
        "project: expected it funded, it is Active"
    );
    let (due, now) = (START + 40 * DAY, START);
    assert_eq!(
        refusal(&mut escrow, "A", ExecuteMsg::Terminate { project }, &[]),
        format!("termination: expected a milestone not submitted by its due date, the next is due {due}, now it is {now}")
    );
    assert_eq!(
        escrow.submit(project, 1).unwrap_err().to_string(),
        "milestone: expected 0, the next one, got 1"
    );
    escrow.go_to(due);
    assert_eq!(
        escrow.submit(project, 0).unwrap_err().to_string(),
        format!("milestone: expected before {due}, now it is {due}")
    );
    let stranger = escrow.addr("stranger");
    assert_eq!(
        refusal(&mut escrow, "stranger", ExecuteMsg::ClaimRevenue { project }, &[]),
        format!("no pledge of {stranger} in project {project}")
    );
}

#[test]
fn a_migration_checks_name_and_version_and_changes_nothing() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let before = escrow.project(project);
    let migrate = |escrow: &mut Escrow| {
        pledge_escrow::contract::migrate(escrow.deps.as_mut(), escrow.env.clone(), Empty {})
    };
    migrate(&mut escrow).unwrap();
    assert_eq!(escrow.project(project), before);
    cw2::set_contract_version(&mut escrow.deps.storage, "another", "0.1.0").unwrap();
    let refused = migrate(&mut escrow).unwrap_err().to_string();
    assert_eq!(
        refused,
        "migrate: contract: expected crates.io:gridpact-pledge-escrow, got another"
    );
}
