//! The `gridpact` program as a library: its loaders, its simulation and its outputs, so that tests reach them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "off the chain: sizes are bounded by the loaders, and floats are figures for people only"
)]

#[allow(clippy::cast_possible_truncation, reason = "pixels")]
pub mod html;
pub mod onchain;
pub mod options;
pub mod output;
pub mod run;
pub mod simulate;
pub mod sources;
pub mod story;
