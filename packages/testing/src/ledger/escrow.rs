//! An escrow's books, kept beside the contract's from its events.

use std::collections::{BTreeMap, BTreeSet};

use cosmwasm_std::{Addr, Event};
use gridpact_types::escrow::event_names as events;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::UnixSeconds;

use super::attributes::Attributes;
use super::room::Room;

/// What came in and went out of every project, and when what happened.
#[derive(Clone, Debug)]
pub struct EscrowLedger {
    /// The escrow.
    pub addr: Addr,
    /// Its projects.
    pub projects: BTreeMap<ProjectId, ProjectLedger>,
}

/// One project. Money by address, in base units.
#[derive(Clone, Debug, Default)]
pub struct ProjectLedger {
    /// SHA-256 of its terms, in hex.
    pub terms_hash: String,
    /// Pledged, ever.
    pub pledged: BTreeMap<String, u128>,
    /// Who pays what.
    pub room: Room,
    /// What the cap left of pledges.
    pub above_cap: BTreeMap<String, u128>,
    /// Displaced from a full list, ever.
    pub displaced: BTreeMap<String, u128>,
    /// Taken back.
    pub refunded: BTreeMap<String, u128>,
    /// Taken as revenue.
    pub revenue_claimed: BTreeMap<String, u128>,
    /// Paid in as revenue.
    pub revenue: u128,
    /// Drawn by the contractor and the payees.
    pub drawn: u128,
    /// Posted by the contractor.
    pub bond: u128,
    /// Of the bond, what went to the holders.
    pub forfeited: u128,
    /// When a milestone was disputed, and how that ended: when, and what was kept, in basis points; whether a verdict or silence.
    pub disputed_at: BTreeMap<u32, UnixSeconds>,
    /// See above.
    pub decided: BTreeMap<u32, (UnixSeconds, u16, bool)>,
    /// Due dates as they were agreed, in the order of agreements.
    pub due_moved: Vec<(u32, UnixSeconds)>,
    /// Claims before the decider.
    pub open_claims: BTreeSet<u64>,
    /// What claims were awarded, and how many were awarded something.
    pub awarded: u128,
    /// See above.
    pub awards: u32,
    /// Until when an open claim can be decided at the latest.
    pub claims_until: Option<UnixSeconds>,
    /// What it took in, and when.
    pub funded: Option<(u128, UnixSeconds)>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// When each milestone was submitted.
    pub submitted_at: Vec<UnixSeconds>,
    /// When it was ended early.
    pub terminated_at: Option<UnixSeconds>,
    /// What goes back to the holders: by verdicts, claims and an early end.
    pub returned: u128,
}

impl ProjectLedger {
    /// What an address pledged and was not displaced with.
    pub fn standing(&self, pledger: &str) -> u128 {
        of(&self.pledged, pledger) - of(&self.displaced, pledger)
    }
}

/// What an address has in a list; 0 where it is not there.
pub(crate) fn of(list: &BTreeMap<String, u128>, who: &str) -> u128 {
    list.get(who).copied().unwrap_or_default()
}

impl EscrowLedger {
    pub(crate) fn new(addr: Addr) -> Self {
        Self {
            addr,
            projects: BTreeMap::new(),
        }
    }

    /// One event of the escrow, in the order of the transaction.
    pub(crate) fn hear(&mut self, event: &Event, now: UnixSeconds) {
        let event = Attributes(event);
        let Some(name) = event.name() else { return };
        let project = self.projects.entry(event.number("project")).or_default();
        let amount = || event.number::<u128>("amount");
        let by_pledger = |list: &mut BTreeMap<String, u128>| {
            *list.entry(event.text("pledger").to_owned()).or_default() += amount();
        };
        match name {
            events::PROJECT_OPENED => event.text("terms_hash").clone_into(&mut project.terms_hash),
            events::PLEDGED => {
                by_pledger(&mut project.pledged);
                project.room.moved(event.text("pledger"), amount());
            }
            events::RESTATED => project.room.moved(event.text("pledger"), 0),
            events::JOINED => project.room.joined(event.text("pledger"), amount()),
            events::ABOVE_CAP => by_pledger(&mut project.above_cap),
            events::DISPLACED => by_pledger(&mut project.displaced),
            events::REFUNDED => by_pledger(&mut project.refunded),
            events::REVENUE_CLAIMED => by_pledger(&mut project.revenue_claimed),
            events::REVENUE_PAID => project.revenue += amount(),
            events::DRAWN => project.drawn += amount(),
            events::FUNDED => {
                project.funded = Some((event.number("funded"), now));
                project.room.fill(event.number("funded"));
            }
            events::ACCEPTED => {
                project.accepted_at = Some(now);
                project.bond = event.number("bond");
            }
            events::DISPUTED => match event.find("milestone") {
                Some(_) => {
                    project.disputed_at.insert(event.number("milestone"), now);
                }
                None => {
                    project.open_claims.insert(event.number("claim"));
                    project.claims_until = Some(UnixSeconds(event.number("decide_until")));
                }
            },
            events::DECIDED => {
                let returned = event.number::<u128>("returned");
                project.returned += returned;
                if event.find("milestone").is_some() {
                    let at = UnixSeconds(event.number("at"));
                    let decided = (at, event.number("kept"), event.text("by") != "consent");
                    project.decided.insert(event.number("milestone"), decided);
                } else {
                    project.open_claims.remove(&event.number("claim"));
                    project.awarded += returned;
                    project.awards += u32::from(returned > 0);
                }
            }
            events::DUE_MOVED => {
                let due = UnixSeconds(event.number("due"));
                project.due_moved.push((event.number("milestone"), due));
            }
            // What is said moves nothing by itself.
            events::OBJECTED
            | events::OBJECTION_WITHDRAWN
            | events::OFFERED
            | events::OFFER_WITHDRAWN
            | events::CONSENTED
            | events::END_CONSENTED
            | events::DEFECTS_CLAIMED
            | events::CLAIM_SUPPORTED
            | events::SUPPORT_WITHDRAWN
            | events::PAYEE_MOVING
            | events::PAYEE_MOVED => {}
            events::MILESTONE_SUBMITTED => project.submitted_at.push(now),
            events::TERMINATED => {
                project.terminated_at = Some(now);
                project.returned += event.number::<u128>("returned");
                project.forfeited = event.number("forfeited");
            }
            other => panic!("an event that the ledger does not know: {other}"),
        }
    }
}
