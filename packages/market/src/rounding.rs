//! How shares are rounded to whole mWh, by number.

use serde::{Deserialize, Serialize};

/// How a division's remainder is given out, by a number, so that a later rule is another number and what was settled under
/// this one can still be recomputed.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RoundingRule(pub u8);

impl RoundingRule {
    /// Who lost most by rounding down gets 1 mWh more; ties go by a hash of interval, side and slot (or household).
    pub const LARGEST_REMAINDER: Self = Self(1);
}

impl Default for RoundingRule {
    fn default() -> Self {
        Self::LARGEST_REMAINDER
    }
}
