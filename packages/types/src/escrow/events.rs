//! Events of the escrow, each one fact. Readers look attributes up by their keys, so that they survive further ones.

use cosmwasm_std::{Addr, HexBinary};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use super::disputes::{ClaimId, DecidedBy, Dispute, Proposal};
use super::terms::ProjectId;

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
