//! The promises of the three contracts, checked from outside: from queries, balances, and ledgers kept beside the contracts.

pub(crate) mod escrow;
mod greatest_set;
pub(crate) mod grid;
mod seen;
mod work;
