//! An escrow's books, kept beside the contract's from its events.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Event};
use gridpact_types::escrow::events;
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
    /// Drawn by the contractor.
    pub drawn: u128,
    /// What it took in, and when.
    pub funded: Option<(u128, UnixSeconds)>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// When each milestone was submitted.
    pub submitted_at: Vec<UnixSeconds>,
    /// When it was ended early.
    pub terminated_at: Option<UnixSeconds>,
    /// What then goes back.
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
            events::ACCEPTED => project.accepted_at = Some(now),
            events::MILESTONE_SUBMITTED => project.submitted_at.push(now),
            events::TERMINATED => {
                project.terminated_at = Some(now);
                project.returned = event.number("returned");
            }
            other => panic!("an event that the ledger does not know: {other}"),
        }
    }
}
