//! What can be asked of the escrow.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use cw20::Cw20ReceiveMsg;

use super::terms::{Condition, ProjectId, Terms};
use crate::asset::Asset;

/// The deployment. There is no owner: nobody can change it or take what it holds.
#[cw_serde]
pub struct InstantiateMsg {
    /// Assets a project may use, 1 to 16. A cw20 hook is believed only from a token on this list.
    pub assets: Vec<Asset>,
}

/// What can be asked of the escrow.
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
    /// The contractor, within the time the terms give: takes the work on, under these terms.
    Accept {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the contractor agrees to.
        terms_hash: HexBinary,
    },
    /// The contractor, until the grace after the milestone's due date is over: says that the next milestone is done. Starts its
    /// review period.
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
    /// The contractor: takes everything payable now, that is reviewed milestones less retention, and after the
    /// defects period the retention.
    Draw {
        /// The project.
        project: ProjectId,
    },
    /// Anybody, once the grace after a milestone's due date is over and it was not submitted: ends the project. What no submitted
    /// milestone has earned goes back to the pledgers by what they paid.
    Terminate {
        /// The project.
        project: ProjectId,
    },
    /// The pledger: takes everything back that is owed to it (failed project, pledge outside the set, excess above the
    /// cap, terminated project).
    ClaimRefund {
        /// The project.
        project: ProjectId,
    },
    /// Anybody, with the project's native coin attached, once all milestones were submitted and became payable: pays
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
    /// As [`ExecuteMsg::PayRevenue`].
    PayRevenue {
        /// The project.
        project: ProjectId,
        /// Hash of the terms of the project that the payer means.
        terms_hash: HexBinary,
    },
}
