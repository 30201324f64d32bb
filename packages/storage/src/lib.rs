//! How the contracts store and take over what they store: packed values for what is touched often, pages of queries, and the
//! check before a migration.

mod migration;
mod packed;
mod page;

pub use migration::{take_over, MigrationError};
pub use packed::{write_varint, Packed, PackedItem, PackedMap, ReadFormat, Reader, Unreadable};
pub use page::{page, page_limit, page_of_bytes, PageLimit};
