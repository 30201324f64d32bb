//! The shared file as it is written, in TOML. A key that nobody knows is refused.

use gridpact_units::Slot;
use serde::Deserialize;

use super::text::{Hex, Span, Time};
use crate::extent::Times;

/// The shared file, checked. The same for all members; each accepts it by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedFile {
    /// Number of this file, from 1; a greater one replaces a smaller.
    pub version: u32,
    /// The chain that it is for.
    pub chain_id: String,
    /// The registry that it is for.
    pub registry: String,
    /// It counts for windows that begin here or later; a boundary of its windows.
    pub from: Time,
    /// Length of a window.
    pub window: Span,
    /// Where windows begin: so long after a multiple of `window` since 1970-01-01T00:00Z.
    #[serde(default)]
    pub offset: Span,
    /// How long after its end a window is left for late readings.
    pub delay: Span,
    /// Length of the shortest slot.
    pub slot: Span,
    /// How far two readers of one meter may be apart and still say the same.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// The members.
    pub members: Vec<FileMember>,
    /// The meters that are read.
    #[serde(default)]
    pub meters: Vec<FileMeter>,
}

/// How far two readers of one meter may be apart and still say the same: so many counts and such a part of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// Counts of the grid's resolution.
    #[serde(default = "two")]
    pub counts: u32,
    /// Millionths of the value.
    #[serde(default = "one_percent")]
    pub ppm: u32,
}

const fn two() -> u32 {
    2
}

const fn one_percent() -> u32 {
    10_000
}

impl Default for Tolerance {
    fn default() -> Self {
        Self {
            counts: two(),
            ppm: one_percent(),
        }
    }
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileMember {
    /// What people call it: `North`.
    pub name: String,
    /// Its public key, as the registry's committee lists it.
    pub key: Hex<33>,
    /// Where its peers reach it; without one it only calls out.
    #[serde(default)]
    pub url: Option<String>,
    /// SHA-256 of its TLS key (of the certificate's SubjectPublicKeyInfo).
    pub tls: Hex<32>,
}

/// A meter that is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileMeter {
    /// Its slot.
    pub slot: Slot,
    /// The members who read it, by name, the most trusted first.
    pub readers: Vec<String>,
    /// How many of them must agree. One reader: 1. Two: 1 (the first listed who read it counts) or 2. Three or more: the
    /// majority, which need not be written.
    #[serde(default)]
    pub need: Option<u8>,
    /// The member that the meter's own household runs, if it does.
    #[serde(default)]
    pub home: Option<String>,
}

impl FileMeter {
    /// How many readers must agree: as stated, else the majority.
    pub fn needs(&self) -> u8 {
        let readers = u8::try_from(self.readers.len()).unwrap_or(u8::MAX);
        self.need.unwrap_or(readers.div_euclid(2).saturating_add(1))
    }
}

impl SharedFile {
    /// When it says that reports are made.
    pub fn times(&self) -> Times {
        Times {
            window: self.window.0,
            offset: self.offset.0,
            delay: self.delay.0,
            slot: self.slot.0,
        }
    }
}
