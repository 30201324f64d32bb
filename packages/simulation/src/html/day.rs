//! The community's day: surplus, deficit and what was shared, averaged over a stretch by the local time of day.

use super::chart::{legend, Plot};
use super::section as frame;
use super::text::{count, escape};
use crate::run::{Interval, Run, Stretch};

const SECONDS_PER_DAY: i64 = 86_400;

pub fn section(run: &Run) -> String {
    // One scale for all stretches, so that winter beside summer tells the truth.
    let days: Vec<Day> = run
        .stretches
        .iter()
        .map(|stretch| Day::of(run, stretch))
        .collect();
    let top = days.iter().map(Day::top).fold(0.0, f64::max);
    let mut body = legend(&[
        ("sun", "surplus of some homes"),
        ("shared", "shared with neighbours"),
        ("demand", "what the others needed"),
    ]);
    for (stretch, day) in run.stretches.iter().zip(&days) {
        let whole_days = stretch.intervals / day.surplus.len().max(1);
        let name = format!(
            "{}, mean of {}",
            escape(&stretch.label),
            count(whole_days.max(1), "day")
        );
        body.push_str(&format!("<h3>{name}</h3>\n{}", day.draw(top * 1.05, &name)));
    }
    frame(
        "day",
        "The community's day",
        "Where the green reaches the line, neighbours covered everything; amber above green went to nobody here.",
        &body,
    )
}

/// Mean power by time of day, in kW.
struct Day {
    surplus: Vec<f64>,
    demand: Vec<f64>,
    shared: Vec<f64>,
}

impl Day {
    fn of(run: &Run, stretch: &Stretch) -> Self {
        let seconds = i64::from(run.interval_seconds.max(1));
        let bins = usize::try_from(SECONDS_PER_DAY / seconds).unwrap_or(1).max(1);
        let intervals = &run.intervals[stretch.from..stretch.from + stretch.intervals];
        let mut counts = vec![0_u32; bins];
        let bin = |interval: &Interval| {
            let local = i64::try_from(interval.start).unwrap_or(0) + i64::from(stretch.utc_offset);
            usize::try_from(local.rem_euclid(SECONDS_PER_DAY) / seconds).unwrap_or(0) % bins
        };
        for interval in intervals {
            counts[bin(interval)] += 1;
        }
        // mWh an interval to kW: / 10^6 x 3,600 / seconds.
        let to_kilowatts = 3_600.0 / 1e6 / seconds as f64;
        let mean = |value: fn(&Interval) -> u64| {
            let mut means = vec![0.0; bins];
            for interval in intervals {
                let at = bin(interval);
                means[at] += value(interval) as f64 * to_kilowatts / f64::from(counts[at]);
            }
            means
        };
        Self {
            surplus: mean(|i| i.supply),
            demand: mean(|i| i.demand),
            shared: mean(|i| i.shared),
        }
    }

    fn top(&self) -> f64 {
        self.surplus
            .iter()
            .chain(&self.demand)
            .copied()
            .fold(0.0, f64::max)
    }

    fn draw(&self, top: f64, label: &str) -> String {
        let hours_a_bin = 24.0 / self.surplus.len() as f64;
        let points = |values: &[f64]| -> Vec<(f64, f64)> {
            values
                .iter()
                .enumerate()
                .map(|(bin, value)| ((bin as f64 + 0.5) * hours_a_bin, *value))
                .collect()
        };
        let hours: Vec<(f64, String)> = (0_u8..=8)
            .map(|step| (f64::from(step * 3), format!("{}:00", step * 3)))
            .collect();
        Plot::new(230.0, (0.0, 24.0), (0.0, top))
            .y_axis("kW")
            .area(&points(&self.surplus), "sun")
            .area(&points(&self.shared), "shared")
            .line(&points(&self.demand), "demand")
            .x_labels(&hours)
            .finish(label)
    }
}
