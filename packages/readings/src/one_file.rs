//! One file of any format to rows. What it is says its beginning; a table of ours, where nothing else does.

pub(crate) mod our_table;

use std::io::{self, Read};

use crate::collected::Collected;
use crate::csv_rows::{delimiter_of, Cells, CsvRows};
use crate::error::Error;
use crate::file::{peek, NamedFile};
use crate::options::Options;
use crate::text::as_utf8;

/// Bytes by which a format is told: a header is shorter.
const BEGINNING: u64 = 4_096;

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
    let cells = Cells {
        file: name.clone(),
        text: Box::new(text) as Box<dyn Read>,
        delimiter: delimiter_of(header),
        perhaps_latin1,
        crlf: beginning
            .split('\n')
            .next()
            .is_some_and(|line| line.ends_with('\r')),
    };
    our_table::read(CsvRows::of_cells(cells, 0)?, options, collected)
}
