//! What can be asked of the escrow.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use cw20::Cw20ReceiveMsg;
use gridpact_units::{Amount, BasisPoints};

use super::disputes::{ClaimId, Dispute, Proposal, Reason};
use super::terms::{Condition, ProjectId, Terms};
use crate::asset::Asset;

/// The deployment. There is no owner: nobody can change it or take what it holds.
#[cw_serde]
pub struct InstantiateMsg {
    /// Assets a project may use, 1 to 16. A cw20 hook is believed only from a token on this list.
    pub assets: Vec<Asset>,
}

/// What can be asked of the escrow.
#[allow(
    clippy::large_enum_variant,
    reason = "a message is read once and taken apart; only one of them has terms"
)]
#[cw_serde]
pub enum ExecuteMsg {
    /// Anybody: opens a project. Its number and the hash of its terms stand in the event `project_opened`.
    Open {
        /// The terms, fixed from here on: written as bytes once, hashed and kept.
        terms: Terms,
    },
    /// Anybody the terms admit, with the project's native coin attached: locks the money. A second pledge of the same
    /// address adds to the first, must state the same condition, and puts a pledge outside the set behind all others in the order
    /// of pledging. At most the cap in all. With a cw20 token: send it with [`ReceiveMsg::Pledge`].
    Pledge {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the pledger agrees to.
        terms_hash: HexBinary,
        /// What the pledge asks of the others.
        #[serde(default)]
        condition: Condition,
    },
    /// The pledger, while the project is open: asks less of the others. Each part of the condition must be absent, or ask no more
    /// than it did. A pledge outside the set moves behind all others in the order of pledging.
    Restate {
        /// The project.
        project: ProjectId,
        /// What the pledge asks of the others from now on.
        condition: Condition,
    },
    /// A listed cw20 token: tokens arrived with a [`ReceiveMsg`].
    Receive(Cw20ReceiveMsg),
    /// The contractor, within the time the terms give: takes the work on, under these terms. With the bond attached, exactly,
    /// where the terms ask for one in a native coin. With a cw20 token: [`ReceiveMsg::Accept`].
    Accept {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the contractor agrees to.
        terms_hash: HexBinary,
    },
    /// The contractor, until somebody ends the project: says that the next milestone is done. Starts its review period. Once
    /// submitted it is never overdue.
    SubmitMilestone {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0; milestones are submitted in their order.
        milestone: u32,
        /// SHA-256 of the evidence, 32 bytes.
        evidence_hash: HexBinary,
        /// Where the evidence is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
        evidence_uri: String,
    },
    /// A holder, during a milestone's review: objects to it, with what the holder paid. The second in which holders of the
    /// objection share object, the milestone is disputed for good, and the decider's time begins.
    Object {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// Why.
        reason: Reason,
    },
    /// A holder who objected, during the review and while too few do: takes the objection back.
    WithdrawObjection {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
    },
    /// The decider, within the time limit: ends a dispute by a split. What the holders get of a milestone returns at once; the rest
    /// is paid, less the retention. Nothing can be submitted again.
    Decide {
        /// The project.
        project: ProjectId,
        /// The dispute.
        dispute: Dispute,
        /// What the contractor and the payees keep of what is in dispute, every payee alike; at most the whole.
        kept: BasisPoints,
        /// Why. Kept, and answered with the milestone or the claim.
        reason: Reason,
    },
    /// The contractor: makes an offer to the holders, with a number of its own. It takes the place of an earlier one, and consents
    /// to that are void.
    Offer {
        /// The project.
        project: ProjectId,
        /// What is offered.
        proposal: Proposal,
    },
    /// The contractor: takes the offer back.
    WithdrawOffer {
        /// The project.
        project: ProjectId,
    },
    /// A holder: agrees to the offer of this number, for good. It is carried out with the consent that reaches the consent share.
    Consent {
        /// The project.
        project: ProjectId,
        /// Number of the offer.
        offer: u64,
    },
    /// A holder, after the due date of a milestone that is not submitted, or after a verdict that left nothing of one: wants the
    /// project to end. It ends with the consent that reaches the consent share. Consents are void once that milestone is
    /// submitted or its due date moves by agreement; but they stand where a verdict, or silence, left nothing of a milestone by then.
    ConsentToEnd {
        /// The project.
        project: ProjectId,
    },
    /// A holder, within the defects period: claims a sum of the retention for a defect, and supports the claim.
    ClaimDefects {
        /// The project.
        project: ProjectId,
        /// How much; at most what is left of the retention.
        amount: Amount,
        /// Why.
        reason: Reason,
    },
    /// A holder who supports no other open claim, within the defects period: supports a claim, with what the holder paid. The
    /// second in which holders of the objection share support it, the decider's time begins.
    SupportClaim {
        /// The project.
        project: ProjectId,
        /// Number of the claim.
        claim: ClaimId,
    },
    /// A holder, while too few support the claim: takes the support back. A claim that nobody supports is gone.
    WithdrawSupport {
        /// The project.
        project: ProjectId,
    },
    /// A payee: takes everything payable to it now, that is its part of milestones that were reviewed or decided, less the
    /// retention; after the defects period the retention too; the contractor, payee 0, also the bond at completion.
    Draw {
        /// The project.
        project: ProjectId,
        /// Number of the payee; 0 is the contractor.
        #[serde(default)]
        payee: u32,
    },
    /// A payee: names another address, to which everything it has not drawn yet shall go, of payee 0 the bond too. That address must confirm.
    MovePayee {
        /// The project.
        project: ProjectId,
        /// Number of the payee; 0 is the contractor, who stays the contractor in all else.
        #[serde(default)]
        payee: u32,
        /// The other address; the present one takes a move back.
        to: String,
    },
    /// The address that a payee named: is paid in its place from now on.
    ConfirmMove {
        /// The project.
        project: ProjectId,
        /// Number of the payee.
        #[serde(default)]
        payee: u32,
    },
    /// Anybody, once the grace after the due date of a milestone is over that is not submitted: ends the project. What no submitted
    /// milestone has earned goes back to the holders by what they paid, and the bond to them too.
    Terminate {
        /// The project.
        project: ProjectId,
    },
    /// The pledger: takes everything back that is owed to it (failed project, pledge outside the set, excess above the
    /// cap, verdicts, early end).
    ClaimRefund {
        /// The project.
        project: ProjectId,
    },
    /// Anybody, with the project's native coin attached, once all milestones are settled: pays
    /// revenue to the pledgers by what they paid. With a cw20 token: [`ReceiveMsg::PayRevenue`].
    PayRevenue {
        /// The project.
        project: ProjectId,
        /// Hash of the terms of the project that the payer means.
        terms_hash: HexBinary,
    },
    /// The pledger: takes its part of the revenue so far.
    ClaimRevenue {
        /// The project.
        project: ProjectId,
    },
}

/// What a cw20 token's `send` may carry.
#[cw_serde]
pub enum ReceiveMsg {
    /// As [`ExecuteMsg::Pledge`], for the sender of the tokens.
    Pledge {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the pledger agrees to.
        terms_hash: HexBinary,
        /// What the pledge asks of the others.
        #[serde(default)]
        condition: Condition,
    },
    /// As [`ExecuteMsg::Accept`], for the sender of the tokens, where the terms ask for a bond.
    Accept {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the contractor agrees to.
        terms_hash: HexBinary,
    },
    /// As [`ExecuteMsg::PayRevenue`].
    PayRevenue {
        /// The project.
        project: ProjectId,
        /// Hash of the terms of the project that the payer means.
        terms_hash: HexBinary,
    },
}
