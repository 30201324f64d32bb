//! The readings of all meters in order of time.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use gridpact_units::UnixSeconds;

use crate::placed::Placed;
use crate::row_log::{RowLog, Rows};

/// The next reading of a meter.
type Next = Reverse<(UnixSeconds, usize)>;

/// By start, and by meter in an interval.
pub(super) fn merged(series: &[RowLog]) -> impl Iterator<Item = Placed> + '_ {
    let mut meters: Vec<(Rows, Option<Placed>)> = (0..)
        .zip(series)
        .map(|(meter, log)| (log.rows(meter), None))
        .collect();
    let mut heap: BinaryHeap<Next> = BinaryHeap::with_capacity(meters.len());
    for (meter, (rows, next)) in meters.iter_mut().enumerate() {
        *next = rows.next().map(|row| Placed::of(&row));
        heap.extend(next.map(|next| Reverse((next.start, meter))));
    }
    core::iter::from_fn(move || {
        let Reverse((_, meter)) = heap.pop()?;
        let (rows, next) = meters.get_mut(meter)?;
        let placed = core::mem::replace(next, rows.next().map(|row| Placed::of(&row)));
        heap.extend(next.map(|next| Reverse((next.start, meter))));
        placed
    })
}
