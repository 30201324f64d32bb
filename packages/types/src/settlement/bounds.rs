//! Bounds of the settlement, each with its reason. Those of a policy stand in `gridpact-market`.

use gridpact_units::Amount;

/// Longest label of a fee, in bytes.
pub const MAX_LABEL: usize = 64;
/// The most a grid holds, 2^96 base units: 79 billion of a token with 18 decimals. What an account can pay is counted in
/// base units x 10^9, which stays below 2^128.
pub const MAX_HOLDINGS: Amount = Amount(1 << 96);
/// Most accounts a message opens: one page of the books.
pub const MAX_OPENINGS: usize = 128;
/// Windows that a report makes final on the way: more than the one it adds, so that none pile up; few, so that its gas
/// stays near that of a report alone.
pub const FINALISED_A_REPORT: usize = 4;
/// Most windows a message makes final: 16 x 1,024 seats stay far below a block.
pub const MAX_FINALISED: u32 = 16;
/// Entries of a page where the query does not say.
pub const DEFAULT_PAGE: u32 = 30;
/// Most entries of a page of accounts.
pub const MAX_PAGE: u32 = 100;
/// Most entries of a page of held windows, each of which is read whole: 30 of 1,024 seats stay below a query's gas.
pub const MAX_HELD_PAGE: u32 = 30;
