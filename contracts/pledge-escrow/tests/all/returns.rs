//! What went back to the holders, as often as it can: 32 verdicts and 64 awards before anybody takes money back. Who comes first has
//! them all divided, in one message; and who asks before that, in one query.

use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, from_json, Binary};
use gridpact_types::escrow::answers::{PledgesOfResponse, PledgesResponse};
use gridpact_types::escrow::bounds::{MAX_AWARDS, MAX_MILESTONES, MAX_PAGE, MAX_PLEDGES};
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, BasisPoints};
use pledge_escrow::contract::{execute, query};

use crate::harness::metered::Metered;
use crate::harness::terms::{none, MANY_DIGITS};
use crate::harness::{as_sent, Escrow, DENOM};
use crate::size::{crowded, others, UNIT};
use gridpact_escrow_model::sending::reason;

/// What a message may use, computing included; here of the store alone.
const MESSAGE_GAS: usize = 1_500_000;
/// The same of a query: a node gives it 3,000,000 gas unless its operator says otherwise.
const QUERY_GAS: usize = 1_000_000;

fn send(escrow: &mut Escrow, by: &str, msg: ExecuteMsg) {
    escrow.send_unchecked(by, msg, &[]).unwrap();
}

fn object(project: ProjectId, milestone: u32) -> ExecuteMsg {
    let reason = reason();
    ExecuteMsg::Object {
        project,
        milestone,
        reason,
    }
}

fn decide(escrow: &mut Escrow, project: ProjectId, dispute: Dispute, kept: u16) {
    let msg = ExecuteMsg::Decide {
        project,
        dispute,
        kept: BasisPoints(kept),
        reason: reason(),
    };
    send(escrow, "decider", msg);
}

/// The work is done, disputed and decided, and the retention claimed from, 64 times. p0 and p1 can object together.
fn returned_as_often_as_can_be(escrow: &mut Escrow, project: ProjectId) {
    let terms_hash = escrow.hash_of(project);
    let accept = ExecuteMsg::Accept { project, terms_hash };
    escrow
        .send_unchecked("contractor", accept, &coins(MANY_DIGITS, DENOM))
        .unwrap();
    for milestone in 0..u32::try_from(MAX_MILESTONES).unwrap() {
        let submit = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash: reason().hash,
            evidence_uri: String::new(),
        };
        send(escrow, "contractor", submit);
        for by in ["p0", "p1"] {
            send(escrow, by, object(project, milestone));
        }
        decide(escrow, project, Dispute::Milestone { milestone }, 3_333);
    }
    for claim in 1..=u64::from(MAX_AWARDS) {
        let amount = Amount(1_000_000_007);
        let reason = reason();
        let msg = ExecuteMsg::ClaimDefects {
            project,
            amount,
            reason,
        };
        send(escrow, "p0", msg);
        send(escrow, "p1", ExecuteMsg::SupportClaim { project, claim });
        decide(escrow, project, Dispute::Claim { claim }, 3_333);
    }
}

/// The largest project there is, in which that happened.
fn largest(escrow: &mut Escrow) -> ProjectId {
    let project = escrow.open(&escrow.largest_call());
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, MANY_DIGITS, none())
            .unwrap();
    }
    returned_as_often_as_can_be(escrow, project);
    project
}

/// What a query answers, and what it reads.
fn asked(escrow: &Escrow, msg: &QueryMsg) -> (Binary, usize) {
    let metered = Metered::of(escrow);
    let answer = query(metered.deps(escrow), escrow.env.clone(), as_sent(msg).0).unwrap();
    (answer, metered.take_gas())
}

/// The first who takes money back has all of it divided among 512.
#[test]
fn all_that_can_return_is_divided_within_a_messages_gas() {
    let mut escrow = Escrow::new();
    let project = largest(&mut escrow);
    let pledger = escrow.addr("p0").into_string();
    let (start_after, limit) = (None, Some(MAX_PAGE));
    for (what, msg) in [
        ("a pledge", QueryMsg::Pledge { project, pledger }),
        (
            "a page of pledges",
            QueryMsg::Pledges {
                project,
                start_after,
                limit,
            },
        ),
    ] {
        let (_, gas) = asked(&escrow, &msg);
        println!("{what}, 96 returns to divide: {gas} gas to read");
        assert!(gas < QUERY_GAS, "{what}: {gas}");
    }

    let told = escrow.pledges(project);
    let gas = used(&mut escrow, "p0", ExecuteMsg::ClaimRefund { project });
    println!("the first refund, 96 returns to divide: {gas} gas in the store");
    assert!(gas < MESSAGE_GAS, "{gas}");

    let after = escrow.pledges(project).into_iter().zip(&told);
    let others = after.filter(|(pledge, _)| pledge.refundable.0 > 0);
    let others: Vec<_> = others.map(|(after, before)| (after, before.clone())).collect();
    assert_eq!(others.len(), 511);
    assert!(
        others.iter().all(|(after, before)| after == before),
        "as they were told"
    );
    escrow.check_books();
}

/// Two paid; 510 waited with the largest conditions there are, found no room, and are not read by what the two say. Who first takes
/// money back after a verdict reads them, and who asks before that.
#[test]
fn who_found_no_room_costs_holders_little() {
    let units = 900_000;
    let mut escrow = crowded(units, others, 511 * units + 100_000);
    escrow.pledge_unchecked("A", 1, 100_000 * UNIT, none()).unwrap();
    let terms_hash = escrow.hash_of(1);
    send(
        &mut escrow,
        "contractor",
        ExecuteMsg::Accept {
            project: 1,
            terms_hash,
        },
    );
    let submit = ExecuteMsg::SubmitMilestone {
        project: 1,
        milestone: 0,
        evidence_hash: reason().hash,
        evidence_uri: String::new(),
    };
    send(&mut escrow, "contractor", submit);
    let objects = used(&mut escrow, "p0", object(1, 0));
    decide(&mut escrow, 1, Dispute::Milestone { milestone: 0 }, 5_000);
    let (project, start_after, limit) = (1, None, Some(MAX_PAGE));
    let page = QueryMsg::Pledges {
        project,
        start_after,
        limit,
    };
    let (answer, asks) = asked(&escrow, &page);
    let page: PledgesResponse = from_json(answer).unwrap();
    assert_eq!((page.pledges.len(), page.more), (32, true), "of 16 parties each");
    assert_eq!(escrow.pledges(1).len(), 512, "page by page");
    let refund = ExecuteMsg::ClaimRefund { project };
    let [first, second] = ["p0", "p1"].map(|by| used(&mut escrow, by, refund.clone()));
    println!("510 found no room: an objection {objects} gas in the store, a page of pledges {asks}, refunds {first}, {second}");
    assert!(objects < 150_000 && second < 150_000, "{objects}, {second}");
    assert!(first < 2_000_000 && asks < 2_100_000, "{first}, {asks}");
}

/// What a message uses; it is carried out.
fn used(escrow: &mut Escrow, by: &str, msg: ExecuteMsg) -> usize {
    let mut metered = Metered::of(escrow);
    let (info, env) = (message_info(&escrow.addr(by), &[]), escrow.env.clone());
    execute(metered.deps_mut(escrow), env, info, as_sent(&msg)).unwrap();
    send(escrow, by, msg);
    metered.take_gas()
}

/// Some of the largest projects there are, and a small one.
#[test]
fn a_page_of_an_addresss_pledges_ends_before_it_takes_too_much_and_the_next_goes_on() {
    let mut escrow = Escrow::new();
    for _ in 0..3 {
        largest(&mut escrow);
    }
    let small = escrow.open(&escrow.open_call(100, 100));
    escrow.pledge_unchecked("p0", small, 50, none()).unwrap();
    assert_eq!(pages_of(&escrow), [vec![1], vec![2], vec![3], vec![small]]);
    for project in 1..=3 {
        send(&mut escrow, "p0", ExecuteMsg::ClaimRefund { project });
    }
    assert_eq!(pages_of(&escrow), [vec![1, 2, 3], vec![small]]);
}

/// The pages of everything of p0, each within a query's gas.
fn pages_of(escrow: &Escrow) -> Vec<Vec<ProjectId>> {
    let (mut pages, mut start_after) = (Vec::new(), None);
    loop {
        let msg = QueryMsg::PledgesOf {
            pledger: escrow.addr("p0").into_string(),
            start_after,
            limit: None,
        };
        let (answer, gas) = asked(escrow, &msg);
        let page: PledgesOfResponse = from_json(answer).unwrap();
        let projects: Vec<ProjectId> = page.pledges.iter().map(|entry| entry.project).collect();
        println!("pledges of projects {projects:?}: {gas} gas to read");
        assert!(gas < QUERY_GAS, "{projects:?}: {gas}");
        start_after = projects.last().copied();
        pages.push(projects);
        if !page.more {
            return pages;
        }
    }
}
