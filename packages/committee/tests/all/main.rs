//! What the committee's rules promise, piece by piece; then the whole of it as a model.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod ahead;
mod certificates;
mod drafts;
mod extents;
mod files;
mod four;
mod mailboxes;
mod members;
mod merging;
mod messages;
mod model;
mod records;
mod slots;
mod support;
mod suspicions;
mod turns;
