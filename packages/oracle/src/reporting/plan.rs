//! What to do next, from what the chain asks for and the record of signatures; pure.

use gridpact_report::split;
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds, UnixSeconds};

use crate::store::signed::{Fate, Record, SignedDraft};

/// First revision for a window that began before the database did. A database from then may have signed lower ones.
pub const AFTER_LOSS: u16 = 128;
/// Last day of a window's life on which such a revision exists: 128 + 2 x 63 = 254. The chain closes older windows as a gap.
const LAST_DAY: u64 = 63;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing yet.
    Wait(Wait),
    /// Close the gap first, in a transaction of its own.
    CloseGap,
    /// Send a draft that is signed already, as it is.
    Send(Box<SignedDraft>),
    /// Make a new draft.
    Make {
        /// First interval.
        first: IntervalIndex,
        /// Number of intervals.
        intervals: u16,
        /// Revision.
        revision: u16,
    },
}

/// Why nothing is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// No meter is admitted.
    NoMeter,
    /// The window is not over, or its delay is not.
    TooEarly,
    /// The chain refused the draft more than once; its words.
    Refused(String),
    /// The database does not know what was signed for this window before; until this moment nothing is.
    Unknown(UnixSeconds),
    /// No revision is left.
    Revisions,
}

/// What is known beside the chain's answer.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The intervals that a report made now covers.
    pub extent: Option<u16>,
    /// Rows of the epoch that share an interval with the next report, the greatest revision first.
    pub rows: &'a [Record],
    /// Since when the database saw every signature of its key.
    pub clean_from: UnixSeconds,
    /// Length of an interval.
    pub length: IntervalLength,
    /// This machine's time.
    pub now: UnixSeconds,
}

/// Decides.
pub fn plan(next: &NextReportResponse, known: Known) -> Plan {
    let Some(first) = next.first_interval else {
        return Plan::Wait(Wait::NoMeter);
    };
    if next.gap {
        return Plan::CloseGap;
    }
    let newest = known.rows.first();
    // An accepted one that is asked for again was on a branch that the chain left.
    if let Some(row) = newest.filter(|row| row.fate != Fate::Refused && fits(&row.signed, next, first)) {
        return Plan::Send(Box::new(row.signed.clone()));
    }
    let refused = known
        .rows
        .iter()
        .filter(|row| row.fate == Fate::Refused && fits(&row.signed, next, first));
    if let Some(row) = refused.max_by_key(|row| row.signed.intervals) {
        // A report that covers twice as much is another one, which may pass; of 192 intervals that is so seven times.
        let enough = row.signed.intervals.saturating_mul(2);
        if known.extent.is_none_or(|extent| extent < enough) {
            return Plan::Wait(Wait::Refused(row.words.clone().unwrap_or_default()));
        }
    }
    let Some(intervals) = known.extent else {
        return Plan::Wait(Wait::TooEarly);
    };
    let above = newest.map_or(0, |row| row.signed.revision.saturating_add(1));
    match revision(above, first, known) {
        Ok(revision) => Plan::Make {
            first,
            intervals,
            revision,
        },
        Err(wait) => Plan::Wait(wait),
    }
}

/// Whether a draft is what the chain asks for.
fn fits(signed: &SignedDraft, next: &NextReportResponse, first: IntervalIndex) -> bool {
    let Ok((header, _)) = split(&signed.draft) else {
        return false;
    };
    header.first_interval == first
        && header.epoch == next.epoch
        && header.roster_version == next.roster_version
        && header.seats == next.seats
        && header.resolution.milliwatt_hours() == next.resolution
        && header.intervals <= next.max_intervals
}

/// The revision of a new draft.
///
/// For a window that began under this database: one above the greatest row. For an older one another database may have signed
/// what this one does not know. Its window's life is cut into days, each with two revisions of its own, which only a database
/// that saw the whole day uses: two databases of one key never share one.
fn revision(above: u16, first: IntervalIndex, known: Known) -> Result<u16, Wait> {
    let start = known.length.start_of(first);
    if start >= known.clean_from.0 {
        return match above {
            ..AFTER_LOSS => Ok(above),
            _ => Err(Wait::Revisions),
        };
    }
    let day = known.now.0.saturating_sub(start).div_euclid(Seconds::DAY.0);
    let begins = |day: u64| UnixSeconds(start.saturating_add(day.saturating_mul(Seconds::DAY.0)));
    if begins(day) < known.clean_from {
        return Err(Wait::Unknown(begins(day.saturating_add(1))));
    }
    let day16 = u16::try_from(day)
        .ok()
        .filter(|_| day <= LAST_DAY)
        .ok_or(Wait::Revisions)?;
    let lowest = AFTER_LOSS.saturating_add(day16.saturating_mul(2));
    let revision = above.max(lowest);
    if revision > lowest.saturating_add(1) {
        return Err(Wait::Unknown(begins(day.saturating_add(1))));
    }
    Ok(revision)
}

impl core::fmt::Display for Wait {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        use gridpact_readings::rfc3339::show;
        match self {
            Self::NoMeter => f.write_str("the grid has no meter yet"),
            Self::TooEarly => f.write_str("the next window, or its delay, is not over"),
            Self::Refused(words) => write!(
                f,
                "the chain refused the report twice; the next one is made when it covers twice as much, or the registry asks for \
                 another: {words}"
            ),
            Self::Unknown(until) => write!(
                f,
                "the window began before this database: another may have signed for it; nothing is signed before {}",
                show(*until)
            ),
            Self::Revisions => f.write_str("no revision is left for this window"),
        }
    }
}
