//! What was doubtful in files that were read: told with file, line and meter, and never silently settled.

pub mod what;

use core::fmt;
use std::collections::BTreeMap;

use what::What;

/// Something that was noticed, once a file and meter, however often it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file.
    pub file: String,
    /// The meter, where it is of one.
    pub meter: Option<String>,
    /// The first lines that it is of, at most [`MAX_LINES`]; of rows that are not there, those before them.
    pub lines: Vec<u64>,
    /// How often it came.
    pub count: u64,
    /// What it is, as it came first.
    pub what: What,
}

/// The most lines that one finding names: enough to look at, and no file's worth.
pub const MAX_LINES: usize = 10;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some((first, others)) = self.lines.split_first() {
            let lines = if others.is_empty() { "line" } else { "lines" };
            write!(f, ", {lines} {first}")?;
            others.iter().try_for_each(|line| write!(f, ", {line}"))?;
            let untold = self.count.saturating_sub(self.lines.len() as u64);
            if untold > 0 {
                write!(f, " and {untold} more")?;
            }
        }
        if let Some(meter) = &self.meter {
            write!(f, ", {meter}")?;
        }
        write!(f, ": {}", self.what)?;
        match self.lines.is_empty() && self.count > 1 {
            true => write!(f, " ({} times)", self.count),
            false => Ok(()),
        }
    }
}

/// Findings as they come: one a file, meter and kind, so that they are few however large a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    by_kind: BTreeMap<(String, Option<String>, &'static str), Finding>,
}

impl Findings {
    /// Adds one that came so often.
    pub fn add(&mut self, file: &str, line: Option<u64>, meter: Option<&str>, times: u64, what: What) {
        let key = (file.to_owned(), meter.map(ToOwned::to_owned), what.name());
        let finding = self.by_kind.entry(key).or_insert_with(|| Finding {
            file: file.to_owned(),
            meter: meter.map(ToOwned::to_owned),
            lines: Vec::new(),
            count: 0,
            what,
        });
        finding.count = finding.count.saturating_add(times);
        // A line may hold many readings.
        if finding.lines.len() < MAX_LINES && finding.lines.last().copied() != line {
            finding.lines.extend(line);
        }
    }

    /// All of them, what matters most first, then by file and meter.
    pub fn into_list(self) -> Vec<Finding> {
        let mut all: Vec<Finding> = self.by_kind.into_values().collect();
        all.sort_by_key(|finding| core::cmp::Reverse(finding.what.severity()));
        all
    }
}
