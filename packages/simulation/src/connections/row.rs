//! Rows of a meters' file, and the households that they name.

use std::collections::HashMap;

use gridpact_market::Terms;

use super::{Connection, Connections};

/// A row of the file.
pub(super) struct Row {
    /// Its line.
    pub line: u64,
    /// The household that it names.
    pub household: Option<String>,
    /// All else that it says.
    pub connection: Connection,
}

/// Gives every household its number: that of its first slot's turn, as a registry founds them.
pub(super) fn number_households(rows: impl Iterator<Item = Row>) -> Connections {
    let mut founded = 0_u32;
    let mut named: HashMap<String, u32> = HashMap::new();
    let connection = |row: Row| {
        let mut found = || {
            let number = founded;
            founded = founded.saturating_add(1);
            number
        };
        let household = match row.household {
            Some(name) => *named.entry(name).or_insert_with(found),
            None => found(),
        };
        let terms = Terms {
            household,
            ..row.connection.terms
        };
        Connection {
            terms,
            ..row.connection
        }
    };
    Connections(rows.map(connection).collect())
}
