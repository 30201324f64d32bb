//! What a meters' file says that changes readings before anything is settled: what connections can carry, from when until when meters
//! take part, and which meter another replaced.

mod applied;
mod cells;

use std::collections::{BTreeMap, HashMap};

use gridpact_readings::bounds::MAX_METERS;
use gridpact_readings::csv_rows::CsvRows;
use gridpact_readings::file::NamedFile;
use gridpact_readings::selection::Beginning;
use gridpact_units::decimal::energy::parse_power;
use gridpact_units::{Power, Slot};

use super::columns::{EXPORT_LIMIT, FOLLOWS, FROM, IMPORT_LIMIT, METER, SLOT, UNTIL};
use super::file::MistakesInFile;
use cells::Cells;

/// What is agreed, by meter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    file: String,
    meters: Vec<Meter>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Meter {
    line: u64,
    name: String,
    slot: Option<Slot>,
    limits: (Option<Power>, Option<Power>),
    from: Option<Beginning>,
    until: Option<Beginning>,
    follows: Option<String>,
}

impl Agreed {
    /// Reads these columns of a file; the others are read, and their mistakes told, once the data is there.
    ///
    /// # Errors
    /// A file that cannot be read; a limit or a time that is none; a meter that follows one that is not in the file, or itself.
    pub fn read(file: NamedFile) -> Result<Self, MistakesInFile> {
        let told = |error: gridpact_readings::error::Error| {
            MistakesInFile(vec![format!("{:#}", anyhow::Error::from(error))])
        };
        let mut csv = CsvRows::new(file, 0).map_err(told)?;
        let places: HashMap<String, usize> = csv.header().iter().cloned().zip(0..).collect();
        let mut mistakes = Vec::new();
        let mut meters: Vec<Meter> = Vec::new();
        // What is no row is told by whoever reads the other columns.
        while meters.len() <= MAX_METERS && csv.advance().unwrap_or(false) {
            let mut cells = Cells {
                csv: &csv,
                places: &places,
                mistakes: &mut mistakes,
            };
            let power = |text: &str| parse_power(text).ok();
            let time = |text: &str| text.parse::<Beginning>().ok();
            let (watts, times) = (
                "power in whole watts as `11 kW`",
                "a local day as 2024-06-03, or an RFC 3339 time",
            );
            meters.push(Meter {
                line: csv.line(),
                limits: (
                    cells.read(IMPORT_LIMIT, watts, power),
                    cells.read(EXPORT_LIMIT, watts, power),
                ),
                from: cells.read(FROM, times, time),
                until: cells.read(UNTIL, times, time),
                follows: cells.read(FOLLOWS, "", |text| Some(text.to_owned())),
                slot: cells.read(SLOT, "the number of a slot", slot),
                name: cells.text(METER).to_owned(),
            });
        }
        let agreed = Self {
            file: csv.file().to_owned(),
            meters,
        };
        agreed.check_followers(&mut mistakes);
        if mistakes.is_empty() {
            Ok(agreed)
        } else {
            Err(MistakesInFile(mistakes))
        }
    }

    /// A meter follows another row's, from a stated time on, and only one follows each.
    fn check_followers(&self, mistakes: &mut Vec<String>) {
        let mut followed: Vec<&str> = Vec::new();
        for meter in &self.meters {
            let Some(before) = &meter.follows else { continue };
            let place = format!(
                "{}, line {}: `{}` follows `{before}`",
                self.file, meter.line, meter.name
            );
            let rows = self
                .meters
                .iter()
                .filter(|other| other.name == *before && *before != meter.name);
            if rows.count() != 1 {
                mistakes.push(format!(
                    "{place}: expected the name of another meter of this file"
                ));
            } else if followed.contains(&before.as_str()) {
                mistakes.push(format!("{place}: expected one meter to follow it, got two"));
            } else if self.chain(meter).is_none() {
                mistakes.push(format!(
                    "{place}: expected meters that do not follow each other in a circle"
                ));
            }
            followed.push(before);
        }
    }

    /// The first meter of a chain of meters that follow each other; `None` of a circle.
    fn chain<'a>(&'a self, meter: &'a Meter) -> Option<&'a Meter> {
        let mut first = meter;
        for _ in 0..=self.meters.len() {
            let Some(before) = &first.follows else {
                return Some(first);
            };
            first = self.meters.iter().find(|other| other.name == *before)?;
        }
        None
    }

    /// The most that meters can carry in either direction, for whoever reads their files.
    pub fn limits(&self) -> BTreeMap<String, Power> {
        let of = |meter: &Meter| {
            let most = meter
                .limits
                .0
                .zip(meter.limits.1)
                .map(|(import, export)| import.max(export));
            Some((meter.name.clone(), most?))
        };
        self.meters.iter().filter_map(of).collect()
    }

    /// The slot of every meter, by what files call it: what its row says; else that of the meter that it follows, or the number that
    /// its name is.
    ///
    /// # Errors
    /// Every meter of which the file does not say it.
    pub fn slots(&self) -> Result<BTreeMap<String, Slot>, MistakesInFile> {
        let of = |meter: &Meter| {
            let first = self.chain(meter).and_then(|first| first.slot);
            meter.slot.or(first).or_else(|| slot(&meter.name))
        };
        let lacking = self.meters.iter().filter(|meter| of(meter).is_none());
        let mistakes: Vec<String> = lacking
            .map(|meter| {
                let Meter { line, name, .. } = meter;
                let file = &self.file;
                format!("{file}, line {line}: expected the slot of `{name}` in a column `{SLOT}`, got none")
            })
            .collect();
        if !mistakes.is_empty() {
            return Err(MistakesInFile(mistakes));
        }
        let known = self.meters.iter();
        Ok(known
            .filter_map(|meter| Some((meter.name.clone(), of(meter)?)))
            .collect())
    }
}

/// The number of a slot.
fn slot(text: &str) -> Option<Slot> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(Slot)
}
