//! The kinds of findings, and how much each matters.

use core::fmt;

use gridpact_units::decimal::energy::show_energy;
use gridpact_units::{Energy, UnixSeconds};

use crate::registers::plausible::Doubt;
use crate::rfc3339;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// All energies are as the file gives them; how it was read is told.
    Note,
    /// Energies were substituted, or may be wrong.
    Doubt,
    /// Energies that the file gives, or should give, are missing.
    Loss,
}

impl Severity {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Doubt => "doubt",
            Self::Loss => "loss",
        }
    }
}

/// What was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Letters were taken for Latin-1.
    Latin1,
    /// Lines before the header are no part of the table.
    Above,
    /// Lines behind the last row are no part of the table.
    Below,
    /// The meter's name is a number that a spreadsheet has cut: others may have become the same.
    CutName,
    /// The meter is called as a sum of others.
    NamedSum,
    /// All its numbers look as if the sign of decimals stood between thousands.
    Thousands,
    /// A stream of the file is no energy that a meter takes or gives, and was left out.
    LeftOut,
    /// Rows of one direction each were joined.
    DirectionsJoined,
    /// Equal rows for one reading were taken as one.
    Merged {
        /// Its start.
        at: UnixSeconds,
    },
    /// The meter's first reading is later than the others'.
    Joins {
        /// When.
        at: UnixSeconds,
    },
    /// The meter's last reading is earlier than the others'.
    Leaves {
        /// When it ends.
        at: UnixSeconds,
    },
    /// Its readings are shorter than the grid's intervals, and were summed.
    Summed {
        /// Length of a reading, s.
        seconds: u32,
        /// Length of an interval, s.
        interval: u32,
    },
    /// Its readings are longer than the grid's intervals, or start between them, and were spread over them, substituted final.
    Spread {
        /// Length of a reading, s.
        seconds: u32,
        /// Length of an interval, s.
        interval: u32,
    },
    /// All its rows are equally far apart, further than an interval: they may be longer readings.
    LooksLonger {
        /// How far apart, s.
        seconds: u32,
        /// Length of an interval, s.
        interval: u32,
    },
    /// The register became another one: a new meter, or a reset.
    NewRegister {
        /// Its first reading.
        at: UnixSeconds,
    },
    /// A register's reading that cannot be, and that nothing confirmed; it was left out.
    Register(Doubt),
    /// The register showed zero and then its total again: the device had restarted.
    Restart {
        /// When it showed zero.
        at: UnixSeconds,
    },
    /// More than the connection can give; taken as missing.
    AboveLimit {
        /// What the file gives.
        got: Energy,
        /// The most that the connection can.
        most: Energy,
    },
    /// No value: an empty cell, `NaN`, or a quality that says so.
    NoValue {
        /// Of which interval.
        at: UnixSeconds,
    },
    /// No row.
    Absent {
        /// The first interval without one.
        at: UnixSeconds,
    },
    /// Only a part of an interval's shorter readings is there; it is missing.
    PartOnly {
        /// The interval.
        at: UnixSeconds,
    },
}

impl What {
    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Latin1
            | Self::Above
            | Self::Below
            | Self::LeftOut
            | Self::DirectionsJoined
            | Self::Merged { .. }
            | Self::Joins { .. }
            | Self::Leaves { .. }
            | Self::Summed { .. } => Severity::Note,
            Self::CutName
            | Self::NamedSum
            | Self::Thousands
            | Self::Spread { .. }
            | Self::LooksLonger { .. }
            | Self::NewRegister { .. }
            | Self::Register(_)
            | Self::Restart { .. } => Severity::Doubt,
            Self::AboveLimit { .. } | Self::NoValue { .. } | Self::Absent { .. } | Self::PartOnly { .. } => {
                Severity::Loss
            }
        }
    }

    /// A name for programs, one a kind.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Latin1 => "latin1",
            Self::Above => "above",
            Self::Below => "below",
            Self::CutName => "cut_name",
            Self::NamedSum => "named_sum",
            Self::Thousands => "thousands",
            Self::LeftOut => "left_out",
            Self::DirectionsJoined => "directions_joined",
            Self::Merged { .. } => "merged",
            Self::Joins { .. } => "joins",
            Self::Leaves { .. } => "leaves",
            Self::Summed { .. } => "summed",
            Self::Spread { .. } => "spread",
            Self::LooksLonger { .. } => "looks_longer",
            Self::NewRegister { .. } => "new_register",
            Self::Register(Doubt::Fall { .. }) => "register_fell",
            Self::Register(Doubt::Jump { .. }) => "register_jumped",
            Self::Restart { .. } => "restart",
            Self::AboveLimit { .. } => "above_limit",
            Self::NoValue { .. } => "no_value",
            Self::Absent { .. } => "absent",
            Self::PartOnly { .. } => "part_only",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |at: &UnixSeconds| rfc3339::show(*at);
        match self {
            Self::Latin1 => f.write_str("letters beyond ASCII were read as Latin-1"),
            Self::Above => f.write_str("what stands before the header was left out"),
            Self::Below => f.write_str("what stands behind the last reading was left out"),
            Self::CutName => f.write_str(
                "the name is a number that a spreadsheet has cut, and other meters may be called the same: save the column as text",
            ),
            Self::NamedSum => f.write_str("the name is one of a sum: a meter's energy that others have too is settled twice"),
            Self::Thousands => f.write_str(
                "its numbers have three digits behind the sign of decimals or none at all: where that stands between thousands, all \
                 of them are a thousand times too small",
            ),
            Self::LeftOut => f.write_str("what is no energy taken or given was left out"),
            Self::DirectionsJoined => f.write_str("two rows for every reading, one a direction, were joined"),
            Self::Merged { at } => write!(f, "equal rows were taken as one, from {}", show(at)),
            Self::Joins { at } => write!(f, "it has no reading before {}", show(at)),
            Self::Leaves { at } => write!(f, "it has no reading from {} on", show(at)),
            Self::Summed { seconds, interval } => {
                write!(f, "its readings of {seconds} s were summed to intervals of {interval} s")
            }
            Self::Spread { seconds, interval } => write!(
                f,
                "its readings of {seconds} s were spread over intervals of {interval} s and marked substituted; \
                 if they are of {interval} s and others are absent, state `interval`"
            ),
            Self::LooksLonger { seconds, interval } => write!(
                f,
                "its rows are all {seconds} s apart and were taken as readings of {interval} s: if they are of {seconds} s, \
                 they say too much of one interval and nothing of the others; state its `length_of` then"
            ),
            Self::NewRegister { at } => {
                write!(f, "the register is another one from {} on: a new meter, or a reset; where it began anew at its highest number, state `modulus`", show(at))
            }
            Self::Register(doubt) => write!(f, "{doubt}; the reading was left out"),
            Self::Restart { at } => {
                write!(f, "the register showed 0 at {} and then its total again", show(at))
            }
            Self::AboveLimit { got, most } => write!(
                f,
                "expected at most {}, all that the connection can give, got {}; taken as missing",
                show_energy(most.0.into()),
                show_energy(got.0.into())
            ),
            Self::NoValue { at } => write!(f, "no value, from {}; missing, not zero", show(at)),
            Self::Absent { at } => write!(f, "no row, from {}; missing, not zero", show(at)),
            Self::PartOnly { at } => {
                write!(f, "only a part of the interval's readings is there, from {}; missing", show(at))
            }
        }
    }
}
