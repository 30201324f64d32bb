//! One file of any format to rows. What it is says its beginning; a table of ours, where nothing else does.

mod espi;
mod home_assistant;
mod nem12;
pub(crate) mod our_table;
mod streams;

use std::io::{self, Read};

use crate::collected::Collected;
use crate::csv_rows::{delimiter_of, Cells, CsvRows};
use crate::error::Error;
use crate::file::{peek, NamedFile};
use crate::options::Options;
use crate::text::as_utf8;

/// Bytes by which a format is told: a header is shorter.
const BEGINNING: u64 = 4_096;

/// A file's text, from its beginning on.
struct Text<'a> {
    /// Name of the file.
    file: String,
    bytes: Box<dyn Read + 'a>,
    /// Whether lines end with a carriage return too.
    crlf: bool,
}

/// A meter's name where a file holds one household and does not say whose: the file's own, without what stands behind a point.
fn stem(file: &str) -> &str {
    let name = file.split('.').next().unwrap_or_default();
    if name.is_empty() {
        file
    } else {
        name
    }
}

/// Reads a file.
pub(crate) fn read(file: NamedFile, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let name = file.name.clone();
    let unreadable = |source: io::Error| Error::Unreadable {
        file: name.clone(),
        source,
    };
    let (text, perhaps_latin1) = as_utf8(file.into_bytes(), options.encoding).map_err(unreadable)?;
    let (beginning, text) = peek(text, BEGINNING).map_err(unreadable)?;
    let beginning = String::from_utf8_lossy(&beginning);
    let header = beginning.lines().next().unwrap_or_default();
    let text = Text {
        file: name.clone(),
        bytes: Box::new(text),
        crlf: beginning
            .split('\n')
            .next()
            .is_some_and(|line| line.ends_with('\r')),
    };
    if nem12::is(&beginning) {
        return nem12::read(text, options, collected);
    }
    if espi::is(&beginning) {
        return espi::read(text, options, collected);
    }
    let cells = Cells {
        file: text.file,
        text: text.bytes,
        delimiter: delimiter_of(header),
        perhaps_latin1,
        crlf: text.crlf,
    };
    let rows = CsvRows::of_cells(cells, 0)?;
    if home_assistant::is(rows.header()) {
        return home_assistant::read(rows, options, collected);
    }
    our_table::read(rows, options, collected)
}
