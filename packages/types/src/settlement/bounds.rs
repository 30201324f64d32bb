//! Bounds of the settlement, each with its reason. Those of a policy stand in `gridpact-market`.

use gridpact_units::Amount;

/// Longest label of a fee, in bytes.
pub const MAX_LABEL: usize = 64;
/// The most a grid holds, 2^96 base units: 79 billion of a token with 18 decimals. What an account can pay is counted in
/// base units x 10^9, which stays below 2^128.
pub const MAX_HOLDINGS: Amount = Amount(1 << 96);
/// Most accounts a message opens: one page of the books.
pub const MAX_OPENINGS: usize = 128;
/// Most windows that a message makes final, a report and a withdrawal on the way among them: more than a day of windows of one
/// quarter of an hour, so that a pause of the oracles is caught up with by their next report.
pub const MAX_FINALISED: u32 = 128;
/// Most results, windows x seats, that a message makes final: as many windows of the largest grid. Reading them costs 3 gas a byte:
/// 2 million gas at 5 bytes a result (a token of six decimals), 7 at 18 (one of 18 in which everybody pays and earns), so that a
/// report of half a block still fits beside them.
pub const MAX_FINALISED_RESULTS: u32 = 131_072;
/// Most windows that the answer to `ended` counts: about as many as a challenge period holds, though a silence can leave more, and
/// the walk over them stays below a query's gas.
pub const MAX_ENDED: u32 = 2_048;
/// Entries of a page where the query does not say.
pub const DEFAULT_PAGE: u32 = 30;
/// Most entries of a page of accounts.
pub const MAX_PAGE: u32 = 100;
/// Most entries of a page of held windows, each of which is read whole.
pub const MAX_HELD_PAGE: u32 = 30;
/// A page of held windows ends with the one that brings what was read to so many bytes: 128 KiB are 400,000 gas of bytes, whatever
/// the token's decimals and the grid's size.
pub const MAX_HELD_PAGE_BYTES: usize = 131_072;
/// The sums of a slot's held results end with the window that brings what was read to so many bytes: 512 KiB are 1.6 million gas
/// of bytes, half of what nodes give a query; a week of quarters of an hour of 100 homes with six decimals.
pub const MAX_PENDING_BYTES: usize = 524_288;
/// What a window counts for among these bytes at least: a step costs gas however little it reads, and a grid of a few homes may hold
/// tens of thousands of windows after a silence. So one answer goes through 2,048 windows at most.
pub const MIN_PENDING_BYTES: usize = 256;
