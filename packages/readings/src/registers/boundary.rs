//! A register at a boundary between two intervals.

use core::num::NonZeroU32;

use gridpact_units::{Energy, Quality, Seconds, UnixSeconds};

use super::RegisterReading;

/// The longest hole between two readings that still counts as read at every boundary in it: meters push every few seconds
/// to five minutes.
pub const MEASURED_HOLE: Seconds = Seconds(300);
/// From here on a hole is too long for a line: consumption of less than two hours may be interpolated, a longer one needs
/// comparable days.
pub const LONG_HOLE: Seconds = Seconds(7_200);

/// The register at a boundary, and where that is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The register's value, down to the grid's resolution.
    pub value: Energy,
    /// The last reading at the boundary or before.
    pub before: RegisterReading,
    /// The first reading at the boundary or after; the same where it was read there.
    pub after: RegisterReading,
}

/// Why the register at a boundary is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no reading before it.
    Unread,
    /// There is no reading after it yet.
    Open,
    /// The readings around it lie too far apart.
    Hole(Seconds),
    /// The reading after it is below that before it: they are of two registers.
    Fell,
}

impl Boundary {
    /// How far apart the readings around it lie; 0 where it was read there.
    pub fn hole(&self) -> Seconds {
        Seconds(self.after.since(self.before))
    }

    /// Measured in a hole of at most [`MEASURED_HOLE`], else substituted final.
    pub fn quality(&self) -> Quality {
        match self.hole() <= MEASURED_HOLE {
            true => Quality::Measured,
            false => Quality::SubstitutedFinal,
        }
    }
}

/// The register at a moment, from the trusted readings of one register around it: the last one at it or before, the first one at it
/// or after. `resolution` is the grid's, in mWh.
///
/// # Errors
/// A reading is not there, they lie [`LONG_HOLE`] apart or more, or they are of two registers.
pub fn at(
    moment: UnixSeconds,
    before: Option<RegisterReading>,
    after: Option<RegisterReading>,
    resolution: NonZeroU32,
) -> Result<Boundary, Unknown> {
    let mut around = [before, after].into_iter().flatten();
    if let Some(read) = around.find(|reading| reading.at == moment) {
        return Ok(Boundary {
            value: down(read.value.0, resolution),
            before: read,
            after: read,
        });
    }
    let before = before
        .filter(|before| before.at < moment)
        .ok_or(Unknown::Unread)?;
    let after = after.filter(|after| after.at > moment).ok_or(Unknown::Open)?;
    let hole = Seconds(after.since(before));
    if hole >= LONG_HOLE {
        return Err(Unknown::Hole(hole));
    }
    let step = after.value.checked_sub(before.value).ok_or(Unknown::Fell)?;
    let passed = moment.0.saturating_sub(before.at.0);
    let value = before.value.0.saturating_add(share(step, passed, hole.0));
    Ok(Boundary {
        value: down(value, resolution),
        before,
        after,
    })
}

/// `floor(energy x part / whole)`, for `part` at most `whole`; nothing of nothing.
pub(crate) fn share(energy: Energy, part: u64, whole: u64) -> u64 {
    let product = u128::from(energy.0).saturating_mul(part.into());
    let share = product.checked_div(whole.into()).unwrap_or_default();
    u64::try_from(share).unwrap_or(energy.0).min(energy.0)
}

/// Rounded down to whole counts, at every boundary alike, so that what an interval loses the next one gets.
pub(crate) fn down(milliwatt_hours: u64, resolution: NonZeroU32) -> Energy {
    let resolution = core::num::NonZeroU64::from(resolution);
    Energy(milliwatt_hours.saturating_sub(milliwatt_hours % resolution))
}
