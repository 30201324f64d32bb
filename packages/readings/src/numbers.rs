//! Numbers as files write them, to whole mWh or mW without passing through a float.

use std::borrow::Cow;

use gridpact_units::decimal;

/// What a column counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Wh.
    WattHours,
    /// kWh.
    KilowattHours,
    /// MWh, 1,000 kWh.
    MegawattHours,
    /// W, the mean over the interval.
    Watts,
    /// kW, the mean over the interval.
    Kilowatts,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::WattHours,
        Self::KilowattHours,
        Self::MegawattHours,
        Self::Watts,
        Self::Kilowatts,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WattHours => "Wh",
            Self::KilowattHours => "kWh",
            Self::MegawattHours => "MWh",
            Self::Watts => "W",
            Self::Kilowatts => "kW",
        }
    }

    /// Reads a name in capitals or not; but not `mwh`, which is a thousandth of a Wh to some and a million Wh to others.
    pub fn named(text: &str) -> Option<Self> {
        let of = |unit: &Self| match unit {
            Self::MegawattHours => text == "MWh",
            _ => text.eq_ignore_ascii_case(unit.name()),
        };
        Self::ALL.into_iter().find(of)
    }

    /// Decimals of the unit in mWh, or in mW.
    pub(crate) const fn decimals(self) -> u32 {
        match self {
            Self::WattHours | Self::Watts => 3,
            Self::KilowattHours | Self::Kilowatts => 6,
            Self::MegawattHours => 9,
        }
    }

    /// Whether it counts power.
    pub(crate) const fn is_power(self) -> bool {
        matches!(self, Self::Watts | Self::Kilowatts)
    }
}

/// What becomes of digits below 1 mWh. Without a rounding stated they are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest mWh, half of one up: floats that a program wrote with all their digits.
    Nearest,
    /// Cut: registers, so that differences still add up.
    Down,
}

/// Why a text is no number here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It says that there is no value.
    NoValue,
    /// It is something else, below zero, too fine or too large.
    Other,
}

/// How a file writes its numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    /// `.`, or `,` where cells are not separated by it.
    pub point: char,
    /// What becomes of digits too fine.
    pub rounding: Option<Rounding>,
}

/// Texts for no value, in small letters: of programs, of people, and what spreadsheets write where a formula came to nothing.
const NO_VALUE: [&str; 26] = [
    "",
    "nan",
    "null",
    "none",
    "nil",
    "na",
    "n/a",
    "n.a.",
    "unavailable",
    "unknown",
    "-",
    "--",
    "---",
    "\u{2013}",
    "k.a.",
    "k. a.",
    "n.v.",
    "#n/a",
    "#nv",
    "#na",
    "#value!",
    "#wert!",
    "#ref!",
    "#bezug!",
    "#div/0!",
    "#num!",
];

/// Whether a cell says that there is no value.
pub(crate) fn says_nothing(text: &str) -> bool {
    let number = text.starts_with(|sign: char| sign.is_ascii_digit());
    !number && NO_VALUE.iter().any(|none| text.eq_ignore_ascii_case(none))
}

/// The most digits of a number: beyond 2^64 mWh and all that a float of 64 bits writes.
const MAX_DIGITS: usize = 400;

impl Numbers {
    /// Reads a number of a unit with so many decimals as a whole number of its smallest.
    pub fn read(self, text: &str, decimals: u32) -> Result<u64, Flaw> {
        if says_nothing(text) {
            return Err(Flaw::NoValue);
        }
        // A sign that says nothing, before a digit.
        let unsigned = text.strip_prefix('+');
        let text = unsigned
            .filter(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
            .unwrap_or(text);
        let pointed = match self.point {
            '.' => Cow::Borrowed(text),
            // Both signs in one number would be a mark of thousands.
            _ if text.contains('.') => return Err(Flaw::Other),
            point => Cow::Owned(text.replace(point, ".")),
        };
        let exact = decimal::parse(&pointed, decimals).ok();
        let value = exact.or_else(|| rounded(&pointed, decimals, self.rounding?));
        value
            .and_then(|value| u64::try_from(value).ok())
            .ok_or(Flaw::Other)
    }
}

/// Reads digits with a point and an exponent, rounded to `decimals`.
fn rounded(text: &str, decimals: u32, rounding: Rounding) -> Option<u128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits.len() > MAX_DIGITS || !all_digits || exponent.len() > 5 {
        return None;
    }
    if digits.bytes().all(|digit| digit == b'0') {
        return Some(0);
    }
    // How many digits stand before what is cut.
    let exponent: i32 = exponent.parse().ok()?;
    let kept = i32::try_from(whole.len())
        .ok()?
        .checked_add(exponent)?
        .checked_add(i32::try_from(decimals).ok()?)?;
    let Ok(kept) = usize::try_from(kept) else {
        // The first digit is below a tenth.
        return Some(0);
    };
    if kept > MAX_DIGITS.saturating_mul(4) {
        return None;
    }
    let padded = format!("{digits:0<kept$}");
    let (before, cut) = padded.split_at(kept);
    let value: u128 = match before.trim_start_matches('0') {
        "" => 0,
        before => before.parse().ok()?,
    };
    let up = rounding == Rounding::Nearest && cut.starts_with(|digit| digit >= '5');
    value.checked_add(u128::from(up))
}
