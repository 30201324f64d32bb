//! Events of the escrow as the chain tells them: a name, and each field as an attribute.

use cosmwasm_std::{Addr, Event};
use gridpact_units::Amount;

use super::disputes::{DecidedBy, Dispute, Proposal};
use super::event_names as names;
use super::events::EscrowEvent;
use super::terms::ProjectId;

impl From<EscrowEvent> for Event {
    fn from(event: EscrowEvent) -> Self {
        let told = match event {
            EscrowEvent::ProjectOpened { project, terms_hash } => {
                of(names::PROJECT_OPENED, project).say("terms_hash", &terms_hash.to_hex())
            }
            EscrowEvent::Pledged {
                project,
                pledger,
                amount,
                pledged,
                consistent,
            } => of(names::PLEDGED, project)
                .say("pledger", &pledger)
                .say("amount", &amount)
                .say("pledged", &pledged)
                .say("consistent", &consistent),
            EscrowEvent::Restated { project, pledger } => {
                of(names::RESTATED, project).say("pledger", &pledger)
            }
            EscrowEvent::Joined {
                project,
                pledger,
                amount,
            } => moved(names::JOINED, project, "pledger", pledger, amount),
            EscrowEvent::Displaced {
                project,
                pledger,
                amount,
            } => moved(names::DISPLACED, project, "pledger", pledger, amount),
            EscrowEvent::Funded { project, funded } => of(names::FUNDED, project).say("funded", &funded),
            EscrowEvent::AboveCap {
                project,
                pledger,
                amount,
            } => moved(names::ABOVE_CAP, project, "pledger", pledger, amount),
            EscrowEvent::Accepted {
                project,
                contractor,
                bond,
            } => of(names::ACCEPTED, project)
                .say("contractor", &contractor)
                .say("bond", &bond),
            EscrowEvent::MilestoneSubmitted {
                project,
                milestone,
                evidence_hash,
                payable_at,
            } => of(names::MILESTONE_SUBMITTED, project)
                .say("milestone", &milestone)
                .say("evidence_hash", &evidence_hash.to_hex())
                .say("payable_at", &payable_at),
            EscrowEvent::Objected {
                project,
                milestone,
                holder,
                amount,
                objected,
                reason_hash,
            } => of(names::OBJECTED, project)
                .say("milestone", &milestone)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("objected", &objected)
                .say("reason_hash", &reason_hash.to_hex()),
            EscrowEvent::ObjectionWithdrawn {
                project,
                milestone,
                holder,
                objected,
            } => of(names::OBJECTION_WITHDRAWN, project)
                .say("milestone", &milestone)
                .say("holder", &holder)
                .say("objected", &objected),
            EscrowEvent::Disputed {
                project,
                dispute,
                decide_until,
            } => of(names::DISPUTED, project)
                .say_all(of_dispute(dispute))
                .say("decide_until", &decide_until),
            EscrowEvent::Decided {
                project,
                dispute,
                by,
                at,
                kept,
                returned,
            } => of(names::DECIDED, project)
                .say_all(of_dispute(dispute))
                .say("by", &by_name(by))
                .say("at", &at)
                .say("kept", &kept.0)
                .say("returned", &returned),
            EscrowEvent::Offered {
                project,
                offer,
                proposal,
            } => of(names::OFFERED, project)
                .say("offer", &offer)
                .say_all(of_proposal(proposal)),
            EscrowEvent::OfferWithdrawn { project, offer } => {
                of(names::OFFER_WITHDRAWN, project).say("offer", &offer)
            }
            EscrowEvent::Consented {
                project,
                offer,
                holder,
                amount,
                consented,
            } => of(names::CONSENTED, project)
                .say("offer", &offer)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("consented", &consented),
            EscrowEvent::DueMoved {
                project,
                milestone,
                due,
            } => of(names::DUE_MOVED, project)
                .say("milestone", &milestone)
                .say("due", &due),
            EscrowEvent::EndConsented {
                project,
                holder,
                amount,
                consented,
            } => of(names::END_CONSENTED, project)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("consented", &consented),
            EscrowEvent::DefectsClaimed {
                project,
                claim,
                holder,
                amount,
                reason_hash,
            } => of(names::DEFECTS_CLAIMED, project)
                .say("claim", &claim)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("reason_hash", &reason_hash.to_hex()),
            EscrowEvent::ClaimSupported {
                project,
                claim,
                holder,
                amount,
                supported,
            } => of(names::CLAIM_SUPPORTED, project)
                .say("claim", &claim)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("supported", &supported),
            EscrowEvent::SupportWithdrawn {
                project,
                claim,
                holder,
                supported,
            } => of(names::SUPPORT_WITHDRAWN, project)
                .say("claim", &claim)
                .say("holder", &holder)
                .say("supported", &supported),
            EscrowEvent::PayeeMoving { project, payee, to } => of(names::PAYEE_MOVING, project)
                .say("payee", &payee)
                .say("to", &to),
            EscrowEvent::PayeeMoved { project, payee, to } => of(names::PAYEE_MOVED, project)
                .say("payee", &payee)
                .say("to", &to),
            EscrowEvent::Drawn {
                project,
                payee,
                to,
                amount,
            } => of(names::DRAWN, project)
                .say("payee", &payee)
                .say("to", &to)
                .say("amount", &amount),
            EscrowEvent::Terminated {
                project,
                submitted,
                returned,
                forfeited,
            } => of(names::TERMINATED, project)
                .say("submitted", &submitted)
                .say("returned", &returned)
                .say("forfeited", &forfeited),
            EscrowEvent::Refunded {
                project,
                pledger,
                amount,
            } => moved(names::REFUNDED, project, "pledger", pledger, amount),
            EscrowEvent::RevenuePaid {
                project,
                payer,
                amount,
            } => moved(names::REVENUE_PAID, project, "payer", payer, amount),
            EscrowEvent::RevenueClaimed {
                project,
                pledger,
                amount,
            } => moved(names::REVENUE_CLAIMED, project, "pledger", pledger, amount),
        };
        told.0
    }
}

/// An event of a project.
fn of(name: &str, project: ProjectId) -> Told {
    Told(Event::new(name)).say("project", &project)
}

/// An event as it is told, attribute by attribute. One function that is compiled once: there are a hundred attributes.
struct Told(Event);

impl Told {
    #[inline(never)]
    fn say(mut self, key: &str, value: &dyn core::fmt::Display) -> Self {
        self.0 = self.0.add_attribute(key, value.to_string());
        self
    }

    fn say_all(self, all: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        all.into_iter()
            .fold(self, |told, (key, value)| told.say(key, &value))
    }
}

/// An event that tells of somebody's money.
fn moved(name: &str, project: ProjectId, key: &str, whose: Addr, amount: Amount) -> Told {
    of(name, project).say(key, &whose).say("amount", &amount)
}

/// A dispute as one attribute: of a milestone or of a claim.
fn of_dispute(dispute: Dispute) -> [(&'static str, String); 1] {
    match dispute {
        Dispute::Milestone { milestone } => [("milestone", milestone.to_string())],
        Dispute::Claim { claim } => [("claim", claim.to_string())],
    }
}

/// A proposal as attributes; its kind first.
fn of_proposal(proposal: Proposal) -> Vec<(&'static str, String)> {
    match proposal {
        Proposal::Split { dispute, kept } => {
            let [dispute] = of_dispute(dispute);
            vec![
                ("kind", "split".to_owned()),
                dispute,
                ("kept", kept.0.to_string()),
            ]
        }
        Proposal::Due { milestone, due } => vec![
            ("kind", "due".to_owned()),
            ("milestone", milestone.to_string()),
            ("due", due.to_string()),
        ],
        Proposal::End {} => vec![("kind", "end".to_owned())],
    }
}

const fn by_name(by: DecidedBy) -> &'static str {
    match by {
        DecidedBy::Decider => "decider",
        DecidedBy::Silence => "silence",
        DecidedBy::Consent => "consent",
    }
}
