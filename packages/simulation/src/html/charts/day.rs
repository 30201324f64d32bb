//! A day: mean power by the local time of day.

use super::plot::Plot;
use super::range;
use crate::run::{Interval, Run, Stretch};

const SECONDS_PER_DAY: u32 = 86_400;

/// Mean power by time of day, in kW.
pub struct Day {
    surplus: Vec<f64>,
    demand: Vec<f64>,
    shared: Vec<f64>,
}

impl Day {
    /// The mean of all days of a stretch.
    pub fn of(run: &Run, stretch: &Stretch) -> Self {
        let seconds = run.interval_seconds.max(1);
        let bins = SECONDS_PER_DAY.checked_div(seconds).unwrap_or(1);
        let bins = usize::try_from(bins).unwrap_or(1).max(1);
        let bin = |interval: &Interval| {
            let start = i64::try_from(interval.start).unwrap_or(0);
            let local = start.saturating_add(stretch.utc_offset.into());
            let second = local.rem_euclid(SECONDS_PER_DAY.into());
            let bin = second.checked_div(seconds.into()).unwrap_or(0);
            usize::try_from(bin).unwrap_or(0)
        };
        let intervals = run.intervals_of(stretch);
        let mut counts = vec![0_u32; bins];
        for interval in intervals {
            if let Some(count) = counts.get_mut(bin(interval)) {
                *count = count.saturating_add(1);
            }
        }
        // mWh an interval to kW: / 10^6 x 3,600 / seconds.
        let to_kilowatts = 3_600.0 / 1e6 / f64::from(seconds);
        let mean = |value: fn(&Interval) -> u64| {
            let mut means = vec![0.0; bins];
            for interval in intervals {
                let at = bin(interval);
                if let (Some(mean), Some(count)) = (means.get_mut(at), counts.get(at)) {
                    *mean += value(interval) as f64 * to_kilowatts / f64::from(*count);
                }
            }
            means
        };
        Self {
            surplus: mean(|interval| interval.supply),
            demand: mean(|interval| interval.demand),
            shared: mean(|interval| interval.shared),
        }
    }

    /// Intervals of a day.
    pub fn intervals(&self) -> usize {
        self.surplus.len()
    }

    /// The picture, on the scale of all `days`, so that winter beside summer tells the truth.
    pub fn draw(&self, days: &[Self], label: &str) -> String {
        let (_, top) = range(
            days.iter()
                .flat_map(|day| day.surplus.iter().chain(&day.demand).copied()),
        );
        let hours_a_bin = 24.0 / self.surplus.len() as f64;
        let points = |values: &[f64]| -> Vec<(f64, f64)> {
            let point = |(bin, value): (usize, &f64)| ((bin as f64 + 0.5) * hours_a_bin, *value);
            values.iter().enumerate().map(point).collect()
        };
        let hours: Vec<(f64, String)> = [0_u8, 3, 6, 9, 12, 15, 18, 21, 24]
            .map(|hour| (f64::from(hour), format!("{hour}:00")))
            .to_vec();
        Plot::new(230.0, (0.0, 24.0), (0.0, top * 1.05))
            .y_axis("kW")
            .area(&points(&self.surplus), "sun")
            .area(&points(&self.shared), "shared")
            .line(&points(&self.demand), "demand")
            .x_labels(&hours)
            .finish(label)
    }
}
