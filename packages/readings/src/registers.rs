//! Readings of a register, the ever growing total that a meter shows, to the energies of intervals.
//!
//! With `R(B)` the register at a boundary `B` between two intervals, the energy of an interval is `R(end) - R(start)`:
//! never negative, and the energies of any run of intervals add up to the register's difference. Where the register
//! was read at the boundary, `R(B)` is that value. Else it lies on the line between the readings `a` before and `b` after,
//!
//! ```text
//! R(B) = v_a + floor((v_b - v_a) (B - t_a) / (t_b - t_a)),   then down to the grid's resolution
//! ```
//!
//! Rounding down at every boundary alike favours nobody: what an interval loses the next one gets. How far apart `a` and
//! `b` lie says what the energy is worth: see [`boundary`]. Readings that cannot follow each other wait in [`quarantine`].
//!
//! A program that keeps readings asks [`boundary::at`] with the readings next to a boundary; one that has them all asks
//! [`energies::of_interval`].

pub mod boundary;
pub mod energies;
pub mod judged;
pub mod plausible;
pub mod quarantine;

use gridpact_units::{Energy, UnixSeconds};

/// What a register showed at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RegisterReading {
    /// When.
    pub at: UnixSeconds,
    /// The total since the register began to count.
    pub value: Energy,
}

impl RegisterReading {
    /// A reading of so many mWh at this unix second.
    pub const fn new(at: u64, milliwatt_hours: u64) -> Self {
        Self {
            at: UnixSeconds(at),
            value: Energy(milliwatt_hours),
        }
    }

    /// Seconds since an earlier reading; 0 where it is later.
    pub(crate) fn since(self, earlier: Self) -> u64 {
        self.at.0.saturating_sub(earlier.at.0)
    }
}
