#![doc = include_str!("../README.md")]

mod ausgrid;
pub mod bounds;
mod bundled;
mod citylearn;
pub mod clock;
mod csv_rows;
pub mod dataset;
pub mod error;
pub mod file;
pub mod format;
pub mod readings_table;
pub mod registers;
pub mod rfc3339;
pub mod selection;
mod simbench;
