//! What the allocation rules are called where people write them: in a grid's file, on a command line.

use core::str::FromStr;

use crate::policy::AllocationRule;

impl AllocationRule {
    /// Every rule by its name.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("even", Self::Even),
        ("pro_rata", Self::ProRata),
        ("static", Self::Static { reoffer: true }),
        ("static-no-reoffer", Self::Static { reoffer: false }),
        ("priority", Self::Priority),
    ];

    /// The rule's name, which reads back as the same rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::ProRata => "pro_rata",
            Self::Static { reoffer: true } => "static",
            Self::Static { reoffer: false } => "static-no-reoffer",
            Self::Priority => "priority",
        }
    }
}

impl FromStr for AllocationRule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let found = Self::NAMED.into_iter().find(|(known, _)| *known == name);
        found
            .map(|(_, rule)| rule)
            .ok_or_else(|| UnknownRule { got: name.to_owned() })
    }
}

/// A name that no allocation rule has.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("expected {}, got `{got}`", AllocationRule::NAMED.map(|(name, _)| name).join(", "))]
pub struct UnknownRule {
    /// The name.
    pub got: String,
}
