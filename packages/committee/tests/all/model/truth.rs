//! What the meters count, and what a member reads of them.

use gridpact_committee::member::event::Event;
use gridpact_units::{Energy, Reading};

use super::setting::{Hostile, Variant};
use super::world::World;
use gridpact_chance::mix;

/// What a meter took and gave in an interval, mWh; whole counts of a watt-hour.
pub fn truth(meter: u64, interval: u64) -> (u64, u64) {
    let number = mix(meter * 1_000_003 + interval);
    (number % 900 * 1_000, number / 1_000 % 700 * 1_000)
}

impl World {
    /// What a member has read by now: a count more or less than the truth, now and then late, nothing of other members' meters.
    pub fn read(&self, member: u8, first: u64, intervals: u16, roster: u32) -> Vec<Reading> {
        let seats = self.registry.rosters[roster as usize - 1].1;
        let lies = self.setting.hostile[usize::from(member)] == Some(Hostile::Lies);
        let mut readings = Vec::new();
        for interval in first..first + u64::from(intervals) {
            for meter in 0..seats {
                let reads = self
                    .setting
                    .readers
                    .get(meter)
                    .is_some_and(|readers| readers.contains(&member));
                let number = mix(interval * 7_919 + meter as u64 * 101 + u64::from(member));
                let late = if number.is_multiple_of(10) {
                    number / 10 % 900
                } else {
                    number % 60
                };
                let here = self.now / 1_000 >= Self::end_of(interval) + late;
                if !reads || !here {
                    readings.push(Reading::MISSING);
                    continue;
                }
                let (import, export) = truth(meter as u64, interval);
                let (import, export) = match number % 3 {
                    _ if lies => (import + 500_000, export + 300_000),
                    0 => (import + 1_000, export),
                    1 => (import, export + 1_000),
                    _ => (import, export),
                };
                readings.push(Reading::measured(Energy(import), Energy(export)));
            }
        }
        readings
    }

    /// What a member read comes to it. What it read whole long before the slot is counted on from then.
    pub fn feed(&mut self, member: u8, event: Event) {
        if let Event::Read {
            next,
            readings,
            ahead: true,
            ..
        } = &event
        {
            let (first, seats) = (
                next.first.0,
                self.registry.rosters[next.roster_version as usize - 1].1,
            );
            let whole = readings.iter().enumerate().all(|(place, reading)| {
                let readers = self.setting.readers.get(place % seats);
                !readers.is_some_and(|readers| readers.contains(&member)) || !reading.is_missing()
            });
            let up = self.nodes[usize::from(member)].member.is_some();
            if whole && up && self.calm() && self.setting.second_file.is_none() {
                self.see("whole ahead");
                self.promises.whole_ahead.insert((member, first));
            }
            if self.setting.variant == Variant::SaidLate {
                return;
            }
        }
        self.happen(member, event);
    }

    /// A lie about one reading, for those who forge.
    pub fn lie(reading: &mut Reading) {
        *reading = Reading::measured(Energy(reading.import.0 + 700_000), Energy(reading.export.0));
    }
}
