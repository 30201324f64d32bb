//! What the contracts and their clients share.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod admission;
mod registry;
mod schema;
mod strict;
mod terms;
