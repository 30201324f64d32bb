//! How much is stored, and read at once.

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, from_json, HexBinary, Order, Storage};
use gridpact_types::escrow::answers::ProjectsResponse;
use gridpact_types::escrow::bounds::{MAX_MILESTONES, MAX_NAMED, MAX_PROJECTS_PAGE_BYTES, MAX_URI};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId};
use gridpact_units::Amount;
use pledge_escrow::contract::{execute, query};

use crate::harness::messages::with_coins;
use crate::harness::metered::Metered;
use crate::harness::terms::{long_uri, MANY_DIGITS};
use crate::harness::{as_sent, Escrow, DENOM};

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

/// The largest answer on one project: all texts and lists at their bounds, in letters that JSON escapes.
#[test]
fn the_longest_project_is_read_within_a_querys_gas() {
    let mut escrow = Escrow::new();
    let project = submitted(&mut escrow);
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

/// Others wait with the largest conditions there are: their lists of parties, a megabyte together, are not read by whoever
/// comes, not even once where a count or a total is what is missing.
#[test]
fn what_strangers_wait_for_is_not_read_by_every_pledge() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(51_200_000, 51_200_000));
    let names: Vec<String> = (0..16).map(|number| format!("ghost{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ghosts = escrow.if_pledged(&names, 100_000);
    for number in 0..511 {
        let condition = Condition {
            total: Some(Amount(20_000_000 + number)),
            ..ghosts.clone()
        };
        escrow
            .pledge_unchecked(&format!("p{number}"), 1, 100_000, condition)
            .unwrap();
    }
    let mut metered = Metered::of(&escrow);
    let lists = stored(&escrow, "asks");
    let plain = pledging(&escrow, &mut metered, "A", 200_000, Condition::default());
    let again = pledging(&escrow, &mut metered, "A", 200_000, Condition::default());
    println!("511 lists of parties take {lists} bytes; a pledge beside them {plain} gas in the store, a further one {again}");
    assert!(lists > 700_000, "{lists}");
    assert!(plain < 700_000 && again < 700_000, "{plain}, {again}");

    // One of the named comes, with all that was asked for otherwise: the lists are read once, and another party is noted.
    let ghost = pledging(&escrow, &mut metered, "ghost0", 30_000_000, Condition::default());
    let after = pledging(&escrow, &mut metered, "A", 200_000, Condition::default());
    println!("a pledge of the party that all of them name first: {ghost}; one after it: {after}");
    assert!(ghost > 3 * lists, "{ghost}");
    assert!(after < 700_000, "{after}");
}

/// Pledges that name each other first keep nobody's hope up: neither pairs beside others that never come, nor a ring beside
/// others that wait for somebody who never comes. Nobody who pledges reads their lists.
#[test]
fn who_waits_for_each_other_is_not_read_by_every_pledge() {
    let pairs = |number: u32| number ^ 1;
    let ring = |number: u32| (number + 1) % 496;
    for (what, partner, others_wait) in [
        ("pairs", pairs as fn(u32) -> u32, false),
        ("a ring beside who waits", ring, true),
    ] {
        let mut escrow = Escrow::new();
        escrow.open(&escrow.open_call(51_200_000, 51_200_000));
        let wait = |escrow: &mut Escrow, name: &str, names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let condition = escrow.if_pledged(&names, 100_000);
            escrow.pledge_unchecked(name, 1, 100_000, condition).unwrap();
        };
        let others: Vec<String> = (0..15).map(|number| format!("other{number}")).collect();
        for other in others.iter().filter(|_| others_wait) {
            wait(&mut escrow, other, &["ghost".to_owned()]);
        }
        for number in 0..496 {
            let names = [vec![format!("p{}", partner(number))], others.clone()].concat();
            wait(&mut escrow, &format!("p{number}"), &names);
        }
        let mut metered = Metered::of(&escrow);
        let lists = stored(&escrow, "asks");
        let mut plain = || pledging(&escrow, &mut metered, "A", 200_000, Condition::default());
        let [first, again] = [plain(), plain()];
        println!("{what}: {lists} bytes of lists; a pledge beside them {first} gas in the store, a further one {again}");
        assert!(lists > 700_000, "{lists}");
        assert!(first < 700_000 && again < 700_000, "{what}: {first}, {again}");
    }
}

/// All who wait join with one message, each with the largest condition there is, and the cap leaves something of nearly all.
#[test]
fn the_dearest_latch_stays_far_below_a_block() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.open_call(1_000_000, 1_000_000));
    for number in 0..511 {
        let names: Vec<String> = (1..=16)
            .map(|step| format!("p{}", (number + step) % 511))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let condition = Condition {
            total: Some(Amount(511 * 900_000 + 600_000)),
            ..escrow.if_pledged(&names, 900_000)
        };
        escrow
            .pledge_unchecked(&format!("p{number}"), 1, 900_000, condition)
            .unwrap();
    }
    let mut metered = Metered::of(&escrow);
    let gas = pledging(&escrow, &mut metered, "A", 600_000, Condition::default());
    println!("511 join with one pledge, and 510 of them find no room: {gas} gas in the store");
    assert!(gas < 20_000_000, "{gas}");
}
