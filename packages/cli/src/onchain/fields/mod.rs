//! Reading a file that a person wrote: every mistake is told at once, each with its line and field.
//!
//! A reader takes the fields it knows, one by one; what it cannot use becomes a problem, and reading goes on. Whatever is
//! left over at the end is a problem too: a misspelt field is never silently ignored.

mod problems;

use core::fmt::Display;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use toml::de::{DeTable, DeValue};
use toml::Spanned;

pub use problems::Problems;

/// Reads the text of a file: `read` takes its outermost fields and returns `None` where it noted a problem. It may note more
/// problems of what it has read.
///
/// # Errors
/// Everything that is wrong with the file, each with its line.
pub fn read<T>(
    path: &Path,
    text: &str,
    read: impl for<'f> FnOnce(Fields<'f>, &'f Problems<'f>) -> Option<T>,
) -> Result<T> {
    let problems = Problems::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        problems.add(at, error.message().to_owned());
    }
    // What is not TOML would make every field a problem.
    problems.check(path)?;
    let found = read(
        Fields::at(String::new(), 0, table.get_ref(), &problems),
        &problems,
    );
    problems.check(path)?;
    found.with_context(|| format!("{}: not read, and nothing found wrong", path.display()))
}

/// The fields of one table.
#[derive(Debug)]
pub struct Fields<'f> {
    path: String,
    at: usize,
    table: &'f DeTable<'f>,
    taken: RefCell<BTreeSet<&'static str>>,
    problems: &'f Problems<'f>,
}

impl<'f> Fields<'f> {
    fn at(path: String, at: usize, table: &'f DeTable<'f>, problems: &'f Problems<'f>) -> Self {
        Self {
            path,
            at,
            table,
            taken: RefCell::default(),
            problems,
        }
    }

    /// Whether a field is given.
    pub fn has(&self, name: &'static str) -> bool {
        self.taken.borrow_mut().insert(name);
        self.table.contains_key(name)
    }

    /// A text, read by `read`.
    pub fn text<T, E: Display>(
        &self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = self.required(name, "a text in quotes")?;
        let Some(text) = value.get_ref().as_str() else {
            return self.wrong_type(name, value, "a text in quotes");
        };
        match read(text) {
            Ok(read) => Some(read),
            Err(error) => self.problem(name, &format!("{error:#}")),
        }
    }

    /// A whole number within bounds.
    pub fn whole(&self, name: &'static str, min: u64, max: u64) -> Option<u64> {
        let expected = format!("a whole number of {min} to {max}");
        let value = self.required(name, &expected)?;
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong_type(name, value, &expected);
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        match number.filter(|number| (min..=max).contains(number)) {
            Some(number) => Some(number),
            None => self.problem(name, &format!("expected {expected}, got {}", integer.as_str())),
        }
    }

    /// A list of texts, each read by `read`. One problem in it does not hide the others.
    pub fn texts<T, E: Display>(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<Vec<T>> {
        let expected = "a list of texts";
        let value = self.required(name, expected)?;
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_type(name, value, expected);
        };
        let mut all = Some(Vec::new());
        for (position, entry) in list.iter().enumerate() {
            let text = entry
                .get_ref()
                .as_str()
                .ok_or_else(|| "expected a text in quotes".to_owned());
            match text.and_then(|text| read(text).map_err(|error| format!("{error:#}"))) {
                Ok(entry) => {
                    if let Some(all) = all.as_mut() {
                        all.push(entry);
                    }
                }
                Err(error) => {
                    let path = format!("{}[{position}]", self.path_of(name));
                    self.problems.add(entry.span().start, format!("{path}: {error}"));
                    all = None;
                }
            }
        }
        all
    }

    /// A table.
    pub fn table(&self, name: &'static str) -> Option<Fields<'f>> {
        let value = self.required(name, "a table")?;
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type(name, value, "a table");
        };
        Some(Self::at(
            self.path_of(name),
            value.span().start,
            table,
            self.problems,
        ))
    }

    /// A list of tables; none where the field is missing.
    pub fn tables(&self, name: &'static str) -> Vec<Fields<'f>> {
        if !self.has(name) {
            return Vec::new();
        }
        let Some(value) = self.table.get(name) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            let _: Option<()> = self.wrong_type(name, value, "a list of tables");
            return Vec::new();
        };
        let entry = |(position, entry): (usize, &'f Spanned<DeValue<'f>>)| {
            let path = format!("{}[{position}]", self.path_of(name));
            let table = entry.get_ref().as_table();
            if table.is_none() {
                self.problems
                    .add(entry.span().start, format!("{path}: expected a table"));
            }
            Some(Self::at(path, entry.span().start, table?, self.problems))
        };
        list.iter().enumerate().filter_map(entry).collect()
    }

    /// Notes what is wrong with a field, at its line, or with the table where the field is missing. Always `None`, so that
    /// a reader can end with it.
    pub fn problem<T>(&self, name: &'static str, problem: &str) -> Option<T> {
        let at = self.table.get(name).map_or(self.at, |value| value.span().start);
        self.problems
            .add(at, format!("{}: {problem}", self.path_of(name)));
        None
    }

    /// Notes what is wrong with the table as a whole, at its first line. Always `None`.
    pub fn problem_here<T>(&self, problem: &str) -> Option<T> {
        self.problems.add(self.at, format!("{}: {problem}", self.path));
        None
    }

    /// Notes every field that nobody took.
    pub fn finish(self) {
        let taken = self.taken.into_inner();
        let known: Vec<&str> = taken.iter().copied().collect();
        for name in self
            .table
            .keys()
            .filter(|name| !taken.contains(name.get_ref().as_ref()))
        {
            let place = if self.path.is_empty() {
                "at the top"
            } else {
                self.path.as_str()
            };
            let problem = format!(
                "{}: unknown field; known {place}: {}",
                join(&self.path, name.get_ref()),
                known.join(", ")
            );
            self.problems.add(name.span().start, problem);
        }
    }

    fn required(&self, name: &'static str, expected: &str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.taken.borrow_mut().insert(name);
        let value = self.table.get(name);
        if value.is_none() {
            let _: Option<()> = self.problem(name, &format!("expected {expected}, got nothing"));
        }
        value
    }

    fn wrong_type<T>(&self, name: &'static str, value: &Spanned<DeValue>, expected: &str) -> Option<T> {
        self.problem(
            name,
            &format!("expected {expected}, got {}", value.get_ref().type_str()),
        )
    }

    fn path_of(&self, name: &str) -> String {
        join(&self.path, name)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
