//! One thing compared.

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;

/// What should be, and what is.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was compared.
    pub what: String,
    /// What it should be.
    pub expected: String,
    /// What the chain says.
    pub got: String,
}

impl Check {
    pub(super) fn of(what: impl Into<String>, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            expected: expected.into(),
            got: got.into(),
        }
    }

    /// Compares what has parts: one check where all is the same, else one for every part that differs, by its name:
    /// `policy.tariff[0].bands[1].retail`.
    pub(super) fn json<T: Serialize>(what: &str, expected: &T, got: &T) -> Result<Vec<Self>> {
        let (expected, got) = (serde_json::to_value(expected)?, serde_json::to_value(got)?);
        let mut checks = Vec::new();
        differences(what, &expected, &got, &mut checks);
        if checks.is_empty() {
            checks.push(Self::of(what, expected.to_string(), got.to_string()));
        }
        Ok(checks)
    }

    /// Whether both are the same.
    pub fn is_same(&self) -> bool {
        self.expected == self.got
    }

    /// For a person: what differs.
    pub fn difference(&self) -> String {
        format!("{}: expected {}, got {}", self.what, self.expected, self.got)
    }
}

/// The smallest parts that differ. Parts that are not built alike are told as a whole.
fn differences(what: &str, expected: &Value, got: &Value, checks: &mut Vec<Check>) {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) if expected.keys().eq(got.keys()) => {
            for ((name, expected), got) in expected.iter().zip(got.values()) {
                differences(&format!("{what}.{name}"), expected, got, checks);
            }
        }
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            for (position, (expected, got)) in expected.iter().zip(got).enumerate() {
                differences(&format!("{what}[{position}]"), expected, got, checks);
            }
        }
        (expected, got) if expected == got => {}
        (expected, got) => checks.push(Check::of(what, expected.to_string(), got.to_string())),
    }
}
