//! What can be read from the settlement.

use cosmwasm_schema::{cw_serde, QueryResponses};
use gridpact_units::{IntervalIndex, Slot};

use super::answers::{
    AccountResponse, AccountsResponse, BooksResponse, CommunityResponse, ConfigResponse, EndedResponse,
    HeldResultsResponse, HeldWindowsResponse, PendingResponse,
};

/// What can be read. Lists are paged: `limit` is 1 to 100 (of held windows and held results 1 to 30), 30 by default, and the
/// page says whether more follows. A page of either may end before its limit, where windows are large.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The grid.
    #[returns(ConfigResponse)]
    Config {},
    /// One account.
    #[returns(AccountResponse)]
    Account {
        /// The slot.
        slot: Slot,
    },
    /// The accounts, by slot, without their held results.
    #[returns(AccountsResponse)]
    Accounts {
        /// Whose; by default everybody's.
        owner: Option<String>,
        /// The last slot of the page before.
        start_after: Option<Slot>,
        /// How many.
        limit: Option<u32>,
    },
    /// What one slot's account has in the windows not yet final, oldest first.
    #[returns(HeldResultsResponse)]
    HeldResults {
        /// The slot.
        slot: Slot,
        /// First interval of the last window of the page before.
        start_after: Option<IntervalIndex>,
        /// How many.
        limit: Option<u32>,
    },
    /// What one slot's account has in the windows not yet final, added up. Where these are many or large the sums end early, and
    /// say so.
    #[returns(PendingResponse)]
    Pending {
        /// The slot.
        slot: Slot,
        /// First interval of the last window that was added up before.
        start_after: Option<IntervalIndex>,
    },
    /// The windows whose results are held, by first interval.
    #[returns(HeldWindowsResponse)]
    HeldWindows {
        /// First interval of the last window of the page before.
        start_after: Option<IntervalIndex>,
        /// How many.
        limit: Option<u32>,
    },
    /// How many windows await finality whose time is over.
    #[returns(EndedResponse)]
    Ended {},
    /// The community account.
    #[returns(CommunityResponse)]
    Community {},
    /// Where every unit is.
    #[returns(BooksResponse)]
    Books {},
}
