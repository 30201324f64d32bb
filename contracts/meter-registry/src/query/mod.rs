//! What can be read.

mod grid;
mod meters;
mod windows;

pub(crate) use grid::{committee, config, next_report, roster};
pub(crate) use meters::{meter, meters, proposals};
pub(crate) use windows::{window, windows};
