//! What the order of a table's moments says of them: whether they are ends, and where its days end.

use jiff::civil::DateTime;

use super::written::{parsed, texts, Found};
use crate::clock;
use crate::profile::moments::{shown, WITH_OFFSET};
use crate::profile::sample::Sample;

/// Seconds of an hour: no reading is longer.
const HOUR: i64 = 3_600;
/// Minutes that are an interval's last.
const LAST_MINUTES: [i8; 4] = [14, 29, 44, 59];

/// What was seen of a column of moments.
#[derive(Default)]
pub(super) struct Order {
    /// Whether a moment says 24:00.
    hour_24: bool,
    /// Whether the first moment is one interval after midnight.
    begins_late: bool,
    /// Whether 00:00 stands behind the day beside it.
    pub midnight_ends_day: bool,
    /// Seconds that all moments are before a whole interval.
    pub later: u32,
}

impl Order {
    pub fn of(sample: &Sample, found: &Found) -> Self {
        let texts = texts(sample, &found.columns);
        let moments: Vec<DateTime> = texts
            .iter()
            .filter_map(|text| parsed(text, &found.format))
            .collect();
        if found.format == WITH_OFFSET {
            return Self {
                later: later(&moments),
                ..Self::default()
            };
        }
        Self {
            hour_24: texts
                .iter()
                .any(|text| shown(text, &found.format).is_some_and(|(_, next_day)| next_day)),
            begins_late: begins_late(&moments),
            midnight_ends_day: midnight_ends_day(&moments),
            later: later(&moments),
        }
    }

    /// Whether they are ends.
    pub fn ends(&self) -> bool {
        self.hour_24 || self.begins_late || self.midnight_ends_day || self.later > 0
    }
}

/// Seconds since the beginning of the day.
fn of_day(moment: &DateTime) -> i64 {
    let midnight = moment.date().to_datetime(jiff::civil::Time::midnight());
    clock::seconds(*moment).saturating_sub(clock::seconds(midnight))
}

/// Whether the first moment is as long after midnight as the second after the first.
fn begins_late(moments: &[DateTime]) -> bool {
    let different = moments
        .chunk_by(|one, next| one == next)
        .filter_map(<[DateTime]>::first);
    let first: Vec<&DateTime> = different.take(2).collect();
    let [one, next] = first.as_slice() else {
        return false;
    };
    let step = clock::seconds(**next).saturating_sub(clock::seconds(**one));
    (1..=HOUR).contains(&step) && of_day(one) == step
}

/// Whether every midnight but the first row's follows the last hour of the day that stands beside it, and is followed by another day.
fn midnight_ends_day(moments: &[DateTime]) -> bool {
    let runs: Vec<&DateTime> = moments
        .chunk_by(|one, next| one == next)
        .filter_map(<[DateTime]>::first)
        .collect();
    let begins_at_midnight = runs.first().is_some_and(|first| of_day(first) == 0);
    let mut midnights = (1..runs.len())
        .filter(|at| runs.get(*at).is_some_and(|moment| of_day(moment) == 0))
        .peekable();
    let ends_day = |at: usize| {
        let moment = |at: Option<usize>| at.and_then(|at| runs.get(at)).copied();
        let (Some(before), Some(midnight)) = (moment(at.checked_sub(1)), moment(Some(at))) else {
            return false;
        };
        let behind = before.date() == midnight.date()
            && of_day(before) >= 24_i64.saturating_mul(HOUR).saturating_sub(HOUR);
        let goes_on =
            moment(at.checked_add(1)).map_or(!begins_at_midnight, |next| next.date() > midnight.date());
        behind && goes_on
    };
    midnights.peek().is_some() && midnights.all(ends_day)
}

/// Seconds that all moments are before a whole interval: those of its last second, or of its last minute.
fn later(moments: &[DateTime]) -> u32 {
    let all = |is: fn(&DateTime) -> bool| !moments.is_empty() && moments.iter().all(is);
    if all(|moment| moment.second() == 59) {
        return 1;
    }
    match all(|moment| moment.second() == 0 && LAST_MINUTES.contains(&moment.minute())) {
        true => 60,
        false => 0,
    }
}
