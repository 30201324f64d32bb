//! Messages of people, one method each.

use std::collections::BTreeSet;

use cosmwasm_schema::schemars::schema::RootSchema;
use cosmwasm_std::{coins, to_json_binary, to_json_string, HexBinary, Uint128};
use cw20::Cw20ReceiveMsg;
use gridpact_escrow_model::sending::{reason, with_coins};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::ConfigResponse;
use gridpact_types::escrow::disputes::{Dispute, Proposal};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId, Terms};
use gridpact_units::{Amount, BasisPoints};

use super::{Escrow, Outcome, DENOM};

impl Escrow {
    pub fn open(&mut self, terms: &Terms) -> ProjectId {
        self.send("anybody", ExecuteMsg::Open { terms: terms.clone() }, &[])
            .expect("the terms are taken");
        self.ask::<ConfigResponse>(QueryMsg::Config {}).projects
    }

    /// A message that carries the projects' asset, as coins or through the token.
    pub fn pay(&mut self, name: &str, amount: u128, msg: ReceiveMsg) -> Outcome {
        match &self.asset {
            Asset::Cw20 { .. } => {
                let hook = self.hook(name, amount, &msg);
                self.send("token", hook, &[])
            }
            Asset::Native { denom } => {
                let funds = coins(amount, denom);
                self.send(name, with_coins(msg), &funds)
            }
        }
    }

    /// What a token sends when somebody sends it on.
    pub fn hook(&self, name: &str, amount: u128, msg: &ReceiveMsg) -> ExecuteMsg {
        ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: self.addr(name).into_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(msg).unwrap(),
        })
    }

    pub fn pledge_msg(&self, project: ProjectId, condition: Condition) -> ReceiveMsg {
        ReceiveMsg::Pledge {
            project,
            terms_hash: self.project(project).terms_hash,
            condition,
        }
    }

    pub fn pledge(&mut self, name: &str, project: ProjectId, amount: u128, condition: Condition) -> Outcome {
        let msg = self.pledge_msg(project, condition);
        self.pay(name, amount, msg)
    }

    pub fn restate(&mut self, name: &str, project: ProjectId, condition: Condition) -> Outcome {
        self.send(name, ExecuteMsg::Restate { project, condition }, &[])
    }

    /// A pledge in a project with hundreds of them, in the native coin.
    pub fn pledge_unchecked(
        &mut self,
        name: &str,
        project: ProjectId,
        amount: u128,
        condition: Condition,
    ) -> Outcome {
        let msg = with_coins(self.pledge_msg(project, condition));
        self.send_unchecked(name, msg, &coins(amount, DENOM))
    }

    /// With the bond that the terms ask for.
    pub fn accept(&mut self, project: ProjectId) -> Outcome {
        let terms = Terms::from_bytes(&self.project(project).terms).expect("terms");
        self.accept_with(project, terms.bond.0)
    }

    pub fn accept_with(&mut self, project: ProjectId, bond: u128) -> Outcome {
        let terms_hash = self.project(project).terms_hash;
        if bond == 0 {
            return self.send("contractor", ExecuteMsg::Accept { project, terms_hash }, &[]);
        }
        self.pay("contractor", bond, ReceiveMsg::Accept { project, terms_hash })
    }

    pub fn submit(&mut self, project: ProjectId, milestone: u32) -> Outcome {
        let evidence_hash = HexBinary::from([9; 32]);
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash,
            evidence_uri: "ipfs://x".to_owned(),
        };
        self.send("contractor", msg, &[])
    }

    pub fn draw(&mut self, project: ProjectId) -> Outcome {
        self.draw_as("contractor", project, 0)
    }

    pub fn draw_as(&mut self, name: &str, project: ProjectId, payee: u32) -> Outcome {
        self.send(name, ExecuteMsg::Draw { project, payee }, &[])
    }

    pub fn object(&mut self, name: &str, project: ProjectId, milestone: u32) -> Outcome {
        let reason = reason();
        let msg = ExecuteMsg::Object {
            project,
            milestone,
            reason,
        };
        self.send(name, msg, &[])
    }

    pub fn withdraw_objection(&mut self, name: &str, project: ProjectId, milestone: u32) -> Outcome {
        self.send(name, ExecuteMsg::WithdrawObjection { project, milestone }, &[])
    }

    /// The decider's split of a dispute.
    pub fn decide(&mut self, project: ProjectId, dispute: Dispute, kept: u16) -> Outcome {
        let msg = ExecuteMsg::Decide {
            project,
            dispute,
            kept: BasisPoints(kept),
            reason: reason(),
        };
        self.send("decider", msg, &[])
    }

    pub fn offer(&mut self, project: ProjectId, proposal: Proposal) -> Outcome {
        self.send("contractor", ExecuteMsg::Offer { project, proposal }, &[])
    }

    pub fn consent(&mut self, name: &str, project: ProjectId, offer: u64) -> Outcome {
        self.send(name, ExecuteMsg::Consent { project, offer }, &[])
    }

    pub fn consent_to_end(&mut self, name: &str, project: ProjectId) -> Outcome {
        self.send(name, ExecuteMsg::ConsentToEnd { project }, &[])
    }

    pub fn terminate(&mut self, project: ProjectId) -> Outcome {
        self.send("anybody", ExecuteMsg::Terminate { project }, &[])
    }

    pub fn claim_defects(&mut self, name: &str, project: ProjectId, amount: u128) -> Outcome {
        let msg = ExecuteMsg::ClaimDefects {
            project,
            amount: Amount(amount),
            reason: reason(),
        };
        self.send(name, msg, &[])
    }

    pub fn support_claim(&mut self, name: &str, project: ProjectId, claim: u64) -> Outcome {
        self.send(name, ExecuteMsg::SupportClaim { project, claim }, &[])
    }

    pub fn refund(&mut self, name: &str, project: ProjectId) -> Outcome {
        self.send(name, ExecuteMsg::ClaimRefund { project }, &[])
    }

    pub fn pay_revenue(&mut self, project: ProjectId, amount: u128) -> Outcome {
        let terms_hash = self.project(project).terms_hash;
        self.pay("payer", amount, ReceiveMsg::PayRevenue { project, terms_hash })
    }

    pub fn claim_revenue(&mut self, name: &str, project: ProjectId) -> Outcome {
        self.send(name, ExecuteMsg::ClaimRevenue { project }, &[])
    }

    /// The founding project, funded by all three.
    pub fn funded(&mut self) -> ProjectId {
        let project = self.open(&self.founding());
        for name in ["A", "B", "C"] {
            self.pledge(name, project, 10_000, Condition::default())
                .expect("a pledge");
        }
        project
    }
}

/// The name of a message, as it stands in JSON.
pub fn name(message: &impl serde::Serialize) -> String {
    let json = to_json_string(message).unwrap();
    json.split('"').nth(1).unwrap().to_owned()
}

/// The names of all messages that there are.
pub fn names(schema: &RootSchema) -> BTreeSet<String> {
    let variants = schema.schema.subschemas.clone().unwrap().one_of.unwrap();
    let variants = variants.into_iter().map(|variant| variant.into_object().object);
    variants
        .map(|variant| variant.unwrap().required.pop_first().unwrap())
        .collect()
}
