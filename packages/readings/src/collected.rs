//! Rows as files give them, before anything is decided of them.

use std::collections::{BTreeMap, HashMap};

use crate::bounds::{MAX_METERS, MAX_METER_ROWS, MAX_ROWS};
use crate::csv_rows::footer::Footer;
use crate::csv_rows::CsvRows;
use crate::days::Days;
use crate::findings::what::What;
use crate::findings::Findings;
use crate::row::{Origin, Row};
use crate::row_log::RowLog;

/// How meters are named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naming {
    /// What a column of names may be called, the usual name first.
    pub columns: &'static [&'static str],
    /// A cell of a column so called as a name, or what should stand there.
    pub read: fn(&str, &str) -> Result<String, String>,
}

/// All rows of some files.
pub(crate) struct Collected {
    /// How their meters are named.
    pub naming: Naming,
    /// What is called otherwise here than in the files.
    names: BTreeMap<String, String>,
    /// Names of the files.
    pub files: Vec<String>,
    /// Names of the meters, in the order of their first rows.
    pub meters: Vec<String>,
    known: HashMap<String, u32>,
    /// What each gives.
    pub logs: Vec<RowLog>,
    /// Rows of all of them.
    pub count: usize,
    /// Rows by day.
    pub days: Days,
    /// Whether rows speak of more than one offset from UTC.
    pub offsets_differ: bool,
    offset: Option<i16>,
    /// What was noticed.
    pub findings: Findings,
}

impl Collected {
    /// Nothing yet.
    pub fn new(naming: Naming, names: &BTreeMap<String, String>) -> Self {
        Self {
            naming,
            names: names.clone(),
            files: Vec::new(),
            meters: Vec::new(),
            known: HashMap::new(),
            logs: Vec::new(),
            count: 0,
            days: Days::default(),
            offsets_differ: false,
            offset: None,
            findings: Findings::default(),
        }
    }

    /// Begins a file; what rows of it call it.
    pub fn begin(&mut self, file: &str) -> u16 {
        self.files.push(file.to_owned());
        u16::try_from(self.files.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// The position of a meter, by a cell of a column so called.
    ///
    /// # Errors
    /// What was expected: a name, or not one more.
    pub fn meter(&mut self, column: &str, text: &str) -> Result<u32, String> {
        if let Some(known) = self.known.get(text) {
            return Ok(*known);
        }
        let own = self.names.get(text).map(String::as_str);
        let name = (self.naming.read)(column, own.unwrap_or(text))?;
        if let Some(known) = self.known.get(&name).copied() {
            self.known.insert(text.to_owned(), known);
            return Ok(known);
        }
        if self.meters.len() >= MAX_METERS {
            return Err(format!("at most {MAX_METERS} meters, a grid's seats"));
        }
        let position = u32::try_from(self.meters.len()).unwrap_or(u32::MAX);
        self.meters.push(name.clone());
        self.logs.push(RowLog::default());
        self.known.insert(name, position);
        // As the file calls it too, so that its rows are found without being read again.
        self.known.insert(text.to_owned(), position);
        Ok(position)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// What was expected instead of one more.
    pub fn push(&mut self, row: Row) -> Result<(), String> {
        if self.count >= MAX_ROWS {
            return Err(format!("at most {MAX_ROWS} rows"));
        }
        let log = self.logs.get_mut(row.origin.meter as usize);
        let log = log.filter(|log| log.len() < MAX_METER_ROWS);
        let log = log.ok_or_else(|| format!("at most {MAX_METER_ROWS} rows of a meter"))?;
        log.push(&row);
        self.count = self.count.saturating_add(1);
        self.days.count(&row);
        self.offsets_differ |= *self.offset.get_or_insert(row.offset) != row.offset;
        Ok(())
    }

    /// Tells what was noticed of a row.
    pub fn notice(&mut self, origin: Origin, what: What) {
        self.notice_times(origin, 1, what);
    }

    /// Tells what was noticed so often.
    pub fn notice_times(&mut self, origin: Origin, times: u64, what: What) {
        let (file, meter) = (self.file_of(origin), self.meter_of(origin));
        self.findings
            .add(&file, Some(origin.line.into()), Some(&meter), times, what);
    }

    /// Tells of the file begun last that its letters were taken for Latin-1, and what of it is no table.
    pub fn notice_of_file(&mut self, rows: &CsvRows, footer: &Footer) {
        let above = rows.header_line().checked_sub(1).filter(|lines| *lines > 0);
        if rows.met_thousands() {
            self.findings.add(rows.file(), None, None, 1, What::Thousands);
        }
        for (line, what) in [(above.map(|_| 1), What::Above), (footer.line(), What::Below)] {
            if line.is_some() {
                self.findings.add(rows.file(), line, None, 1, what);
            }
        }
        if rows.met_latin1() {
            self.findings.add(rows.file(), None, None, 1, What::Latin1);
        }
    }

    /// Name of the file.
    pub fn file_of(&self, origin: Origin) -> String {
        self.files
            .get(usize::from(origin.file))
            .cloned()
            .unwrap_or_default()
    }

    /// The meter, as errors call it: `meter a`, `slot 7`.
    pub fn meter_of(&self, origin: Origin) -> String {
        let column = self.naming.columns.first().copied().unwrap_or_default();
        format!("{column} {}", self.name_of(origin))
    }

    /// The meter's name.
    pub fn name_of(&self, origin: Origin) -> &str {
        let name = self.meters.get(origin.meter as usize);
        name.map(String::as_str).unwrap_or_default()
    }
}
