//! pledge-escrow, on a chain.

use cosmwasm_std::HexBinary;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ClaimResponse, ClaimsResponse, ConfigResponse, DisplacedPledge,
    DisplacedResponse, IfPledgedResponse, ObjectionResponse, ObjectionsResponse, PayeesResponse,
    PledgeResponse, PledgesOfResponse, PledgesResponse, ProjectPledge, ProjectResponse, ProjectsResponse,
    VotesResponse,
};
use gridpact_types::escrow::bounds::{MAX_PAGE, MAX_PROJECTS_PAGE};
use gridpact_types::escrow::disputes::{ClaimId, Dispute, Proposal, Reason};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints};

use super::{all_pages, pay};
use crate::{Chain, Error, Message};

/// An escrow.
#[derive(Clone, Debug)]
pub struct Escrow {
    chain: Chain,
    address: String,
}

impl Escrow {
    /// The escrow at an address.
    pub fn new(chain: &Chain, address: &str) -> Self {
        Self {
            chain: chain.clone(),
            address: address.to_owned(),
        }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it takes and how many projects it holds.
    pub async fn config(&self) -> Result<ConfigResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Config {}).await
    }

    /// A project.
    pub async fn project(&self, project: ProjectId) -> Result<ProjectResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::Project { project })
            .await
    }

    /// A page of projects.
    pub async fn projects(
        &self,
        start_after: Option<ProjectId>,
        limit: Option<u32>,
    ) -> Result<ProjectsResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::Projects { start_after, limit })
            .await
    }

    /// Every project.
    pub async fn all_projects(&self) -> Result<Vec<ProjectResponse>, Error> {
        all_pages!(self, projects(), MAX_PROJECTS_PAGE, projects, |last| last.project)
    }

    /// A pledger's pledge.
    pub async fn pledge(&self, project: ProjectId, pledger: &str) -> Result<PledgeResponse, Error> {
        let pledger = pledger.to_owned();
        self.chain
            .query(&self.address, &QueryMsg::Pledge { project, pledger })
            .await
    }

    /// A page of a project's pledges.
    pub async fn pledges(
        &self,
        project: ProjectId,
        start_after: Option<String>,
        limit: Option<u32>,
    ) -> Result<PledgesResponse, Error> {
        let question = QueryMsg::Pledges {
            project,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Every pledge of a project.
    pub async fn all_pledges(&self, project: ProjectId) -> Result<Vec<PledgeResponse>, Error> {
        all_pages!(self, pledges(project), MAX_PAGE, pledges, |last| last
            .pledger
            .clone())
    }

    /// A page of what an address has pledged.
    pub async fn pledges_of(
        &self,
        pledger: &str,
        start_after: Option<ProjectId>,
        limit: Option<u32>,
    ) -> Result<PledgesOfResponse, Error> {
        let question = QueryMsg::PledgesOf {
            pledger: pledger.to_owned(),
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Everything that an address has pledged.
    pub async fn all_pledges_of(&self, pledger: &str) -> Result<Vec<ProjectPledge>, Error> {
        all_pages!(self, pledges_of(pledger), MAX_PROJECTS_PAGE, pledges, |last| last
            .project)
    }

    /// What a pledge would do.
    pub async fn if_pledged(
        &self,
        project: ProjectId,
        pledger: Option<String>,
        amount: Amount,
        condition: Condition,
    ) -> Result<IfPledgedResponse, Error> {
        let question = QueryMsg::IfPledged {
            project,
            pledger,
            amount,
            condition,
        };
        self.chain.query(&self.address, &question).await
    }

    /// A page of the objections to a milestone.
    pub async fn objections(
        &self,
        project: ProjectId,
        milestone: u32,
        start_after: Option<String>,
        limit: Option<u32>,
    ) -> Result<ObjectionsResponse, Error> {
        let question = QueryMsg::Objections {
            project,
            milestone,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Every objection to a milestone.
    pub async fn all_objections(
        &self,
        project: ProjectId,
        milestone: u32,
    ) -> Result<Vec<ObjectionResponse>, Error> {
        all_pages!(
            self,
            objections(project, milestone),
            MAX_PAGE,
            objections,
            |last| last.holder.clone()
        )
    }

    /// A page of the defects claims.
    pub async fn claims(
        &self,
        project: ProjectId,
        start_after: Option<ClaimId>,
        limit: Option<u32>,
    ) -> Result<ClaimsResponse, Error> {
        let question = QueryMsg::Claims {
            project,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Every defects claim.
    pub async fn all_claims(&self, project: ProjectId) -> Result<Vec<ClaimResponse>, Error> {
        all_pages!(self, claims(project), MAX_PROJECTS_PAGE, claims, |last| last
            .claim)
    }

    /// What a pledger has said so far.
    pub async fn votes(&self, project: ProjectId, pledger: &str) -> Result<VotesResponse, Error> {
        let pledger = pledger.to_owned();
        self.chain
            .query(&self.address, &QueryMsg::Votes { project, pledger })
            .await
    }

    /// Everybody who is paid, and what is held back.
    pub async fn payees(&self, project: ProjectId) -> Result<PayeesResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::Payees { project })
            .await
    }

    /// A page of what is owed of displaced pledges.
    pub async fn displaced(
        &self,
        project: ProjectId,
        start_after: Option<String>,
        limit: Option<u32>,
    ) -> Result<DisplacedResponse, Error> {
        let question = QueryMsg::Displaced {
            project,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// All that is owed of displaced pledges.
    pub async fn all_displaced(&self, project: ProjectId) -> Result<Vec<DisplacedPledge>, Error> {
        all_pages!(self, displaced(project), MAX_PAGE, displaced, |last| last
            .pledger
            .clone())
    }

    /// The books of an asset.
    pub async fn books(&self, asset: &Asset) -> Result<AssetBooksResponse, Error> {
        let asset = asset.clone();
        self.chain.query(&self.address, &QueryMsg::Books { asset }).await
    }

    /// The books of a project.
    pub async fn project_books(&self, project: ProjectId) -> Result<BooksResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::ProjectBooks { project })
            .await
    }

    /// Opens a project.
    pub fn open(&self, terms: Terms) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Open { terms })
    }

    /// Pledges, agreeing to the terms of this hash.
    pub fn pledge_message(
        &self,
        project: ProjectId,
        terms_hash: HexBinary,
        condition: Condition,
        asset: &Asset,
        amount: Amount,
    ) -> Result<Message, Error> {
        let native = ExecuteMsg::Pledge {
            project,
            terms_hash: terms_hash.clone(),
            condition: condition.clone(),
        };
        let hook = ReceiveMsg::Pledge {
            project,
            terms_hash,
            condition,
        };
        pay(&self.address, asset, amount, &native, &hook)
    }

    /// A pledger asks less of the others.
    pub fn restate(&self, project: ProjectId, condition: Condition) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Restate { project, condition })
    }

    /// The contractor takes the work, on the terms of this hash, which ask for no bond.
    pub fn accept(&self, project: ProjectId, terms_hash: HexBinary) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Accept { project, terms_hash })
    }

    /// The same with the bond that the terms ask for, which is more than nothing.
    pub fn accept_with_bond(
        &self,
        project: ProjectId,
        terms_hash: HexBinary,
        asset: &Asset,
        bond: Amount,
    ) -> Result<Message, Error> {
        let native = ExecuteMsg::Accept {
            project,
            terms_hash: terms_hash.clone(),
        };
        let hook = ReceiveMsg::Accept { project, terms_hash };
        pay(&self.address, asset, bond, &native, &hook)
    }

    /// A holder objects to a milestone in review.
    pub fn object(&self, project: ProjectId, milestone: u32, reason: Reason) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Object {
            project,
            milestone,
            reason,
        })
    }

    /// A holder takes an objection back.
    pub fn withdraw_objection(&self, project: ProjectId, milestone: u32) -> Result<Message, Error> {
        self.message(&ExecuteMsg::WithdrawObjection { project, milestone })
    }

    /// The decider ends a dispute by a split.
    pub fn decide(
        &self,
        project: ProjectId,
        dispute: Dispute,
        kept: BasisPoints,
        reason: Reason,
    ) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Decide {
            project,
            dispute,
            kept,
            reason,
        })
    }

    /// The contractor makes an offer.
    pub fn offer(&self, project: ProjectId, proposal: Proposal) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Offer { project, proposal })
    }

    /// The contractor takes the offer back.
    pub fn withdraw_offer(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::WithdrawOffer { project })
    }

    /// A holder agrees to an offer.
    pub fn consent(&self, project: ProjectId, offer: u64) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Consent { project, offer })
    }

    /// A holder wants the project to end.
    pub fn consent_to_end(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ConsentToEnd { project })
    }

    /// A holder claims a sum of the retention for a defect.
    pub fn claim_defects(
        &self,
        project: ProjectId,
        amount: Amount,
        reason: Reason,
    ) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ClaimDefects {
            project,
            amount,
            reason,
        })
    }

    /// A holder supports a claim.
    pub fn support_claim(&self, project: ProjectId, claim: ClaimId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::SupportClaim { project, claim })
    }

    /// A holder takes support back.
    pub fn withdraw_support(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::WithdrawSupport { project })
    }

    /// A payee names the address that shall be paid instead.
    pub fn move_payee(&self, project: ProjectId, payee: u32, to: String) -> Result<Message, Error> {
        self.message(&ExecuteMsg::MovePayee { project, payee, to })
    }

    /// That address takes the payee's place.
    pub fn confirm_move(&self, project: ProjectId, payee: u32) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ConfirmMove { project, payee })
    }

    /// The contractor submits a milestone with its evidence.
    pub fn submit_milestone(
        &self,
        project: ProjectId,
        milestone: u32,
        evidence_hash: HexBinary,
        evidence_uri: String,
    ) -> Result<Message, Error> {
        self.message(&ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash,
            evidence_uri,
        })
    }

    /// A payee takes what is payable to it; 0 is the contractor.
    pub fn draw(&self, project: ProjectId, payee: u32) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Draw { project, payee })
    }

    /// Ends a project whose milestone was not submitted by its due date and grace.
    pub fn terminate(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Terminate { project })
    }

    /// A pledger takes back what is theirs again.
    pub fn claim_refund(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ClaimRefund { project })
    }

    /// Pays revenue to the pledgers of the project with terms of this hash.
    pub fn pay_revenue(
        &self,
        project: ProjectId,
        terms_hash: HexBinary,
        asset: &Asset,
        amount: Amount,
    ) -> Result<Message, Error> {
        let native = ExecuteMsg::PayRevenue {
            project,
            terms_hash: terms_hash.clone(),
        };
        let hook = ReceiveMsg::PayRevenue { project, terms_hash };
        pay(&self.address, asset, amount, &native, &hook)
    }

    /// A pledger takes their part of the revenue.
    pub fn claim_revenue(&self, project: ProjectId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ClaimRevenue { project })
    }

    fn message(&self, message: &ExecuteMsg) -> Result<Message, Error> {
        Message::execute(&self.address, message, vec![])
    }
}
