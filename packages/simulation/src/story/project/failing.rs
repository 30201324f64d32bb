//! The end of a project that was not funded.

use anyhow::Result;
use gridpact_types::escrow::answers::PledgeResponse;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::queries::QueryMsg;

use super::{Course, Party};
use crate::run::{Project, Refund};
use crate::story::promises::StoryPromise;

impl Course<'_> {
    /// The deadline passes: the absent party comes in its very second and is refused; the others take their money.
    pub(super) fn fail(&mut self, project: &mut Project) -> Result<()> {
        self.stage.at(project.deadline)?;
        let plot = self.plot;
        for party in &plot.absent {
            self.come_too_late(party);
        }
        for party in &plot.parties {
            project.refunds.push(self.refund(party)?);
        }
        Ok(())
    }

    fn come_too_late(&mut self, party: &Party) {
        let (escrow, message) = (self.stage.escrow.clone(), self.pledge_message(party));
        let sent = self
            .stage
            .execute(&party.address, &escrow, &message, party.amount);
        self.promises
            .that(StoryPromise::EscrowHalfOpen, sent.is_err(), || {
                format!(
                    "{}: a pledge in the second of the deadline was taken",
                    self.plot.title
                )
            });
    }

    fn refund(&mut self, party: &Party) -> Result<Refund> {
        let Party {
            name,
            address,
            amount: pledged,
            ..
        } = party;
        let query = QueryMsg::Pledge {
            project: self.number,
            pledger: address.to_string(),
        };
        let owed: PledgeResponse = self.stage.query(&self.stage.escrow, &query)?;
        let before = self.stage.balance(address)?;
        self.send(address, &ExecuteMsg::ClaimRefund { project: self.number })?;
        let amount = self.stage.balance(address)?.saturating_sub(before);
        self.promises.equal(
            StoryPromise::EscrowPulls,
            || format!("{name}: refund owed"),
            *pledged,
            owed.refundable,
        );
        self.promises.equal(
            StoryPromise::EscrowPulls,
            || format!("{name}: refund"),
            *pledged,
            amount,
        );
        Ok(Refund {
            party: name.clone(),
            amount,
            at: self.stage.now(),
        })
    }
}
