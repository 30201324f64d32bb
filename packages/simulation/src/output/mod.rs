//! What a run leaves behind: files, an overview for people, a summary for programs.

mod csv_files;
mod files;
mod overview;
mod summary;

pub use files::{prepare, write_all};
pub use overview::overview;
pub use summary::{summary, Summary};
