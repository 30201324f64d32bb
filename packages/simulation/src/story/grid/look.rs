//! The contract's balances and books, looked at from outside.

use anyhow::{Context, Result};
use gridpact_types::settlement::answers::{AccountsResponse, BooksResponse, HeldWindowsResponse};
use gridpact_types::settlement::queries::QueryMsg;

use super::Grid;
use crate::schedule::Slice;
use crate::story::promises::{Promises, StoryPromise};
use crate::story::stage::Stage;
use crate::sums::total;

impl Grid<'_> {
    /// The contract's balances against the mirror's, and its books against its money.
    pub(super) fn look(&self, stage: &Stage, promises: &mut Promises, slice: &Slice) -> Result<()> {
        self.compare(stage, promises, &format!("after the window from {}", slice.first))?;
        let books: BooksResponse = stage.query(&self.settlement, &QueryMsg::Books {})?;
        let held = stage.balance(&self.settlement)?;
        let owed = total([books.free, books.held, books.community])?;
        promises.that(StoryPromise::Conserved, held >= owed, || {
            format!("the settlement holds {held}, and owes {owed}")
        });
        promises.equal(
            StoryPromise::Conserved,
            || "deposited".to_owned(),
            books.deposited,
            total([books.withdrawn, books.swept, owed])?,
        );
        // The newest window is held: its sums stand in the state.
        let query = QueryMsg::HeldWindows {
            start_after: slice.first.0.checked_sub(1).map(gridpact_units::IntervalIndex),
            limit: Some(1),
        };
        let windows: HeldWindowsResponse = stage.query(&self.settlement, &query)?;
        if let Some(window) = windows.windows.first() {
            let others = [window.credits, window.rounding];
            promises.equal(
                StoryPromise::Conserved,
                || format!("window {}", slice.first),
                window.debits,
                total(window.fees.iter().map(|fee| fee.amount).chain(others))?,
            );
        }
        Ok(())
    }

    /// Every free balance against the mirror's.
    pub(super) fn compare(&self, stage: &Stage, promises: &mut Promises, when: &str) -> Result<()> {
        let free = self.mirror.free();
        let mut seen = 0_usize;
        stage.pages(
            &self.settlement,
            |start_after| QueryMsg::Accounts {
                owner: None,
                start_after,
                limit: Some(100),
            },
            |page: AccountsResponse| {
                for account in &page.accounts {
                    let expected = free.get(usize::try_from(account.slot.0)?);
                    promises.equal(
                        StoryPromise::Recomputed,
                        || format!("slot {} {when}", account.slot),
                        *expected.context("unknown slot")?,
                        account.free,
                    );
                }
                seen = seen.saturating_add(page.accounts.len());
                let last = page.accounts.last().filter(|_| page.more);
                Ok(last.map(|account| account.slot))
            },
        )?;
        promises.equal(
            StoryPromise::Recomputed,
            || "accounts".to_owned(),
            free.len(),
            seen,
        );
        Ok(())
    }
}
