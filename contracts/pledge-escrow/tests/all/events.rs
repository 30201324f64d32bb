//! Every event, as it is documented.

use cosmwasm_std::{Addr, Event, HexBinary, Response};
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_types::escrow::disputes::{DecidedBy, Dispute, Proposal};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::Condition;
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::harness::{Escrow, DAY, START};

fn keys(event: &Event) -> Vec<&str> {
    let attributes = event.attributes.iter();
    attributes.map(|attribute| attribute.key.as_str()).collect()
}

fn told(response: &Response) -> Vec<String> {
    let event = |event: &Event| format!("{}: {}", event.ty, keys(event).join(" "));
    response.events.iter().map(event).collect()
}

/// The event that follows one, the first where there is none. Exhaustive: a new one does not compile without its place.
fn after(event: Option<&EscrowEvent>) -> Option<EscrowEvent> {
    let (project, amount, someone) = (1, Amount(2), || Addr::unchecked("someone"));
    let hash = || HexBinary::from([3; 32]);
    Some(match event {
        None => EscrowEvent::ProjectOpened {
            project,
            terms_hash: hash(),
        },
        Some(EscrowEvent::ProjectOpened { .. }) => EscrowEvent::Pledged {
            project,
            pledger: someone(),
            amount,
            pledged: amount,
            consistent: amount,
        },
        Some(EscrowEvent::Pledged { .. }) => EscrowEvent::Restated {
            project,
            pledger: someone(),
        },
        Some(EscrowEvent::Restated { .. }) => EscrowEvent::Joined {
            project,
            pledger: someone(),
            amount,
        },
        Some(EscrowEvent::Joined { .. }) => EscrowEvent::Displaced {
            project,
            pledger: someone(),
            amount,
        },
        Some(EscrowEvent::Displaced { .. }) => EscrowEvent::AboveCap {
            project,
            pledger: someone(),
            amount,
        },
        Some(EscrowEvent::AboveCap { .. }) => EscrowEvent::Funded {
            project,
            funded: amount,
        },
        Some(EscrowEvent::Funded { .. }) => EscrowEvent::Accepted {
            project,
            contractor: someone(),
            bond: amount,
        },
        Some(EscrowEvent::Accepted { .. }) => EscrowEvent::MilestoneSubmitted {
            project,
            milestone: 0,
            evidence_hash: hash(),
            payable_at: UnixSeconds(4),
        },
        Some(EscrowEvent::MilestoneSubmitted { .. }) => EscrowEvent::Objected {
            project,
            milestone: 0,
            holder: someone(),
            amount,
            objected: amount,
            reason_hash: hash(),
        },
        Some(EscrowEvent::Objected { .. }) => EscrowEvent::ObjectionWithdrawn {
            project,
            milestone: 0,
            holder: someone(),
            objected: amount,
        },
        Some(EscrowEvent::ObjectionWithdrawn { .. }) => EscrowEvent::Disputed {
            project,
            dispute: Dispute::Milestone { milestone: 0 },
            decide_until: UnixSeconds(4),
        },
        Some(EscrowEvent::Disputed { .. }) => EscrowEvent::Decided {
            project,
            dispute: Dispute::Milestone { milestone: 0 },
            by: DecidedBy::Silence,
            at: UnixSeconds(4),
            kept: BasisPoints(5),
            returned: amount,
        },
        Some(EscrowEvent::Decided { .. }) => EscrowEvent::Offered {
            project,
            offer: 1,
            proposal: Proposal::Due {
                milestone: 0,
                due: UnixSeconds(4),
            },
        },
        Some(EscrowEvent::Offered { .. }) => EscrowEvent::OfferWithdrawn { project, offer: 1 },
        Some(EscrowEvent::OfferWithdrawn { .. }) => EscrowEvent::Consented {
            project,
            offer: 1,
            holder: someone(),
            amount,
            consented: amount,
        },
        Some(EscrowEvent::Consented { .. }) => EscrowEvent::DueMoved {
            project,
            milestone: 0,
            due: UnixSeconds(4),
        },
        Some(EscrowEvent::DueMoved { .. }) => EscrowEvent::EndConsented {
            project,
            holder: someone(),
            amount,
            consented: amount,
        },
        Some(EscrowEvent::EndConsented { .. }) => EscrowEvent::DefectsClaimed {
            project,
            claim: 1,
            holder: someone(),
            amount,
            reason_hash: hash(),
        },
        Some(EscrowEvent::DefectsClaimed { .. }) => EscrowEvent::ClaimSupported {
            project,
            claim: 1,
            holder: someone(),
            amount,
            supported: amount,
        },
        Some(EscrowEvent::ClaimSupported { .. }) => EscrowEvent::SupportWithdrawn {
            project,
            claim: 1,
            holder: someone(),
            supported: amount,
        },
        Some(EscrowEvent::SupportWithdrawn { .. }) => EscrowEvent::Drawn {
            project,
            payee: 0,
            to: someone(),
            amount,
        },
        Some(EscrowEvent::Drawn { .. }) => EscrowEvent::PayeeMoving {
            project,
            payee: 0,
            to: someone(),
        },
        Some(EscrowEvent::PayeeMoving { .. }) => EscrowEvent::PayeeMoved {
            project,
            payee: 0,
            to: someone(),
        },
        Some(EscrowEvent::PayeeMoved { .. }) => EscrowEvent::Terminated {
            project,
            submitted: 0,
            returned: amount,
            forfeited: amount,
        },
        Some(EscrowEvent::Terminated { .. }) => EscrowEvent::Refunded {
            project,
            pledger: someone(),
            amount,
        },
        Some(EscrowEvent::Refunded { .. }) => EscrowEvent::RevenuePaid {
            project,
            payer: someone(),
            amount,
        },
        Some(EscrowEvent::RevenuePaid { .. }) => EscrowEvent::RevenueClaimed {
            project,
            pledger: someone(),
            amount,
        },
        Some(EscrowEvent::RevenueClaimed { .. }) => return None,
    })
}

#[test]
fn the_readme_lists_every_event() {
    let events = core::iter::successors(after(None), |event| after(Some(event)));
    let row = |event: EscrowEvent| {
        let event = Event::from(event);
        format!("| `{}` | `{}` |", event.ty, keys(&event).join("`, `"))
    };
    let table: Vec<String> = events.map(row).collect();
    let table = table.join("\n");
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&table), "the README lacks:\n{table}");
}

#[test]
fn events_of_a_life() {
    let mut escrow = Escrow::new();
    let terms = escrow.founding();
    let opened = escrow.send("anybody", ExecuteMsg::Open { terms }, &[]).unwrap();
    assert_eq!(told(&opened), ["project_opened: project terms_hash"]);
    let pledged = escrow.pledge("A", 1, 10_000, Condition::default()).unwrap();
    assert_eq!(
        told(&pledged),
        [
            "pledged: project pledger amount pledged consistent",
            "joined: project pledger amount"
        ]
    );
    escrow.pledge("B", 1, 10_000, Condition::default()).unwrap();
    let funded = escrow.pledge("C", 1, 10_000, Condition::default()).unwrap();
    assert_eq!(told(&funded)[2], "funded: project funded");
    assert_eq!(
        told(&escrow.accept(1).unwrap()),
        ["accepted: project contractor bond"]
    );
    let submitted = escrow.submit(1, 0).unwrap();
    assert_eq!(
        told(&submitted),
        ["milestone_submitted: project milestone evidence_hash payable_at"]
    );
    escrow.submit(1, 1).unwrap();
    escrow.go_to(START + 7 * DAY);
    assert_eq!(told(&escrow.draw(1).unwrap()), ["drawn: project payee to amount"]);
    assert_eq!(
        told(&escrow.pay_revenue(1, 30).unwrap()),
        ["revenue_paid: project payer amount"]
    );
    assert_eq!(
        told(&escrow.claim_revenue("A", 1).unwrap()),
        ["revenue_claimed: project pledger amount"]
    );
}

#[test]
fn events_of_endings() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    escrow.go_to(START + 50 * DAY);
    let terminated = escrow
        .send("anybody", ExecuteMsg::Terminate { project }, &[])
        .unwrap();
    assert_eq!(
        told(&terminated),
        ["terminated: project submitted returned forfeited"]
    );
    assert_eq!(
        told(&escrow.refund("A", project).unwrap()),
        ["refunded: project pledger amount"]
    );
}

#[test]
fn values_are_plain() {
    let mut escrow = Escrow::new();
    let project = escrow.open(&escrow.open_call(5_120, 5_120));
    let never = escrow.if_pledged(&["nobody"], 1);
    for number in 0..MAX_PLEDGES {
        let name = format!("p{number}");
        escrow
            .pledge_unchecked(&name, project, 10 + u128::from(number), never.clone())
            .unwrap();
    }
    let response = escrow
        .pledge("late", project, 5_120, Condition::default())
        .unwrap();
    let values = |event: &Event| {
        let values: Vec<_> = event
            .attributes
            .iter()
            .map(|attribute| attribute.value.clone())
            .collect();
        (event.ty.clone(), values.join(" "))
    };
    let (first, late) = (escrow.addr("p0"), escrow.addr("late"));
    let pledged: u128 = (1..512).map(|number| 10 + number).sum::<u128>() + 5_120;
    assert_eq!(
        response.events.iter().map(values).collect::<Vec<_>>(),
        [
            ("pledged".to_owned(), format!("1 {late} 5120 {pledged} 5120")),
            ("joined".to_owned(), format!("1 {late} 5120")),
            ("displaced".to_owned(), format!("1 {first} 10")),
            ("funded".to_owned(), "1 5120".to_owned()),
        ]
    );
}
