//! Where the columns of a profile stand in a table.

use crate::csv_rows::CsvRows;
use crate::error::Error;
use crate::profile::told::Told;

/// Positions, found once.
pub(super) struct Columns {
    pub start: Vec<usize>,
    pub end: Option<Vec<usize>>,
    pub meter: Option<usize>,
    pub direction: Option<usize>,
    pub quality: Option<usize>,
    values: Vec<usize>,
}

impl Columns {
    /// Finds them; a name that two columns have says neither.
    pub fn find(rows: &CsvRows, told: &Told) -> Result<Self, Error> {
        let one = |name: &String| rows.only_column(name);
        let several = |names: &[String]| names.iter().map(one).collect::<Result<Vec<usize>, Error>>();
        Ok(Self {
            start: several(&told.time.start)?,
            end: told.time.end.as_deref().map(several).transpose()?,
            meter: told.meter.as_ref().map(|meter| one(&meter.column)).transpose()?,
            direction: told.direction.as_ref().map(|of| one(&of.column)).transpose()?,
            quality: told.quality.as_ref().map(|of| one(&of.column)).transpose()?,
            values: told
                .values
                .iter()
                .map(|value| one(&value.column))
                .collect::<Result<Vec<usize>, Error>>()?,
        })
    }

    /// The column by which a row is told from what stands below a table.
    pub fn first(&self) -> usize {
        self.start.first().copied().unwrap_or_default()
    }

    /// The column of a value.
    pub fn value(&self, position: usize) -> usize {
        self.values.get(position).copied().unwrap_or_default()
    }
}
