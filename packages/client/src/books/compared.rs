use core::fmt::Display;

/// One thing that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What.
    pub what: String,
    /// What the transactions come to.
    pub recomputed: String,
    /// What the contract says.
    pub told: String,
}

impl Compared {
    pub(super) fn of(what: impl Into<String>, recomputed: impl Display, told: impl Display) -> Self {
        Self {
            what: what.into(),
            recomputed: recomputed.to_string(),
            told: told.to_string(),
        }
    }

    /// Whether both are the same.
    pub fn is_same(&self) -> bool {
        self.recomputed == self.told
    }
}
