//! What people send, as messages of the contract.

use cosmwasm_std::{coins, HexBinary};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::IfPledgedResponse;
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, BasisPoints};

use super::actions::{Action, Message};
use super::life::Life;
use crate::harness::messages::{reason, with_coins};
use crate::harness::{value, Escrow, Outcome, DENOM};

impl Life {
    pub fn carry_out(&mut self, which: usize, action: &Action) -> Outcome {
        let (escrow, by) = (&mut self.escrow, action.by.as_str());
        let project = which as u64 + 1;
        let hash = |escrow: &Escrow| {
            let hash = escrow.hash_of(project);
            if action.other_terms {
                HexBinary::from([7; 32])
            } else {
                hash
            }
        };
        let msg = match &action.message {
            Message::Pledge { amount, asks } => {
                let condition = asks.as_sent(|name| escrow.addr(name).into_string());
                let terms_hash = hash(escrow);
                let foretold: IfPledgedResponse = escrow.ask(QueryMsg::IfPledged {
                    project,
                    pledger: Some(escrow.addr(by).into_string()),
                    amount: Amount(*amount),
                    condition: condition.clone(),
                });
                let msg = ReceiveMsg::Pledge {
                    project,
                    terms_hash,
                    condition,
                };
                let outcome = pay(escrow, by, *amount, msg);
                if !action.other_terms {
                    came_as_foretold(escrow, project, by, &foretold, &outcome);
                }
                return outcome;
            }
            Message::Revenue(amount) => {
                let terms_hash = hash(escrow);
                return pay(
                    escrow,
                    by,
                    *amount,
                    ReceiveMsg::PayRevenue { project, terms_hash },
                );
            }
            Message::Restate(asks) => ExecuteMsg::Restate {
                project,
                condition: asks.as_sent(|name| escrow.addr(name).into_string()),
            },
            Message::Accept { bond } => {
                let terms_hash = hash(escrow);
                if *bond > 0 {
                    let msg = ReceiveMsg::Accept { project, terms_hash };
                    return pay(escrow, by, *bond, msg);
                }
                ExecuteMsg::Accept { project, terms_hash }
            }
            Message::Object { milestone } => ExecuteMsg::Object {
                project,
                milestone: *milestone,
                reason: reason(),
            },
            Message::WithdrawObjection { milestone } => ExecuteMsg::WithdrawObjection {
                project,
                milestone: *milestone,
            },
            Message::Decide { dispute, kept } => ExecuteMsg::Decide {
                project,
                dispute: *dispute,
                kept: BasisPoints(*kept),
                reason: reason(),
            },
            Message::Offer(proposal) => ExecuteMsg::Offer {
                project,
                proposal: *proposal,
            },
            Message::WithdrawOffer => ExecuteMsg::WithdrawOffer { project },
            Message::Consent { offer } => ExecuteMsg::Consent {
                project,
                offer: *offer,
            },
            Message::ConsentToEnd => ExecuteMsg::ConsentToEnd { project },
            Message::ClaimDefects { amount } => ExecuteMsg::ClaimDefects {
                project,
                amount: Amount(*amount),
                reason: reason(),
            },
            Message::Support { claim } => ExecuteMsg::SupportClaim {
                project,
                claim: *claim,
            },
            Message::WithdrawSupport => ExecuteMsg::WithdrawSupport { project },
            Message::Move { payee, to } => ExecuteMsg::MovePayee {
                project,
                payee: *payee,
                to: escrow.addr(to).into_string(),
            },
            Message::Confirm { payee } => ExecuteMsg::ConfirmMove {
                project,
                payee: *payee,
            },
            Message::Submit { milestone, short } => ExecuteMsg::SubmitMilestone {
                project,
                milestone: *milestone,
                evidence_hash: HexBinary::from(vec![9; if *short { 31 } else { 32 }]),
                evidence_uri: "ipfs://x".to_owned(),
            },
            Message::Draw { payee } => ExecuteMsg::Draw {
                project,
                payee: *payee,
            },
            Message::Terminate => ExecuteMsg::Terminate { project },
            Message::Refund => ExecuteMsg::ClaimRefund { project },
            Message::Claim => ExecuteMsg::ClaimRevenue { project },
        };
        escrow.send_unchecked(by, msg, &[])
    }
}

/// What a pledge does is what was told that it would do.
fn came_as_foretold(
    escrow: &Escrow,
    project: ProjectId,
    by: &str,
    foretold: &IfPledgedResponse,
    outcome: &Outcome,
) {
    let refused = outcome.as_ref().err().map(ToString::to_string);
    assert_eq!(foretold.refused, refused);
    let told = escrow.project(project);
    assert_eq!(
        (foretold.consistent_total, foretold.consistent_pledges),
        (told.consistent, told.consistent_pledges)
    );
    let Ok(response) = outcome else { return };
    let pledge = escrow.pledge_of(project, by);
    assert_eq!(
        (foretold.consistent, foretold.paid, foretold.funded),
        (pledge.consistent, pledge.paid, told.funded)
    );
    let whose = |kind: &str| -> Vec<String> {
        let events = response.events.iter().filter(|event| event.ty == kind);
        events.map(|event| value(event, "pledger")).collect()
    };
    let others = whose("joined").into_iter().filter(|name| *name != pledge.pledger);
    assert_eq!(foretold.others_joining as usize, others.count());
    assert_eq!(foretold.displaced, whose("displaced").pop());
}

/// Money, as coins or through the token; the books are looked at after the step.
fn pay(escrow: &mut Escrow, by: &str, amount: u128, msg: ReceiveMsg) -> Outcome {
    if matches!(escrow.asset, Asset::Cw20 { .. }) {
        let hook = escrow.hook(by, amount, &msg);
        escrow.send_unchecked("token", hook, &[])
    } else {
        escrow.send_unchecked(by, with_coins(msg), &coins(amount, DENOM))
    }
}
