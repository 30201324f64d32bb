//! Events of the escrow, each one fact. Readers look attributes up by their keys, so that they survive further ones.

use cosmwasm_std::{Addr, Event, HexBinary};
use gridpact_units::{Amount, UnixSeconds};

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

/// What happened. The attributes' keys are the names of the fields, in their order, and the values plain text.
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
    /// The contractor drew.
    Drawn {
        /// The project.
        project: ProjectId,
        /// The contractor.
        contractor: Addr,
        /// How much.
        amount: Amount,
    },
    /// The project ended early.
    Terminated {
        /// The project.
        project: ProjectId,
        /// The milestone that was overdue.
        milestone: u32,
        /// What goes back to those who paid.
        returned: Amount,
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
        match event {
            EscrowEvent::ProjectOpened { project, terms_hash } => {
                of(PROJECT_OPENED, project).add_attribute("terms_hash", terms_hash.to_hex())
            }
            EscrowEvent::Pledged {
                project,
                pledger,
                amount,
                pledged,
                consistent,
            } => of(PLEDGED, project)
                .add_attribute("pledger", pledger)
                .add_attribute("amount", amount.to_string())
                .add_attribute("pledged", pledged.to_string())
                .add_attribute("consistent", consistent.to_string()),
            EscrowEvent::Restated { project, pledger } => {
                of(RESTATED, project).add_attribute("pledger", pledger)
            }
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
            EscrowEvent::Funded { project, funded } => {
                of(FUNDED, project).add_attribute("funded", funded.to_string())
            }
            EscrowEvent::AboveCap {
                project,
                pledger,
                amount,
            } => moved(ABOVE_CAP, project, "pledger", pledger, amount),
            EscrowEvent::Accepted { project, contractor } => {
                of(ACCEPTED, project).add_attribute("contractor", contractor)
            }
            EscrowEvent::MilestoneSubmitted {
                project,
                milestone,
                evidence_hash,
                payable_at,
            } => of(MILESTONE_SUBMITTED, project)
                .add_attribute("milestone", milestone.to_string())
                .add_attribute("evidence_hash", evidence_hash.to_hex())
                .add_attribute("payable_at", payable_at.to_string()),
            EscrowEvent::Drawn {
                project,
                contractor,
                amount,
            } => moved(DRAWN, project, "contractor", contractor, amount),
            EscrowEvent::Terminated {
                project,
                milestone,
                returned,
            } => of(TERMINATED, project)
                .add_attribute("milestone", milestone.to_string())
                .add_attribute("returned", returned.to_string()),
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
        }
    }
}

/// An event of a project.
fn of(name: &str, project: ProjectId) -> Event {
    Event::new(name).add_attribute("project", project.to_string())
}

/// An event that tells of somebody's money.
fn moved(name: &str, project: ProjectId, key: &str, whose: Addr, amount: Amount) -> Event {
    of(name, project)
        .add_attribute(key, whose)
        .add_attribute("amount", amount.to_string())
}
