//! What is stated of files that do not say it themselves.

use core::num::NonZeroU64;
use std::collections::BTreeMap;

use gridpact_units::{Energy, IntervalLength, Power};

use crate::clock::Zone;
use crate::numbers::{Rounding, Unit};
use crate::profile::Profile;
use crate::stamps::Stamp;
use crate::text::Encoding;

/// A home's connection where nothing else is known: three phases of 63 A at 230 V.
pub const DEFAULT_LIMIT: Power = Power(3 * 63 * 230);

/// What is stated of files. What a file says itself goes first, but for its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The grid's interval. Rows that do not say how long they are are then of it, and what is absent is missing. Without it
    /// the interval is that of most rows, and a meter whose rows are further apart gives longer readings.
    pub interval: Option<IntervalLength>,
    /// The unit of columns that do not name one; it also stands for the one that a header names.
    pub unit: Option<Unit>,
    /// The columns are totals of registers.
    pub registers: bool,
    /// What stamps name.
    pub stamp: Stamp,
    /// The same of single meters.
    pub stamp_of: BTreeMap<String, Stamp>,
    /// How long readings of single meters are, where that is not the time between most of their rows.
    pub length_of: BTreeMap<String, IntervalLength>,
    /// The zone of stamps without offset, and of local days.
    pub zone: Option<Zone>,
    /// What meters of files are called here, by what the files call them: a metering point's number to a slot's, for instance.
    pub names: BTreeMap<String, String>,
    /// How tables are read that are not ours.
    pub profile: Option<Profile>,
    /// How letters are written.
    pub encoding: Option<Encoding>,
    /// What becomes of digits below 1 mWh.
    pub rounding: Option<Rounding>,
    /// The most that a connection can give in either direction; `None` believes everything.
    pub limit: Option<Power>,
    /// The same of single meters.
    pub limit_of: BTreeMap<String, Power>,
    /// One count of a register.
    pub count: Energy,
    /// Where registers begin anew at 0, mWh.
    pub modulus: Option<NonZeroU64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            interval: None,
            unit: None,
            registers: false,
            stamp: Stamp::Start,
            stamp_of: BTreeMap::new(),
            length_of: BTreeMap::new(),
            zone: None,
            names: BTreeMap::new(),
            profile: None,
            encoding: None,
            rounding: None,
            limit: Some(DEFAULT_LIMIT),
            limit_of: BTreeMap::new(),
            count: Energy(1_000),
            modulus: None,
        }
    }
}

impl Options {
    /// What the stamps of a meter name.
    pub(crate) fn stamp_of(&self, meter: &str) -> Stamp {
        self.stamp_of.get(meter).copied().unwrap_or(self.stamp)
    }

    /// The most that a meter's connection can give.
    pub(crate) fn limit_of(&self, meter: &str) -> Option<Power> {
        self.limit_of.get(meter).copied().or(self.limit)
    }
}
