//! Telling how far a run is.

/// Hears of every window that is settled: how many are, and of how many.
pub type OnSettled<'a> = &'a dyn Fn(usize, usize);
