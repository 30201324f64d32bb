//! What holders, the contractor, the decider and payees say of a project under way, and what can be read of it.

use anyhow::Result;
use gridpact_types::escrow::terms::ProjectId;

use super::args::{Action, OfMilestone, OfProject};
use super::desk::Desk;
use super::documents::hash_of;
use super::{show, ConditionArgs};
use crate::onchain::money;

impl Desk {
    /// Carries out what is one message and asks nothing before.
    pub async fn say(&self, action: &Action) -> Result<bool> {
        let escrow = &self.escrow;
        let (what, message) = match action {
            Action::Submit {
                of: OfMilestone { project, milestone },
                evidence,
                evidence_hash,
                uri,
            } => {
                let hash = hash_of(evidence.as_deref(), evidence_hash.as_ref())?;
                (
                    format!("submit milestone {milestone} of project {project}"),
                    escrow.submit_milestone(*project, *milestone, hash, uri.clone())?,
                )
            }
            Action::Terminate(OfProject { project }) => {
                (format!("end project {project}"), escrow.terminate(*project)?)
            }
            Action::PayRevenue {
                of: OfProject { project },
                amount,
            } => {
                let agreed = self.agreed(*project).await?;
                let asset = agreed.terms.asset;
                let paid = money::parse_of(amount, &asset, self.session.network())?;
                (
                    format!("pay {amount} of revenue to project {project}"),
                    escrow.pay_revenue(*project, agreed.hash, &asset, paid)?,
                )
            }
            Action::Object {
                of: OfMilestone { project, milestone },
                reason,
            } => (
                format!("object to milestone {milestone} of project {project}"),
                escrow.object(*project, *milestone, reason.parse()?)?,
            ),
            Action::WithdrawObjection(OfMilestone { project, milestone }) => (
                format!("take back the objection to milestone {milestone} of project {project}"),
                escrow.withdraw_objection(*project, *milestone)?,
            ),
            Action::Decide {
                of: OfProject { project },
                dispute,
                kept,
                reason,
            } => {
                let dispute = dispute.dispute();
                (
                    format!(
                        "decide {} of project {project}: {} to the contractor and payees",
                        show::disputes::dispute(dispute),
                        show::words::percent(*kept)
                    ),
                    escrow.decide(*project, dispute, *kept, reason.parse()?)?,
                )
            }
            Action::Offer {
                of: OfProject { project },
                what,
            } => {
                let proposal = what.proposal(self.session.chain().latest().await?.time);
                (
                    format!(
                        "offer to the holders of project {project}: {}",
                        show::disputes::proposal(proposal)
                    ),
                    escrow.offer(*project, proposal)?,
                )
            }
            Action::WithdrawOffer(OfProject { project }) => (
                format!("take back the offer in project {project}"),
                escrow.withdraw_offer(*project)?,
            ),
            Action::Consent {
                of: OfProject { project },
                offer,
            } => {
                let standing = escrow.project(*project).await?.offer;
                let offered = standing.filter(|standing| standing.number == *offer);
                let offered = offered.map_or_else(String::new, |standing| {
                    format!(": {}", show::disputes::proposal(standing.proposal))
                });
                (
                    format!("agree to offer {offer} in project {project}{offered}"),
                    escrow.consent(*project, *offer)?,
                )
            }
            Action::ConsentToEnd(OfProject { project }) => (
                format!("want project {project} to end"),
                escrow.consent_to_end(*project)?,
            ),
            Action::ClaimDefects {
                of: OfProject { project },
                amount,
                reason,
            } => {
                let asset = self.agreed(*project).await?.terms.asset;
                let sum = money::parse_of(amount, &asset, self.session.network())?;
                (
                    format!("claim {amount} of the retention of project {project}"),
                    escrow.claim_defects(*project, sum, reason.parse()?)?,
                )
            }
            Action::SupportClaim {
                of: OfProject { project },
                claim,
            } => (
                format!("support claim {claim} in project {project}"),
                escrow.support_claim(*project, *claim)?,
            ),
            Action::WithdrawSupport(OfProject { project }) => (
                format!("take back the support of a claim in project {project}"),
                escrow.withdraw_support(*project)?,
            ),
            Action::MovePayee {
                of: OfProject { project },
                payee,
                to,
            } => (
                format!("have {to} paid in the place of payee {payee} of project {project}"),
                escrow.move_payee(*project, *payee, self.session.address(to)?)?,
            ),
            Action::ConfirmMove {
                of: OfProject { project },
                payee,
            } => (
                format!("be paid in the place of payee {payee} of project {project}"),
                escrow.confirm_move(*project, *payee)?,
            ),
            other => anyhow::bail!("expected something to say, got {other:?}"),
        };
        self.send(&what, message).await
    }

    pub async fn objections(&self, project: ProjectId, milestone: u32) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let objections = self.escrow.all_objections(project, milestone).await?;
        self.session.print(&objections, |objections| {
            show::disputes::objections(objections, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn claims(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let claims = self.escrow.all_claims(project).await?;
        self.session.print(&claims, |claims| {
            show::disputes::claims(claims, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn votes(&self, project: ProjectId, account: &str) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let votes = self
            .escrow
            .votes(project, &self.session.address(account)?)
            .await?;
        self.session.print(&votes, |votes| {
            show::disputes::votes(votes, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn payees(&self, project: ProjectId) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let payees = self.escrow.payees(project).await?.payees;
        self.session.print(&payees, |payees| {
            show::disputes::payees(payees, &asset, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn pledges_of(&self, account: &str) -> Result<bool> {
        let pledges = self
            .escrow
            .all_pledges_of(&self.session.address(account)?)
            .await?;
        let mut shown = Vec::new();
        for pledge in &pledges {
            let asset = self.agreed(pledge.project).await?.terms.asset;
            shown.push((pledge, asset));
        }
        self.session.print(&pledges, |_| {
            show::disputes::pledges_of(&shown, self.session.network())
        })?;
        Ok(true)
    }

    pub async fn if_pledged(
        &self,
        project: ProjectId,
        amount: &str,
        account: Option<&str>,
        condition: &ConditionArgs,
    ) -> Result<bool> {
        let asset = self.agreed(project).await?.terms.asset;
        let network = self.session.network();
        let pledged = money::parse_of(amount, &asset, network)?;
        let condition = condition.parse(&asset, network, |account| self.session.address(account))?;
        let pledger = account.map(|account| self.session.address(account)).transpose()?;
        let answer = self
            .escrow
            .if_pledged(project, pledger, pledged, condition)
            .await?;
        self.session.print(&answer, |answer| {
            show::disputes::if_pledged(answer, &asset, network)
        })?;
        Ok(true)
    }
}
