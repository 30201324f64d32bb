//! Events, each one fact; one a window, never one a household.

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
