//! What can be read: pages that say whether more follows, answers on who owes whom.

use cosmwasm_std::{Empty, HexBinary};
use gridpact_types::escrow::answers::{AssetBooksResponse, PledgesResponse, ProjectsResponse};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_units::Amount;

use crate::harness::Escrow;

fn refusal(escrow: &Escrow, msg: QueryMsg) -> String {
    let refused = escrow.try_ask::<Empty>(msg);
    refused.expect_err("it is refused").to_string()
}

#[test]
fn a_pledge_is_answered_with_its_condition_before_and_after_it_joins() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(100, 100));
    let condition = Condition {
        pledgers: Some(PledgersCondition {
            count: 2,
            at_least: Amount(10),
        }),
        total: Some(Amount(30)),
        ..escrow.if_pledged(&["B"], 20)
    };
    escrow.pledge("A", project, 20, condition.clone()).unwrap();
    let answer = escrow.pledge_of(project, "A");
    assert_eq!((answer.consistent, &answer.condition), (false, &condition));
    escrow.pledge("B", project, 20, Condition::default()).unwrap();
    let answer = escrow.pledge_of(project, "A");
    assert_eq!((answer.consistent, &answer.condition), (true, &condition));
    escrow.pledge("A", project, 5, condition).unwrap();
    let state = escrow.project(project);
    assert_eq!((state.consistent, state.consistent_pledges), (Amount(45), 2));
}

#[test]
fn evidence_is_answered_with_its_own_milestone() {
    let mut escrow = Escrow::new();
    let other = escrow.funded();
    let project = escrow.funded();
    for (project, uris) in [
        (other, vec!["ipfs://other"]),
        (project, vec!["ipfs://a", "ipfs://b"]),
    ] {
        escrow.accept(project).unwrap();
        for (milestone, uri) in (0_u8..).zip(uris) {
            let msg = ExecuteMsg::SubmitMilestone {
                project,
                milestone: milestone.into(),
                evidence_hash: HexBinary::from([milestone; 32]),
                evidence_uri: uri.to_owned(),
            };
            escrow.send("contractor", msg, &[]).unwrap();
        }
    }
    let evidence = |project| -> Vec<(Option<HexBinary>, Option<String>)> {
        let milestones = escrow.project(project).milestones.into_iter();
        milestones
            .map(|milestone| (milestone.evidence_hash, milestone.evidence_uri))
            .collect()
    };
    let shown = |number: u8, uri: &str| (Some(HexBinary::from([number; 32])), Some(uri.to_owned()));
    assert_eq!(evidence(other), [shown(0, "ipfs://other"), (None, None)]);
    assert_eq!(evidence(project), [shown(0, "ipfs://a"), shown(1, "ipfs://b")]);
}

#[test]
fn pages_say_whether_more_follow() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    for number in 0..31 {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, 10, Condition::default())
            .unwrap();
    }
    let page = |start_after: Option<String>, limit| -> PledgesResponse {
        escrow.ask(QueryMsg::Pledges {
            project,
            start_after,
            limit,
        })
    };
    let first = page(None, None);
    assert_eq!((first.pledges.len(), first.more), (30, true), "30 by default");
    let last = first.pledges.last().unwrap().pledger.clone();
    let second = page(Some(last), None);
    assert_eq!((second.pledges.len(), second.more), (1, false));
    assert!(!page(None, Some(31)).more);
    for limit in [0, 101] {
        let msg = QueryMsg::Pledges {
            project,
            start_after: None,
            limit: Some(limit),
        };
        assert_eq!(
            refusal(&escrow, msg),
            format!("limit: expected 1 to 100, got {limit}")
        );
    }
}

#[test]
fn projects_are_numbered_and_paged() {
    let mut escrow = Escrow::new();
    for number in 1..=32 {
        assert_eq!(escrow.open(&escrow.open_call(100, 100)), number);
    }
    let page = |start_after: Option<u64>, limit| -> (Vec<u64>, bool) {
        let page: ProjectsResponse = escrow.ask(QueryMsg::Projects { start_after, limit });
        (
            page.projects.iter().map(|project| project.project).collect(),
            page.more,
        )
    };
    assert_eq!(page(None, None), ((1..=30).collect(), true));
    assert_eq!(page(Some(30), None), (vec![31, 32], false));
    assert_eq!(page(Some(3), Some(2)), (vec![4, 5], true));
    assert_eq!(page(Some(32), None), (vec![], false));
    assert_eq!(page(Some(u64::MAX), None), (vec![], false));
    for limit in [0, 31] {
        let msg = QueryMsg::Projects {
            start_after: None,
            limit: Some(limit),
        };
        assert_eq!(
            refusal(&escrow, msg),
            format!("limit: expected 1 to 30, got {limit}")
        );
    }
}

#[test]
fn what_is_not_there_is_said() {
    let mut escrow = Escrow::new();
    escrow.open(&escrow.founding());
    let stranger = escrow.addr("stranger").into_string();
    let unknown = "no project 2; there are 1";
    let pledger = stranger.clone();
    for msg in [
        QueryMsg::Project { project: 2 },
        QueryMsg::ProjectBooks { project: 2 },
        QueryMsg::Displaced {
            project: 2,
            start_after: None,
            limit: None,
        },
        QueryMsg::Pledge { project: 2, pledger },
    ] {
        assert_eq!(refusal(&escrow, msg), unknown);
    }
    let none = QueryMsg::Pledge {
        project: 1,
        pledger: stranger.clone(),
    };
    assert_eq!(
        refusal(&escrow, none),
        format!("no pledge of {stranger} in project 1")
    );
    let asset = escrow.asset.clone();
    let books: AssetBooksResponse = escrow.ask(QueryMsg::Books { asset });
    assert_eq!(books, AssetBooksResponse::default());
}
