//! Every message by every role. The table is that of the README.

use cosmwasm_std::{coins, HexBinary};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::terms::{Condition, ProjectId};

use crate::escrow::{Escrow, DAY, DENOM, START};

const ROLES: [&str; 5] = ["A", "contractor", "payer", "deployer", "token"];

/// A fresh escrow in a state in which the message could succeed, the message, and who may send it.
fn case(name: &str) -> (Escrow, ExecuteMsg, u128, [bool; 5]) {
    let mut escrow = Escrow::new();
    let evidence_hash = HexBinary::from([0; 32]);
    let anybody = [true; 5];
    let contractor = [false, true, false, false, false];
    let pledger = [true, false, false, false, false];
    match name {
        "open" => (
            Escrow::new(),
            ExecuteMsg::Open {
                terms: escrow.founding(),
            },
            0,
            anybody,
        ),
        "pledge" => {
            let project = escrow.open(&escrow.open_call(1_000, 1_000));
            let terms_hash = escrow.project(project).terms_hash;
            let msg = ExecuteMsg::Pledge {
                project,
                terms_hash,
                condition: Condition::default(),
            };
            (escrow, msg, 50, [true, false, true, true, true])
        }
        "receive: pledge" => {
            let mut escrow = Escrow::of_tokens();
            let project = escrow.open(&escrow.open_call(1_000, 1_000));
            let msg = escrow.pledge_msg(project, Condition::default());
            let hook = escrow.hook("A", 50, &msg);
            (escrow, hook, 0, [false, false, false, false, true])
        }
        "receive: pay_revenue" => {
            let mut escrow = Escrow::of_tokens();
            let project = built(&mut escrow);
            let hook = escrow.hook("payer", 50, &ReceiveMsg::PayRevenue { project });
            (escrow, hook, 0, [false, false, false, false, true])
        }
        "accept" => {
            let project = escrow.funded();
            let terms_hash = escrow.project(project).terms_hash;
            (escrow, ExecuteMsg::Accept { project, terms_hash }, 0, contractor)
        }
        "submit_milestone" => {
            let project = escrow.funded();
            escrow.accept(project).unwrap();
            let msg = ExecuteMsg::SubmitMilestone {
                project,
                milestone: 0,
                evidence_hash,
                evidence_uri: String::new(),
            };
            (escrow, msg, 0, contractor)
        }
        "draw" => {
            let project = escrow.funded();
            escrow.accept(project).unwrap();
            escrow.submit(project, 0).unwrap();
            escrow.go_to(START + 8 * DAY);
            (escrow, ExecuteMsg::Draw { project }, 0, contractor)
        }
        "terminate" => {
            let project = escrow.funded();
            escrow.accept(project).unwrap();
            escrow.go_to(START + 50 * DAY);
            (escrow, ExecuteMsg::Terminate { project }, 0, anybody)
        }
        "claim_refund" => {
            let project = escrow.funded();
            escrow.go_to(START + 6 * DAY);
            (escrow, ExecuteMsg::ClaimRefund { project }, 0, pledger)
        }
        "pay_revenue" | "claim_revenue" => {
            let project = built(&mut escrow);
            if name == "pay_revenue" {
                return (escrow, ExecuteMsg::PayRevenue { project }, 7, anybody);
            }
            escrow.pay_revenue(project, 30).unwrap();
            (escrow, ExecuteMsg::ClaimRevenue { project }, 0, pledger)
        }
        other => panic!("no such message: {other}"),
    }
}

/// The founding project, done and reviewed.
fn built(escrow: &mut Escrow) -> ProjectId {
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 8 * DAY);
    project
}

#[test]
fn every_message_by_every_role() {
    for name in [
        "open",
        "pledge",
        "receive: pledge",
        "receive: pay_revenue",
        "accept",
        "submit_milestone",
        "draw",
        "terminate",
        "claim_refund",
        "pay_revenue",
        "claim_revenue",
    ] {
        let (_, _, _, allowed) = case(name);
        for (role, allowed) in ROLES.iter().zip(allowed) {
            let (mut escrow, msg, amount, _) = case(name);
            let funds = if amount > 0 { coins(amount, DENOM) } else { vec![] };
            let outcome = escrow.send(role, msg, &funds);
            assert_eq!(outcome.is_ok(), allowed, "{name} by {role}: {outcome:?}");
        }
    }
}
