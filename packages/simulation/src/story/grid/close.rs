//! A grid's end: all is final, everybody takes out what is theirs, and the community's money goes where it was agreed to go.

use anyhow::Result;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::answers::{BooksResponse, CommunityResponse, HeldWindowsResponse};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, Slot};

use super::{Grid, Purses};
use crate::story::promises::{Promises, StoryPromise};
use crate::story::stage::{Stage, Step};
use crate::sums::total;

impl Grid<'_> {
    /// Ends the grid: what every home took out, and what the community account paid.
    pub fn close(mut self, stage: &mut Stage, promises: &mut Promises) -> Result<(Purses, Amount)> {
        self.finalise(stage)?;
        self.compare(stage, promises, "when all was final")?;
        self.withdraw(stage, promises)?;
        let swept = self.sweep(stage, promises)?;
        let purses = Purses {
            balances: self.mirror.free().to_vec(),
            needs: self.mirror.into_needs(),
        };
        Ok((purses, swept))
    }

    /// Waits for the last window, and has the contract finish all.
    fn finalise(&mut self, stage: &mut Stage) -> Result<()> {
        if let Some(last) = self.mirror.last_final_at() {
            stage.at(last)?;
            self.mirror.finalise(last)?;
        }
        let held = QueryMsg::HeldWindows {
            start_after: None,
            limit: Some(1),
        };
        loop {
            let held: HeldWindowsResponse = stage.query(&self.settlement, &held)?;
            if held.windows.is_empty() {
                return Ok(());
            }
            let message = ExecuteMsg::Finalise {
                limit: Some(MAX_FINALISED),
            };
            stage.execute(&self.carrier, &self.settlement, &message, Amount::ZERO)?;
        }
    }

    /// Everybody takes out everything; it arrives, and nothing is left.
    fn withdraw(&self, stage: &mut Stage, promises: &mut Promises) -> Result<()> {
        let mut withdrawals = Vec::with_capacity(self.homes.len());
        let mut before = Vec::with_capacity(self.homes.len());
        for ((slot, home), free) in (0..).zip(self.homes).zip(self.mirror.free()) {
            before.push(stage.balance(&home.owner)?);
            if !free.is_zero() {
                let message = ExecuteMsg::Withdraw {
                    slot: Slot(slot),
                    amount: None,
                };
                withdrawals.push(Step::new(&home.owner, &self.settlement, &message, Amount::ZERO)?);
            }
        }
        stage.execute_each(withdrawals)?;
        let expected = before.into_iter().zip(self.mirror.free());
        for ((slot, home), (before, free)) in self.homes.iter().enumerate().zip(expected) {
            let got = stage.balance(&home.owner)?.saturating_sub(before);
            promises.equal(StoryPromise::Withdrawn, || format!("slot {slot}"), *free, got);
        }
        let books: BooksResponse = stage.query(&self.settlement, &QueryMsg::Books {})?;
        promises.equal(
            StoryPromise::Withdrawn,
            || "left in accounts".to_owned(),
            Amount::ZERO,
            total([books.free, books.held])?,
        );
        Ok(())
    }

    /// Pays out every community account that has something; how much was swept in all.
    fn sweep(&self, stage: &mut Stage, promises: &mut Promises) -> Result<Amount> {
        let community: CommunityResponse = stage.query(&self.settlement, &QueryMsg::Community {})?;
        let fees = community
            .fees
            .into_iter()
            .map(|fee| (CommunityAccount::Fee { id: fee.id }, fee.amount));
        let accounts = [(CommunityAccount::Rounding {}, community.rounding)]
            .into_iter()
            .chain(fees);
        for (account, _) in accounts.filter(|(_, amount)| !amount.is_zero()) {
            let message = ExecuteMsg::Sweep { account };
            stage.execute(&self.carrier, &self.settlement, &message, Amount::ZERO)?;
        }
        let books: BooksResponse = stage.query(&self.settlement, &QueryMsg::Books {})?;
        promises.equal(
            StoryPromise::Conserved,
            || "left in the community account".to_owned(),
            Amount::ZERO,
            books.community,
        );
        promises.equal(
            StoryPromise::Conserved,
            || "left in the settlement".to_owned(),
            Amount::ZERO,
            stage.balance(&self.settlement)?,
        );
        Ok(books.swept)
    }
}
