//! What the settlement answers.

use cosmwasm_schema::cw_serde;
use gridpact_market::{Concern, FeeAmount, Policy};
use gridpact_units::{Amount, IntervalIndex, Seat, Slot, UnixSeconds};

use super::accounts::{Destination, FeeAccount};
use crate::asset::Asset;

/// The grid.
#[cw_serde]
pub struct ConfigResponse {
    /// The grid's registry.
    pub registry: String,
    /// The grid's asset.
    pub asset: Asset,
    /// Rules, prices, tariff, fees and the withdrawals' notice.
    pub policy: Policy,
    /// Where each fee goes, also one that is not in the policy any more.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
    /// Ways in which the policy hurts members, each once, worked out from it. The contract takes them; `gridpact deploy` wants
    /// each accepted by name.
    #[serde(default)]
    pub concerns: Vec<Concern>,
    /// Number of accounts opened so far.
    pub accounts: u32,
}

/// One account.
#[cw_serde]
pub struct AccountResponse {
    /// The slot.
    pub slot: Slot,
    /// Its position in reports; none once it takes part no more.
    pub seat: Option<Seat>,
    /// Who may withdraw.
    pub owner: String,
    /// Can be withdrawn now and pays for the next windows. Credits of windows whose time is over come on top: a withdrawal that needs
    /// them and the next report count them, see `held_results`.
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
    /// When it becomes final. Past: the next report moves the credit, and so does a withdrawal that needs it.
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

/// What one slot's account has in windows that are not final.
#[cw_serde]
#[derive(Copy, Default)]
pub struct PendingResponse {
    /// How many windows were added up in which the slot had a seat.
    pub windows: u32,
    /// Taken from the free balance already.
    pub debits: Amount,
    /// Becomes free when the windows are final.
    pub credits: Amount,
    /// The part of `credits` of windows whose time is over: a withdrawal gets it together with what is free.
    pub ended: Amount,
    /// When the next credit becomes free; none where there is no other than what has ended.
    pub next_final_at: Option<UnixSeconds>,
    /// When the last of the credits becomes free; none where there is none.
    pub last_final_at: Option<UnixSeconds>,
    /// First interval of the last window that was added up; none where there was none.
    pub last: Option<IntervalIndex>,
    /// Whether windows after it were left out.
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
    /// The fees, by number.
    pub fees: Vec<FeeAmount>,
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

/// Windows whose time is over and that no message has made final yet.
#[cw_serde]
#[derive(Copy)]
pub struct EndedResponse {
    /// How many, counted up to 2,048.
    pub windows: u32,
    /// How many messages `finalise` must come before a report is taken, of the windows that were counted: none where the
    /// report makes all final by itself. Where 2,048 were counted ask again after these.
    pub finalise_first: u32,
}

/// The community account; only final windows count.
#[cw_serde]
pub struct CommunityResponse {
    /// What rounding left, not swept yet.
    pub rounding: Amount,
    /// The fees not swept yet, by number; also those that are not in the policy any more.
    pub fees: Vec<FeeAmount>,
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
