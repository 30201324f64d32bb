//! Money on its way: bands from where it came through the escrow to where it went.

use core::fmt::Write;

use super::plot::picture;

const FLOW_HEIGHT: f64 = 210.0;
const GAP: f64 = 6.0;
/// Above the bands: the escrow's name.
const TOP: f64 = 36.0;
/// A band's name needs this much.
const NAME_HEIGHT: f64 = 10.0;

/// One end of a band.
pub struct End {
    /// Its name and how much.
    pub name: String,
    /// How much, in base units.
    pub amount: u128,
    /// Its colour.
    pub class: &'static str,
}

/// Where money came from and went to. All texts are markup.
pub struct MoneyFlow {
    /// All of it, in base units.
    pub total: u128,
    /// Where it came from.
    pub from: Vec<End>,
    /// Where it went.
    pub to: Vec<End>,
    /// Above the middle.
    pub middle: String,
    /// Below the picture.
    pub outcome: String,
}

impl MoneyFlow {
    /// The picture; `label` says for those who hear it what it shows.
    pub fn draw(&self, label: &str) -> String {
        // Writing to a String cannot fail.
        let mut marks = String::new();
        self.bands(&mut marks, &self.from, (200.0, 390.0), true);
        self.bands(&mut marks, &self.to, (460.0, 650.0), false);
        let _ = writeln!(
            marks,
            "<rect class=\"demand\" x=\"390\" y=\"36\" width=\"70\" height=\"{FLOW_HEIGHT}\" rx=\"6\"/>"
        );
        let _ = writeln!(
            marks,
            "<text class=\"strong\" x=\"425\" y=\"22\" text-anchor=\"middle\">{}</text>",
            self.middle
        );
        let height = TOP + self.height_of(&self.from).max(self.height_of(&self.to)) + 40.0;
        let bottom = height - 10.0;
        let _ = writeln!(
            marks,
            "<text x=\"425\" y=\"{bottom}\" text-anchor=\"middle\">{}</text>",
            self.outcome
        );
        picture(height, label, &marks)
    }

    fn size(&self, end: &End) -> f64 {
        end.amount as f64 / self.total as f64
    }

    /// How far down the bands' names reach.
    fn height_of(&self, ends: &[End]) -> f64 {
        ends.iter()
            .map(|end| (self.size(end) * FLOW_HEIGHT).max(NAME_HEIGHT) + GAP)
            .sum()
    }

    /// Bands between the names at one side and the escrow in the middle.
    fn bands(&self, marks: &mut String, ends: &[End], x: (f64, f64), names_left: bool) {
        let (mut outer, mut inner) = (TOP, TOP);
        for end in ends {
            let height = self.size(end) * FLOW_HEIGHT;
            let (outside, inside) = if names_left {
                (outer, inner)
            } else {
                (inner, outer)
            };
            let middle = (x.0 + x.1) / 2.0;
            let _ = writeln!(
                marks,
                "<path class=\"{} fade\" d=\"M{x0} {a:.1}C{middle} {a:.1} {middle} {b:.1} {x1} {b:.1}L{x1} {c:.1}C{middle} {c:.1} {middle} {d:.1} {x0} {d:.1}Z\"/>",
                end.class,
                x0 = x.0,
                x1 = x.1,
                a = outside,
                b = inside,
                c = inside + height,
                d = outside + height,
            );
            let (at, anchor) = if names_left {
                (x.0 - 8.0, "end")
            } else {
                (x.1 + 8.0, "start")
            };
            let centre = outer + height / 2.0 + 4.0;
            let _ = writeln!(
                marks,
                "<text x=\"{at}\" y=\"{centre:.1}\" text-anchor=\"{anchor}\">{}</text>",
                end.name
            );
            outer += height.max(NAME_HEIGHT) + GAP;
            inner += height;
        }
    }
}
