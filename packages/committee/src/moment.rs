//! Moments finer than a second, since clocks of members are compared in parts of one.

use gridpact_units::{Seconds, UnixSeconds};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    /// Milliseconds in a second.
    pub const PER_SECOND: u64 = 1_000;

    /// The first millisecond of a second; saturates at the end of time.
    pub const fn of(second: UnixSeconds) -> Self {
        Self(second.0.saturating_mul(Self::PER_SECOND))
    }

    /// The second that it is in.
    pub const fn second(self) -> UnixSeconds {
        UnixSeconds(self.0.div_euclid(Self::PER_SECOND))
    }

    /// So many milliseconds later; saturates.
    #[must_use]
    pub const fn plus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// So many milliseconds earlier; saturates at 1970.
    #[must_use]
    pub const fn minus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Milliseconds since an earlier moment; 0 where that is later.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A duration in milliseconds; saturates.
pub const fn milliseconds(duration: Seconds) -> u64 {
    duration.0.saturating_mul(Moment::PER_SECOND)
}
