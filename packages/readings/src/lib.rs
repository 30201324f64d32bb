#![doc = include_str!("../README.md")]

mod ausgrid;
pub mod bounds;
mod bundled;
mod citylearn;
pub mod clock;
mod collected;
pub mod csv_rows;
pub mod dataset;
pub mod error;
pub mod file;
pub mod findings;
pub mod format;
pub mod meter_key;
pub mod numbers;
mod on_grid;
mod one_file;
pub mod options;
mod placed;
pub mod profile;
mod qualities;
pub mod readings_table;
pub mod registers;
pub mod rfc3339;
pub mod selection;
mod simbench;
pub mod stamps;
pub mod text;
