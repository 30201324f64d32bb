//! What is said in a dispute, and how one ends.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_units::{BasisPoints, UnixSeconds};

/// Number of a defects claim in its project, counted from 1.
pub type ClaimId = u64;

/// What is in dispute.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Dispute {
    /// A milestone that holders of the objection share objected to.
    Milestone {
        /// Position in the terms, from 0.
        milestone: u32,
    },
    /// A defects claim that holders of the objection share support.
    Claim {
        /// Its number.
        claim: ClaimId,
    },
}

/// Why somebody says so.
#[cw_serde]
pub struct Reason {
    /// SHA-256 of the reason as a document, 32 bytes.
    pub hash: HexBinary,
    /// Where it is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
    pub uri: String,
}

/// Who ended a dispute.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum DecidedBy {
    /// The decider.
    Decider,
    /// Nobody in time: the terms say what follows.
    Silence,
    /// The contractor and holders of the consent share.
    Consent,
}

/// How a dispute ended.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct Decision {
    /// When.
    pub at: UnixSeconds,
    /// What the contractor and the payees keep of what was in dispute; the rest goes to the holders.
    pub kept: BasisPoints,
    /// Who.
    pub by: DecidedBy,
}

/// What the contractor offers to the holders.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Proposal {
    /// To end a dispute by this split.
    Split {
        /// The dispute.
        dispute: Dispute,
        /// What the contractor and the payees keep of it; at most the whole.
        kept: BasisPoints,
    },
    /// A later due date of a milestone that is not submitted; later milestones move by the same.
    Due {
        /// Position in the terms, from 0.
        milestone: u32,
        /// When it is due from then on; the last milestone at most 3,653 days from the consent.
        due: UnixSeconds,
    },
    /// To end the project together. What no submitted milestone earned goes back, and the bond is the contractor's.
    End {},
}
