//! A project's pledges.

use anyhow::{Context, Result};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::Terms;

use super::{Course, Party};
use crate::run::{Ending, Pledge, Project};
use crate::story::promises::StoryPromise;
use crate::story::stage::Step;

/// The first pledges are sent one by one, with a look at the books after each; then only the last: a street has hundreds.
const LOOKED_AT: usize = 8;

impl Course<'_> {
    /// Everybody who will pledges, in order.
    pub(super) fn pledging(&mut self) -> Result<Project> {
        self.foreign_coin()?;
        let plot = self.plot;
        let (first, others) = plot.parties.split_at(plot.parties.len().min(LOOKED_AT));
        let (many, last) = others.split_at(others.len().saturating_sub(1));
        for party in first.chunks(1) {
            self.pledge(party)?;
            self.books()?;
        }
        self.pledge(many)?;
        if !last.is_empty() {
            self.pledge(last)?;
            self.books()?;
        }

        let state = self.state()?;
        let funded = state.funded_at.is_some();
        let pledge = |party: &Party| Pledge {
            party: party.name.clone(),
            amount: party.amount,
            condition: party.words.clone(),
            at: self.pledges_at(party),
            funds: false,
        };
        let mut pledges: Vec<Pledge> = plot.parties.iter().map(pledge).collect();
        if let Some(last) = pledges.last_mut() {
            last.funds = funded;
        }
        Ok(Project {
            title: plot.title.to_owned(),
            description: plot.description.clone(),
            ending: if funded { Ending::Completed } else { Ending::Failed },
            target: plot.target,
            pledges,
            absent: plot.absent.iter().map(|party| party.name.clone()).collect(),
            opened_at: plot.opens_at,
            deadline: Terms::from_bytes(&state.terms)?.deadline.0,
            funded_at: state.funded_at.map(|at| at.0),
            contractor: plot.contractor.0.to_owned(),
            accepted_at: None,
            milestones: vec![],
            retention: None,
            refunds: vec![],
        })
    }

    /// Sends pledges, each at its time.
    fn pledge(&mut self, parties: &[Party]) -> Result<()> {
        let step = |party: &Party| -> Result<Step> {
            let message = self.pledge_message(party);
            let step = Step::new(&party.address, &self.stage.escrow, &message, party.amount)?;
            Ok(Step {
                at: Some(self.pledges_at(party)),
                ..step
            })
        };
        let steps = parties.iter().map(step).collect::<Result<_>>()?;
        self.stage.execute_each(steps)
    }

    fn pledges_at(&self, party: &Party) -> u64 {
        self.plot.opens_at.saturating_add(party.after)
    }

    pub(super) fn pledge_message(&self, party: &Party) -> ExecuteMsg {
        ExecuteMsg::Pledge {
            project: self.number,
            terms_hash: self.hash.clone(),
            condition: party.condition.clone(),
        }
    }

    /// A pledge in a coin that the deployment does not list is refused.
    fn foreign_coin(&mut self) -> Result<()> {
        let party = self.plot.parties.first().context("a project needs a party")?;
        let (message, escrow) = (self.pledge_message(party), self.stage.escrow.clone());
        let foreign = self.stage.foreign_coins(party.amount);
        self.stage.endow_coins(&party.address, foreign.clone())?;
        let sent = self
            .stage
            .execute_with(&party.address, &escrow, &message, foreign);
        self.promises.that(StoryPromise::EscrowAssets, sent.is_err(), || {
            format!("{}: a coin that is not listed was taken", self.plot.title)
        });
        Ok(())
    }
}
