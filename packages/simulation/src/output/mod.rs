//! What a run leaves behind: files, a table for people, a summary for programs.

mod files;
mod summary;
mod table;
mod tables;

pub use files::{prepare, write_all};
pub use summary::{summary, Summary};
pub use table::table;
pub use tables::{allocations, households, intervals};
