//! Answers and events tell what is so.

use cosmwasm_std::Response;
use gridpact_types::escrow::answers::{MilestoneStatus, Phase};
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Admission, ProjectId};
use gridpact_units::{Amount, BasisPoints};

use crate::harness::terms::none;
use crate::harness::{value, Escrow, DAY, START};

/// Names of the events, whom each is about, and how much.
fn told(escrow: &Escrow, response: &Response) -> Vec<(String, String, String)> {
    let names = ["A", "B", "C", "whale"];
    let of = |event: &cosmwasm_std::Event| {
        let find = |key: &str| event.attributes.iter().find(|attribute| attribute.key == key);
        let whose = find("pledger").map_or(String::new(), |attribute| {
            let name = names
                .iter()
                .find(|name| escrow.addr(name).as_str() == attribute.value);
            (*name.expect("somebody here")).to_owned()
        });
        let amount = find("amount").map_or(String::new(), |attribute| attribute.value.clone());
        (event.ty.clone(), whose, amount)
    };
    response.events.iter().map(of).collect()
}

fn row(name: &str, whose: &str, amount: &str) -> (String, String, String) {
    (name.to_owned(), whose.to_owned(), amount.to_owned())
}

fn statuses(escrow: &Escrow, project: ProjectId) -> Vec<MilestoneStatus> {
    let milestones = escrow.project(project).milestones.into_iter();
    milestones.map(|milestone| milestone.status).collect()
}

#[test]
fn nothing_is_paid_that_nobody_drew() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    terms.retention = BasisPoints(10_000);
    let project = escrow.open(&terms);
    for name in ["A", "B", "C"] {
        escrow.pledge(name, project, 10_000, none()).unwrap();
    }
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.submit(project, 1).unwrap();
    escrow.go_to(START + 7 * DAY);
    assert_eq!(
        statuses(&escrow, project),
        [MilestoneStatus::Payable, MilestoneStatus::Payable]
    );
    escrow.go_to(START + 97 * DAY);
    assert_eq!(
        statuses(&escrow, project),
        [MilestoneStatus::Payable, MilestoneStatus::Payable]
    );
    escrow.draw(project).unwrap();
    assert_eq!(
        statuses(&escrow, project),
        [MilestoneStatus::Paid, MilestoneStatus::Paid]
    );
    assert_eq!(escrow.paid_to("contractor"), 30_000);
}

/// In one second a draw, and then a verdict on another milestone: what that leaves was not drawn.
#[test]
fn what_is_decided_in_the_second_of_a_draw_is_not_drawn_by_it() {
    for mut escrow in Escrow::of_both() {
        let project = escrow.funded();
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        escrow.go_to(START + DAY);
        escrow.submit(project, 1).unwrap();
        escrow.object("A", project, 1).unwrap();
        escrow.go_to(START + 7 * DAY);
        escrow.draw(project).unwrap();
        let verdict = Dispute::Milestone { milestone: 1 };
        escrow.decide(project, verdict, 10_000).unwrap();
        assert_eq!(
            statuses(&escrow, project),
            [MilestoneStatus::Paid, MilestoneStatus::Payable]
        );
        escrow.draw(project).unwrap();
        assert_eq!(statuses(&escrow, project), [MilestoneStatus::Paid; 2]);
    }
}

/// All is retained, and all of that is awarded to a claim: nothing is left to be paid. While the claim is open the bond is drawn,
/// which is no draw of what is retained.
#[test]
fn what_claims_were_awarded_of_a_milestone_is_returned() {
    for kept in [0, 10_000] {
        let mut escrow = Escrow::new();
        let mut terms = escrow.founding();
        terms.retention = BasisPoints(10_000);
        terms.bond = Amount(600);
        let project = escrow.open(&terms);
        for name in ["A", "B", "C"] {
            escrow.pledge(name, project, 10_000, none()).unwrap();
        }
        escrow.accept(project).unwrap();
        escrow.submit(project, 0).unwrap();
        escrow.submit(project, 1).unwrap();
        escrow.go_to(START + 97 * DAY - 1);
        escrow.claim_defects("A", project, 30_000).unwrap();
        escrow.go_to(START + 97 * DAY);
        escrow.draw(project).unwrap();
        assert_eq!(escrow.paid_to("contractor"), 600, "the bond");
        assert_eq!(statuses(&escrow, project), [MilestoneStatus::Payable; 2]);
        escrow.decide(project, Dispute::Claim { claim: 1 }, kept).unwrap();
        if kept == 0 {
            assert_eq!(statuses(&escrow, project), [MilestoneStatus::Returned; 2]);
            continue;
        }
        assert_eq!(statuses(&escrow, project), [MilestoneStatus::Payable; 2]);
        escrow.draw(project).unwrap();
        assert_eq!(statuses(&escrow, project), [MilestoneStatus::Paid; 2]);
    }
}

/// Of a project that failed after it was funded nothing was taken.
#[test]
fn a_failed_project_took_nothing() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let at = escrow.project(project).funded_at;
    assert_eq!(escrow.pledge_of(project, "A").paid, Amount(10_000));
    escrow.go_to(START + 5 * DAY);
    for _ in 0..2 {
        let (state, pledge) = (escrow.project(project), escrow.pledge_of(project, "A"));
        assert_eq!((state.phase, state.funded), (Phase::Failed, None));
        assert_eq!((state.funded_at, pledge.paid), (at, Amount::ZERO));
        assert!(state
            .milestones
            .iter()
            .all(|milestone| milestone.amount.is_zero()));
        drop(escrow.refund("A", project));
    }
    assert_eq!(escrow.pledge_of(project, "A").refundable, Amount::ZERO);
}

#[test]
fn what_is_owed_of_displaced_pledges_stands_in_a_list() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    let nobody = escrow.if_pledged(&["nobody"], 1);
    for number in 0..512 {
        escrow
            .pledge_unchecked(&format!("p{number}"), project, 20 + number, nobody.clone())
            .unwrap();
    }
    for number in 0..120 {
        escrow
            .pledge_unchecked(&format!("late{number}"), project, 1_000, nobody.clone())
            .unwrap();
    }
    let owed = escrow.displaced(project);
    assert_eq!(owed.len(), 120, "over two pages");
    assert!(owed.is_sorted_by_key(|owed| owed.pledger.clone()));
    let sum: u128 = owed.iter().map(|owed| owed.amount.0).sum();
    assert_eq!((sum, escrow.books(project).claimable.0), ((20..140).sum(), sum));
    escrow.check_books();
    escrow.refund("p7", project).unwrap();
    assert_eq!(escrow.displaced(project).len(), 119, "until it is taken back");
    // Back again, with the rest of what is owed told apart.
    escrow.pledge("p8", project, 2_000, none()).unwrap();
    let p8 = escrow.pledge_of(project, "p8");
    assert_eq!((p8.amount.0, p8.refundable.0, p8.displaced.0), (2_000, 28, 28));
}

#[test]
fn events_name_who_joined_and_what_returns() {
    let mut escrow = Escrow::new();
    let mut terms = escrow.open_call(100, 100);
    terms.admission = Admission::Open { minimum: Amount(1) };
    let project = escrow.open(&terms);
    let on_b = escrow.if_pledged(&["B"], 10);
    let response = escrow.pledge("A", project, 30, on_b).unwrap();
    assert_eq!(told(&escrow, &response), [row("pledged", "A", "30")]);
    let response = escrow.pledge("B", project, 20, none()).unwrap();
    assert_eq!(
        told(&escrow, &response),
        [
            row("pledged", "B", "20"),
            row("joined", "B", "20"),
            row("joined", "A", "30")
        ]
    );
    let response = escrow.pledge("B", project, 5, none()).unwrap();
    assert_eq!(
        told(&escrow, &response),
        [row("pledged", "B", "5")],
        "a raise of a member"
    );
    let response = escrow.pledge("whale", project, 100, none()).unwrap();
    assert_eq!(
        told(&escrow, &response),
        [
            row("pledged", "whale", "100"),
            row("joined", "whale", "100"),
            row("above_cap", "whale", "55"),
            row("funded", "", "")
        ]
    );
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 70 * DAY);
    let response = escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    assert_eq!(value(&response.events[0], "returned"), "60");
}

/// It would accept nothing and take nothing back.
#[test]
fn the_escrow_itself_is_nobodys_party() {
    let mut escrow = Escrow::new();
    let own = escrow.env.contract.address.to_string();
    let mut terms = escrow.founding();
    terms.contractor.clone_from(&own);
    let refused = escrow
        .send("anybody", ExecuteMsg::Open { terms }, &[])
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "contractor: expected an account other than the escrow itself"
    );
    let mut terms = escrow.founding();
    if let Admission::Named { parties } = &mut terms.admission {
        parties[2].address.clone_from(&own);
    }
    let refused = escrow
        .send("anybody", ExecuteMsg::Open { terms }, &[])
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "party: expected an account other than the escrow itself"
    );
    let mut escrow = Escrow::of_tokens();
    let project = escrow.open(&escrow.open_call(100, 100));
    let msg = escrow.pledge_msg(project, none());
    let mut hook = escrow.hook("A", 100, &msg);
    if let ExecuteMsg::Receive(hook) = &mut hook {
        hook.sender = own;
    }
    assert_eq!(
        escrow.send("token", hook, &[]).unwrap_err().to_string(),
        "payer: expected an account other than the escrow itself"
    );
}
