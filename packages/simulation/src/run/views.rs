//! What is read off a run.

use gridpact_units::{Energy, EnergyTotal};

use super::{Interval, Run, Stretch};

impl Run {
    /// The intervals of a stretch.
    pub fn intervals_of(&self, stretch: &Stretch) -> &[Interval] {
        self.intervals_from(stretch.from, stretch.intervals)
    }

    /// So many intervals from a position on; none where not all of them are there.
    pub fn intervals_from(&self, from: usize, count: usize) -> &[Interval] {
        let rest = self.intervals.get(from..).unwrap_or_default();
        rest.get(..count).unwrap_or_default()
    }

    /// Needs that balances cut, because their homes could not pay for more, and in how many intervals.
    pub fn cut(&self) -> (EnergyTotal, usize) {
        let cuts = self.intervals.iter();
        let cuts = cuts.map(|interval| Energy(interval.demand.saturating_sub(interval.payable)));
        let cuts = cuts.filter(|cut| !cut.is_zero());
        (cuts.clone().sum(), cuts.count())
    }

    /// The name of a slot's meter in the data.
    pub fn meter_name(&self, slot: usize) -> &str {
        self.meters.get(slot).map_or("", |meter| &meter.name)
    }
}
