//! What the settlement answers, page by page.

use cosmwasm_std::from_json;
use energy_settlement::contract::query;
use gridpact_types::settlement::answers::{
    AccountsResponse, HeldResult, HeldResultsResponse, HeldWindow, HeldWindowsResponse,
};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::Slot;
use serde::de::DeserializeOwned;

use super::super::Answers;
use super::Life;

impl Life {
    fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(query(self.deps.as_ref(), self.env.clone(), Strict(msg)).expect("it answers"))
            .expect("of its type")
    }

    pub(super) fn answers(&self) -> Answers {
        let page: AccountsResponse = self.ask(QueryMsg::Accounts {
            owner: None,
            start_after: None,
            limit: None,
        });
        assert!(!page.more, "few accounts");
        let accounts = page.accounts;
        Answers {
            results: accounts
                .iter()
                .map(|account| self.results(account.slot))
                .collect(),
            accounts,
            held: self.held(),
            community: self.ask(QueryMsg::Community {}),
            books: self.ask(QueryMsg::Books {}),
        }
    }

    fn held(&self) -> Vec<HeldWindow> {
        let mut all: Vec<HeldWindow> = Vec::new();
        loop {
            let page: HeldWindowsResponse = self.ask(QueryMsg::HeldWindows {
                start_after: all.last().map(|window| window.first_interval),
                limit: None,
            });
            all.extend(page.windows);
            if !page.more {
                return all;
            }
        }
    }

    fn results(&self, slot: Slot) -> Vec<HeldResult> {
        let mut all: Vec<HeldResult> = Vec::new();
        loop {
            let page: HeldResultsResponse = self.ask(QueryMsg::HeldResults {
                slot,
                start_after: all.last().map(|result| result.first_interval),
                limit: None,
            });
            all.extend(page.results);
            if !page.more {
                return all;
            }
        }
    }
}
