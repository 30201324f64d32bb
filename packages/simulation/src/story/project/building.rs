//! The work of a funded project.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Addr;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_units::Amount;

use super::{sha256, Course};
use crate::run::{Milestone, Project, Retention};
use crate::story::promises::StoryPromise;
use crate::story::setting::days;
use crate::sums::total;

impl Course<'_> {
    /// The contractor accepts, submits, waits for the review and draws, milestone by milestone, and at the end what was
    /// retained.
    pub(super) fn build(&mut self, project: &mut Project) -> Result<()> {
        let plot = self.plot;
        let (_, contractor) = &plot.contractor;
        let funded_at = project.funded_at.context("not funded")?;
        self.stage.at(funded_at.saturating_add(days(1)))?;
        self.send(
            contractor,
            &ExecuteMsg::Accept {
                project: self.number,
                terms_hash: self.hash.clone(),
            },
        )?;
        project.accepted_at = Some(self.stage.now());
        for (number, (title, _, day)) in (0..).zip(&plot.milestones) {
            let submitted_at = plot.opens_at.saturating_add(days(*day));
            project
                .milestones
                .push(self.milestone(number, title, submitted_at)?);
        }
        let defects_end = self.state()?.defects_end;
        let defects_end = defects_end.context("no end of the defects period")?;
        self.stage.at(defects_end.0)?;
        let retained = self.draw(contractor)?;
        project.retention = Some(Retention {
            amount: retained,
            released_at: Some(defects_end.0),
        });
        let paid = project.milestones.iter().map(|milestone| milestone.paid);
        self.promises.equal(
            StoryPromise::EscrowPulls,
            || format!("{}: the contractor's money", plot.title),
            plot.target,
            total(paid.chain([retained]))?,
        );
        Ok(())
    }

    /// One milestone, from its evidence to its money.
    fn milestone(&mut self, number: u32, title: &str, submitted_at: u64) -> Result<Milestone> {
        let (_, contractor) = &self.plot.contractor;
        self.stage.at(submitted_at)?;
        self.send(
            contractor,
            &ExecuteMsg::SubmitMilestone {
                project: self.number,
                milestone: number,
                evidence_hash: sha256(title.as_bytes()),
                evidence_uri: String::new(),
            },
        )?;
        let state = self.state()?;
        let submitted = state.milestones.get(usize::try_from(number)?);
        let submitted = submitted.context("milestone missing")?;
        let paid_at = submitted.payable_at.context("not submitted")?.0;
        self.stage.at(paid_at)?;
        Ok(Milestone {
            title: title.to_owned(),
            amount: submitted.amount,
            submitted_at,
            paid_at,
            paid: self.draw(contractor)?,
        })
    }

    /// What arrives when the contractor draws.
    fn draw(&mut self, contractor: &Addr) -> Result<Amount> {
        let expected = self.state()?.drawable;
        let before = self.stage.balance(contractor)?;
        self.send(
            contractor,
            &ExecuteMsg::Draw {
                project: self.number,
                payee: 0,
            },
        )?;
        let drawn = self.stage.balance(contractor)?.saturating_sub(before);
        self.promises.equal(
            StoryPromise::EscrowPulls,
            || format!("{}: draw", self.plot.title),
            expected,
            drawn,
        );
        ensure!(!drawn.is_zero(), "the contractor drew nothing");
        Ok(drawn)
    }
}
