//! The utility's prices as a home compares with them: those of the grid's policy, or where the utility's change from hour to hour,
//! its own, which may be below zero. What neighbours pay each other follows from the policy alone.

use gridpact_market::Policy;
use gridpact_readings::csv_rows::CsvRows;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::rfc3339;
use gridpact_units::{IntervalIndex, IntervalLength, UnixSeconds};

/// The most rows of a file of prices: ten years of quarter hours.
const MAX_ROWS: usize = 360_000;
/// Columns of the file.
const COLUMNS: [&str; 3] = ["start", "retail", "feed_in"];

/// Prices by time, retail and feed-in, in base units per MWh; each holds until the next begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UtilityPrices {
    /// In order of time; none where the policy's hold.
    rows: Vec<(u64, (i128, i128))>,
    length: Option<IntervalLength>,
}

impl UtilityPrices {
    /// Reads a file: a row a time from which on prices hold. `read` reads a price in main units a kWh.
    ///
    /// # Errors
    /// A bad row, with its line; rows that are not in order of time.
    pub fn read(file: NamedFile, read: impl Fn(&str) -> Result<i128, String>) -> Result<Self, Error> {
        let mut csv = CsvRows::new(file, 0)?;
        let places = COLUMNS.map(|name| csv.column(name));
        let [start, retail, feed_in] = places;
        let (start, retail, feed_in) = (start?, retail?, feed_in?);
        let mut rows: Vec<(u64, (i128, i128))> = Vec::new();
        while csv.advance()? {
            let at =
                rfc3339::parse(csv.cell(start)).map_err(|error| csv.bad_cell(start, &error.expected()))?;
            if rows.last().is_some_and(|(before, _)| *before >= at.0) {
                return Err(csv.bad_cell(start, "a time behind the one of the row before"));
            }
            if rows.len() >= MAX_ROWS {
                return Err(csv.bad_cell(start, &format!("at most {MAX_ROWS} rows")));
            }
            let price =
                |column: usize| read(csv.cell(column)).map_err(|expected| csv.bad_cell(column, &expected));
            rows.push((at.0, (price(retail)?, price(feed_in)?)));
        }
        Ok(Self { rows, length: None })
    }

    /// The same for intervals of a data set, all of which they must cover.
    ///
    /// # Errors
    /// The time of the first interval that has no price.
    pub fn cover(mut self, dataset: &Dataset) -> Result<Self, UnixSeconds> {
        self.length = Some(dataset.interval);
        let first = dataset
            .stretches
            .first()
            .map(|stretch| dataset.interval.start_of(stretch.first));
        match (self.rows.first(), first) {
            (Some((begin, _)), Some(first)) if *begin > first => Err(UnixSeconds(first)),
            _ => Ok(self),
        }
    }

    /// Whether they come from a file.
    pub fn are_stated(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Retail and feed-in of an interval; nothing without a utility.
    pub fn at(&self, policy: &Policy, interval: IntervalIndex) -> (i128, i128) {
        if let Some(length) = self.length.filter(|_| self.are_stated()) {
            let start = length.start_of(interval);
            let behind = self.rows.partition_point(|(at, _)| *at <= start);
            let row = behind.checked_sub(1).and_then(|row| self.rows.get(row));
            return row.map(|(_, prices)| *prices).unwrap_or_default();
        }
        let signed = |price: gridpact_units::Price| i128::try_from(price.0).unwrap_or(i128::MAX);
        let prices = policy.tariff_at(interval);
        prices
            .map(|(retail, feed_in)| (signed(retail), signed(feed_in)))
            .unwrap_or_default()
    }
}
