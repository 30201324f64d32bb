//! Cells of a row, by the names of their columns.

use std::collections::HashMap;

use gridpact_readings::csv_rows::CsvRows;

/// Reads cells, and notes what is not as it should be.
pub(super) struct Cells<'a, 'b> {
    pub csv: &'a CsvRows<'b>,
    pub places: &'a HashMap<String, usize>,
    pub mistakes: &'a mut Vec<String>,
}

impl Cells<'_, '_> {
    /// What stands in a column of the row; nothing where there is no such column.
    pub fn text(&self, column: &str) -> &str {
        self.places.get(column).map_or("", |place| self.csv.cell(*place))
    }

    /// What a cell says; `None` where it is empty or says nothing that was expected.
    pub fn read<T>(
        &mut self,
        column: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            let place = self.places.get(column).copied().unwrap_or_default();
            self.mistakes.push(format!(
                "{:#}",
                anyhow::Error::from(self.csv.bad_cell(place, expected))
            ));
        }
        value
    }
}
