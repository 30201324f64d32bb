//! A proposal as a profile's file.

use core::fmt::Write;

use super::found::{header, Directions, Value};
use crate::profile::sample::Sample;
use crate::profile::times::Times;
use crate::profile::words::{self, Way};

/// What is written of a proposal.
pub(super) struct Writing<'a> {
    pub sample: &'a Sample,
    pub name: &'a str,
    pub zone: &'a str,
    pub times: &'a Times,
    pub values: &'a [Value],
    pub directions: Option<&'a Directions>,
    pub meter: Option<usize>,
    pub quality: Option<usize>,
}

impl Writing<'_> {
    /// The profile as a file; what was assumed on the way is noted.
    pub fn text(&self, notes: &mut Vec<String>) -> String {
        let mut text = format!(
            "# Proposed by `gridpact readings guess`; look through it before you believe it.\nname = {}\nzone = {}\n\n[time]\nstart = {}\n",
            quoted(self.name),
            quoted(self.zone),
            self.columns(&self.times.start)
        );
        // Writing to a String cannot fail.
        let _ = self.rest(&mut text, notes);
        text
    }

    fn rest(&self, text: &mut String, notes: &mut Vec<String>) -> core::fmt::Result {
        if let Some(end) = &self.times.end {
            writeln!(text, "end = {}", self.columns(end))?;
        }
        writeln!(text, "format = {}", quoted(&self.times.format))?;
        if self.times.ends {
            writeln!(text, "ends = true")?;
        }
        if self.times.midnight_ends_day {
            writeln!(text, "midnight_ends_day = true")?;
        }
        if self.times.later > 0 {
            writeln!(text, "later = {}", self.times.later)?;
        }
        if let Some(meter) = self.meter {
            writeln!(text, "\n[meter]\ncolumn = {}", quoted(header(self.sample, meter)))?;
        }
        if let Some((column, import, export)) = self.directions {
            writeln!(
                text,
                "\n[direction]\ncolumn = {}",
                quoted(header(self.sample, *column))
            )?;
            writeln!(text, "import = {}\nexport = {}", list(import), list(export))?;
        }
        for value in self.values {
            writeln!(
                text,
                "\n[[values]]\ncolumn = {}",
                quoted(header(self.sample, value.column))
            )?;
            writeln!(text, "unit = {}", quoted(value.unit.name()))?;
            if let Some(way) = value.way {
                let way = match way {
                    Way::Import => "import",
                    Way::Export => "export",
                    Way::Net => "net",
                };
                writeln!(text, "direction = {}", quoted(way))?;
            }
            if let Some(meter) = &value.meter {
                writeln!(text, "meter = {}", quoted(meter))?;
            }
            if let Some(mark) = value.thousands {
                writeln!(text, "thousands = {}", quoted(&mark.to_string()))?;
            }
            if value.register {
                writeln!(text, "register = true")?;
            }
            if value.fine {
                writeln!(
                    text,
                    "rounding = {}",
                    quoted(if value.register { "down" } else { "nearest" })
                )?;
                notes.push(format!(
                    "`{}` has more digits than an energy; they are rounded",
                    header(self.sample, value.column)
                ));
            }
        }
        if let Some(column) = self.quality {
            self.quality(column, text, notes)?;
        }
        Ok(())
    }

    fn quality(&self, column: usize, text: &mut String, notes: &mut Vec<String>) -> core::fmt::Result {
        writeln!(
            text,
            "\n[quality]\ncolumn = {}",
            quoted(header(self.sample, column))
        )?;
        let cells = self.sample.different(column);
        for name in [
            "measured",
            "substituted_final",
            "substituted_provisional",
            "missing",
        ] {
            let of = cells.iter().filter(|cell| words::quality(cell) == Some(name));
            let of: Vec<String> = of.map(|cell| (*cell).to_owned()).collect();
            if !of.is_empty() {
                writeln!(text, "{name} = {}", list(&of))?;
            }
        }
        let unknown: Vec<&str> = cells
            .into_iter()
            .filter(|cell| words::quality(cell).is_none())
            .collect();
        if !unknown.is_empty() {
            notes.push(format!(
                "what `{}` says in `{}` is not known and taken for a substitute that may change",
                unknown.join("`, `"),
                header(self.sample, column)
            ));
        }
        writeln!(text, "others = \"substituted_provisional\"")
    }

    fn columns(&self, columns: &[usize]) -> String {
        let names: Vec<String> = columns
            .iter()
            .map(|column| header(self.sample, *column).to_owned())
            .collect();
        list(&names)
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
