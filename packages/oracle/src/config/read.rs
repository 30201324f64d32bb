//! The file's text to what it says, checked.

use std::path::{Path, PathBuf};

use toml::de::DeTable;
use toml::Spanned;

use super::check::check;
use super::place::Place;
use super::shape::Config;

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: {cause}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A key that nobody knows, or a value that is not what it should be; the words name the line.
    #[error("{}: {cause}", path.display())]
    Shape {
        /// Which.
        path: PathBuf,
        /// What is wrong, with line and column.
        cause: String,
    },
    /// Values that do not fit together.
    #[error("{}, line {line}: {problem}", path.display())]
    Value {
        /// Which.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What was expected, and what came.
        problem: String,
    },
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// It cannot be read; an unknown key, a value that is none, values that do not fit together, each with its line.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Read {
            path: path.to_owned(),
            cause,
        })?;
        Self::parse(&text, path)
    }

    /// The same of a text; `path` names it, and other paths are meant beside it.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| ConfigError::Shape {
            path: path.to_owned(),
            cause: error.to_string(),
        })?;
        check(&config).map_err(|(place, problem)| ConfigError::Value {
            path: path.to_owned(),
            line: line_of(text, byte_of(text, place)),
            problem,
        })?;
        config.paths_beside(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }
}

/// Where a place begins; the file's beginning for a key that is left out.
fn byte_of(text: &str, place: Place) -> usize {
    let (table, number, key) = match place {
        Place::Byte(byte) => return byte,
        Place::Key(table, number, key) => (table, number, key),
    };
    let Ok(file) = DeTable::parse(text) else { return 0 };
    let found = file
        .get_ref()
        .get(table)
        .map(Spanned::get_ref)
        .and_then(|tables| match number {
            None => tables.as_table(),
            Some(number) => tables.as_array()?.get(number)?.get_ref().as_table(),
        });
    let value = found.and_then(|table| table.get(key));
    value.map_or(0, |value| value.span().start)
}

/// The line of a byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    before.saturating_add(1)
}
