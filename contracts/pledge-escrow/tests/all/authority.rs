//! Every message by everybody, against the rights that stand beside the messages.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_std::{coins, HexBinary};
use gridpact_types::asset::PaymentError;
use gridpact_types::escrow::disputes::{Dispute, Proposal};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::rights::{payer_roles, roles, Role};
use gridpact_types::escrow::terms::{Condition, PayeePart, ProjectId};
use gridpact_units::{Amount, BasisPoints};
use pledge_escrow::error::ContractError;

use crate::harness::messages::{name, names};
use crate::harness::{Escrow, Outcome, DAY, DENOM, START};
use gridpact_escrow_model::sending::reason;

/// Who is there, and what they are to a project that is an open call. "A" pledges to it.
const EVERYBODY: [(&str, &[Role]); 8] = [
    ("A", &[Role::Anybody, Role::Admitted, Role::Pledger, Role::Holder]),
    ("contractor", &[Role::Anybody, Role::Contractor]),
    ("digger", &[Role::Anybody, Role::Payee]),
    ("decider", &[Role::Anybody, Role::Decider]),
    ("next", &[Role::Anybody, Role::Admitted, Role::NextPayee]),
    ("token", &[Role::Anybody, Role::Admitted, Role::Token]),
    ("deployer", &[Role::Anybody, Role::Admitted]),
    ("stranger", &[Role::Anybody, Role::Admitted]),
];

fn has_one_of(has: &[Role], needed: &[Role]) -> bool {
    needed.iter().any(|role| has.contains(role))
}

/// One of each message, about project 1. What they need beside the right kind is filled in where they are sent.
fn messages() -> Vec<ExecuteMsg> {
    let (project, terms_hash) = (1, HexBinary::default());
    vec![
        ExecuteMsg::Open {
            terms: Escrow::new().founding(),
        },
        ExecuteMsg::Pledge {
            project,
            terms_hash: terms_hash.clone(),
            condition: Condition::default(),
        },
        ExecuteMsg::Restate {
            project,
            condition: Condition::default(),
        },
        Escrow::new().hook("A", 50, &revenue()),
        ExecuteMsg::Accept {
            project,
            terms_hash: terms_hash.clone(),
        },
        ExecuteMsg::SubmitMilestone {
            project,
            milestone: 0,
            evidence_hash: HexBinary::from([0; 32]),
            evidence_uri: String::new(),
        },
        ExecuteMsg::Object {
            project,
            milestone: 0,
            reason: reason(),
        },
        ExecuteMsg::WithdrawObjection {
            project,
            milestone: 0,
        },
        ExecuteMsg::Decide {
            project,
            dispute: Dispute::Milestone { milestone: 0 },
            kept: BasisPoints(5_000),
            reason: reason(),
        },
        ExecuteMsg::Offer {
            project,
            proposal: Proposal::End {},
        },
        ExecuteMsg::WithdrawOffer { project },
        ExecuteMsg::Consent { project, offer: 1 },
        ExecuteMsg::ConsentToEnd { project },
        ExecuteMsg::ClaimDefects {
            project,
            amount: Amount(5),
            reason: reason(),
        },
        ExecuteMsg::SupportClaim { project, claim: 1 },
        ExecuteMsg::WithdrawSupport { project },
        ExecuteMsg::Draw { project, payee: 1 },
        ExecuteMsg::MovePayee {
            project,
            payee: 1,
            to: Escrow::new().addr("next").into_string(),
        },
        ExecuteMsg::ConfirmMove { project, payee: 1 },
        ExecuteMsg::Terminate { project },
        ExecuteMsg::ClaimRefund { project },
        ExecuteMsg::PayRevenue { project, terms_hash },
        ExecuteMsg::ClaimRevenue { project },
    ]
}

fn hooks() -> Vec<ReceiveMsg> {
    let project = 1;
    vec![
        ReceiveMsg::Pledge {
            project,
            terms_hash: HexBinary::default(),
            condition: Condition::default(),
        },
        ReceiveMsg::Accept {
            project,
            terms_hash: HexBinary::default(),
        },
        revenue(),
    ]
}

fn revenue() -> ReceiveMsg {
    ReceiveMsg::PayRevenue {
        project: 1,
        terms_hash: HexBinary::default(),
    }
}

/// An escrow in which the message succeeds, if only the right one sends it; the message as it is sent there, and the coins
/// with it. Exhaustive: a new message does not compile without a scene.
fn scene(message: ExecuteMsg) -> (Escrow, ExecuteMsg, u128) {
    let mut escrow = Escrow::new();
    match message {
        ExecuteMsg::Open { .. } => (escrow, message, 0),
        ExecuteMsg::Pledge {
            project, condition, ..
        } => {
            open_call(&mut escrow);
            let terms_hash = escrow.project(project).terms_hash;
            let msg = ExecuteMsg::Pledge {
                project,
                terms_hash,
                condition,
            };
            (escrow, msg, 50)
        }
        ExecuteMsg::Restate { project, .. } => {
            open_call(&mut escrow);
            escrow.pledge("A", project, 50, Condition::default()).unwrap();
            (escrow, message, 0)
        }
        ExecuteMsg::Receive(_) => {
            let mut escrow = Escrow::of_tokens();
            let project = built(&mut escrow);
            let terms_hash = escrow.project(project).terms_hash;
            let hook = escrow.hook("A", 50, &ReceiveMsg::PayRevenue { project, terms_hash });
            (escrow, hook, 0)
        }
        ExecuteMsg::Accept { project, .. } => {
            funded(&mut escrow);
            let terms_hash = escrow.project(project).terms_hash;
            (
                escrow,
                ExecuteMsg::Accept {
                    project,
                    terms_hash: terms_hash.clone(),
                },
                0,
            )
        }
        ExecuteMsg::SubmitMilestone { project, .. } => {
            funded(&mut escrow);
            escrow.accept(project).unwrap();
            (escrow, message, 0)
        }
        ExecuteMsg::Object { .. }
        | ExecuteMsg::WithdrawObjection { .. }
        | ExecuteMsg::Decide { .. }
        | ExecuteMsg::Offer { .. }
        | ExecuteMsg::WithdrawOffer { .. }
        | ExecuteMsg::Consent { .. }
        | ExecuteMsg::ConsentToEnd { .. } => {
            in_review(&mut escrow, &message);
            (escrow, message, 0)
        }
        ExecuteMsg::ClaimDefects { .. }
        | ExecuteMsg::SupportClaim { .. }
        | ExecuteMsg::WithdrawSupport { .. } => {
            in_defects(&mut escrow, &message);
            (escrow, message, 0)
        }
        ExecuteMsg::MovePayee { .. } | ExecuteMsg::ConfirmMove { .. } => {
            let project = built(&mut escrow);
            let to = escrow.addr("next").into_string();
            let payee = 1;
            let msg = ExecuteMsg::MovePayee { project, payee, to };
            escrow.send("digger", msg, &[]).unwrap();
            (escrow, message, 0)
        }
        ExecuteMsg::Draw { .. } | ExecuteMsg::ClaimRevenue { .. } => {
            let project = built(&mut escrow);
            escrow.pay_revenue(project, 30).unwrap();
            (escrow, message, 0)
        }
        ExecuteMsg::Terminate { project } => {
            funded(&mut escrow);
            escrow.accept(project).unwrap();
            escrow.go_to(START + 50 * DAY);
            (escrow, message, 0)
        }
        ExecuteMsg::ClaimRefund { .. } => {
            funded(&mut escrow);
            escrow.go_to(START + 6 * DAY);
            (escrow, message, 0)
        }
        ExecuteMsg::PayRevenue { project, .. } => {
            built(&mut escrow);
            let terms_hash = escrow.project(project).terms_hash;
            (escrow, ExecuteMsg::PayRevenue { project, terms_hash }, 7)
        }
    }
}

/// The same for tokens, which the project's token brings.
fn token_scene(message: ReceiveMsg) -> (Escrow, ReceiveMsg) {
    let mut escrow = Escrow::of_tokens();
    match message {
        ReceiveMsg::Pledge { condition, .. } => {
            let project = open_call(&mut escrow);
            let msg = escrow.pledge_msg(project, condition);
            (escrow, msg)
        }
        ReceiveMsg::Accept { .. } => {
            let project = funded_with(&mut escrow, 50);
            let terms_hash = escrow.project(project).terms_hash;
            (escrow, ReceiveMsg::Accept { project, terms_hash })
        }
        ReceiveMsg::PayRevenue { project, .. } => {
            built(&mut escrow);
            let terms_hash = escrow.project(project).terms_hash;
            (escrow, ReceiveMsg::PayRevenue { project, terms_hash })
        }
    }
}

/// An open call, with one payee beside the contractor.
fn open_call(escrow: &mut Escrow) -> ProjectId {
    open_call_with(escrow, 0)
}

fn open_call_with(escrow: &mut Escrow, bond: u128) -> ProjectId {
    let mut terms = escrow.open_call(1_000, 1_000);
    terms.bond = Amount(bond);
    terms.payees = vec![escrow.addr("digger").into_string()];
    terms.milestones[0].payees = vec![PayeePart {
        payee: 1,
        part: BasisPoints(3_000),
    }];
    escrow.open(&terms)
}

/// "A" holds 800 of it and "B" 200: too little to object, so that an objection of "B" can be taken back.
fn in_review(escrow: &mut Escrow, message: &ExecuteMsg) {
    let project = open_call(escrow);
    let taken_back = matches!(message, ExecuteMsg::WithdrawObjection { .. });
    let (a, b) = if taken_back { (200, 800) } else { (800, 200) };
    escrow.pledge("A", project, a, Condition::default()).unwrap();
    escrow.pledge("B", project, b, Condition::default()).unwrap();
    escrow.accept(project).unwrap();
    match message {
        ExecuteMsg::ConsentToEnd { .. } => escrow.go_to(START + 26 * DAY),
        ExecuteMsg::WithdrawOffer { .. } | ExecuteMsg::Consent { .. } => {
            escrow.offer(project, Proposal::End {}).unwrap();
        }
        ExecuteMsg::Offer { .. } => {}
        ExecuteMsg::Object { .. } => drop(escrow.submit(project, 0).unwrap()),
        _ => {
            escrow.submit(project, 0).unwrap();
            escrow.object("A", project, 0).unwrap();
        }
    }
}

/// The same in its defects period, with a claim of "A", or of "B" that "A" may support.
fn in_defects(escrow: &mut Escrow, message: &ExecuteMsg) {
    let project = open_call(escrow);
    let supports = matches!(message, ExecuteMsg::SupportClaim { .. });
    let (a, b) = if supports { (800, 200) } else { (200, 800) };
    escrow.pledge("A", project, a, Condition::default()).unwrap();
    escrow.pledge("B", project, b, Condition::default()).unwrap();
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 8 * DAY);
    match message {
        ExecuteMsg::SupportClaim { .. } => drop(escrow.claim_defects("B", project, 5).unwrap()),
        ExecuteMsg::WithdrawSupport { .. } => drop(escrow.claim_defects("A", project, 5).unwrap()),
        _ => {}
    }
}

/// An open call that "A" alone funds.
fn funded(escrow: &mut Escrow) -> ProjectId {
    funded_with(escrow, 0)
}

fn funded_with(escrow: &mut Escrow, bond: u128) -> ProjectId {
    let project = open_call_with(escrow, bond);
    escrow.pledge("A", project, 1_000, Condition::default()).unwrap();
    project
}

/// The same, done and reviewed.
fn built(escrow: &mut Escrow) -> ProjectId {
    let project = funded(escrow);
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 8 * DAY);
    project
}

/// Taken from those who may; refused to others because of who they are, and for no other cause.
fn check(what: &str, outcome: Outcome, may: bool) {
    assert_eq!(outcome.is_ok(), may, "{what}: {outcome:?}");
    let Err(error) = outcome else { return };
    let authority = matches!(
        error,
        ContractError::NotContractor { .. }
            | ContractError::Barred { .. }
            | ContractError::NotHolder { .. }
            | ContractError::NotDecider { .. }
            | ContractError::NotPayee { .. }
            | ContractError::NotNextPayee { .. }
            | ContractError::UnknownPledge { .. }
            | ContractError::Nothing { what: "refund" }
            | ContractError::Payment(PaymentError::Token { .. })
    );
    assert!(authority, "{what}: refused for another cause: {error}");
}

#[test]
fn no_message_is_forgotten_here() {
    let listed: BTreeSet<String> = messages().iter().map(name).collect();
    assert_eq!(listed, names(&schema_for!(ExecuteMsg)));
    let listed: BTreeSet<String> = hooks().iter().map(name).collect();
    assert_eq!(listed, names(&schema_for!(ReceiveMsg)));
}

#[test]
fn every_message_by_every_role() {
    for message in messages() {
        for (sender, has) in EVERYBODY {
            let (mut escrow, msg, amount) = scene(message.clone());
            let funds = if amount > 0 { coins(amount, DENOM) } else { vec![] };
            let may = has_one_of(has, roles(&msg));
            let outcome = escrow.send(sender, msg, &funds);
            check(&format!("{} by {sender}", name(&message)), outcome, may);
        }
    }
}

#[test]
fn every_message_with_tokens_of_every_role() {
    for message in hooks() {
        for (payer, has) in EVERYBODY {
            let (mut escrow, msg) = token_scene(message.clone());
            let may = has_one_of(has, payer_roles(&msg));
            let hook = escrow.hook(payer, 50, &msg);
            let outcome = escrow.send("token", hook, &[]);
            check(&format!("{} of {payer}", name(&message)), outcome, may);
        }
    }
}

#[test]
fn the_readme_shows_these_rights() {
    let readme = include_str!("../../README.md");
    let words = |roles: &[Role]| {
        roles
            .iter()
            .map(|role| role.text())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let messages = messages().into_iter();
    let mut rows: Vec<String> = messages
        .map(|message| format!("| `{}` | {} |", name(&message), words(roles(&message))))
        .collect();
    rows.extend(hooks().iter().map(|message| {
        let (name, who) = (name(message), words(payer_roles(message)));
        format!("| `receive` of `{name}` | {who}, as the sender of the tokens |")
    }));
    let table = rows.join("\n");
    assert!(readme.contains(&table), "the README lacks:\n{table}");
}
