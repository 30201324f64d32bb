//! The chain in one process that everything here runs on, and what a message to it comes to.

use cw_multi_test::error::AnyError;
use cw_multi_test::{App, AppResponse, MockApiBech32};

use crate::bank::GuardedBank;

/// cw-multi-test's chain with bech32 addresses and a bank that can refuse.
pub type GridApp = App<GuardedBank, MockApiBech32>;

/// The name of the chain, as oracles sign it.
pub const CHAIN_ID: &str = "gridpact-test-1";

/// What a message did, or the contract's own words for why not.
pub type Outcome = Result<AppResponse, String>;

/// The contract's own words: what the library says around them is left out.
pub(crate) fn words(error: &AnyError) -> String {
    let mut causes = error.chain().map(ToString::to_string);
    let own = causes.find(|cause| !cause.starts_with("Error executing WasmMsg"));
    own.unwrap_or_else(|| error.to_string())
}
