//! energy-settlement: one a grid; shares each interval's surplus and keeps every household's balance.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::Binary;
use cw20::Cw20ReceiveMsg;
use gridpact_market::Policy;
use gridpact_units::{Amount, IntervalIndex, IntervalLength, Ppm, Seat, Slot, UnixSeconds};

use crate::{escrow::ProjectId, Asset};

/// One grid. There is no owner: nobody can take deposits or stop withdrawals.
#[cw_serde]
pub struct InstantiateMsg {
    /// The grid's meter-registry; its address is known before it exists (instantiate2). Only it may settle.
    pub registry: String,
    /// The one asset of the grid.
    pub asset: Asset,
    /// Rules, prices, tariff and fees.
    pub policy: Policy,
    /// Where each fee of the policy goes, in the policy's order; as many as the policy has fees.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
}

/// Name and destination of a fee.
#[cw_serde]
pub struct FeeAccount {
    /// Short name, 1 to 64 bytes.
    pub label: String,
    /// Where it goes.
    pub destination: Destination,
}

/// Where money of the community goes, set at the start.
#[cw_serde]
pub enum Destination {
    /// An account of the chain.
    Account {
        /// Its address.
        address: String,
    },
    /// The revenue of an escrow project.
    Project {
        /// The pledge-escrow contract.
        escrow: String,
        /// The project.
        project: ProjectId,
    },
}

/// An account to open, as the registry sends it.
#[cw_serde]
pub struct AccountOpening {
    /// Place in the books.
    pub slot: Slot,
    /// Position in reports.
    pub seat: Seat,
    /// Who may withdraw.
    pub owner: String,
    /// Household; its slots share one weight.
    pub household: u32,
    /// Weight.
    pub weight: u32,
    /// Part of the meter that takes part.
    pub part: Ppm,
    /// Place in the rule `priority`.
    pub priority: u16,
    /// Tier as a buyer.
    pub buy_tier: u8,
    /// Tier as a seller.
    pub sell_tier: u8,
}

/// One part of the community account.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum CommunityAccount {
    /// What rounding leaves.
    Rounding {},
    /// A fee, by its position in the policy.
    Fee {
        /// The position, from 0.
        index: u8,
    },
}

/// What can be asked of the settlement.
#[cw_serde]
pub enum ExecuteMsg {
    /// The registry: opens accounts for meters that take part from a new roster on.
    OpenAccounts {
        /// The roster's version; the same version may be added to until it begins.
        roster_version: u32,
        /// Its first interval.
        from: IntervalIndex,
        /// The registry's interval length; refused where it is not the policy's.
        interval_length: IntervalLength,
        /// The accounts, by seat.
        accounts: Vec<AccountOpening>,
    },
    /// The registry: settles the window of an accepted report.
    Settle {
        /// The report, checked by the registry.
        report: Binary,
        /// When the window becomes final.
        final_at: UnixSeconds,
    },
    /// Anybody, with the grid's native coin attached: pays into a slot's free balance. With a cw20 token: send it with
    /// [`ReceiveMsg::Deposit`].
    Deposit {
        /// The slot.
        slot: Slot,
    },
    /// The grid's cw20 token: tokens arrived with a [`ReceiveMsg`].
    Receive(Cw20ReceiveMsg),
    /// The slot's owner: takes money out of the free balance.
    Withdraw {
        /// The slot.
        slot: Slot,
        /// How much; by default all that is free.
        #[serde(default)]
        amount: Option<Amount>,
    },
    /// Anybody: moves results of windows whose time is over into the accounts, oldest first. Every settled report does so
    /// for a few windows; this message is for grids whose reports have stopped.
    Finalise {
        /// How many windows at most: 1 to 16, 16 by default.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// Anybody: pays a part of the community account to its destination.
    Sweep {
        /// Which part.
        account: CommunityAccount,
    },
}

/// What a cw20 token's `send` may carry.
#[cw_serde]
pub enum ReceiveMsg {
    /// As [`ExecuteMsg::Deposit`].
    Deposit {
        /// The slot.
        slot: Slot,
    },
}

/// What can be read. Lists are paged: `limit` is 1 to 100 (of held windows 1 to 30), 30 by default, and the page says
/// whether more follows.
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
    /// The windows whose results are held, by first interval.
    #[returns(HeldWindowsResponse)]
    HeldWindows {
        /// First interval of the last window of the page before.
        start_after: Option<IntervalIndex>,
        /// How many.
        limit: Option<u32>,
    },
    /// The community account.
    #[returns(CommunityResponse)]
    Community {},
    /// Where every unit is.
    #[returns(BooksResponse)]
    Books {},
}

/// The grid.
#[cw_serde]
pub struct ConfigResponse {
    /// The grid's registry.
    pub registry: String,
    /// The grid's asset.
    pub asset: Asset,
    /// Rules, prices, tariff and fees.
    pub policy: Policy,
    /// Where each fee goes.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
    /// Number of accounts.
    pub accounts: u32,
}

/// One account.
#[cw_serde]
pub struct AccountResponse {
    /// The slot.
    pub slot: Slot,
    /// Its position in reports.
    pub seat: Seat,
    /// Who may withdraw.
    pub owner: String,
    /// Can be withdrawn now and pays for the next windows.
    pub free: Amount,
}

/// A page of accounts.
#[cw_serde]
pub struct AccountsResponse {
    /// The accounts, by slot.
    pub accounts: Vec<AccountResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// One slot's result in one window that is not final.
#[cw_serde]
pub struct HeldResult {
    /// The window.
    pub first_interval: IntervalIndex,
    /// Taken from the free balance already.
    pub debit: Amount,
    /// Becomes free when the window is final.
    pub credit: Amount,
    /// When it becomes final. Past: `finalise` moves the credit now.
    pub final_at: UnixSeconds,
}

/// A page of held results.
#[cw_serde]
pub struct HeldResultsResponse {
    /// The results, oldest first.
    pub results: Vec<HeldResult>,
    /// Whether more follow.
    pub more: bool,
}

/// A window whose results are held.
#[cw_serde]
pub struct HeldWindow {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u16,
    /// Revision of the report.
    pub revision: u16,
    /// Roster of the report.
    pub roster_version: u32,
    /// When it becomes final.
    pub final_at: UnixSeconds,
    /// Sum of the debits = sum of credits + fees + rounding.
    pub debits: Amount,
    /// Sum of the credits.
    pub credits: Amount,
    /// The fees, in the policy's order.
    pub fees: Vec<Amount>,
    /// What rounding left.
    pub rounding: Amount,
}

/// A page of held windows.
#[cw_serde]
pub struct HeldWindowsResponse {
    /// The windows, by first interval.
    pub windows: Vec<HeldWindow>,
    /// Whether more follow.
    pub more: bool,
}

/// The community account; only final windows count.
#[cw_serde]
pub struct CommunityResponse {
    /// What rounding left, not swept yet.
    pub rounding: Amount,
    /// The fees not swept yet, in the policy's order.
    pub fees: Vec<Amount>,
}

/// Where every unit is. `deposited = withdrawn + swept + free + held + community`, after every message.
#[cw_serde]
#[derive(Copy, Default)]
pub struct BooksResponse {
    /// Paid in so far.
    pub deposited: Amount,
    /// Taken out so far.
    pub withdrawn: Amount,
    /// Paid from the community account so far.
    pub swept: Amount,
    /// Sum of all free balances.
    pub free: Amount,
    /// Sum of the debits of windows not yet final.
    pub held: Amount,
    /// Sum of the community account.
    pub community: Amount,
}

/// Events, each one fact; one a window, never one a household.
pub mod events {
    /// Accounts were opened: `roster_version`, `from`, `first_slot`, `count`.
    pub const ACCOUNTS_OPENED: &str = "accounts_opened";
    /// Money came into an account: `slot`, `payer`, `amount`.
    pub const DEPOSITED: &str = "deposited";
    /// Money went out to the owner: `slot`, `owner`, `amount`.
    pub const WITHDRAWN: &str = "withdrawn";
    /// A window was settled, provisionally: `first_interval`, `intervals`, `revision`, `traded_mwh`, `debits`,
    /// `credits`, `fees`, `rounding`, `lowest_price`, `highest_price`, `final_at`.
    pub const WINDOW_SETTLED: &str = "window_settled";
    /// A window became final and its results moved into the accounts: `first_interval`, `credits`.
    pub const WINDOW_FINALISED: &str = "window_finalised";
    /// Community money was paid out: `account`, `amount`.
    pub const SWEPT: &str = "swept";
}
