//! Values of the file that are texts with a meaning, each refused where it stands with what was expected.

use core::fmt;

use gridpact_readings::rfc3339;
use gridpact_units::{Seconds, UnixSeconds};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Units of a length of time, the longest first. A day is 86,400 s.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// A length of time as people write it: `1d`, `2h10m`, `60s`. Whole seconds, each unit once, the longest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span(pub Seconds);

impl Span {
    fn parse(text: &str) -> Option<Self> {
        let (mut rest, mut sum) = (text, 0_u64);
        for (unit, seconds) in UNITS {
            if let Some((number, behind)) = rest.split_once(unit) {
                // `+5` parses as a number, and nobody means it.
                let digits = number.bytes().all(|byte| byte.is_ascii_digit());
                let number = number.parse::<u64>().ok().filter(|_| digits)?;
                sum = sum.checked_add(number.checked_mul(seconds)?)?;
                rest = behind;
            }
        }
        (rest.is_empty() && !text.is_empty()).then_some(Self(Seconds(sum)))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "expected a length of time as 1d, 2h10m or 60s, got `{text}`"
            ))
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0 .0;
        if rest == 0 {
            return f.write_str("0s");
        }
        for (unit, seconds) in UNITS {
            let count = rest.checked_div(seconds).unwrap_or(0);
            rest = rest.checked_rem(seconds).unwrap_or(0);
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

/// A moment in RFC 3339 with its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub UnixSeconds);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        rfc3339::parse(&text).map(Self).map_err(D::Error::custom)
    }
}

/// Bytes in hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex<const N: usize>(pub [u8; N]);

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; N];
        hex::decode_to_slice(&text, &mut bytes).map_err(|_| {
            let digits = N.saturating_mul(2);
            D::Error::custom(format!("expected {digits} hex digits, got `{text}`"))
        })?;
        Ok(Self(bytes))
    }
}
