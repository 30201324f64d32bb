//! What is said in a dispute, as people write it.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use cosmwasm_std::HexBinary;
use gridpact_types::escrow::disputes::{ClaimId, Dispute, Proposal, Reason};
use gridpact_units::{BasisPoints, UnixSeconds};

use super::super::time::{self, Moment};
use super::documents::{hash_of, sha256};
use super::file::percent;

/// Why somebody says so: a document, of which the hash goes to the chain.
#[derive(Args, Debug, Clone)]
pub struct ReasonArgs {
    /// The reason as a document, hashed here; the file itself stays with you.
    #[arg(long, value_name = "FILE", required_unless_present = "reason_hash")]
    pub reason: Option<PathBuf>,
    /// SHA-256 of the reason, 64 hex digits.
    #[arg(long, value_name = "HEX", conflicts_with = "reason", value_parser = sha256)]
    pub reason_hash: Option<HexBinary>,
    /// Where the others find the document.
    #[arg(long, value_name = "URI", default_value = "")]
    pub uri: String,
}

impl ReasonArgs {
    /// The reason.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn parse(&self) -> Result<Reason> {
        let hash = hash_of(self.reason.as_deref(), self.reason_hash.as_ref())?;
        let uri = self.uri.clone();
        Ok(Reason { hash, uri })
    }
}

/// What is in dispute.
#[derive(Args, Debug, Clone)]
#[group(required = true, multiple = false)]
pub struct DisputeArgs {
    /// The milestone, counted from 0.
    #[arg(long, value_name = "N")]
    pub milestone: Option<u32>,
    /// The defects claim, by its number.
    #[arg(long, value_name = "N")]
    pub claim: Option<ClaimId>,
}

impl DisputeArgs {
    /// The dispute.
    pub fn dispute(&self) -> Dispute {
        match (self.milestone, self.claim) {
            (_, Some(claim)) => Dispute::Claim { claim },
            (milestone, None) => Dispute::Milestone {
                milestone: milestone.unwrap_or_default(),
            },
        }
    }
}

/// What the contractor offers.
#[derive(Subcommand, Debug, Clone)]
pub enum OfferWhat {
    /// To end a dispute by a split.
    Split {
        /// The dispute.
        #[command(flatten)]
        dispute: DisputeArgs,
        /// What the contractor and the payees keep of it: 60%. The rest goes to the holders.
        #[arg(long, value_name = "PART", value_parser = percent)]
        kept: BasisPoints,
    },
    /// A later due date; later milestones move by the same.
    Due {
        /// The milestone, counted from 0.
        milestone: u32,
        /// The new date: 2027-03-01, 2027-03-01T12:00Z, or +30d, counted from the chain's last block.
        #[arg(value_parser = time::parse_moment)]
        due: Moment,
    },
    /// To end the project together: what was not earned goes back, the bond is the contractor's.
    End,
}

impl OfferWhat {
    /// The proposal; `now` is what `+30d` counts from.
    pub fn proposal(&self, now: UnixSeconds) -> Proposal {
        match self {
            Self::Split { dispute, kept } => Proposal::Split {
                dispute: dispute.dispute(),
                kept: *kept,
            },
            Self::Due { milestone, due } => Proposal::Due {
                milestone: *milestone,
                due: due.from(now),
            },
            Self::End => Proposal::End {},
        }
    }
}
