//! A small drawing board: a frame with axes in data coordinates, and the marks the page uses. SVG with classes; the
//! colours stand in the style sheet.

use core::fmt::Write;

use crate::html::text::escape;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 34.0;

/// A picture with a horizontal and a vertical axis.
pub struct Plot {
    height: f64,
    x: (f64, f64),
    y: (f64, f64),
    marks: String,
}

impl Plot {
    /// A frame `height` pixels high over these ranges; an empty range is widened, so that nothing divides by zero.
    pub fn new(height: f64, x: (f64, f64), y: (f64, f64)) -> Self {
        let widen = |(low, high): (f64, f64)| if high > low { (low, high) } else { (low, low + 1.0) };
        Self {
            height,
            x: widen(x),
            y: widen(y),
            marks: String::new(),
        }
    }

    fn px(&self, x: f64) -> f64 {
        LEFT + (x - self.x.0) / (self.x.1 - self.x.0) * (WIDTH - LEFT - RIGHT)
    }

    fn py(&self, y: f64) -> f64 {
        self.height - BOTTOM - (y - self.y.0) / (self.y.1 - self.y.0) * (self.height - TOP - BOTTOM)
    }

    fn add(&mut self, mark: core::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.marks.write_fmt(mark);
        self.marks.push('\n');
    }

    /// Lines and figures of the vertical axis, at round values.
    #[must_use]
    pub fn y_axis(mut self, unit: &str) -> Self {
        let step = round_step((self.y.1 - self.y.0) / 5.0);
        let mut value = (self.y.0 / step).ceil() * step;
        while value <= self.y.1 + step * 1e-6 {
            let at = self.py(value);
            let right = WIDTH - RIGHT;
            self.add(format_args!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>"
            ));
            let (x, y) = (LEFT - 8.0, at + 4.0);
            let figure = figure(value, step);
            self.add(format_args!(
                "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{figure}</text>"
            ));
            value += step;
        }
        let unit = escape(unit);
        self.add(format_args!(
            "<text class=\"strong\" x=\"{}\" y=\"{}\">{unit}</text>",
            LEFT,
            TOP - 10.0
        ));
        self
    }

    /// Names below the horizontal axis.
    #[must_use]
    pub fn x_labels(mut self, labels: &[(f64, String)]) -> Self {
        let base = self.py(self.y.0.max(0.0).min(self.y.1));
        let right = WIDTH - RIGHT;
        self.add(format_args!(
            "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>"
        ));
        for (x, label) in labels {
            let (x, y) = (self.px(*x), self.height - 12.0);
            let label = escape(label);
            self.add(format_args!(
                "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
            ));
        }
        self
    }

    /// The area between a line and zero.
    #[must_use]
    pub fn area(mut self, points: &[(f64, f64)], class: &str) -> Self {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return self;
        };
        let base = self.py(0.0);
        let path = self.path(points);
        let (end, start) = (self.px(last.0), self.px(first.0));
        self.add(format_args!(
            "<path class=\"{class}\" d=\"{path}L{end:.1} {base:.1}L{start:.1} {base:.1}Z\"/>"
        ));
        self
    }

    /// A line through points.
    #[must_use]
    pub fn line(mut self, points: &[(f64, f64)], class: &str) -> Self {
        let path = self.path(points);
        self.add(format_args!("<path class=\"line {class}\" d=\"{path}\"/>"));
        self
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (position, (x, y)) in points.iter().enumerate() {
            let verb = if position == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{verb}{:.1} {:.1}", self.px(*x), self.py(*y));
        }
        path
    }

    /// An upright bar from `y.0` to `y.1`; its title shows when pointed at.
    pub fn bar(&mut self, x: (f64, f64), y: (f64, f64), class: &str, title: &str) {
        let (left, right) = (self.px(x.0), self.px(x.1));
        let (a, b) = (self.py(y.0), self.py(y.1));
        let (top, height) = (a.min(b), (a - b).abs());
        let width = (right - left).max(0.5);
        let title = if title.is_empty() {
            String::new()
        } else {
            format!("<title>{}</title>", escape(title))
        };
        self.add(format_args!(
            "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\">{title}</rect>"
        ));
    }

    /// A dot; its title shows when pointed at.
    pub fn dot(&mut self, x: f64, y: f64, class: &str, title: &str) {
        let (x, y, title) = (self.px(x), self.py(y), escape(title));
        self.add(format_args!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"><title>{title}</title></circle>"
        ));
    }

    /// A dashed line across the picture with a name at its right end.
    pub fn level(&mut self, y: f64, name: &str) {
        let (at, right) = (self.py(y), WIDTH - RIGHT);
        self.add(format_args!(
            "<line class=\"level\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>"
        ));
        let (above, name) = ((at - 6.0).max(TOP + 10.0), escape(name));
        self.add(format_args!(
            "<text class=\"strong\" x=\"{right}\" y=\"{above:.1}\" text-anchor=\"end\">{name}</text>"
        ));
    }

    /// The picture; `label` says for those who hear it what it shows.
    pub fn finish(self, label: &str) -> String {
        picture(self.height, label, &self.marks)
    }
}

/// An SVG as wide as the page.
pub fn picture(height: f64, label: &str, marks: &str) -> String {
    let label = escape(label);
    format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">\n{marks}</svg>")
}

/// The next of 1, 2, 5, 10, 20, … not below a step.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-9).log10().floor());
    let digit = step / power;
    let digit = if digit <= 1.0 {
        1.0
    } else if digit <= 2.0 {
        2.0
    } else if digit <= 5.0 {
        5.0
    } else {
        10.0
    };
    digit * power
}

fn figure(value: f64, step: f64) -> String {
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    let decimals = if step >= 1.0 {
        0
    } else {
        usize::try_from(-step.log10().floor() as i64).unwrap_or(0)
    };
    format!("{value:.decimals$}")
}
