//! The largest project there can be: 512 holders, 32 milestones, 8 payees in each. What its messages use in the store, and how
//! large its records are.

use cosmwasm_std::testing::message_info;
use cosmwasm_std::{Order, Storage};
use gridpact_types::escrow::bounds::{MAX_MILESTONES, MAX_PAYEES, MAX_PLEDGES};
use gridpact_types::escrow::disputes::{Dispute, Proposal};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Admission, Condition, PayeePart, ProjectId};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};
use pledge_escrow::contract::execute;

use crate::harness::messages::reason;
use crate::harness::metered::Metered;
use crate::harness::{as_sent, Escrow, DAY, START};

/// An amount of many digits.
const AMOUNT: u128 = 1_900_000_000_000_000_000_000_000_000_000;
/// What a message may use, computing included; a node's block takes many times that.
const MOST: usize = 3_000_000;

fn largest(escrow: &mut Escrow) -> ProjectId {
    let mut terms = escrow.founding();
    terms.admission = Admission::Open {
        minimum: Amount(AMOUNT),
    };
    terms.target = Amount(AMOUNT * u128::from(MAX_PLEDGES));
    terms.cap = terms.target;
    let payee = |number: usize| escrow.addr(&format!("payee {number}")).into_string();
    terms.payees = (0..MAX_PAYEES).map(payee).collect();
    let mut stage = terms.milestones[1].clone();
    let part = |payee: usize| PayeePart {
        payee: u32::try_from(payee).unwrap(),
        part: BasisPoints(1_111),
    };
    stage.payees = (1..=MAX_PAYEES).map(part).collect();
    stage.share = BasisPoints(300);
    terms.milestones = vec![stage; MAX_MILESTONES];
    terms.milestones[0].share = BasisPoints(10_000 - 300 * 31);
    // One of them can object, and 308 must agree.
    terms.decider.as_mut().unwrap().objection = BasisPoints(1);
    let project = escrow.open(&terms);
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, AMOUNT, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    project
}

/// What a message uses in the store.
fn cost(escrow: &Escrow, name: &str, msg: &ExecuteMsg) -> usize {
    let mut metered = Metered::of(escrow);
    let info = message_info(&escrow.addr(name), &[]);
    execute(metered.deps_mut(escrow), escrow.env.clone(), info, as_sent(msg))
        .unwrap_or_else(|error| panic!("{msg:?}: {error}"));
    let gas = metered.take_gas();
    let json = cosmwasm_std::to_json_string(msg).unwrap();
    let kind = json.split('"').nth(1).unwrap();
    println!("{kind}: {gas} gas in the store");
    assert!(gas < MOST, "{kind}: {gas}");
    gas
}

fn send(escrow: &mut Escrow, name: &str, msg: ExecuteMsg) {
    escrow.send_unchecked(name, msg, &[]).unwrap();
}

fn object(project: ProjectId, milestone: u32) -> ExecuteMsg {
    ExecuteMsg::Object {
        project,
        milestone,
        reason: reason(),
    }
}

#[test]
fn every_message_about_the_largest_project_stays_far_below_a_block() {
    let mut escrow = Escrow::new();
    let project = largest(&mut escrow);
    let milestones = u32::try_from(MAX_MILESTONES).unwrap();

    let offer = ExecuteMsg::Offer {
        project,
        proposal: Proposal::Due {
            milestone: 0,
            due: UnixSeconds(START + 60 * DAY),
        },
    };
    cost(&escrow, "contractor", &offer);
    send(&mut escrow, "contractor", offer);
    for number in 0..307 {
        let consent = ExecuteMsg::Consent { project, offer: 1 };
        send(&mut escrow, &format!("p{number}"), consent);
    }
    cost(&escrow, "p307", &ExecuteMsg::Consent { project, offer: 1 });
    for milestone in 0..milestones {
        escrow.submit_unchecked(project, milestone);
    }
    cost(&escrow, "p0", &object(project, 31));
    for milestone in 0..milestones {
        send(&mut escrow, "p0", object(project, milestone));
    }
    let decide = ExecuteMsg::Decide {
        project,
        dispute: Dispute::Milestone { milestone: 31 },
        kept: BasisPoints(3_333),
        reason: reason(),
    };
    cost(&escrow, "decider", &decide);

    // Silence ends all 32 disputes in one second: the first message after it notes them all, the first claim divides them all.
    escrow.go_to(START + 10 * DAY);
    let refund = ExecuteMsg::ClaimRefund { project };
    cost(&escrow, "p0", &refund);
    send(&mut escrow, "p0", refund.clone());
    cost(&escrow, "p1", &refund);
    for payee in [0, 8] {
        let name = if payee == 0 { "contractor" } else { "payee 7" };
        cost(&escrow, name, &ExecuteMsg::Draw { project, payee });
    }
    let claim = ExecuteMsg::ClaimDefects {
        project,
        amount: Amount(AMOUNT / 10),
        reason: reason(),
    };
    for name in ["p0", "p1", "p2", "p3"] {
        cost(&escrow, name, &claim);
        send(&mut escrow, name, claim.clone());
    }
    let decide = ExecuteMsg::Decide {
        project,
        dispute: Dispute::Claim { claim: 4 },
        kept: BasisPoints(0),
        reason: reason(),
    };
    cost(&escrow, "decider", &decide);
    escrow.go_to(START + 200 * DAY);
    cost(&escrow, "contractor", &ExecuteMsg::Draw { project, payee: 0 });
    cost(&escrow, "p5", &refund);

    let records = escrow.deps.storage.range(None, None, Order::Ascending);
    let longest = records.map(|(_, value)| value.len()).max().unwrap();
    println!("the longest record: {longest} bytes");
    assert!(longest < 65_536, "{longest}");
}

#[test]
fn an_end_of_the_largest_project_stays_far_below_a_block() {
    let mut escrow = Escrow::new();
    let project = largest(&mut escrow);
    escrow.go_to(START + 60 * DAY);
    for number in 0..307 {
        let vote = ExecuteMsg::ConsentToEnd { project };
        send(&mut escrow, &format!("p{number}"), vote);
    }
    cost(&escrow, "p307", &ExecuteMsg::ConsentToEnd { project });
    escrow.go_to(START + 80 * DAY);
    let terminate = ExecuteMsg::Terminate { project };
    cost(&escrow, "anybody", &terminate);
    send(&mut escrow, "anybody", terminate);
    let refund = ExecuteMsg::ClaimRefund { project };
    cost(&escrow, "p0", &refund);
    send(&mut escrow, "p0", refund.clone());
    cost(&escrow, "p511", &refund);
}
