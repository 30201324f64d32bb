//! What can be read of those who are paid: what each drew, can draw, and has held back, why and until when.

use cosmwasm_std::Storage;
use gridpact_types::escrow::answers::{Held, HeldWhy, PayeeResponse, PayeesResponse};
use gridpact_units::{Amount, UnixSeconds};

use crate::case::Case;
use crate::error::ContractError;
use crate::project::{Payee, Work};
use crate::state::payees;

pub(super) fn payees(storage: &dyn Storage, case: &Case) -> Result<PayeesResponse, ContractError> {
    let all = (0..).zip(payees::payees(storage, case)?);
    let answer = |(number, payee): (u32, Payee)| PayeeResponse {
        payee: number,
        address: payee.address.into_string(),
        moving_to: payee.moving_to.map(Into::into),
        drawn: payee.drawn,
        drawable: Amount(case.due_to(number).saturating_sub(payee.drawn.0)),
        held: held(case, number),
    };
    Ok(PayeesResponse {
        payees: all.map(answer).collect(),
    })
}

/// What is held back of a payee's: parts of milestones that are not settled, in their order, then the retention, then the bond.
fn held(case: &Case, payee: u32) -> Vec<Held> {
    let amounts = case.milestone_amounts().into_iter().zip(case.pays());
    let works = case
        .terms
        .milestones
        .iter()
        .zip(&case.project.submitted)
        .zip(amounts);
    let mut held = Vec::new();
    for (milestone, ((stage, work), (amount, pays))) in (0..).zip(works) {
        if pays.is_none() {
            let parts = case.parts(stage, amount);
            let own = parts.iter().find(|part| part.payee == payee);
            let amount = own.map_or(0, |own| own.net.saturating_add(own.retained));
            let (why, until) = waits_for(case, work);
            let milestone = Some(milestone);
            push(&mut held, milestone, amount, why, until);
        }
    }
    if !case.is_released() {
        let retained = case.retained_of(&case.settled_parts(), payee);
        let (why, until) = retention(case);
        push(&mut held, None, retained, why, until);
    }
    if payee == 0 && case.project.ended.is_none() && !case.is_completed() {
        push(
            &mut held,
            None,
            case.project.bond.0,
            HeldWhy::Bond,
            case.completed_at(),
        );
    }
    held
}

fn push(
    held: &mut Vec<Held>,
    milestone: Option<u32>,
    amount: u128,
    why: HeldWhy,
    until: Option<UnixSeconds>,
) {
    let amount = Amount(amount);
    if !amount.is_zero() {
        held.push(Held {
            milestone,
            amount,
            why,
            until,
        });
    }
}

fn waits_for(case: &Case, work: &Work) -> (HeldWhy, Option<UnixSeconds>) {
    match work.disputed_at {
        Some(at) => (HeldWhy::Dispute, case.decide_until(at)),
        None => (HeldWhy::Review, Some(case.review_end(work))),
    }
}

/// Until the defects period is over, and the last claim of it that is before the decider by now is decided.
fn retention(case: &Case) -> (HeldWhy, Option<UnixSeconds>) {
    let open = case.project.claims.open.iter();
    let decided = open.filter_map(|open| case.decide_until(open.at)).max();
    match decided {
        Some(decided) => (HeldWhy::Claim, case.defects_end().map(|end| end.max(decided))),
        None => (HeldWhy::Retention, case.defects_end()),
    }
}
