//! Rows whose letters are no UTF-8.

use csv::{ByteRecord, StringRecord};

use crate::text::surely_latin1;

/// Whether bytes that are no UTF-8 are letters of Latin-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Latin1 {
    /// Nothing else is known of the file.
    Perhaps,
    /// Some were.
    Met,
    /// The file says what it is, or has letters in UTF-8.
    No,
}

impl Latin1 {
    /// A row's letters; `None` of bytes that are no UTF-8 where they may be something else than letters of Latin-1.
    pub fn letters(&mut self, bytes: ByteRecord) -> Option<StringRecord> {
        let bytes = match StringRecord::from_byte_record(bytes) {
            Ok(row) => {
                if *self == Self::Perhaps && !row.as_slice().is_ascii() {
                    *self = Self::No;
                }
                return Some(row);
            }
            Err(error) => error.into_byte_record(),
        };
        let cells: Option<Vec<String>> = bytes.iter().map(surely_latin1).collect();
        let cells = cells.filter(|_| *self != Self::No)?;
        *self = Self::Met;
        let mut row = StringRecord::from(cells);
        row.set_position(bytes.position().cloned());
        Some(row)
    }
}
