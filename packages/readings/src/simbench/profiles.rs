//! SimBench's two files of profiles, walked row by row together.

use super::devices::{Device, Street};
use crate::clock::{self, Zone};
use crate::csv_rows::CsvRows;
use crate::error::Error;

/// Step of the profiles, s.
pub(super) const STEP: u64 = 900;
/// Two days, s: the least break between two stretches, since the grid before needs a day to become final.
const BREAK: i64 = 172_800;
/// Digits behind the point of profile values; SimBench has up to 9.
const PROFILE_SCALE: u32 = 12;

/// A quarter of an hour that the profiles tell of.
pub(super) struct Moment {
    /// Its start, unix seconds.
    pub utc: u64,
    /// Whether it follows the one before without a break.
    pub follows: bool,
}

/// The profiles, and where they are read.
pub(super) struct Profiles<'a> {
    loads: CsvRows<'a>,
    pv: CsvRows<'a>,
    last: Option<i64>,
}

impl<'a> Profiles<'a> {
    pub fn new(loads: CsvRows<'a>, pv: CsvRows<'a>) -> Self {
        Self {
            loads,
            pv,
            last: None,
        }
    }

    /// Start of the current row.
    pub fn last(&self) -> Option<i64> {
        self.last
    }

    /// Goes to the next quarter of an hour; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Moment>, Error> {
        if !self.loads.advance()? {
            return Ok(None);
        }
        let next = self.last.map(|last| last.saturating_add_unsigned(STEP));
        let utc = next_time(&self.loads, next)?;
        same_row(&mut self.pv, &self.loads)?;
        self.last = Some(utc);
        Ok(Some(Moment {
            utc: u64::try_from(utc).unwrap_or_default(),
            follows: next == Some(utc),
        }))
    }

    /// Load and generation of each meter in the current row, in units of profile x power.
    pub fn powers(&self, street: &Street) -> Result<impl Iterator<Item = (i128, i128)>, Error> {
        let meters = street.meters.len();
        let load = powers(&self.loads, &street.consumers, meters)?;
        let generation = powers(&self.pv, &street.generators, meters)?;
        Ok(load.into_iter().zip(generation))
    }
}

/// The start of the current row: `next`, a quarter of an hour after the row before, or at least two days later.
fn next_time(profiles: &CsvRows, next: Option<i64>) -> Result<i64, Error> {
    let zone = Zone::CentralEurope;
    let text = profiles.cell(0);
    let local = clock::german(text).ok_or_else(|| profiles.bad_cell(0, "a time as dd.mm.yyyy hh:mm"))?;
    let on_the_step = |utc: &i64| utc.checked_rem_euclid(STEP.cast_signed()) == Some(0);
    let Some(next) = next else {
        let utc = zone.to_utc(local).filter(|utc| *utc >= 0 && on_the_step(utc));
        return utc.ok_or_else(|| profiles.bad_cell(0, "a full quarter of an hour after 1970"));
    };
    // The clock shows some times twice in October: the row's place says which is meant.
    if zone.local(next) == local {
        return Ok(next);
    }
    let later = zone
        .to_utc(local)
        .filter(|utc| *utc >= next.saturating_add(BREAK) && on_the_step(utc));
    later.ok_or_else(|| {
        let next = clock::to_german(zone.local(next));
        profiles.bad_cell(0, &format!("{next}, or a time at least two days later"))
    })
}

/// The other profile file must show the same time in the same row.
fn same_row(other: &mut CsvRows, profiles: &CsvRows) -> Result<(), Error> {
    if !other.advance()? {
        return Err(Error::Uneven {
            shorter: other.file().to_owned(),
            longer: profiles.file().to_owned(),
            line: profiles.line(),
        });
    }
    if other.cell(0) != profiles.cell(0) {
        let expected = format!("{} as in {}", profiles.cell(0), profiles.file());
        return Err(other.bad_cell(0, &expected));
    }
    Ok(())
}

/// Power x profile of each meter in the current row. What no number holds stays the largest there is, which no
/// connection can move and no grid takes.
fn powers(profiles: &CsvRows, devices: &[Device], meters: usize) -> Result<Vec<i128>, Error> {
    let mut values = vec![None; profiles.header().len()];
    let mut sums = vec![0_i128; meters];
    for device in devices {
        let (Some(value), Some(sum)) = (values.get_mut(device.profile), sums.get_mut(device.meter)) else {
            continue;
        };
        let value = match *value {
            Some(known) => known,
            None => {
                let read = profiles.decimal(device.profile, PROFILE_SCALE, "part of the peak power")?;
                *value.insert(i128::from(read))
            }
        };
        *sum = sum.saturating_add(value.saturating_mul(device.power.into()));
    }
    Ok(sums)
}
