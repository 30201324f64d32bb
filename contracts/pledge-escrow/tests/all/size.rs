//! How much is stored, and read at once.

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, from_json, HexBinary, Order, Storage};
use gridpact_types::escrow::answers::ProjectsResponse;
use gridpact_types::escrow::bounds::{
    MAX_CONDITION_PARTIES, MAX_MILESTONES, MAX_NAMED, MAX_PROJECTS_PAGE_BYTES, MAX_URI,
};
use gridpact_types::escrow::disputes::{Dispute, Reason};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, PledgersCondition, ProjectId};
use gridpact_units::{Amount, BasisPoints};
use pledge_escrow::contract::{execute, query};

use crate::harness::metered::Metered;
use crate::harness::terms::{long_uri, MANY_DIGITS};
use crate::harness::{as_sent, Escrow, DENOM};
use gridpact_escrow_model::sending::with_coins;

/// The longest project there can be, accepted.
fn accepted(escrow: &mut Escrow) -> ProjectId {
    let project = escrow.open(&escrow.longest());
    for number in 0..MAX_NAMED {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, MANY_DIGITS, Condition::default())
            .unwrap();
    }
    escrow.accept(project).unwrap();
    project
}

/// The same, with all its milestones submitted.
fn submitted(escrow: &mut Escrow) -> ProjectId {
    let project = accepted(escrow);
    submit_all(escrow, project);
    project
}

fn submit_all(escrow: &mut Escrow, project: ProjectId) {
    for milestone in 0..u32::try_from(MAX_MILESTONES).unwrap() {
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash: HexBinary::from([9; 32]),
            evidence_uri: long_uri(),
        };
        escrow.send_unchecked("contractor", msg, &[]).unwrap();
    }
}

fn stored(escrow: &Escrow, namespace: &str) -> usize {
    let (start, end) = (
        namespace_with_key(&[namespace.as_bytes()], &[]),
        namespace_with_key(&[namespace.as_bytes()], &[u8::MAX; 16]),
    );
    let records = escrow
        .deps
        .storage
        .range(Some(&start), Some(&end), Order::Ascending);
    records.map(|(_, value)| value.len()).sum()
}

/// Every message reads a project's record, and most write it: at 30 gas a byte, evidence in it would cost 600,000 gas a message.
#[test]
fn evidence_does_not_grow_the_record_of_a_project() {
    let mut escrow = Escrow::new();
    let project = accepted(&mut escrow);
    let before = stored(&escrow, "projects");
    submit_all(&mut escrow, project);
    let (project, evidence) = (stored(&escrow, "projects"), stored(&escrow, "evidence"));
    println!("{before} bytes a project, {project} with 32 milestones submitted, {evidence} of evidence");
    assert!(project < 3_000, "{project}");
    assert!(evidence > MAX_MILESTONES * MAX_URI, "{evidence}");
}

/// A node gives a query 3,000,000 gas unless its operator says otherwise, computing included.
const QUERY_GAS: usize = 2_000_000;

/// Small projects, the longest one, small ones again: pages end before the bytes are too many, and go on where they ended.
#[test]
fn a_page_of_projects_ends_before_it_is_too_long_and_the_next_goes_on() {
    let mut escrow = Escrow::new();
    let small = escrow.open_call(100, 100);
    for _ in 0..29 {
        escrow.open(&small);
    }
    let longest = submitted(&mut escrow);
    for _ in 0..30 {
        escrow.open(&small);
    }
    let metered = Metered::of(&escrow);
    let (mut seen, mut start_after) = (Vec::new(), None);
    loop {
        let msg = QueryMsg::Projects {
            start_after,
            limit: None,
        };
        let answer = query(metered.deps(&escrow), escrow.env.clone(), as_sent(&msg).0).unwrap();
        let (bytes, gas) = (answer.len(), metered.take_gas());
        let page: ProjectsResponse = from_json(answer).unwrap();
        let numbers: Vec<u64> = page.projects.iter().map(|project| project.project).collect();
        println!("{} projects, {bytes} bytes, {gas} gas to read", numbers.len());
        assert!(gas < QUERY_GAS, "{gas}");
        // The list's own brackets and commas aside.
        let fits = bytes <= MAX_PROJECTS_PAGE_BYTES + 100;
        assert!(fits || numbers == [longest], "{bytes}: {numbers:?}");
        start_after = numbers.last().copied();
        seen.extend(numbers);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, (1..=60).collect::<Vec<u64>>());
}

/// With a reason as long as one may be.
fn decided(escrow: &mut Escrow, project: ProjectId, milestone: u32) {
    let reason = Reason {
        hash: HexBinary::from([9; 32]),
        uri: long_uri(),
    };
    let object = ExecuteMsg::Object {
        project,
        milestone,
        reason: reason.clone(),
    };
    let decide = ExecuteMsg::Decide {
        project,
        dispute: Dispute::Milestone { milestone },
        kept: BasisPoints(3_333),
        reason,
    };
    escrow.send_unchecked("p0", object, &[]).unwrap();
    escrow.send_unchecked("decider", decide, &[]).unwrap();
}

/// The largest answer on one project: all texts and lists at their bounds, in letters that JSON escapes.
#[test]
fn the_longest_project_is_read_within_a_querys_gas() {
    let mut escrow = Escrow::new();
    let project = submitted(&mut escrow);
    for milestone in 0..u32::try_from(MAX_MILESTONES).unwrap() {
        decided(&mut escrow, project, milestone);
    }
    let metered = Metered::of(&escrow);
    let msg = QueryMsg::Project { project };
    let answer = query(metered.deps(&escrow), escrow.env.clone(), as_sent(&msg).0).unwrap();
    let gas = metered.take_gas();
    println!("the longest project: {} bytes, {gas} gas to read", answer.len());
    assert!(answer.len() < 131_072, "{}", answer.len());
    assert!(gas < QUERY_GAS, "{gas}");
}

/// What a pledge costs in the store, and what it gets there.
fn pledging(escrow: &Escrow, metered: &mut Metered, name: &str, amount: u128, condition: Condition) -> usize {
    let msg = with_coins(escrow.pledge_msg(1, condition));
    let info = message_info(&escrow.addr(name), &coins(amount, DENOM));
    metered.take_gas();
    execute(metered.deps_mut(escrow), escrow.env.clone(), info, as_sent(&msg)).unwrap();
    metered.take_gas()
}

/// What any message may use of gas, here of the store alone.
const MESSAGE_GAS: usize = 3_000_000;

/// The most that a cap can be is a million of these.
pub const UNIT: u128 = 10_u128.pow(27);

/// An open call in which all but one of the places are taken by pledges of so many units, which wait with the largest conditions
/// there are: for the parties given, for all others, for a total.
pub fn crowded(units: u128, parties: impl Fn(usize) -> Vec<String>, total: u128) -> Escrow {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(1_000_000 * UNIT, 1_000_000 * UNIT));
    for number in 0..511 {
        let names = parties(number);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names.len(), MAX_CONDITION_PARTIES);
        let condition = Condition {
            pledgers: Some(PledgersCondition {
                count: 512,
                at_least: Amount(1_000 * UNIT),
            }),
            total: Some(Amount(total * UNIT)),
            ..escrow.if_pledged(&names, units * UNIT)
        };
        escrow
            .pledge_unchecked(&format!("p{number}"), 1, units * UNIT, condition)
            .unwrap();
    }
    escrow
}

fn named(name: &str) -> Vec<String> {
    (0..MAX_CONDITION_PARTIES)
        .map(|number| format!("{name}{number}"))
        .collect()
}

pub fn others(number: usize) -> Vec<String> {
    (1..=MAX_CONDITION_PARTIES)
        .map(|step| format!("p{}", (number + step) % 511))
        .collect()
}

/// Others wait with the largest conditions there are: for people who never come, for each other in pairs or in a ring. What they ask
/// for costs whoever pledges beside them less than a message may use, each time, whoever comes.
#[test]
fn what_strangers_wait_for_costs_a_pledge_little() {
    let pairs = |number: usize| [vec![format!("p{}", number ^ 1)], named("ghost")[1..].to_vec()].concat();
    type Names = Box<dyn Fn(usize) -> Vec<String>>;
    let crowds: [(&str, Names); 3] = [
        ("for who never comes", Box::new(|_| named("ghost"))),
        ("in pairs", Box::new(pairs)),
        ("in a ring", Box::new(others)),
    ];
    for (what, parties) in crowds {
        let escrow = crowded(2_000, parties, 500_000_000);
        let mut metered = Metered::of(&escrow);
        let kept = stored(&escrow, "waiting");
        for name in ["A", "A", "ghost0", "ghost1", "A"] {
            let gas = pledging(&escrow, &mut metered, name, 2_000 * UNIT, Condition::default());
            println!("{what}: {kept} bytes of conditions; a pledge beside them {gas} gas in the store");
            assert!(gas < MESSAGE_GAS, "{what}: {gas}");
        }
    }
}
/// All who wait join with one message, each with the largest condition there is: the cap has room for all of them, for half, or for
/// next to none.
#[test]
fn the_dearest_latch_costs_less_than_a_message_may() {
    for (units, no_room) in [(1_954, 0), (4_000, 261), (900_000, 509)] {
        let mut escrow = crowded(units, others, 511 * units + 100_000);
        let mut metered = Metered::of(&escrow);
        let gas = pledging(&escrow, &mut metered, "A", 100_000 * UNIT, Condition::default());
        println!("511 join with one pledge, {no_room} of them find no room: {gas} gas in the store");
        assert!(gas < MESSAGE_GAS, "{gas}");

        escrow
            .pledge("A", 1, 100_000 * UNIT, Condition::default())
            .unwrap();
        let pledges = (0..511).map(|number| escrow.pledge_of(1, &format!("p{number}")));
        let (members, without): (Vec<_>, Vec<_>) =
            pledges.partition(|pledge| pledge.consistent && pledge.paid.0 > 0);
        assert_eq!((members.len(), without.len()), (511 - no_room, no_room));
        assert!(without
            .iter()
            .all(|pledge| pledge.consistent && pledge.refundable == pledge.amount));
    }
}
