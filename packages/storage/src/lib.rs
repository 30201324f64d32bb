//! How the contracts store and take over what they store: packed values for what is touched often, and the check before a
//! migration.

mod migration;
mod packed;

pub use migration::{take_over, MigrationError};
pub use packed::{write_varint, Packed, PackedItem, PackedMap, Reader, Unreadable};
