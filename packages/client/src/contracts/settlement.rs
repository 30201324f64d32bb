//! energy-settlement, on a chain.

use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::answers::{
    AccountResponse, AccountsResponse, BooksResponse, CommunityResponse, ConfigResponse, EndedResponse,
    HeldResult, HeldResultsResponse, HeldWindow, HeldWindowsResponse,
};
use gridpact_types::settlement::bounds::{MAX_HELD_PAGE, MAX_PAGE};
use gridpact_types::settlement::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_units::{Amount, IntervalIndex, Slot};

use super::{all_pages, pay};
use crate::{Chain, Error, Message};

/// Most messages `finalise` in one transaction: each makes up to 131,072 results final, 2 to 7 million gas of bytes.
const MAX_FINALISE_MESSAGES: u32 = 4;

/// What comes before a report.
#[derive(Clone, Debug)]
pub struct BeforeReport {
    /// Messages that make windows final.
    pub finalise: Vec<Message>,
    /// Whether the report can stand behind them in the same transaction.
    pub report_too: bool,
}

/// A grid's settlement.
#[derive(Clone, Debug)]
pub struct Settlement {
    chain: Chain,
    address: String,
}

impl Settlement {
    /// The settlement at an address.
    pub fn new(chain: &Chain, address: &str) -> Self {
        Self {
            chain: chain.clone(),
            address: address.to_owned(),
        }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What never changes, and how many accounts there are.
    pub async fn config(&self) -> Result<ConfigResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Config {}).await
    }

    /// The account of a slot.
    pub async fn account(&self, slot: Slot) -> Result<AccountResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Account { slot }).await
    }

    /// A page of accounts; of one owner, or everybody's.
    pub async fn accounts(
        &self,
        owner: Option<&str>,
        start_after: Option<Slot>,
        limit: Option<u32>,
    ) -> Result<AccountsResponse, Error> {
        let question = QueryMsg::Accounts {
            owner: owner.map(str::to_owned),
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Every account; of one owner, or everybody's.
    pub async fn all_accounts(&self, owner: Option<&str>) -> Result<Vec<AccountResponse>, Error> {
        all_pages!(self, accounts(owner), MAX_PAGE, accounts, |last| last.slot)
    }

    /// A page of what windows that are not final yet did to a slot.
    pub async fn held_results(
        &self,
        slot: Slot,
        start_after: Option<IntervalIndex>,
        limit: Option<u32>,
    ) -> Result<HeldResultsResponse, Error> {
        let question = QueryMsg::HeldResults {
            slot,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// Everything that windows that are not final yet did to a slot.
    pub async fn all_held_results(&self, slot: Slot) -> Result<Vec<HeldResult>, Error> {
        all_pages!(self, held_results(slot), MAX_HELD_PAGE, results, |last| last
            .first_interval)
    }

    /// A page of windows that are not final yet.
    pub async fn held_windows(
        &self,
        start_after: Option<IntervalIndex>,
        limit: Option<u32>,
    ) -> Result<HeldWindowsResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::HeldWindows { start_after, limit })
            .await
    }

    /// Every window that is not final yet.
    pub async fn all_held_windows(&self) -> Result<Vec<HeldWindow>, Error> {
        all_pages!(self, held_windows(), MAX_HELD_PAGE, windows, |last| last
            .first_interval)
    }

    /// Windows whose time is over and that nothing has made final yet.
    pub async fn ended(&self) -> Result<EndedResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Ended {}).await
    }

    /// What must come before a report, in the same transaction: as a rule nothing, since a report makes windows final by itself.
    /// Where more have ended than one message takes, these; where they are too many for a transaction, they are to be sent
    /// alone, and it is asked again.
    pub async fn before_report(&self) -> Result<BeforeReport, Error> {
        let first = self.ended().await?.finalise_first;
        let now = first.min(MAX_FINALISE_MESSAGES);
        let finalise = (0..now).map(|_| self.finalise(None)).collect::<Result<_, _>>()?;
        Ok(BeforeReport {
            finalise,
            report_too: now == first,
        })
    }

    /// What the community account holds.
    pub async fn community(&self) -> Result<CommunityResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Community {}).await
    }

    /// The books.
    pub async fn books(&self) -> Result<BooksResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Books {}).await
    }

    /// Anybody deposits for a slot.
    pub fn deposit(&self, slot: Slot, asset: &Asset, amount: Amount) -> Result<Message, Error> {
        let native = ExecuteMsg::Deposit { slot };
        let hook = ReceiveMsg::Deposit { slot };
        pay(&self.address, asset, amount, &native, &hook)
    }

    /// The owner takes what is free; all of it without an amount, also what has become final and nobody has moved yet.
    pub fn withdraw(&self, slot: Slot, amount: Option<Amount>) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Withdraw { slot, amount })
    }

    /// Anybody finishes windows whose challenge period is over.
    pub fn finalise(&self, limit: Option<u32>) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Finalise { limit })
    }

    /// Anybody pays out a community account to its destination.
    pub fn sweep(&self, account: CommunityAccount) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Sweep { account })
    }

    fn message(&self, message: &ExecuteMsg) -> Result<Message, Error> {
        Message::execute(&self.address, message, vec![])
    }
}
