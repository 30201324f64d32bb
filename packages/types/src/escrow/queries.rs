//! What can be read from the escrow.

use cosmwasm_schema::{cw_serde, QueryResponses};
use gridpact_units::Amount;

use super::answers::{
    AssetBooksResponse, BooksResponse, ClaimsResponse, ConfigResponse, DisplacedResponse, IfPledgedResponse,
    ObjectionsResponse, PayeesResponse, PledgeResponse, PledgesOfResponse, PledgesResponse, ProjectResponse,
    ProjectsResponse, StandingResponse, VotesResponse,
};
use super::disputes::ClaimId;
use super::terms::{Condition, ProjectId};
use crate::asset::Asset;

/// What can be read. Lists are paged: `limit` is 1 to 100 where the query does not say less, 30 by default, and the page says whether
/// more follows.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The deployment.
    #[returns(ConfigResponse)]
    Config {},
    /// One project.
    #[returns(ProjectResponse)]
    Project {
        /// The project.
        project: ProjectId,
    },
    /// What another contract needs to know of a project before it pays it, in a hundred bytes or two.
    #[returns(StandingResponse)]
    Standing {
        /// The project.
        project: ProjectId,
    },
    /// The projects, by number; at most 30 a page, and no further one where they would take more than 65,536 bytes together,
    /// since terms may name 128 parties.
    #[returns(ProjectsResponse)]
    Projects {
        /// The last number of the page before.
        start_after: Option<ProjectId>,
        /// How many.
        limit: Option<u32>,
    },
    /// One party's pledge and what it can claim.
    #[returns(PledgeResponse)]
    Pledge {
        /// The project.
        project: ProjectId,
        /// The party.
        pledger: String,
    },
    /// The pledges of a project, by address; no further one a page where their conditions name 512 parties together.
    #[returns(PledgesResponse)]
    Pledges {
        /// The project.
        project: ProjectId,
        /// The last address of the page before.
        start_after: Option<String>,
        /// How many.
        limit: Option<u32>,
    },
    /// Everything that an address has pledged in this escrow, or is owed of displaced pledges, by project; at most 30 a page, and
    /// no further one where so many milestones and returns were looked at that a node's gas for a query may not suffice: so read on
    /// while `more` is said.
    #[returns(PledgesOfResponse)]
    PledgesOf {
        /// The address.
        pledger: String,
        /// The last number of the page before.
        start_after: Option<ProjectId>,
        /// How many.
        limit: Option<u32>,
    },
    /// What a pledge would do, were it made now. Nobody needs an account to ask.
    #[returns(IfPledgedResponse)]
    IfPledged {
        /// The project.
        project: ProjectId,
        /// Who would pledge; without it, an address that has not pledged yet.
        pledger: Option<String>,
        /// How much.
        amount: Amount,
        /// What the pledge would ask of the others.
        #[serde(default)]
        condition: Condition,
    },
    /// Who objects to a milestone, how much they paid, and why, by address. How much is needed and how much time is left stands in
    /// `project`.
    #[returns(ObjectionsResponse)]
    Objections {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0.
        milestone: u32,
        /// The last address of the page before.
        start_after: Option<String>,
        /// How many.
        limit: Option<u32>,
    },
    /// The defects claims, by number; at most 30 a page.
    #[returns(ClaimsResponse)]
    Claims {
        /// The project.
        project: ProjectId,
        /// The last number of the page before.
        start_after: Option<ClaimId>,
        /// How many.
        limit: Option<u32>,
    },
    /// What a pledger has said so far: objections, consents, support.
    #[returns(VotesResponse)]
    Votes {
        /// The project.
        project: ProjectId,
        /// The pledger.
        pledger: String,
    },
    /// Everybody who is paid: what they drew, can draw, and have held back, why and until when.
    #[returns(PayeesResponse)]
    Payees {
        /// The project.
        project: ProjectId,
    },
    /// What is owed of displaced pledges, by address.
    #[returns(DisplacedResponse)]
    Displaced {
        /// The project.
        project: ProjectId,
        /// The last address of the page before.
        start_after: Option<String>,
        /// How many.
        limit: Option<u32>,
    },
    /// Where every unit of one asset is, over all projects: came in = paid + refunded + held.
    #[returns(AssetBooksResponse)]
    Books {
        /// The asset.
        asset: Asset,
    },
    /// The same for one project: came in = paid + refunded + claimable + locked.
    #[returns(BooksResponse)]
    ProjectBooks {
        /// The project.
        project: ProjectId,
    },
}
