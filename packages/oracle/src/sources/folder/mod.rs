//! Folders that files are put into: each is read once, and moved to `done/`, or to `refused/` with the reason beside it.

pub mod file;
pub mod source;
