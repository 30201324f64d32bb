//! Which way energy goes.

/// Which way energy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the wire.
    Import,
    /// To the wire.
    Export,
}

impl core::fmt::Display for Direction {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Import => "import",
            Self::Export => "export",
        })
    }
}
