//! Dots: one a home and rule.

use super::plot::Plot;
use super::{range, scaled};

/// The dots of one rule, a colour of their own.
pub struct Series {
    /// The colour.
    pub class: &'static str,
    /// One a home, in the order of the columns.
    pub dots: Vec<Dot>,
}

/// A dot in its column.
pub struct Dot {
    /// A whole number of 10^-scale.
    pub value: i128,
    /// Shown when pointed at.
    pub title: String,
}

/// A picture of dots.
pub struct Scatter<'a> {
    /// Pixels.
    pub height: u16,
    /// Values are 10^-scale of the unit.
    pub scale: u32,
    /// What stands at the axis.
    pub unit: &'a str,
    /// Room beyond the extreme dots, percent.
    pub room: u8,
    /// What the picture shows, for those who hear it.
    pub label: &'a str,
}

impl Scatter<'_> {
    /// Draws the dots; later ones lie over earlier ones.
    pub fn draw(&self, series: &[Series]) -> String {
        let columns = series.iter().map(|series| series.dots.len()).max();
        let dots = series.iter().flat_map(|series| &series.dots);
        let (low, high) = range(dots.map(|dot| scaled(dot.value, self.scale)));
        let room = 1.0 + f64::from(self.room) / 100.0;
        let mut plot = Plot::new(
            f64::from(self.height),
            (-1.0, columns.unwrap_or_default() as f64),
            (low * room, high * room),
        )
        .y_axis(self.unit);
        for Series { class, dots } in series {
            for (position, dot) in dots.iter().enumerate() {
                plot.dot(position as f64, scaled(dot.value, self.scale), class, &dot.title);
            }
        }
        plot.x_labels(&[]).finish(self.label)
    }
}
