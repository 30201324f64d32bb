//! pledge-escrow: many projects for any shared infrastructure; pledges that hold only together.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::HexBinary;
use cw20::Cw20ReceiveMsg;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::Asset;

/// Number of a project in one escrow contract, counted from 1.
pub type ProjectId = u64;

/// The deployment. There is no owner: nobody can change it or take what it holds.
#[cw_serde]
pub struct InstantiateMsg {
    /// Assets a project may use, 1 to 16. A cw20 hook is believed only from a token on this list.
    pub assets: Vec<Asset>,
}

/// What a project promises, fixed when it opens. A pledge and the contractor's acceptance name its hash.
///
/// Hash: SHA-256 over this object as compact JSON with the fields in this order; the query `project` returns it.
#[cw_serde]
pub struct Terms {
    /// Short name, 1 to 128 bytes.
    pub title: String,
    /// Where the full description is kept, at most 512 bytes.
    pub description_uri: String,
    /// SHA-256 of the full description, 32 bytes.
    pub description_hash: HexBinary,
    /// The one asset of the project; on the deployment's list.
    pub asset: Asset,
    /// The project is funded when the greatest self-consistent set of pledges reaches this amount. Above zero.
    pub target: Amount,
    /// The most the project takes, at least the target; what is pledged above it returns pro rata.
    pub cap: Amount,
    /// Who may pledge.
    pub admission: Admission,
    /// Pledges are taken while now < deadline, at most 3,653 days from opening. Not funded by then: everybody takes their money back.
    pub deadline: UnixSeconds,
    /// Who builds, is paid, and may not pledge.
    pub contractor: String,
    /// How long after funding the contractor may accept; not accepted by then: the project fails. Above zero, at most 1,827
    /// days.
    pub accept_within: Seconds,
    /// 1 to 32 milestones in their order; their shares sum to 10,000 basis points.
    pub milestones: Vec<MilestoneTerms>,
    /// Part of every milestone's payment kept until the defects period is over.
    pub retention: BasisPoints,
    /// How long pledgers may look at a submitted milestone before it becomes payable; at most 1,827 days.
    pub review_period: Seconds,
    /// How long the retention is kept after the last milestone became payable, or after an early end; at most 1,827 days.
    pub defects_period: Seconds,
}

/// Who may pledge to a project.
#[cw_serde]
pub enum Admission {
    /// Only these parties, 1 to 512, each with the amount expected of it. Their places are reserved.
    Named {
        /// The parties, each address once.
        parties: Vec<NamedParty>,
    },
    /// Anybody except the contractor. A full list gives up its smallest pledge outside the set.
    Open {
        /// The least a pledge may be: at least a 512th of the target, rounded up, so that a full list is a funded project.
        minimum: Amount,
    },
}

/// A party named in the terms.
#[cw_serde]
pub struct NamedParty {
    /// Its address.
    pub address: String,
    /// What it is expected to pledge, exactly.
    pub amount: Amount,
}

/// One stage of the work.
#[cw_serde]
pub struct MilestoneTerms {
    /// Short name, 1 to 128 bytes.
    pub title: String,
    /// Share of what the project took in.
    pub share: BasisPoints,
    /// Not submitted while now < due: anybody may terminate the project. After the deadline, not before the milestone ahead of
    /// it, at most 3,653 days from opening.
    pub due: UnixSeconds,
}

/// What a pledge asks of the others. All parts given must hold; an empty condition always holds.
/// Conditions only ask for more, so there is one greatest set of pledges that meet each other's conditions.
#[cw_serde]
#[derive(Default)]
pub struct Condition {
    /// Each of these parties pledges at least this much; at most 16.
    #[serde(default)]
    pub parties: Vec<PartyCondition>,
    /// At least so many pledgers, this one included.
    #[serde(default)]
    pub pledgers: Option<PledgersCondition>,
    /// At least this much is pledged in total, this pledge included.
    #[serde(default)]
    pub total: Option<Amount>,
}

/// "B pledges at least 10,000."
#[cw_serde]
pub struct PartyCondition {
    /// The party's address.
    pub address: String,
    /// The least it must pledge; above zero.
    pub at_least: Amount,
}

/// "At least 20 pledgers with 500 or more each."
#[cw_serde]
pub struct PledgersCondition {
    /// How many addresses, at least 1.
    pub count: u32,
    /// Only pledges of at least this much count.
    pub at_least: Amount,
}

/// What can be asked of the escrow.
#[cw_serde]
pub enum ExecuteMsg {
    /// Anybody: opens a project. Its number stands in the event `project_opened`.
    Open {
        /// The terms, fixed from here on.
        terms: Terms,
    },
    /// Anybody the terms admit, with the project's native coin attached: locks the money. A second pledge of the same
    /// address adds to the first and must state the same condition. With a cw20 token: send it with [`ReceiveMsg::Pledge`].
    Pledge {
        /// The project.
        project: ProjectId,
        /// Hash of the terms the pledger agrees to.
        terms_hash: HexBinary,
        /// What the pledge asks of the others.
        #[serde(default)]
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
    /// The contractor, before the milestone is due: says that the next milestone is done. Starts its review period.
    SubmitMilestone {
        /// The project.
        project: ProjectId,
        /// Position in the terms, from 0; milestones are submitted in their order.
        milestone: u32,
        /// SHA-256 of the evidence, 32 bytes.
        evidence_hash: HexBinary,
        /// Where the evidence is kept, at most 512 bytes.
        evidence_uri: String,
    },
    /// The contractor: takes everything payable now, that is reviewed milestones less retention, and after the
    /// defects period the retention.
    Draw {
        /// The project.
        project: ProjectId,
    },
    /// Anybody, once a milestone is due and was not submitted: ends the project. What no submitted milestone has
    /// earned goes back to the pledgers pro rata.
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
    },
}

/// What can be read. Lists are paged: `limit` is 1 to 100, 30 by default, and the page says whether more follows.
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
    /// The projects, by number; at most 10 a page, since terms may name 512 parties.
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
    /// The pledges of a project, by address.
    #[returns(PledgesResponse)]
    Pledges {
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

/// The deployment.
#[cw_serde]
pub struct ConfigResponse {
    /// Assets a project may use.
    pub assets: Vec<Asset>,
    /// How many projects there are.
    pub projects: u64,
}

/// Where a project stands. It follows from the books and the time; no message is needed to move it on.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Phase {
    /// Pledges are taken.
    Open,
    /// The target is reached; the contractor has not accepted yet. Exits are closed.
    Funded,
    /// The contractor works.
    Active,
    /// All milestones are payable; the retention is kept.
    Defects,
    /// The defects period is over.
    Closed,
    /// Not funded by the deadline, or not accepted in time: everybody takes their money back.
    Failed,
    /// A milestone was not submitted in time.
    Terminated,
}

/// Where a milestone stands.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum MilestoneStatus {
    /// Not submitted.
    Pending,
    /// In review.
    Submitted,
    /// Reviewed, not drawn yet.
    Payable,
    /// Drawn, less the retention.
    Paid,
}

/// One project.
#[cw_serde]
pub struct ProjectResponse {
    /// Its number.
    pub project: ProjectId,
    /// Its terms.
    pub terms: Terms,
    /// SHA-256 of the terms, 32 bytes.
    pub terms_hash: HexBinary,
    /// Where it stands now.
    pub phase: Phase,
    /// Pledged by everybody so far.
    pub pledged: Amount,
    /// Number of pledges.
    pub pledges: u32,
    /// Pledged by the greatest self-consistent set.
    pub consistent: Amount,
    /// Number of pledges in that set.
    pub consistent_pledges: u32,
    /// What the project took in when it was funded: the set's pledges, at most the cap.
    pub funded: Option<Amount>,
    /// When it was funded.
    pub funded_at: Option<UnixSeconds>,
    /// When the contractor accepted.
    pub accepted_at: Option<UnixSeconds>,
    /// The milestones in their order.
    pub milestones: Vec<MilestoneResponse>,
    /// What the contractor can draw now.
    pub drawable: Amount,
    /// When the retention becomes drawable.
    pub defects_end: Option<UnixSeconds>,
}

/// One milestone.
#[cw_serde]
pub struct MilestoneResponse {
    /// Short name.
    pub title: String,
    /// Where it stands now.
    pub status: MilestoneStatus,
    /// What it pays in all, retention included; zero before the project is funded.
    pub amount: Amount,
    /// The part of it that is retained.
    pub retained: Amount,
    /// When it must be submitted.
    pub due: UnixSeconds,
    /// When it was submitted.
    pub submitted_at: Option<UnixSeconds>,
    /// When it becomes payable.
    pub payable_at: Option<UnixSeconds>,
    /// SHA-256 of the evidence.
    pub evidence_hash: Option<HexBinary>,
    /// Where the evidence is kept.
    pub evidence_uri: Option<String>,
}

/// A page of projects.
#[cw_serde]
pub struct ProjectsResponse {
    /// The projects, by number.
    pub projects: Vec<ProjectResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// One pledge.
#[cw_serde]
pub struct PledgeResponse {
    /// Who pledged.
    pub pledger: String,
    /// How much.
    pub amount: Amount,
    /// What it asks of the others.
    pub condition: Condition,
    /// Whether it is in the greatest self-consistent set.
    pub consistent: bool,
    /// What the project took of it; zero before it is funded.
    pub paid: Amount,
    /// What can be taken back now.
    pub refundable: Amount,
    /// Revenue that can be taken now.
    pub revenue: Amount,
}

/// A page of pledges.
#[cw_serde]
pub struct PledgesResponse {
    /// The pledges, by address.
    pub pledges: Vec<PledgeResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// Where every unit of an asset is. `pledged + revenue = paid + refunded + held`, after every message; what is held is
/// claimable or locked, project by project.
#[cw_serde]
#[derive(Copy, Default)]
pub struct AssetBooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to contractors or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Is here.
    pub held: Amount,
}

/// Where every unit of a project is. `pledged + revenue = paid + refunded + claimable + locked`, after every message.
#[cw_serde]
#[derive(Copy, Default)]
pub struct BooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to the contractor or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers.
    pub refunded: Amount,
    /// Somebody can take it now.
    pub claimable: Amount,
    /// Kept for what is still open.
    pub locked: Amount,
}

/// Events, each one fact; the keys are the constants beside them.
pub mod events {
    /// A project opened: `project`, `terms_hash`.
    pub const PROJECT_OPENED: &str = "project_opened";
    /// A pledge was made or raised: `project`, `pledger`, `amount`, `pledged`, `consistent`.
    pub const PLEDGED: &str = "pledged";
    /// A pledge was displaced from a full list and paid into what its maker can claim: `project`, `pledger`, `amount`.
    pub const DISPLACED: &str = "displaced";
    /// The target was reached: `project`, `funded`.
    pub const FUNDED: &str = "funded";
    /// The contractor accepted: `project`, `contractor`.
    pub const ACCEPTED: &str = "accepted";
    /// A milestone was submitted: `project`, `milestone`, `evidence_hash`, `payable_at`.
    pub const MILESTONE_SUBMITTED: &str = "milestone_submitted";
    /// The contractor drew: `project`, `contractor`, `amount`.
    pub const DRAWN: &str = "drawn";
    /// The project ended early: `project`, `milestone`.
    pub const TERMINATED: &str = "terminated";
    /// A pledger took money back: `project`, `pledger`, `amount`.
    pub const REFUNDED: &str = "refunded";
    /// Revenue came in: `project`, `payer`, `amount`.
    pub const REVENUE_PAID: &str = "revenue_paid";
    /// A pledger took revenue: `project`, `pledger`, `amount`.
    pub const REVENUE_CLAIMED: &str = "revenue_claimed";
}
