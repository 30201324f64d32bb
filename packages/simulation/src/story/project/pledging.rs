//! Pledges, then either the work and its milestones or everybody's money back.

use anyhow::{bail, Context, Result};
use cosmwasm_std::{coins, Addr};
use gridpact_types::escrow::answers::{Phase, PledgeResponse, ProjectResponse};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_units::Amount;

use super::{sha256, terms, Party, Told};
use crate::run::{Ending, Milestone, Pledge, Project, Refund, Retention};
use crate::story::books;
use crate::story::chain::Step;
use crate::story::promises::Promise;
use crate::story::DAY;

impl Told<'_> {
    pub(super) fn tell(&mut self) -> Result<Project> {
        let mut project = self.pledges()?;
        if project.funded_at.is_some() {
            self.build(&mut project)?;
        } else {
            self.fail(&mut project)?;
        }
        let end = self.state()?;
        let ended = matches!(end.phase, Phase::Closed | Phase::Failed);
        self.promises.that(Promise::EscrowEnds, ended, || {
            format!("{}: {:?}", project.title, end.phase)
        });
        let same = end.terms_hash == self.hash && end.terms == terms(self.chain, &self.plot)?;
        self.promises.that(Promise::EscrowTerms, same, || {
            format!("{}: the terms differ", project.title)
        });
        Ok(project)
    }

    /// Everybody who will pledges, in order.
    fn pledges(&mut self) -> Result<Project> {
        let mut pledges = Vec::with_capacity(self.plot.parties.len());
        self.foreign_coin()?;
        let parties = self.plot.parties.len();
        // Books after every message while there are few, then at the end: a street has hundreds of pledges.
        let few = |number: usize| number < 8 || number + 1 == parties;
        let mut many = Vec::new();
        for number in 0..parties {
            let party = &self.plot.parties[number];
            let at = self.plot.opens_at + party.after;
            let mut step = Step::new(
                &party.address,
                &self.chain.escrow,
                &self.pledge_message(party),
                party.amount,
            )?;
            step.at = Some(at);
            many.push(step);
            let amount = party.amount;
            let last = number + 1 == parties;
            if few(number) || few(number + 1) {
                self.chain.execute_each(core::mem::take(&mut many))?;
            }
            if few(number) {
                self.books()?;
            }
            let party = &self.plot.parties[number];
            let (name, words) = (party.name.clone(), party.words.clone());
            let funds = last && self.state()?.funded_at.is_some();
            pledges.push(Pledge {
                party: name,
                amount,
                condition: words,
                at,
                funds,
            });
        }
        let state = self.state()?;
        Ok(Project {
            title: self.plot.title.to_owned(),
            description: self.plot.description.clone(),
            ending: if state.funded_at.is_some() {
                Ending::Completed
            } else {
                Ending::Failed
            },
            target: self.plot.target,
            pledges,
            absent: self.plot.absent.iter().map(|party| party.name.clone()).collect(),
            opened_at: self.plot.opens_at,
            deadline: state.terms.deadline.0,
            funded_at: state.funded_at.map(|at| at.0),
            contractor: self.plot.contractor.0.to_owned(),
            accepted_at: None,
            milestones: vec![],
            retention: None,
            refunds: vec![],
        })
    }

    /// A pledge in a coin that the deployment does not list is refused.
    fn foreign_coin(&mut self) -> Result<()> {
        let party = self.plot.parties.first().context("a project needs a party")?;
        let (address, message) = (party.address.clone(), self.pledge_message(party));
        let foreign = coins(party.amount.0, self.chain.foreign_coin());
        self.chain.endow_coin(&address, foreign.clone())?;
        let escrow = self.chain.escrow.clone();
        let refused = self
            .chain
            .execute_with(&address, &escrow, &message, foreign)
            .is_err();
        let breach = || format!("{}: a coin that is not listed was taken", self.plot.title);
        self.promises.that(Promise::EscrowAssets, refused, breach);
        Ok(())
    }

    fn pledge_message(&self, party: &Party) -> ExecuteMsg {
        let (terms_hash, condition) = (self.hash.clone(), party.condition.clone());
        ExecuteMsg::Pledge {
            project: self.number,
            terms_hash,
            condition,
        }
    }

    /// The contractor accepts, submits, waits for the review and draws, milestone by milestone.
    fn build(&mut self, project: &mut Project) -> Result<()> {
        let contractor = self.plot.contractor.1.clone();
        let funded_at = project.funded_at.context("not funded")?;
        self.chain.at(funded_at + DAY)?;
        self.send(
            &contractor,
            &ExecuteMsg::Accept {
                project: self.number,
                terms_hash: self.hash.clone(),
            },
        )?;
        project.accepted_at = Some(self.chain.now());
        for (number, (title, _, day)) in self.plot.milestones.clone().into_iter().enumerate() {
            let submitted_at = self.plot.opens_at + day * DAY;
            self.chain.at(submitted_at)?;
            let evidence_hash = sha256(title.as_bytes());
            let milestone = u32::try_from(number)?;
            let evidence_uri = String::new();
            let message = ExecuteMsg::SubmitMilestone {
                project: self.number,
                milestone,
                evidence_hash,
                evidence_uri,
            };
            self.send(&contractor, &message)?;
            let state = self.state()?;
            let submitted = state.milestones.get(number).context("milestone missing")?;
            let amount = submitted.amount;
            let paid_at = submitted.payable_at.context("not submitted")?.0;
            self.chain.at(paid_at)?;
            let paid = self.draw(&contractor)?;
            project.milestones.push(Milestone {
                title: title.to_owned(),
                amount,
                submitted_at,
                paid_at,
                paid,
            });
        }
        let defects_end = self
            .state()?
            .defects_end
            .context("no end of the defects period")?;
        self.chain.at(defects_end.0)?;
        let amount = self.draw(&contractor)?;
        project.retention = Some(Retention {
            amount,
            released_at: Some(defects_end.0),
        });
        let drawn = project
            .milestones
            .iter()
            .map(|milestone| milestone.paid.0)
            .sum::<u128>()
            + amount.0;
        let what = || format!("{}: the contractor's money", self.plot.title);
        self.promises
            .equal(Promise::EscrowPulls, what, self.plot.target.0, drawn);
        Ok(())
    }

    /// The deadline passes: the absent party comes in its very second and is refused; the others take their money.
    fn fail(&mut self, project: &mut Project) -> Result<()> {
        self.chain.at(project.deadline)?;
        for number in 0..self.plot.absent.len() {
            let late = &self.plot.absent[number];
            let (address, amount, message) = (late.address.clone(), late.amount, self.pledge_message(late));
            let refused = self
                .chain
                .execute(&address, &self.chain.escrow.clone(), &message, amount)
                .is_err();
            let breach = || {
                format!(
                    "{}: a pledge in the second of the deadline was taken",
                    self.plot.title
                )
            };
            self.promises.that(Promise::EscrowHalfOpen, refused, breach);
        }
        for number in 0..self.plot.parties.len() {
            let party = &self.plot.parties[number];
            let (address, name, pledged) = (party.address.clone(), party.name.clone(), party.amount);
            let query = QueryMsg::Pledge {
                project: self.number,
                pledger: address.to_string(),
            };
            let owed: PledgeResponse = self.chain.query(&self.chain.escrow, &query)?;
            let before = self.chain.balance(&address)?;
            self.send(&address, &ExecuteMsg::ClaimRefund { project: self.number })?;
            let amount = self.chain.balance(&address)?.saturating_sub(before);
            self.promises.equal(
                Promise::EscrowPulls,
                || format!("{name}: refund owed"),
                pledged,
                owed.refundable,
            );
            self.promises.equal(
                Promise::EscrowPulls,
                || format!("{name}: refund"),
                pledged,
                amount,
            );
            project.refunds.push(Refund {
                party: name,
                amount,
                at: self.chain.now(),
            });
        }
        Ok(())
    }

    /// What arrives when the contractor draws.
    fn draw(&mut self, contractor: &Addr) -> Result<Amount> {
        let expected = self.state()?.drawable;
        let before = self.chain.balance(contractor)?;
        self.send(contractor, &ExecuteMsg::Draw { project: self.number })?;
        let drawn = self.chain.balance(contractor)?.saturating_sub(before);
        self.promises.equal(
            Promise::EscrowPulls,
            || format!("{}: draw", self.plot.title),
            expected,
            drawn,
        );
        if drawn.is_zero() {
            bail!("the contractor drew nothing");
        }
        Ok(drawn)
    }

    fn send(&mut self, who: &Addr, message: &ExecuteMsg) -> Result<()> {
        self.chain
            .execute(who, &self.chain.escrow.clone(), message, Amount::ZERO)?;
        self.books()
    }

    fn state(&self) -> Result<ProjectResponse> {
        self.chain
            .query(&self.chain.escrow, &QueryMsg::Project { project: self.number })
    }

    fn books(&mut self) -> Result<()> {
        books::balance(self.chain, self.promises, self.number, self.plot.title)
    }
}
