//! One file of any format to rows. What it is says its beginning; a table of ours, where nothing else does.

mod eda;
mod espi;
pub(crate) mod header;
mod home_assistant;
mod nem12;
mod opened;
pub(crate) mod our_table;
mod profiled;
mod streams;

use std::io;

use crate::collected::Collected;
use crate::csv_rows::{Cells, CsvRows};
use crate::error::Error;
use crate::file::{peek, NamedFile};
use crate::foreign::{refuse_bytes, refuse_text, MARK};
use crate::options::Options;
use crate::text::as_utf8;
use header::skip;
use opened::Text;

/// Bytes by which a format is told, and in which a table's header stands.
pub(crate) const BEGINNING: u64 = 1 << 16;

/// Reads a file.
pub(crate) fn read(file: NamedFile, options: &Options, collected: &mut Collected) -> Result<(), Error> {
    let name = file.name.clone();
    let unreadable = |source: io::Error| Error::Unreadable {
        file: name.clone(),
        source,
    };
    let (first, bytes) = peek(file.into_bytes(), MARK).map_err(unreadable)?;
    if eda::is(&first) {
        return eda::read(&name, bytes, options, collected);
    }
    refuse_bytes(&name, &first)?;
    let (text, perhaps_latin1) = as_utf8(Box::new(bytes), options.encoding).map_err(unreadable)?;
    let (beginning, text) = peek(text, BEGINNING).map_err(unreadable)?;
    let beginning = String::from_utf8_lossy(&beginning);
    refuse_text(&name, &beginning)?;
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
    let naming = &collected.naming;
    let profile = |header: &[String]| {
        options
            .profile
            .as_ref()
            .is_some_and(|profile| profile.fits(header))
    };
    let table = header::find(&beginning, |header| {
        profile(header) || our_table::columns::Columns::of(header, naming, options).is_some()
    });
    let mut bytes = text.bytes;
    skip(&mut bytes, table.bytes).map_err(unreadable)?;
    let cells = Cells {
        file: text.file,
        text: bytes,
        delimiter: table.delimiter,
        perhaps_latin1,
        crlf: text.crlf,
    };
    let rows = CsvRows::of_cells(cells, table.lines)?;
    if home_assistant::is(rows.header()) {
        return home_assistant::read(rows, options, collected);
    }
    if let Some(profile) = options
        .profile
        .as_ref()
        .filter(|profile| profile.fits(rows.header()))
    {
        return profiled::read(rows, profile, options, collected);
    }
    our_table::read(rows, options, collected)
}
