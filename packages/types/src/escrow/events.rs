//! Events of the escrow, each one fact. Readers look attributes up by their keys, so that they survive further ones.

use cosmwasm_std::{Addr, Event, HexBinary};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use super::disputes::{ClaimId, DecidedBy, Dispute, Proposal};
use super::terms::ProjectId;

/// Name of [`EscrowEvent::ProjectOpened`].
pub const PROJECT_OPENED: &str = "project_opened";
/// Name of [`EscrowEvent::Pledged`].
pub const PLEDGED: &str = "pledged";
/// Name of [`EscrowEvent::Restated`].
pub const RESTATED: &str = "restated";
/// Name of [`EscrowEvent::Joined`].
pub const JOINED: &str = "joined";
/// Name of [`EscrowEvent::Displaced`].
pub const DISPLACED: &str = "displaced";
/// Name of [`EscrowEvent::Funded`].
pub const FUNDED: &str = "funded";
/// Name of [`EscrowEvent::AboveCap`].
pub const ABOVE_CAP: &str = "above_cap";
/// Name of [`EscrowEvent::Accepted`].
pub const ACCEPTED: &str = "accepted";
/// Name of [`EscrowEvent::MilestoneSubmitted`].
pub const MILESTONE_SUBMITTED: &str = "milestone_submitted";
/// Name of [`EscrowEvent::Drawn`].
pub const DRAWN: &str = "drawn";
/// Name of [`EscrowEvent::Terminated`].
pub const TERMINATED: &str = "terminated";
/// Name of [`EscrowEvent::Refunded`].
pub const REFUNDED: &str = "refunded";
/// Name of [`EscrowEvent::RevenuePaid`].
pub const REVENUE_PAID: &str = "revenue_paid";
/// Name of [`EscrowEvent::RevenueClaimed`].
pub const REVENUE_CLAIMED: &str = "revenue_claimed";
/// Name of [`EscrowEvent::Objected`].
pub const OBJECTED: &str = "objected";
/// Name of [`EscrowEvent::ObjectionWithdrawn`].
pub const OBJECTION_WITHDRAWN: &str = "objection_withdrawn";
/// Name of [`EscrowEvent::Disputed`].
pub const DISPUTED: &str = "disputed";
/// Name of [`EscrowEvent::Decided`].
pub const DECIDED: &str = "decided";
/// Name of [`EscrowEvent::Offered`].
pub const OFFERED: &str = "offered";
/// Name of [`EscrowEvent::OfferWithdrawn`].
pub const OFFER_WITHDRAWN: &str = "offer_withdrawn";
/// Name of [`EscrowEvent::Consented`].
pub const CONSENTED: &str = "consented";
/// Name of [`EscrowEvent::DueMoved`].
pub const DUE_MOVED: &str = "due_moved";
/// Name of [`EscrowEvent::EndConsented`].
pub const END_CONSENTED: &str = "end_consented";
/// Name of [`EscrowEvent::DefectsClaimed`].
pub const DEFECTS_CLAIMED: &str = "defects_claimed";
/// Name of [`EscrowEvent::ClaimSupported`].
pub const CLAIM_SUPPORTED: &str = "claim_supported";
/// Name of [`EscrowEvent::SupportWithdrawn`].
pub const SUPPORT_WITHDRAWN: &str = "support_withdrawn";
/// Name of [`EscrowEvent::PayeeMoving`].
pub const PAYEE_MOVING: &str = "payee_moving";
/// Name of [`EscrowEvent::PayeeMoved`].
pub const PAYEE_MOVED: &str = "payee_moved";

/// What happened. The attributes' keys are the names of the fields, in their order, and the values plain
/// text; a dispute is the key `milestone` or `claim`, and a proposal its `kind` with what that has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EscrowEvent {
    /// A project opened.
    ProjectOpened {
        /// Its number.
        project: ProjectId,
        /// SHA-256 of its terms.
        terms_hash: HexBinary,
    },
    /// A pledge was made or raised.
    Pledged {
        /// The project.
        project: ProjectId,
        /// Who pledged.
        pledger: Addr,
        /// What came with this message.
        amount: Amount,
        /// All standing pledges now.
        pledged: Amount,
        /// Those of them in the greatest self-consistent set.
        consistent: Amount,
    },
    /// A pledger asks less of the others.
    Restated {
        /// The project.
        project: ProjectId,
        /// Who.
        pledger: Addr,
    },
    /// A pledge came into the greatest self-consistent set, at once or later.
    Joined {
        /// The project.
        project: ProjectId,
        /// Whose pledge.
        pledger: Addr,
        /// How much it is.
        amount: Amount,
    },
    /// A pledge was displaced from a full list; its money can be taken back.
    Displaced {
        /// The project.
        project: ProjectId,
        /// Whose pledge it was.
        pledger: Addr,
        /// How much.
        amount: Amount,
    },
    /// The target was reached.
    Funded {
        /// The project.
        project: ProjectId,
        /// What the project takes.
        funded: Amount,
    },
    /// The cap left some of a member's pledge, which can be taken back.
    AboveCap {
        /// The project.
        project: ProjectId,
        /// Whose pledge.
        pledger: Addr,
        /// How much of it the project does not take.
        amount: Amount,
    },
    /// The contractor accepted.
    Accepted {
        /// The project.
        project: ProjectId,
        /// The contractor.
        contractor: Addr,
        /// The bond that came with it.
        bond: Amount,
    },
    /// A milestone was submitted.
    MilestoneSubmitted {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// SHA-256 of the evidence.
        evidence_hash: HexBinary,
        /// When the review ends.
        payable_at: UnixSeconds,
    },
    /// A holder objects to a milestone.
    Objected {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// Who.
        holder: Addr,
        /// What the holder paid.
        amount: Amount,
        /// What all paid who object now.
        objected: Amount,
        /// SHA-256 of the reason.
        reason_hash: HexBinary,
    },
    /// A holder took an objection back.
    ObjectionWithdrawn {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// Who.
        holder: Addr,
        /// What all paid who object now.
        objected: Amount,
    },
    /// The decider's time begins.
    Disputed {
        /// The project.
        project: ProjectId,
        /// What is in dispute.
        dispute: Dispute,
        /// When it ends.
        decide_until: UnixSeconds,
    },
    /// A dispute ended.
    Decided {
        /// The project.
        project: ProjectId,
        /// What was in dispute.
        dispute: Dispute,
        /// Who ended it.
        by: DecidedBy,
        /// When: for silence, when the time was up.
        at: UnixSeconds,
        /// What the contractor and the payees keep of it, in basis points.
        kept: BasisPoints,
        /// What goes to the holders.
        returned: Amount,
    },
    /// The contractor made an offer.
    Offered {
        /// The project.
        project: ProjectId,
        /// Its number.
        offer: u64,
        /// What is offered.
        proposal: Proposal,
    },
    /// The contractor took an offer back.
    OfferWithdrawn {
        /// The project.
        project: ProjectId,
        /// Its number.
        offer: u64,
    },
    /// A holder consents to an offer.
    Consented {
        /// The project.
        project: ProjectId,
        /// Its number.
        offer: u64,
        /// Who.
        holder: Addr,
        /// What the holder paid.
        amount: Amount,
        /// What all paid who consent now.
        consented: Amount,
    },
    /// A due date moved by consent; later ones by the same.
    DueMoved {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// When it is due now.
        due: UnixSeconds,
    },
    /// A holder wants the project to end.
    EndConsented {
        /// The project.
        project: ProjectId,
        /// Who.
        holder: Addr,
        /// What the holder paid.
        amount: Amount,
        /// What all paid who want it now.
        consented: Amount,
    },
    /// A holder claimed defects.
    DefectsClaimed {
        /// The project.
        project: ProjectId,
        /// Number of the claim.
        claim: ClaimId,
        /// Who.
        holder: Addr,
        /// The sum that is asked for.
        amount: Amount,
        /// SHA-256 of the reason.
        reason_hash: HexBinary,
    },
    /// A holder supports a claim.
    ClaimSupported {
        /// The project.
        project: ProjectId,
        /// Number of the claim.
        claim: ClaimId,
        /// Who.
        holder: Addr,
        /// What the holder paid.
        amount: Amount,
        /// What all paid who support it now.
        supported: Amount,
    },
    /// A holder took support back.
    SupportWithdrawn {
        /// The project.
        project: ProjectId,
        /// Number of the claim.
        claim: ClaimId,
        /// Who.
        holder: Addr,
        /// What all paid who support it now.
        supported: Amount,
    },
    /// A payee named another address.
    PayeeMoving {
        /// The project.
        project: ProjectId,
        /// Number of the payee.
        payee: u32,
        /// The other address.
        to: Addr,
    },
    /// That address is paid from now on.
    PayeeMoved {
        /// The project.
        project: ProjectId,
        /// Number of the payee.
        payee: u32,
        /// The address.
        to: Addr,
    },
    /// The contractor or another payee drew.
    Drawn {
        /// The project.
        project: ProjectId,
        /// Number of the payee; 0 is the contractor.
        payee: u32,
        /// Who was paid.
        to: Addr,
        /// How much.
        amount: Amount,
    },
    /// The project ended early.
    Terminated {
        /// The project.
        project: ProjectId,
        /// How many milestones were submitted.
        submitted: u32,
        /// What goes to the holders: what no submitted milestone earned, and the part of the bond below.
        returned: Amount,
        /// The part of the bond that goes to the holders: all of it, or nothing of an end together.
        forfeited: Amount,
    },
    /// A pledger took money back.
    Refunded {
        /// The project.
        project: ProjectId,
        /// The pledger.
        pledger: Addr,
        /// How much.
        amount: Amount,
    },
    /// Revenue came in.
    RevenuePaid {
        /// The project.
        project: ProjectId,
        /// Who paid.
        payer: Addr,
        /// How much.
        amount: Amount,
    },
    /// A pledger took revenue.
    RevenueClaimed {
        /// The project.
        project: ProjectId,
        /// The pledger.
        pledger: Addr,
        /// How much.
        amount: Amount,
    },
}

impl From<EscrowEvent> for Event {
    fn from(event: EscrowEvent) -> Self {
        let told = match event {
            EscrowEvent::ProjectOpened { project, terms_hash } => {
                of(PROJECT_OPENED, project).say("terms_hash", &terms_hash.to_hex())
            }
            EscrowEvent::Pledged {
                project,
                pledger,
                amount,
                pledged,
                consistent,
            } => of(PLEDGED, project)
                .say("pledger", &pledger)
                .say("amount", &amount)
                .say("pledged", &pledged)
                .say("consistent", &consistent),
            EscrowEvent::Restated { project, pledger } => of(RESTATED, project).say("pledger", &pledger),
            EscrowEvent::Joined {
                project,
                pledger,
                amount,
            } => moved(JOINED, project, "pledger", pledger, amount),
            EscrowEvent::Displaced {
                project,
                pledger,
                amount,
            } => moved(DISPLACED, project, "pledger", pledger, amount),
            EscrowEvent::Funded { project, funded } => of(FUNDED, project).say("funded", &funded),
            EscrowEvent::AboveCap {
                project,
                pledger,
                amount,
            } => moved(ABOVE_CAP, project, "pledger", pledger, amount),
            EscrowEvent::Accepted {
                project,
                contractor,
                bond,
            } => of(ACCEPTED, project)
                .say("contractor", &contractor)
                .say("bond", &bond),
            EscrowEvent::MilestoneSubmitted {
                project,
                milestone,
                evidence_hash,
                payable_at,
            } => of(MILESTONE_SUBMITTED, project)
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
            } => of(OBJECTED, project)
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
            } => of(OBJECTION_WITHDRAWN, project)
                .say("milestone", &milestone)
                .say("holder", &holder)
                .say("objected", &objected),
            EscrowEvent::Disputed {
                project,
                dispute,
                decide_until,
            } => of(DISPUTED, project)
                .say_all(of_dispute(dispute))
                .say("decide_until", &decide_until),
            EscrowEvent::Decided {
                project,
                dispute,
                by,
                at,
                kept,
                returned,
            } => of(DECIDED, project)
                .say_all(of_dispute(dispute))
                .say("by", &by_name(by))
                .say("at", &at)
                .say("kept", &kept.0)
                .say("returned", &returned),
            EscrowEvent::Offered {
                project,
                offer,
                proposal,
            } => of(OFFERED, project)
                .say("offer", &offer)
                .say_all(of_proposal(proposal)),
            EscrowEvent::OfferWithdrawn { project, offer } => {
                of(OFFER_WITHDRAWN, project).say("offer", &offer)
            }
            EscrowEvent::Consented {
                project,
                offer,
                holder,
                amount,
                consented,
            } => of(CONSENTED, project)
                .say("offer", &offer)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("consented", &consented),
            EscrowEvent::DueMoved {
                project,
                milestone,
                due,
            } => of(DUE_MOVED, project)
                .say("milestone", &milestone)
                .say("due", &due),
            EscrowEvent::EndConsented {
                project,
                holder,
                amount,
                consented,
            } => of(END_CONSENTED, project)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("consented", &consented),
            EscrowEvent::DefectsClaimed {
                project,
                claim,
                holder,
                amount,
                reason_hash,
            } => of(DEFECTS_CLAIMED, project)
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
            } => of(CLAIM_SUPPORTED, project)
                .say("claim", &claim)
                .say("holder", &holder)
                .say("amount", &amount)
                .say("supported", &supported),
            EscrowEvent::SupportWithdrawn {
                project,
                claim,
                holder,
                supported,
            } => of(SUPPORT_WITHDRAWN, project)
                .say("claim", &claim)
                .say("holder", &holder)
                .say("supported", &supported),
            EscrowEvent::PayeeMoving { project, payee, to } => {
                of(PAYEE_MOVING, project).say("payee", &payee).say("to", &to)
            }
            EscrowEvent::PayeeMoved { project, payee, to } => {
                of(PAYEE_MOVED, project).say("payee", &payee).say("to", &to)
            }
            EscrowEvent::Drawn {
                project,
                payee,
                to,
                amount,
            } => of(DRAWN, project)
                .say("payee", &payee)
                .say("to", &to)
                .say("amount", &amount),
            EscrowEvent::Terminated {
                project,
                submitted,
                returned,
                forfeited,
            } => of(TERMINATED, project)
                .say("submitted", &submitted)
                .say("returned", &returned)
                .say("forfeited", &forfeited),
            EscrowEvent::Refunded {
                project,
                pledger,
                amount,
            } => moved(REFUNDED, project, "pledger", pledger, amount),
            EscrowEvent::RevenuePaid {
                project,
                payer,
                amount,
            } => moved(REVENUE_PAID, project, "payer", payer, amount),
            EscrowEvent::RevenueClaimed {
                project,
                pledger,
                amount,
            } => moved(REVENUE_CLAIMED, project, "pledger", pledger, amount),
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
