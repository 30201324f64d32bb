//! A handle on a pledge-escrow: one method a message and a query.

use cosmwasm_std::{Addr, HexBinary};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    AssetBooksResponse, BooksResponse, ConfigResponse, DisplacedPledge, DisplacedResponse, PayeeResponse,
    PayeesResponse, PledgeResponse, PledgesResponse, ProjectResponse,
};
use gridpact_types::escrow::disputes::{Dispute, Reason};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints};

use crate::app::Outcome;
use crate::fixtures::hash_of;
use crate::world::World;

/// An escrow contract.
#[derive(Clone, Debug)]
pub struct Escrow {
    /// Its address.
    pub addr: Addr,
}

impl Escrow {
    /// Opens a project and returns its number and the hash of its terms.
    pub fn open(
        &self,
        world: &mut World,
        sender: &Addr,
        terms: &Terms,
    ) -> Result<(ProjectId, HexBinary), String> {
        let msg = ExecuteMsg::Open { terms: terms.clone() };
        world.execute(sender, &self.addr, &msg, &[])?;
        let config: ConfigResponse = world.query(&self.addr, &QueryMsg::Config {})?;
        Ok((config.projects, self.project(world, config.projects)?.terms_hash))
    }

    /// Pledges under the project's terms.
    pub fn pledge(
        &self,
        world: &mut World,
        from: &Addr,
        project: ProjectId,
        amount: Amount,
        condition: Condition,
    ) -> Outcome {
        let terms_hash = self.project(world, project)?.terms_hash;
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
        world.pay(from, &self.addr, amount, &native, &hook)
    }

    /// A pledger asks less of the others.
    pub fn restate(
        &self,
        world: &mut World,
        sender: &Addr,
        project: ProjectId,
        condition: Condition,
    ) -> Outcome {
        let msg = ExecuteMsg::Restate { project, condition };
        world.execute(sender, &self.addr, &msg, &[])
    }

    /// The contractor accepts the project's terms, with the bond that they ask for.
    pub fn accept(&self, world: &mut World, sender: &Addr, project: ProjectId) -> Outcome {
        let terms_hash = self.project(world, project)?.terms_hash;
        let bond = self.terms(world, project).bond;
        if !bond.is_zero() {
            let native = ExecuteMsg::Accept {
                project,
                terms_hash: terms_hash.clone(),
            };
            let hook = ReceiveMsg::Accept { project, terms_hash };
            return world.pay(sender, &self.addr, bond, &native, &hook);
        }
        world.execute(
            sender,
            &self.addr,
            &ExecuteMsg::Accept { project, terms_hash },
            &[],
        )
    }

    /// The contractor submits a milestone, with made-up evidence.
    pub fn submit_milestone(
        &self,
        world: &mut World,
        sender: &Addr,
        project: ProjectId,
        milestone: u32,
    ) -> Outcome {
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash: HexBinary::from([7; 32]),
            evidence_uri: format!("https://evidence.example/{project}/{milestone}"),
        };
        world.execute(sender, &self.addr, &msg, &[])
    }

    /// The contractor draws.
    pub fn draw(&self, world: &mut World, sender: &Addr, project: ProjectId) -> Outcome {
        self.draw_as(world, sender, project, 0)
    }

    /// A payee draws.
    pub fn draw_as(&self, world: &mut World, sender: &Addr, project: ProjectId, payee: u32) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::Draw { project, payee }, &[])
    }

    /// Any message that brings no money.
    pub fn send(&self, world: &mut World, sender: &Addr, message: &ExecuteMsg) -> Outcome {
        world.execute(sender, &self.addr, message, &[])
    }

    /// A holder objects to a milestone.
    pub fn object(&self, world: &mut World, sender: &Addr, project: ProjectId, milestone: u32) -> Outcome {
        let reason = reason("not as it was agreed");
        let message = ExecuteMsg::Object {
            project,
            milestone,
            reason,
        };
        self.send(world, sender, &message)
    }

    /// The decider ends a dispute.
    pub fn decide(
        &self,
        world: &mut World,
        sender: &Addr,
        project: ProjectId,
        dispute: Dispute,
        kept: u16,
    ) -> Outcome {
        let message = ExecuteMsg::Decide {
            project,
            dispute,
            kept: BasisPoints(kept),
            reason: reason("as both have shown"),
        };
        self.send(world, sender, &message)
    }

    /// A holder claims a sum of the retention.
    pub fn claim_defects(
        &self,
        world: &mut World,
        sender: &Addr,
        project: ProjectId,
        amount: Amount,
    ) -> Outcome {
        let message = ExecuteMsg::ClaimDefects {
            project,
            amount,
            reason: reason("it does not hold"),
        };
        self.send(world, sender, &message)
    }

    /// Somebody ends an overdue project.
    pub fn terminate(&self, world: &mut World, sender: &Addr, project: ProjectId) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::Terminate { project }, &[])
    }

    /// A pledger takes back what is owed.
    pub fn claim_refund(&self, world: &mut World, sender: &Addr, project: ProjectId) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::ClaimRefund { project }, &[])
    }

    /// Somebody pays revenue.
    pub fn pay_revenue(&self, world: &mut World, from: &Addr, project: ProjectId, amount: Amount) -> Outcome {
        let terms_hash = self.project(world, project)?.terms_hash;
        let native = ExecuteMsg::PayRevenue {
            project,
            terms_hash: terms_hash.clone(),
        };
        let hook = ReceiveMsg::PayRevenue { project, terms_hash };
        world.pay(from, &self.addr, amount, &native, &hook)
    }

    /// A pledger takes revenue.
    pub fn claim_revenue(&self, world: &mut World, sender: &Addr, project: ProjectId) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::ClaimRevenue { project }, &[])
    }

    /// How many projects there are.
    pub fn projects(&self, world: &World) -> u64 {
        let config: ConfigResponse = world
            .query(&self.addr, &QueryMsg::Config {})
            .expect("the escrow answers");
        config.projects
    }

    /// One project.
    pub fn project(&self, world: &World, project: ProjectId) -> Result<ProjectResponse, String> {
        world.query(&self.addr, &QueryMsg::Project { project })
    }

    /// The terms of a project.
    pub fn terms(&self, world: &World, project: ProjectId) -> Terms {
        let project = self.project(world, project).expect("the project exists");
        Terms::from_bytes(&project.terms).expect("terms of a known version")
    }

    /// One pledge.
    pub fn pledge_of(
        &self,
        world: &World,
        project: ProjectId,
        pledger: &Addr,
    ) -> Result<PledgeResponse, String> {
        world.query(
            &self.addr,
            &QueryMsg::Pledge {
                project,
                pledger: pledger.to_string(),
            },
        )
    }

    /// Everybody who is paid.
    pub fn payees(&self, world: &World, project: ProjectId) -> Vec<PayeeResponse> {
        let query = QueryMsg::Payees { project };
        let answer: PayeesResponse = world.query(&self.addr, &query).expect("the escrow answers");
        answer.payees
    }

    /// All pledges of a project, page by page.
    pub fn pledges(&self, world: &World, project: ProjectId) -> Vec<PledgeResponse> {
        let mut all: Vec<PledgeResponse> = Vec::new();
        loop {
            let start_after = all.last().map(|pledge| pledge.pledger.clone());
            let query = QueryMsg::Pledges {
                project,
                start_after,
                limit: Some(100),
            };
            let page: PledgesResponse = world.query(&self.addr, &query).expect("the escrow answers");
            all.extend(page.pledges);
            if !page.more {
                return all;
            }
        }
    }

    /// What is owed of displaced pledges, page by page.
    pub fn displaced(&self, world: &World, project: ProjectId) -> Vec<DisplacedPledge> {
        let mut all: Vec<DisplacedPledge> = Vec::new();
        loop {
            let query = QueryMsg::Displaced {
                project,
                start_after: all.last().map(|owed| owed.pledger.clone()),
                limit: Some(100),
            };
            let page: DisplacedResponse = world.query(&self.addr, &query).expect("the escrow answers");
            all.extend(page.displaced);
            if !page.more {
                return all;
            }
        }
    }

    /// Where every unit of an asset is.
    pub fn books(&self, world: &World, asset: Asset) -> AssetBooksResponse {
        world
            .query(&self.addr, &QueryMsg::Books { asset })
            .expect("the escrow answers")
    }

    /// Where every unit of a project is.
    pub fn project_books(&self, world: &World, project: ProjectId) -> BooksResponse {
        world
            .query(&self.addr, &QueryMsg::ProjectBooks { project })
            .expect("the escrow answers")
    }
}

/// A reason that somebody gives.
fn reason(text: &str) -> Reason {
    Reason {
        hash: hash_of(text),
        uri: "https://grid.example/reason".to_owned(),
    }
}
