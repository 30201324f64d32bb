//! What a household asks: everything of its own, and what a pledge would do before it is made. What another contract asks.

use cosmwasm_std::from_json;
use gridpact_types::escrow::answers::{IfPledgedResponse, Phase, PledgesOfResponse, StandingResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId};
use gridpact_units::Amount;
use pledge_escrow::contract::query;

use crate::harness::metered::Metered;
use crate::harness::terms::{none, total};
use crate::harness::{as_sent, Escrow};
use crate::size::{crowded, others, UNIT};

fn pledges_of(escrow: &Escrow, name: &str, start_after: Option<ProjectId>, limit: u32) -> PledgesOfResponse {
    escrow.ask(QueryMsg::PledgesOf {
        pledger: escrow.addr(name).into_string(),
        start_after,
        limit: Some(limit),
    })
}

fn projects_of(escrow: &Escrow, name: &str) -> Vec<ProjectId> {
    let page = pledges_of(escrow, name, None, 30);
    page.pledges.iter().map(|entry| entry.project).collect()
}

fn if_pledged(
    escrow: &Escrow,
    name: Option<&str>,
    project: ProjectId,
    amount: u128,
    condition: Condition,
) -> IfPledgedResponse {
    escrow.ask(QueryMsg::IfPledged {
        project,
        pledger: name.map(|name| escrow.addr(name).into_string()),
        amount: Amount(amount),
        condition,
    })
}

#[test]
fn everything_of_an_address_is_listed_by_project() {
    let mut escrow = Escrow::new();
    for _ in 0..4 {
        escrow.open(&escrow.open_call(1_000, 1_000));
    }
    for (name, project) in [("A", 4), ("A", 1), ("B", 2), ("A", 2)] {
        escrow.pledge(name, project, 100, none()).unwrap();
    }
    escrow.pledge("A", 1, 50, none()).unwrap();
    assert_eq!(projects_of(&escrow, "A"), [1, 2, 4]);
    assert_eq!(projects_of(&escrow, "B"), [2]);
    assert!(projects_of(&escrow, "stranger").is_empty());

    let page = pledges_of(&escrow, "A", None, 2);
    let listed: Vec<_> = page.pledges.iter().map(|entry| entry.project).collect();
    assert_eq!((listed, page.more), (vec![1, 2], true));
    let page = pledges_of(&escrow, "A", Some(2), 2);
    assert_eq!((page.pledges.len(), page.more), (1, false));
    let entry = &page.pledges[0];
    assert_eq!((entry.project, entry.phase), (4, Phase::Open));
    assert_eq!(entry.pledge, escrow.pledge_of(4, "A"));
    let refused = escrow.try_ask::<PledgesOfResponse>(QueryMsg::PledgesOf {
        pledger: escrow.addr("A").into_string(),
        start_after: None,
        limit: Some(31),
    });
    assert_eq!(
        refused.unwrap_err().to_string(),
        "limit: expected 1 to 30, got 31"
    );
}

/// A displaced pledge is listed until its money is taken back.
#[test]
fn what_is_owed_is_listed_until_it_is_taken() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(51_200, 51_200));
    for number in 0..512 {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, 100, total(60_000))
            .unwrap();
    }
    escrow
        .pledge_unchecked("late", project, 101, total(60_000))
        .unwrap();
    let out = escrow.displaced(project);
    assert_eq!(out.len(), 1);
    let out = (0..512)
        .map(|number| format!("p{number}"))
        .find(|name| escrow.addr(name).as_str() == out[0].pledger)
        .unwrap();
    assert_eq!(projects_of(&escrow, &out), [project]);
    let entry = &pledges_of(&escrow, &out, None, 1).pledges[0].pledge;
    assert_eq!((entry.amount.0, entry.displaced.0), (0, 100));
    escrow.refund(&out, project).unwrap();
    assert!(projects_of(&escrow, &out).is_empty());
}

#[test]
fn what_a_pledge_would_do_is_told_before_it_is_made_and_changes_nothing() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(300, 350));
    escrow.pledge("A", project, 100, total(300)).unwrap();
    escrow.pledge("B", project, 100, none()).unwrap();
    let before = (escrow.project(project), escrow.pledges(project));

    let little = if_pledged(&escrow, None, project, 50, none());
    assert_eq!((little.refused, little.consistent), (None, true));
    assert_eq!((little.others_joining, little.funded), (0, None));
    assert_eq!((little.consistent_total.0, little.consistent_pledges), (150, 2));
    assert_eq!(little.paid.0, 0);

    let enough = if_pledged(&escrow, None, project, 200, none());
    assert_eq!((enough.others_joining, enough.funded), (1, Some(Amount(350))));
    assert_eq!((enough.consistent_total.0, enough.consistent_pledges), (400, 3));
    assert_eq!(enough.paid.0, 150, "the room that A leaves");

    let raised = if_pledged(&escrow, Some("B"), project, 100, none());
    assert_eq!((raised.funded, raised.paid.0), (Some(Amount(300)), 200));

    let waits = if_pledged(&escrow, None, project, 50, total(1_000));
    assert_eq!((waits.refused, waits.consistent), (None, false));
    assert_eq!((waits.consistent_total.0, waits.consistent_pledges), (100, 1));

    assert_eq!((escrow.project(project), escrow.pledges(project)), before);
}

/// It lets 511 others join, with the largest conditions there are. Of a query's 3,000,000 gas the store takes no more than this.
#[test]
fn what_the_dearest_pledge_would_do_is_told_within_a_querys_gas() {
    let units = 1_954;
    let escrow = crowded(units, others, 511 * units + 100_000);
    let metered = Metered::of(&escrow);
    let msg = QueryMsg::IfPledged {
        project: 1,
        pledger: None,
        amount: Amount(100_000 * UNIT),
        condition: none(),
    };
    let answer = query(metered.deps(&escrow), escrow.env.clone(), as_sent(&msg).0).unwrap();
    let told: IfPledgedResponse = from_json(answer).unwrap();
    assert_eq!((told.others_joining, told.consistent), (511, true));
    assert!(told.funded.is_some());
    let gas = metered.take_gas();
    println!("what a pledge with which 511 join would do: {gas} gas to read");
    assert!(gas < 2_000_000, "{gas}");
}

/// In the contract's own words, as the message would be.
#[test]
fn why_a_pledge_would_be_refused_is_told() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(300, 350));
    escrow.pledge("B", project, 100, none()).unwrap();
    let contractor = escrow.addr("contractor");
    let barred = format!("pledger: expected nobody who is paid or decides, got {contractor}");
    for (name, amount, condition, why) in [
        (None, 9, none(), "pledge: expected at least 10, got 9"),
        (
            Some("B"),
            251,
            none(),
            "pledge: expected at most the cap 350 in all, got 351",
        ),
        (
            Some("B"),
            10,
            total(200),
            "condition: expected the one of the earlier pledge, got another",
        ),
        (Some("contractor"), 100, none(), barred.as_str()),
    ] {
        let answer = if_pledged(&escrow, name, project, amount, condition.clone());
        assert_eq!(answer.refused.as_deref(), Some(why));
        assert_eq!((answer.consistent_total.0, answer.funded), (100, None));
        let pledged = escrow.pledge(name.unwrap_or("somebody"), project, amount, condition);
        assert_eq!(pledged.unwrap_err().to_string(), why);
    }
    // Nothing, also on top of an earlier pledge.
    for name in [None, Some("B")] {
        let answer = if_pledged(&escrow, name, project, 0, none());
        assert_eq!(answer.refused.as_deref(), Some("payment: expected more than 0"));
    }
}

#[test]
fn a_contract_is_told_phase_asset_and_hash_in_few_bytes() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let told = project_standing(&escrow, project);
    let full = escrow.project(project);
    assert_eq!(
        (told.phase, told.asset, told.terms_hash),
        (Phase::Funded, escrow.asset.clone(), full.terms_hash)
    );
}

fn project_standing(escrow: &Escrow, project: ProjectId) -> StandingResponse {
    escrow.ask(QueryMsg::Standing { project })
}
