//! What a meters' file says that changes readings before anything is settled: what connections can carry, from when until when meters
//! take part, and which meter another replaced.

use std::collections::{BTreeMap, HashMap};

use gridpact_readings::bounds::MAX_METERS;
use gridpact_readings::csv_rows::CsvRows;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_readings::findings::what::What;
use gridpact_readings::findings::Finding;
use gridpact_readings::selection::Beginning;
use gridpact_units::decimal::energy::parse_power;
use gridpact_units::{Energy, IntervalIndex, Power, Reading, Slot};

use super::columns::{EXPORT_LIMIT, FOLLOWS, FROM, IMPORT_LIMIT, METER, SLOT, UNTIL};
use super::file::MistakesInFile;

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

    /// Takes out readings of times in which meters do not take part and those beyond a direction's limit, and lets meters that
    /// followed others go on as these: a household whose meter was replaced is one household with one connection.
    ///
    /// # Errors
    /// A time before 1970, or one that the local clock skips; two meters of one connection that both read an interval.
    pub fn apply(&self, dataset: &mut Dataset) -> Result<(), MistakesInFile> {
        let mut mistakes = Vec::new();
        for meter in &self.meters {
            if let Some(slot) = position(dataset, &meter.name) {
                self.cut(dataset, slot, meter, &mut mistakes);
            }
        }
        for meter in &self.meters {
            let first = self.chain(meter).filter(|first| first.name != meter.name);
            let slots = first
                .and_then(|first| Some((position(dataset, &first.name)?, position(dataset, &meter.name)?)));
            if let Some((into, from)) = slots {
                merge(dataset, into, from).unwrap_or_else(|at| {
                    mistakes.push(format!(
                        "{}, line {}: `{}` and the meter that it follows both have a reading of the interval at {}: state from when it counts in `from`",
                        self.file,
                        meter.line,
                        meter.name,
                        gridpact_readings::rfc3339::show(gridpact_units::UnixSeconds(at))
                    ));
                });
            }
        }
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(MistakesInFile(mistakes))
        }
    }

    fn cut(&self, dataset: &mut Dataset, slot: usize, meter: &Meter, mistakes: &mut Vec<String>) {
        let mut index = |at: Option<Beginning>| {
            let at = at?;
            let moment = at.moment(dataset.zone);
            if moment.is_none() {
                mistakes.push(format!(
                    "{}, line {}: expected a time in 1970 or later that the local clock shows, got {at}",
                    self.file, meter.line
                ));
            }
            moment.map(|moment| dataset.interval.index_at(moment.0))
        };
        // A meter that another follows ends where that one begins.
        let next = self
            .meters
            .iter()
            .find(|other| other.follows.as_ref() == Some(&meter.name));
        let (from, until) = (
            index(meter.from),
            index(meter.until.or(next.and_then(|next| next.from))),
        );
        let most = |limit: Option<Power>| limit.map(|limit| limit.energy_over(dataset.interval.seconds()));
        let (import, export) = (most(meter.limits.0), most(meter.limits.1));
        let mut above: Option<(Energy, Energy, u64)> = None;
        for_each(dataset, slot, |interval, reading| {
            if from.is_some_and(|from| interval < from) || until.is_some_and(|until| interval >= until) {
                *reading = Reading::MISSING;
            }
            let beyond =
                |got: Energy, most: Option<Energy>| most.filter(|most| got > *most).map(|most| (got, most));
            if let Some((got, most)) =
                beyond(reading.import, import).or_else(|| beyond(reading.export, export))
            {
                let (first, limit, count) = above.unwrap_or((got, most, 0));
                above = Some((first, limit, count.saturating_add(1)));
                *reading = Reading::MISSING;
            }
        });
        if let Some((got, most, count)) = above {
            dataset.findings.push(Finding {
                file: self.file.clone(),
                meter: Some(format!("meter {}", meter.name)),
                lines: vec![meter.line],
                count,
                what: What::AboveLimit { got, most },
            });
        }
    }
}

/// The number of a slot.
fn slot(text: &str) -> Option<Slot> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(Slot)
}

/// Reads cells, and notes what is not as it should be.
struct Cells<'a, 'b> {
    csv: &'a CsvRows<'b>,
    places: &'a HashMap<String, usize>,
    mistakes: &'a mut Vec<String>,
}

impl Cells<'_, '_> {
    fn text(&self, column: &str) -> &str {
        self.places.get(column).map_or("", |place| self.csv.cell(*place))
    }

    fn read<T>(&mut self, column: &str, expected: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
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

fn position(dataset: &Dataset, name: &str) -> Option<usize> {
    dataset.meters.iter().position(|meter| meter.name == name)
}

/// Goes through all readings of a meter.
fn for_each(dataset: &mut Dataset, slot: usize, mut each: impl FnMut(IntervalIndex, &mut Reading)) {
    let width = dataset.meters.len().max(1);
    let indices = dataset.stretches.iter().flat_map(|stretch| {
        let first = stretch.first;
        (0..stretch.intervals as u64).map(move |offset| first.plus(offset))
    });
    let indices: Vec<IntervalIndex> = indices.collect();
    for (row, index) in indices.into_iter().enumerate() {
        let position = row.saturating_mul(width).saturating_add(slot);
        let before = dataset.readings.at(position);
        let mut reading = before;
        each(index, &mut reading);
        if reading != before {
            dataset.readings.set(position, reading);
        }
    }
}

/// Lets a meter's readings be another's, and takes it out. Fails with the start of an interval that both read.
fn merge(dataset: &mut Dataset, into: usize, from: usize) -> Result<(), u64> {
    let width = dataset.meters.len();
    let mut both = None;
    let mut moved: Vec<Reading> = Vec::with_capacity(dataset.intervals());
    for_each(dataset, from, |_, reading| moved.push(*reading));
    let mut others = moved.iter();
    let length = dataset.interval;
    for_each(dataset, into, |index, reading| {
        let other = others.next().copied().unwrap_or(Reading::MISSING);
        match (reading.is_missing(), other.is_missing()) {
            (true, _) => *reading = other,
            (false, false) => both = both.or(Some(length.start_of(index))),
            (false, true) => {}
        }
    });
    if let Some(at) = both {
        return Err(at);
    }
    let kept = || (0..dataset.readings.len()).filter(|position| position.checked_rem(width) != Some(from));
    let readings = kept().map(|position| dataset.readings.at(position)).collect();
    let own_use = dataset.own_use.as_ref();
    let own_use = own_use.map(|own_use| kept().map(|position| own_use.at(position)).collect());
    dataset.readings = readings;
    dataset.own_use = own_use;
    let gone = dataset.meters.remove(from);
    let into = if from < into { into.saturating_sub(1) } else { into };
    if let Some(meter) = dataset.meters.get_mut(into) {
        meter.has_pv |= gone.has_pv;
        meter.producer &= gone.producer;
    }
    Ok(())
}
