//! How many rows each day has, counted while files are read.

use std::collections::BTreeMap;

use crate::row::Row;

const DAY: u64 = 86_400;

/// Rows of one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfDay {
    /// Days since 1970.
    pub day: u64,
    /// How many.
    pub rows: usize,
    /// The one that came first.
    pub first: Row,
}

/// Rows by day: at most the 2.9 million days that stamps can name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Days {
    counted: BTreeMap<u64, OfDay>,
    /// The day of the last row: most rows are of the day of the one before.
    open: Option<OfDay>,
}

impl Days {
    /// Counts a row.
    pub fn count(&mut self, row: &Row) {
        let day = row.at.0.checked_div(DAY).unwrap_or_default();
        match &mut self.open {
            Some(open) if open.day == day => open.rows = open.rows.saturating_add(1),
            _ => {
                self.close();
                self.open = Some(OfDay {
                    day,
                    rows: 1,
                    first: *row,
                });
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let counted = self.counted.entry(open.day);
        let add = |day: &mut OfDay| day.rows = day.rows.saturating_add(open.rows);
        counted.and_modify(add).or_insert(open);
    }

    /// All of them, in order.
    pub fn into_list(mut self) -> Vec<OfDay> {
        self.close();
        self.counted.into_values().collect()
    }
}
