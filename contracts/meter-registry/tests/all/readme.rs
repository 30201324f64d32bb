//! The README's bounds are those of the code, and its events those that are told. That the tests exist which it names,
//! `cargo test -p gridpact-house` sees.

use cosmwasm_std::{Addr, Event};
use cw_ownable::Ownership;
use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_report::Mode;
use gridpact_types::registry::bounds::{
    MAX_FUTURE_ROSTERS, MAX_NOTICE, MAX_PROPOSALS_OF_OWNER, MAX_REVISION, MAX_ROSTERS_EVERY, PROPOSAL_OPEN,
};
use gridpact_types::registry::events::RegistryEvent;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use crate::harness::DAY;

const README: &str = include_str!("../../README.md");

#[test]
fn its_bounds_are_those_of_the_code() {
    let (max_intervals, max_seats) = (Mode::Open.max_intervals(), Mode::Open.max_seats());
    let rows = [
        format!("| members | {MAX_MEMBERS} |"),
        format!("| revision | {MAX_REVISION} |"),
        format!("| intervals a report | {max_intervals} |"),
        format!("| seats | {},{:03} |", max_seats / 1_000, max_seats % 1_000),
        format!(
            "| open proposals | {MAX_PROPOSALS_OF_OWNER} an address, {} days each |",
            PROPOSAL_OPEN.0 / DAY
        ),
        format!(
            "| rosters begin | every interval to every {} days |",
            MAX_ROSTERS_EVERY.0 / DAY
        ),
        format!("| rosters in the future | {MAX_FUTURE_ROSTERS} |"),
        format!("| notice of a roster | {} days |", MAX_NOTICE.0 / DAY),
    ];
    for row in rows {
        assert!(README.contains(&row), "{row}");
    }
}

/// The first event, or the one behind another, in the order of the table. Exhaustive: a new event does not compile before it
/// has a place here.
fn next(event: Option<&RegistryEvent>) -> Option<RegistryEvent> {
    let first_interval = IntervalIndex(1);
    let who = Addr::unchecked("a");
    Some(match event {
        None => RegistryEvent::GridCreated {
            operator: who.clone(),
            settlement: who,
            members: 4,
            quorum: 3,
        },
        Some(RegistryEvent::GridCreated { .. }) => RegistryEvent::MeterProposed {
            proposal: 1,
            owner: who,
            expires_at: UnixSeconds(1),
        },
        Some(RegistryEvent::MeterProposed { .. }) => RegistryEvent::ProposalDropped { proposal: 1, by: who },
        Some(RegistryEvent::ProposalDropped { .. }) => RegistryEvent::MetersAdmitted {
            roster_version: 1,
            from: first_interval,
            first_slot: Slot(0),
            count: 1,
            proposals: vec![1],
        },
        Some(RegistryEvent::MetersAdmitted { .. }) => RegistryEvent::ProposalGone {
            proposal: 1,
            household: 1,
        },
        Some(RegistryEvent::ProposalGone { .. }) => RegistryEvent::ReportAccepted {
            first_interval,
            intervals: 1,
            revision: 0,
            digest: [1; 32],
            body_hash: [1; 32],
            signers: 7,
            final_at: UnixSeconds(1),
            carrier: who,
        },
        Some(RegistryEvent::ReportAccepted { .. }) => RegistryEvent::ReportKnown {
            first_interval,
            digest: [1; 32],
            body_hash: [1; 32],
            height: 1,
        },
        Some(RegistryEvent::ReportKnown { .. }) => RegistryEvent::GapClosed {
            first_interval,
            intervals: 1,
        },
        Some(RegistryEvent::GapClosed { .. }) => RegistryEvent::NoGap {
            next_interval: None,
            oldest_interval: first_interval,
        },
        Some(RegistryEvent::NoGap { .. }) => RegistryEvent::OwnershipUpdated(Ownership {
            owner: Some(who),
            pending_owner: None,
            pending_expiry: None,
        }),
        Some(RegistryEvent::OwnershipUpdated(_)) => return None,
    })
}

#[test]
fn its_events_are_those_that_are_told() {
    let mut last = None;
    let mut told = 0;
    while let Some(event) = next(last.as_ref()) {
        let shown = Event::from(event.clone());
        let keys: Vec<String> = shown
            .attributes
            .iter()
            .map(|pair| format!("`{}`", pair.key))
            .collect();
        let row = format!("| `{}` | {} |", shown.ty, keys.join(", "));
        assert!(README.contains(&row), "the README lacks: {row}");
        (last, told) = (Some(event), told + 1);
    }
    assert_eq!(told, 10);
}
