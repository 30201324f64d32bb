//! A meters' file: a row for every meter of the data. Every mistake in it is told at once, each with its line.

use std::collections::HashMap;

use gridpact_market::{Terms, MAX_WEIGHT};
use gridpact_readings::bounds::MAX_METERS;
use gridpact_readings::csv_rows::CsvRows;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_types::registry::meters::MeterKind;
use gridpact_units::decimal::energy::parse_power;
use gridpact_units::{EnergyTotal, Ppm};

use super::columns::{
    self, check_header, BUY_TIER, EXPORT_LIMIT, FOLLOWS, HOUSEHOLD, IMPORT_LIMIT, KIND, MAX_NAME, METER,
    PART, PRIORITY, SELL_TIER, WEIGHT,
};
use super::row::{number_households, Row};
use super::{shown_by, usual_tier, Connection, Connections};

/// Everything that is wrong with a meters' file, a line each.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("{}", .0.join("\n"))]
pub struct MistakesInFile(pub Vec<String>);

impl Connections {
    /// Reads what is agreed from a file.
    ///
    /// # Errors
    /// All mistakes: an unknown column, a cell out of bounds, a meter twice, one that the data does not have or the file lacks,
    /// a kind that the readings belie, a tier on a side where the kind cannot act.
    pub fn read(file: NamedFile, dataset: &Dataset) -> Result<Self, MistakesInFile> {
        let csv = CsvRows::new(file, 0).map_err(|error| MistakesInFile(vec![told(error)]))?;
        let wrong = check_header(&csv);
        if !wrong.is_empty() {
            return Err(MistakesInFile(wrong));
        }
        let mut reader = Reader {
            places: csv.header().iter().cloned().zip(0..).collect(),
            csv,
            mistakes: vec![],
        };
        let rows = reader.rows(dataset);
        reader.note_lacking(dataset, &rows);
        if !reader.mistakes.is_empty() {
            return Err(MistakesInFile(reader.mistakes));
        }
        Ok(number_households(rows.into_iter().flatten()))
    }
}

struct Reader<'a> {
    csv: CsvRows<'a>,
    /// Where each column stands.
    places: HashMap<String, usize>,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    /// The rows by slot.
    fn rows(&mut self, dataset: &Dataset) -> Vec<Option<Row>> {
        let meters = dataset.meters.iter().enumerate();
        let slots: HashMap<&str, usize> = meters.map(|(slot, meter)| (meter.name.as_str(), slot)).collect();
        let flows = dataset.totals();
        let mut rows: Vec<Option<Row>> = dataset.meters.iter().map(|_| None).collect();
        let mut place = 0_u16;
        while self.advance() {
            if usize::from(place) == MAX_METERS {
                self.note_row(&format!("expected at most {MAX_METERS} rows, got more"));
                break;
            }
            let name = self.text(METER).to_owned();
            if !self.text(FOLLOWS).is_empty() {
                // Its readings are its predecessor's by now, on whose terms it goes on.
                continue;
            }
            let known = slots.get(name.as_str()).copied();
            let (Some(slot), Some(flow)) = (known, known.and_then(|slot| flows.get(slot))) else {
                self.note_row(&format!("the data has no meter `{name}`"));
                continue;
            };
            let shown = dataset.meters.get(slot).map_or(MeterKind::Prosumer, shown_by);
            let row = self.row(shown, *flow, place);
            place = place.saturating_add(1);
            if let Some(kept) = rows.get_mut(slot) {
                if let Some(before) = kept {
                    let first = before.line;
                    self.note_row(&format!("meter `{name}` stands in line {first} already"));
                } else {
                    *kept = Some(row);
                }
            }
        }
        rows
    }

    /// Goes to the next row that has a cell for every column.
    fn advance(&mut self) -> bool {
        loop {
            match self.csv.advance() {
                Ok(more) => return more,
                Err(error @ Error::BadRow(_)) => self.mistakes.push(told(error)),
                // The file ends here, whatever else would stand in it.
                Err(error) => {
                    self.mistakes.push(told(error));
                    return false;
                }
            }
        }
    }

    fn row(&mut self, shown: MeterKind, (took, gave): (EnergyTotal, EnergyTotal), place: u16) -> Row {
        let kind = self.cell(
            KIND,
            shown,
            "consumer, prosumer, producer or storage",
            columns::kind,
        );
        self.check_kind(kind, took, gave);
        let weights = format!("a weight as a whole number of 1 to {MAX_WEIGHT}");
        let weight = self.cell(WEIGHT, 1, &weights, columns::weight);
        let percents = "more than 0 and at most 100 percent, with at most 4 digits behind the point";
        let part = self.cell(PART, Ppm::WHOLE, percents, columns::part);
        let households = format!("a household's name of at most {MAX_NAME} bytes");
        let household = self.cell(HOUSEHOLD, None, &households, |text| {
            columns::household(text).map(Some)
        });
        let turn = "a turn of 0, the first, to 65,535";
        let priority = self.cell(PRIORITY, place, turn, columns::priority);
        let power = "power in whole watts as `11 kW`";
        let limit = |reader: &mut Self, column| {
            reader.cell(column, None, power, |text| parse_power(text).ok().map(Some))
        };
        let limits = (limit(self, IMPORT_LIMIT), limit(self, EXPORT_LIMIT));
        let (buy_tier, sell_tier) = (
            self.tier(BUY_TIER, kind.takes()),
            self.tier(SELL_TIER, kind.gives()),
        );
        Row {
            line: self.csv.line(),
            household,
            connection: Connection {
                kind,
                terms: Terms {
                    // Numbered once all rows are known.
                    household: 0,
                    weight,
                    part,
                    priority,
                    buy_tier,
                    sell_tier,
                },
                limits,
            },
        }
    }

    /// A kind that the readings belie would have its reports refused by the registry.
    fn check_kind(&mut self, kind: MeterKind, took: EnergyTotal, gave: EnergyTotal) {
        if !kind.takes() && took.0 > 0 {
            let expected = format!(
                "prosumer, with buy_tier none if it should not buy, since it took {} mWh",
                took.0
            );
            self.note_cell(KIND, &expected);
        }
        if !kind.gives() && gave.0 > 0 {
            let expected = format!(
                "prosumer or storage, with sell_tier none if it should not sell, since it gave {} mWh",
                gave.0
            );
            self.note_cell(KIND, &expected);
        }
    }

    /// The tier on one side, which the kind can act on or not.
    fn tier(&mut self, column: &'static str, acts: bool) -> u8 {
        let last = Terms::NO_TIER.saturating_sub(1);
        let expected = format!("a tier of 0, the first, to {last}, or none");
        let tier = self.cell(column, usual_tier(acts), &expected, columns::tier);
        if !acts && tier != Terms::NO_TIER {
            self.note_cell(column, "none, since a meter of this kind cannot act on that side");
        }
        tier
    }

    /// A cell, or what is usual where the column or the cell is left out. Where something else stands there, that is noted.
    fn cell<T>(
        &mut self,
        column: &'static str,
        usual: T,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> T {
        let text = self.text(column);
        if text.is_empty() {
            return usual;
        }
        if let Some(value) = read(text) {
            return value;
        }
        self.note_cell(column, expected);
        usual
    }

    fn text(&self, column: &str) -> &str {
        self.places.get(column).map_or("", |place| self.csv.cell(*place))
    }

    fn note_cell(&mut self, column: &str, expected: &str) {
        let place = self.places.get(column).copied().unwrap_or_default();
        self.mistakes.push(told(self.csv.bad_cell(place, expected)));
    }

    fn note_row(&mut self, mistake: &str) {
        self.mistakes.push(format!(
            "{}, line {}: {mistake}",
            self.csv.file(),
            self.csv.line()
        ));
    }

    /// Every meter of the data needs a row, or it would be taken in on terms that nobody wrote.
    fn note_lacking(&mut self, dataset: &Dataset, rows: &[Option<Row>]) {
        let lacking = dataset.meters.iter().zip(rows).filter(|(_, row)| row.is_none());
        let names: Vec<String> = lacking.map(|(meter, _)| format!("`{}`", meter.name)).collect();
        if !names.is_empty() {
            self.mistakes.push(format!(
                "{}: expected a row for every meter of the data, got none for {}",
                self.csv.file(),
                names.join(", ")
            ));
        }
    }
}

/// An error with what caused it.
fn told(error: Error) -> String {
    format!("{:#}", anyhow::Error::from(error))
}
