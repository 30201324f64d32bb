//! Which part of the data is used.

use anyhow::{bail, Context, Result};
use gridpact_units::IntervalIndex;
use jiff::civil::Date;

use crate::{clock, Dataset, Stretch, Zone};

/// Which part of the data is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// From this local day on, or from this moment.
    pub from: Option<From>,
    /// At most so many days of each stretch.
    pub days: Option<u32>,
    /// At most so many meters, the first in the data.
    pub homes: Option<usize>,
    /// Only this week of the bundled data.
    pub season: Option<Season>,
}

/// Where to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Midnight of a local day.
    Day(Date),
    /// A moment, unix seconds.
    Moment(i64),
}

impl From {
    /// In unix seconds.
    pub fn moment(self, zone: Zone) -> Option<i64> {
        match self {
            Self::Moment(moment) => Some(moment),
            Self::Day(day) => zone.to_utc(day.at(0, 0, 0, 0)),
        }
    }
}

impl std::str::FromStr for From {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(day) = text.parse::<Date>() {
            return Ok(Self::Day(day));
        }
        let moment = rfc3339(text).map(Self::Moment);
        moment.ok_or_else(|| {
            format!("expected a day as 2016-06-13 or an RFC 3339 time with offset, got `{text}`")
        })
    }
}

/// A week of the bundled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Season {
    /// The week in January.
    Winter,
    /// The week in June.
    Summer,
    /// Both, one after the other.
    Both,
}

/// An RFC 3339 time with offset, in whole unix seconds.
pub fn rfc3339(text: &str) -> Option<i64> {
    // The parser accepts more than RFC 3339: a blank for the T, zone names in brackets.
    let plain =
        text.is_ascii() && !text.contains('[') && matches!(text.as_bytes().get(10), Some(b'T' | b't'));
    let moment: jiff::Timestamp = plain.then(|| text.parse().ok()).flatten()?;
    (moment.subsec_nanosecond() == 0).then(|| moment.as_second())
}

/// Takes the selected part; refuses a selection that leaves nothing.
pub fn select(dataset: Dataset, selection: &Selection) -> Result<Dataset> {
    let meters = dataset.meters.len();
    let homes = selection.homes.unwrap_or(meters);
    if homes == 0 || homes > meters {
        bail!(
            "--homes: expected 1 to {meters}, as many as {} has, got {homes}",
            dataset.name
        );
    }
    let from = selection.from.map(|from| start(&dataset, from)).transpose()?;
    let days = selection
        .days
        .map_or(usize::MAX, |days| days as usize * dataset.intervals_per_day());
    let mut kept = Vec::new();
    let mut position = 0;
    for stretch in &dataset.stretches {
        let end = stretch.first.plus(stretch.intervals as u64);
        let first = from.unwrap_or(stretch.first).max(stretch.first);
        if let Some(left) = end
            .since(first)
            .filter(|left| *left > 0 && in_season(&dataset, stretch, selection))
        {
            let skipped = usize::try_from(first.since(stretch.first).unwrap_or_default())?;
            let intervals = usize::try_from(left)?.min(days);
            kept.push((position + skipped, Stretch { first, intervals }));
        }
        position += stretch.intervals;
    }
    if kept.iter().all(|(_, stretch)| stretch.intervals == 0) {
        bail!("nothing selected: {} covers {}", dataset.name, spans(&dataset));
    }
    if homes == meters && kept.iter().map(|(_, stretch)| stretch.intervals).sum::<usize>() == position {
        return Ok(dataset);
    }
    let rows = || {
        kept.iter()
            .flat_map(|(from, stretch)| *from..from + stretch.intervals)
    };
    let readings = rows()
        .flat_map(|row| dataset.readings[row * meters..][..homes].iter().copied())
        .collect();
    let own_use = dataset.own_use.as_ref().map(|own| {
        rows()
            .flat_map(|row| own[row * meters..][..homes].iter().copied())
            .collect()
    });
    let stretches = kept.iter().map(|(_, stretch)| stretch.clone()).collect();
    let kept_meters = dataset.meters[..homes].to_vec();
    Ok(Dataset {
        stretches,
        readings,
        own_use,
        meters: kept_meters,
        ..dataset
    })
}

fn start(dataset: &Dataset, from: From) -> Result<IntervalIndex> {
    let moment = from
        .moment(dataset.zone)
        .and_then(|moment| u64::try_from(moment).ok());
    let moment = moment.context("--from: a time after 1970")?;
    let length = u64::from(dataset.interval.seconds());
    Ok(dataset.interval.index_at(moment.div_ceil(length) * length))
}

fn in_season(dataset: &Dataset, stretch: &Stretch, selection: &Selection) -> bool {
    let month = clock::civil(clock::moment(dataset.interval.start_of(stretch.first))).month();
    match selection.season {
        None | Some(Season::Both) => true,
        Some(Season::Winter) => !(4..=9).contains(&month),
        Some(Season::Summer) => (4..=9).contains(&month),
    }
}

/// What a data set covers, for people.
fn spans(dataset: &Dataset) -> String {
    let spans = dataset.stretches.iter().map(|stretch| {
        let local = |index| dataset.local_day(index);
        let last = stretch.first.plus(stretch.intervals.saturating_sub(1) as u64);
        format!("{} to {}", local(stretch.first), local(last))
    });
    spans.collect::<Vec<_>>().join(" and ")
}
