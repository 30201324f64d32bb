//! Values of the file that are texts with a meaning, each refused where it stands with what was expected.

use std::path::{Path, PathBuf};

use gridpact_units::Seconds;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A length of time, written as people do: `2h10m`, `30s`, `3d`. Whole seconds, at most ten years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub Seconds);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("expected a length of time as 2h10m or 30s, got `{text}`"));
        // Days are 86,400 s: the parser takes none, since a calendar's days are not all alike.
        let (days, rest) = match text.split_once('d') {
            Some((days, rest)) => (days.trim().parse::<u64>().map_err(|_| wrong())?, rest),
            None => (0, text.as_str()),
        };
        let rest = match rest.trim() {
            "" if text.contains('d') => Seconds(0),
            rest => {
                let span: jiff::SignedDuration = rest.parse().map_err(|_| wrong())?;
                let whole = span.subsec_nanos() == 0;
                let seconds = u64::try_from(span.as_secs()).map_err(|_| wrong())?;
                Seconds(whole.then_some(seconds).ok_or_else(wrong)?)
            }
        };
        let all = days
            .checked_mul(Seconds::DAY.0)
            .and_then(|days| days.checked_add(rest.0));
        let fits = all.filter(|all| *all <= Seconds::days(3_650).0);
        fits.map(|all| Self(Seconds(all))).ok_or_else(wrong)
    }
}

/// As it is written.
impl core::fmt::Display for Span {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let seconds = self.0 .0;
        let (hours, rest) = (seconds.div_euclid(3_600), seconds.rem_euclid(3_600));
        let (minutes, rest) = (rest.div_euclid(60), rest.rem_euclid(60));
        let parts = [(hours, "h"), (minutes, "m"), (rest, "s")];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count}{unit}"))
            .collect();
        f.write_str(if shown.is_empty() { "0s" } else { "" })?;
        f.write_str(&shown.concat())
    }
}

/// Where a secret is: a file of mode 0600, or a credential that systemd hands over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// A file.
    File(PathBuf),
    /// `credential:NAME`.
    Credential(String),
}

impl SecretPlace {
    /// Paths are meant beside the file that names them, wherever the program is started.
    pub(super) fn beside(&mut self, folder: &Path) {
        if let Self::File(path) = self {
            *path = folder.join(&*path);
        }
    }
}

impl<'de> Deserialize<'de> for SecretPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.strip_prefix("credential:") {
            None if text.is_empty() => Err(D::Error::custom(
                "expected a file's path, or credential:NAME, got nothing",
            )),
            None => Ok(Self::File(PathBuf::from(text))),
            Some(name) if is_credential(name) => Ok(Self::Credential(name.to_owned())),
            Some(name) => Err(D::Error::custom(format!(
                "expected credential:NAME of letters, digits, '-', '_' and '.', got `{name}`"
            ))),
        }
    }
}

/// A name that cannot leave the folder of credentials.
fn is_credential(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && !name.starts_with('.') && name.len() <= 64 && name.chars().all(fits)
}

/// The unit that a source counts in, as the power of ten of mWh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Unit {
    /// 1,000,000 mWh.
    #[serde(rename = "kWh")]
    KilowattHour,
    /// 1,000 mWh.
    #[serde(rename = "Wh")]
    WattHour,
    /// 1,000,000,000 mWh.
    #[serde(rename = "MWh")]
    MegawattHour,
}

impl Unit {
    /// Digits behind the point that a whole mWh has.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::WattHour => 3,
            Self::KilowattHour => 6,
            Self::MegawattHour => 9,
        }
    }
}

/// SHA-256 of a token, 64 hex digits: the token itself stands nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl<'de> Deserialize<'de> for TokenHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut hash = [0; 32];
        let read = hex::decode_to_slice(&text, &mut hash);
        read.map_err(|_| {
            // What stands there may be the token: it is not repeated.
            let got = text.len();
            D::Error::custom(format!(
                "expected the SHA-256 of a token, 64 hex digits, got {got} characters that are none"
            ))
        })?;
        Ok(Self(hash))
    }
}

/// A place in JSON, as RFC 6901: empty for the whole, else `/` before every name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer(pub String);

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() || text.starts_with('/') {
            return Ok(Self(text));
        }
        Err(D::Error::custom(format!(
            "expected a place in JSON as /ENERGY/Total, or \"\" for the whole payload, got `{text}`"
        )))
    }
}
