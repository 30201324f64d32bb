//! The contract's balances and books, looked at from outside.

use anyhow::{ensure, Context, Result};
use gridpact_types::settlement;
use gridpact_types::settlement::answers::{AccountsResponse, BooksResponse, HeldWindowsResponse};

use super::Grid;
use crate::simulate::Slice;
use crate::story::chain::Chain;
use crate::story::promises::{Promise, Promises};
use crate::story::Setting;

impl Grid<'_> {
    /// The contract's balances against the mirror's, and its books against its money.
    pub(super) fn look(
        &self,
        chain: &Chain,
        promises: &mut Promises,
        setting: &Setting,
        slice: &Slice,
    ) -> Result<()> {
        self.compare(chain, promises, &format!("after the window from {}", slice.first))?;
        let books: BooksResponse = chain.query(&self.settlement, &settlement::queries::QueryMsg::Books {})?;
        let held = chain.balance(&self.settlement)?.0;
        let owed = books.free.0 + books.held.0 + books.community.0;
        promises.that(Promise::Conserved, held >= owed, || {
            format!("the settlement holds {held}, and owes {owed}")
        });
        let kept = books.withdrawn.0 + books.swept.0 + owed;
        promises.equal(
            Promise::Conserved,
            || "deposited".to_owned(),
            books.deposited.0,
            kept,
        );
        // The newest window is held: its sums stand in the state.
        let start_after = slice.first.0.checked_sub(1).map(gridpact_units::IntervalIndex);
        let query = settlement::queries::QueryMsg::HeldWindows {
            start_after,
            limit: Some(1),
        };
        let windows: HeldWindowsResponse = chain.query(&self.settlement, &query)?;
        if let Some(window) = windows.windows.first() {
            let given =
                window.credits.0 + window.fees.iter().map(|fee| fee.0).sum::<u128>() + window.rounding.0;
            promises.equal(
                Promise::Conserved,
                || format!("window {}", slice.first),
                window.debits.0,
                given,
            );
        }
        ensure!(
            setting.policy.fees.len() <= 1,
            "the command line states at most one fee"
        );
        Ok(())
    }

    /// Every free balance against the mirror's.
    pub(super) fn compare(&self, chain: &Chain, promises: &mut Promises, when: &str) -> Result<()> {
        let mut start_after = None;
        let mut seen = 0;
        loop {
            let query = settlement::queries::QueryMsg::Accounts {
                start_after,
                limit: Some(100),
            };
            let page: AccountsResponse = chain.query(&self.settlement, &query)?;
            for account in &page.accounts {
                let expected = self
                    .mirror
                    .free()
                    .get(usize::try_from(account.slot.0)?)
                    .context("unknown slot")?;
                let what = || format!("slot {} {when}", account.slot);
                promises.equal(Promise::Recomputed, what, *expected, account.free);
            }
            seen += page.accounts.len();
            start_after = page.accounts.last().map(|account| account.slot);
            if !page.more || start_after.is_none() {
                break;
            }
        }
        promises.equal(
            Promise::Recomputed,
            || "accounts".to_owned(),
            self.mirror.free().len(),
            seen,
        );
        Ok(())
    }
}
