//! What a row is told from: the row before.

use crate::row::{Kind, Row};

/// What is known of a row from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub at: u64,
    pub step: u64,
    pub line: u64,
    pub lines: u64,
    pub setting: Setting,
}

/// What seldom changes from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub seconds: u32,
    pub file: u16,
    pub offset: i16,
    pub ends: bool,
    pub kind: Kind,
}

impl Setting {
    pub fn of(row: &Row) -> Self {
        Self {
            seconds: row.seconds,
            file: row.origin.file,
            offset: row.offset,
            ends: row.ends,
            kind: row.kind,
        }
    }
}

impl Default for Before {
    fn default() -> Self {
        let setting = Setting {
            seconds: 0,
            file: 0,
            offset: 0,
            ends: false,
            kind: Kind::Energy,
        };
        Self {
            at: 0,
            step: 0,
            line: 0,
            lines: 0,
            setting,
        }
    }
}
