//! What people send, to the contract.

use cosmwasm_std::coins;
use gridpact_escrow_model::messages::Action;
use gridpact_escrow_model::sending::{with_coins, Sent};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::IfPledgedResponse;
use gridpact_types::escrow::messages::ReceiveMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use super::life::Life;
use crate::harness::{value, Escrow, Outcome, DENOM};

impl Life {
    pub fn carry_out(&mut self, which: usize, action: &Action) -> Outcome {
        let (escrow, by) = (&mut self.escrow, action.by.as_str());
        let project = which as u64 + 1;
        let hash = escrow.hash_of(project);
        match action.as_sent(project, &hash, |name| escrow.addr(name).into_string()) {
            Sent::Plain(msg) => escrow.send_unchecked(by, msg, &[]),
            Sent::Paid { amount, msg } => {
                let foretold = foretold(escrow, by, amount, &msg);
                let outcome = pay(escrow, by, amount, msg);
                if let Some(foretold) = foretold.filter(|_| !action.other_terms) {
                    came_as_foretold(escrow, project, by, &foretold, &outcome);
                }
                outcome
            }
        }
    }
}

/// What a pledge would do, as everybody can ask.
fn foretold(escrow: &Escrow, by: &str, amount: u128, msg: &ReceiveMsg) -> Option<IfPledgedResponse> {
    let ReceiveMsg::Pledge {
        project, condition, ..
    } = msg
    else {
        return None;
    };
    Some(escrow.ask(QueryMsg::IfPledged {
        project: *project,
        pledger: Some(escrow.addr(by).into_string()),
        amount: Amount(amount),
        condition: condition.clone(),
    }))
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
