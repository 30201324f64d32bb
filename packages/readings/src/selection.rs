//! Which part of the data is used.

use core::fmt;
use core::str::FromStr;

use gridpact_units::{IntervalIndex, UnixSeconds};
use jiff::civil::Date;
use jiff::Span;

use crate::clock::{self, Zone};
use crate::dataset::{Dataset, Stretch};
use crate::error::{Error, UnknownName};
use crate::rfc3339;

/// Which part of the data is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// From this local day on, or from this moment.
    pub from: Option<Beginning>,
    /// At most so many local days of each stretch, from its beginning to the same time of the local clock: of 92, 96 or 100
    /// quarter hours.
    pub days: Option<u32>,
    /// At most so many meters, the first in the data.
    pub homes: Option<usize>,
    /// Only this week of the bundled data.
    pub season: Option<Season>,
}

/// Where to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Midnight of a local day.
    Day(Date),
    /// A moment.
    Moment(UnixSeconds),
}

impl Beginning {
    /// Where that is for a local clock; `None` before 1970, or where the clock skips midnight.
    pub fn moment(self, zone: Zone) -> Option<UnixSeconds> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => {
                let moment = zone.to_utc(day.at(0, 0, 0, 0))?;
                u64::try_from(moment).ok().map(UnixSeconds)
            }
        }
    }
}

impl fmt::Display for Beginning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(moment) => f.write_str(&rfc3339::show(*moment)),
        }
    }
}

/// A text that is no beginning.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("expected a day as 2016-06-13 or an RFC 3339 time with offset, got `{got}`")]
pub struct NotBeginning {
    /// The text.
    pub got: String,
}

impl FromStr for Beginning {
    type Err = NotBeginning;

    fn from_str(text: &str) -> Result<Self, NotBeginning> {
        if let Some(day) = rfc3339::parse_day(text) {
            return Ok(Self::Day(day));
        }
        let moment = rfc3339::parse(text).map(Self::Moment);
        moment.map_err(|_| NotBeginning { got: text.to_owned() })
    }
}

/// A week of the bundled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// The week in January.
    Winter,
    /// The week in June.
    Summer,
    /// Both, one after the other.
    Both,
}

impl Season {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Winter, Self::Summer, Self::Both];

    /// As it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Summer => "summer",
            Self::Both => "both",
        }
    }

    /// What it is, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Winter => "The week in January",
            Self::Summer => "The week in June",
            Self::Both => "Both, one after the other",
        }
    }

    /// Whether a stretch that begins in this month, in UTC, belongs to it.
    fn has(self, month: i8) -> bool {
        match self {
            Self::Both => true,
            Self::Winter => !(4..=9).contains(&month),
            Self::Summer => (4..=9).contains(&month),
        }
    }
}

impl FromStr for Season {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let season = Self::ALL.into_iter().find(|season| season.name() == text);
        season.ok_or_else(|| UnknownName::of(Self::ALL.map(Self::name), text))
    }
}

/// A part of a stretch, and where its first row stands in the data.
struct Part {
    row: usize,
    stretch: Stretch,
}

/// Takes the selected part; refuses a selection that leaves nothing.
pub(crate) fn select(dataset: Dataset, selection: &Selection) -> Result<Dataset, Error> {
    let meters = dataset.meters.len();
    let homes = selection.homes.unwrap_or(meters);
    if homes == 0 || homes > meters {
        return Err(Error::Homes {
            max: meters,
            dataset: dataset.name,
            got: homes,
        });
    }
    let parts = parts(&dataset, selection)?;
    let intervals: usize = parts.iter().map(|part| part.stretch.intervals).sum();
    if intervals == 0 {
        return Err(Error::NothingSelected {
            covered: format!("{} covers {}", dataset.name, dataset.spans()),
        });
    }
    if homes == meters && intervals == dataset.intervals() {
        return Ok(dataset);
    }
    let positions = || cut(meters, homes, &parts);
    let readings = positions()
        .map(|position| dataset.readings.at(position))
        .collect();
    let own_use = dataset.own_use.as_ref();
    let own_use = own_use.map(|own_use| positions().map(|position| own_use.at(position)).collect());
    Ok(Dataset {
        stretches: parts.into_iter().map(|part| part.stretch).collect(),
        readings,
        own_use,
        meters: dataset.meters.into_iter().take(homes).collect(),
        ..dataset
    })
}

/// What is left of every stretch.
fn parts(dataset: &Dataset, selection: &Selection) -> Result<Vec<Part>, Error> {
    let from = selection.from.map(|from| start(dataset, from)).transpose()?;
    let mut parts = Vec::new();
    let mut row: usize = 0;
    for stretch in &dataset.stretches {
        let first = from.unwrap_or(stretch.first).max(stretch.first);
        let whole = stretch.first.plus(stretch.intervals as u64);
        let end = selection
            .days
            .map_or(whole, |days| days_behind(dataset, first, days).min(whole));
        let left = end.since(first).filter(|left| *left > 0);
        if let Some(left) = left.filter(|_| in_season(dataset, stretch, selection)) {
            let skipped = first.since(stretch.first).unwrap_or_default();
            let intervals = narrow(left);
            parts.push(Part {
                row: row.saturating_add(narrow(skipped)),
                stretch: Stretch { first, intervals },
            });
        }
        row = row.saturating_add(stretch.intervals);
    }
    Ok(parts)
}

/// The interval at which the local clock shows the same time so many days later: where it skips that time, the first behind it.
fn days_behind(dataset: &Dataset, first: IntervalIndex, days: u32) -> IntervalIndex {
    let start = dataset.interval.start_of(first);
    let later = dataset
        .zone
        .local(clock::moment(start))
        .checked_add(Span::new().days(i64::from(days)))
        .ok()
        .and_then(|clock| dataset.zone.to_utc(clock))
        .and_then(|moment| u64::try_from(moment).ok());
    // A time that the clock skips, and days beyond the calendar, are counted as days of 24 hours.
    let plain = start.saturating_add(u64::from(days).saturating_mul(86_400));
    let later = later.unwrap_or(plain);
    let index = dataset.interval.index_at(later);
    let begun = dataset.interval.start_of(index) < later;
    index.plus(begun.into())
}

/// The positions of the first so many homes of these parts, of values that are one a meter and interval.
fn cut(meters: usize, homes: usize, parts: &[Part]) -> impl Iterator<Item = usize> + '_ {
    let rows = parts
        .iter()
        .flat_map(|part| part.row..part.row.saturating_add(part.stretch.intervals));
    rows.flat_map(move |row| {
        let start = row.saturating_mul(meters);
        start..start.saturating_add(homes)
    })
}

/// The first interval that starts no earlier.
fn start(dataset: &Dataset, from: Beginning) -> Result<IntervalIndex, Error> {
    let moment = from.moment(dataset.zone).ok_or_else(|| Error::From {
        got: from.to_string(),
    })?;
    let index = dataset.interval.index_at(moment.0);
    let begun = dataset.interval.start_of(index) < moment.0;
    Ok(index.plus(begun.into()))
}

fn in_season(dataset: &Dataset, stretch: &Stretch, selection: &Selection) -> bool {
    let month = clock::civil(clock::moment(dataset.interval.start_of(stretch.first))).month();
    selection.season.is_none_or(|season| season.has(month))
}

/// A number of intervals; what memory cannot count is refused by its size.
fn narrow(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
