//! What a row's first byte says.

/// Bits of a row's first byte: the time since the row before is another one than that row's.
pub(super) const STEP: u8 = 1;
/// Lines since the row before are others than that row's.
pub(super) const LINES: u8 = 1 << 1;
/// Something of what seldom changes did.
pub(super) const SETTING: u8 = 1 << 2;
/// There is an import.
pub(super) const IMPORT: u8 = 1 << 3;
/// There is an export.
pub(super) const EXPORT: u8 = 1 << 4;
/// Above these bits stands the quality.
pub(super) const QUALITY: u32 = 5;
