//! Which reading of a register can follow which.

use core::fmt;
use core::num::NonZeroU64;

use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Energy, Power};

use super::RegisterReading;

/// What a register can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plausible {
    /// The most power through the connection in the register's direction.
    pub limit: Power,
    /// One count of the meter, by which a step may seem greater than it was.
    pub count: Energy,
    /// Where the register begins anew at 0, in mWh; `None` where it is not known to, and then a fall is a fall.
    pub modulus: Option<NonZeroU64>,
}

/// Why a reading cannot follow the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A register never falls.
    Fall {
        /// What it showed before.
        before: Energy,
        /// What it shows.
        got: Energy,
    },
    /// More than the connection can have moved.
    Jump {
        /// The most that it can show.
        most: Energy,
        /// What it shows.
        got: Energy,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |energy: &Energy| show_energy(energy.0.into());
        match self {
            Self::Fall { before, got } => {
                let (before, got) = (show(before), show(got));
                write!(f, "the register fell: expected at least {before}, got {got}")
            }
            Self::Jump { most, got } => {
                let (most, got) = (show(most), show(got));
                write!(f, "the register jumped: expected at most {most}, got {got}")
            }
        }
    }
}

impl Plausible {
    /// The reading that follows a later one's value from this one: as it is, or carried on over the modulus.
    ///
    /// # Errors
    /// A fall; a step above limit x time and one count.
    pub fn step(&self, from: RegisterReading, to: RegisterReading) -> Result<RegisterReading, Doubt> {
        let most = self.most(from, to);
        let value = self.carried_on(from.value, to.value, most);
        if value < from.value {
            return Err(Doubt::Fall {
                before: from.value,
                got: to.value,
            });
        }
        if value > most {
            return Err(Doubt::Jump { most, got: value });
        }
        Ok(RegisterReading { at: to.at, value })
    }

    /// The most that the register can show: what it showed, limit x time, and one count.
    fn most(&self, from: RegisterReading, to: RegisterReading) -> Energy {
        // Beyond 136 years nothing is told apart.
        let seconds = u32::try_from(to.since(from)).unwrap_or(u32::MAX);
        let moved = self.limit.energy_over(seconds).0.saturating_add(self.count.0);
        Energy(from.value.0.saturating_add(moved))
    }

    /// A total that goes on over the modulus, of what the register shows. Only a step that is possible passes the modulus,
    /// so that a reset is no rollover.
    fn carried_on(&self, before: Energy, shown: Energy, most: Energy) -> Energy {
        let Some(modulus) = self.modulus.filter(|modulus| shown.0 < modulus.get()) else {
            return shown;
        };
        // How often it has begun anew already.
        let behind = before.0.saturating_sub(before.0 % modulus);
        let value = behind.saturating_add(shown.0);
        let over = value.saturating_add(modulus.get());
        if value < before.0 && over <= most.0 {
            Energy(over)
        } else {
            Energy(value)
        }
    }

    /// Whether the register shows the same at two readings.
    pub(crate) fn same(&self, one: Energy, other: Energy) -> bool {
        match self.modulus {
            Some(modulus) => one.0 % modulus == other.0 % modulus,
            None => one == other,
        }
    }
}
