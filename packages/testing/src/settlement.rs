//! A handle on an energy-settlement: one method a message and a query.

use cosmwasm_std::Addr;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::answers::{
    AccountResponse, AccountsResponse, BooksResponse, CommunityResponse, ConfigResponse, EndedResponse,
    HeldResult, HeldResultsResponse, HeldWindow, HeldWindowsResponse,
};
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, Slot};

use crate::app::Outcome;
use crate::world::World;

/// A settlement contract.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Its address.
    pub addr: Addr,
}

impl Settlement {
    /// Somebody pays into a slot.
    pub fn deposit(&self, world: &mut World, from: &Addr, slot: Slot, amount: Amount) -> Outcome {
        let (native, hook) = (ExecuteMsg::Deposit { slot }, ReceiveMsg::Deposit { slot });
        world.pay(from, &self.addr, amount, &native, &hook)
    }

    /// The owner takes money out; all that is free where no amount is given.
    pub fn withdraw(&self, world: &mut World, sender: &Addr, slot: Slot, amount: Option<Amount>) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::Withdraw { slot, amount }, &[])
    }

    /// Somebody makes ended windows final, as many as one message does.
    pub fn finalise(&self, world: &mut World, sender: &Addr) -> Outcome {
        self.finalise_some(world, sender, None)
    }

    /// The same for so many at most.
    pub fn finalise_some(&self, world: &mut World, sender: &Addr, limit: Option<u32>) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::Finalise { limit }, &[])
    }

    /// Somebody sweeps a part of the community account.
    pub fn sweep(&self, world: &mut World, sender: &Addr, account: CommunityAccount) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::Sweep { account }, &[])
    }

    /// The grid.
    pub fn config(&self, world: &World) -> ConfigResponse {
        world
            .query(&self.addr, &QueryMsg::Config {})
            .expect("the settlement answers")
    }

    /// One account.
    pub fn account(&self, world: &World, slot: Slot) -> Result<AccountResponse, String> {
        world.query(&self.addr, &QueryMsg::Account { slot })
    }

    /// What is free in a slot.
    pub fn free(&self, world: &World, slot: Slot) -> Amount {
        self.account(world, slot).expect("the account exists").free
    }

    /// All accounts, page by page.
    pub fn accounts(&self, world: &World) -> Vec<AccountResponse> {
        let mut all: Vec<AccountResponse> = Vec::new();
        loop {
            let start_after = all.last().map(|account| account.slot);
            let query = QueryMsg::Accounts {
                owner: None,
                start_after,
                limit: Some(100),
            };
            let page: AccountsResponse = world.query(&self.addr, &query).expect("the settlement answers");
            all.extend(page.accounts);
            if !page.more {
                return all;
            }
        }
    }

    /// All windows that are not final, page by page.
    pub fn held_windows(&self, world: &World) -> Vec<HeldWindow> {
        let mut all: Vec<HeldWindow> = Vec::new();
        loop {
            let start_after = all.last().map(|window| window.first_interval);
            let query = QueryMsg::HeldWindows {
                start_after,
                limit: None,
            };
            let page: HeldWindowsResponse = world.query(&self.addr, &query).expect("the settlement answers");
            all.extend(page.windows);
            if !page.more {
                return all;
            }
        }
    }

    /// What a slot has in windows that are not final, page by page.
    pub fn held_results(&self, world: &World, slot: Slot) -> Vec<HeldResult> {
        let mut all: Vec<HeldResult> = Vec::new();
        loop {
            let query = QueryMsg::HeldResults {
                slot,
                start_after: all.last().map(|result| result.first_interval),
                limit: None,
            };
            let page: HeldResultsResponse = world.query(&self.addr, &query).expect("the settlement answers");
            all.extend(page.results);
            if !page.more {
                return all;
            }
        }
    }

    /// Windows whose time is over and that are not final yet, and how many `finalise` come before a report.
    pub fn ended(&self, world: &World) -> EndedResponse {
        world
            .query(&self.addr, &QueryMsg::Ended {})
            .expect("the settlement answers")
    }

    /// The community account.
    pub fn community(&self, world: &World) -> CommunityResponse {
        world
            .query(&self.addr, &QueryMsg::Community {})
            .expect("the settlement answers")
    }

    /// Where every unit is.
    pub fn books(&self, world: &World) -> BooksResponse {
        world
            .query(&self.addr, &QueryMsg::Books {})
            .expect("the settlement answers")
    }
}
