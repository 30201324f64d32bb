//! Files that are no table at all, by their beginning: what they are, and what to do.

use crate::error::Error;

/// Bytes by which a file is told from text.
pub(crate) const MARK: u64 = 8;

/// Beginnings of files, what they are, and what becomes a table.
const KNOWN: [(&[u8], &str, &str); 12] = [
    (b"\xd0\xcf\x11\xe0", "a workbook of old Excel (.xls)", SAVE),
    (
        b"PK\x03\x04",
        "a workbook or a zip archive",
        "unpack the archive, or save the workbook's sheet as CSV",
    ),
    (b"%PDF", "a PDF", "ask the portal for CSV or XLSX"),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"BZh", "a file packed with bzip2", UNPACK),
    (b"\xfd7zXZ", "a file packed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd", UNPACK),
    (b"PAR1", "a Parquet file", "write it as CSV"),
    (
        b"SQLite f",
        "a database of SQLite",
        "write the table of readings as CSV",
    ),
    (
        b"\x89PNG",
        "a picture",
        "the numbers themselves are needed, as CSV",
    ),
    (
        b"\xff\xd8\xff",
        "a picture",
        "the numbers themselves are needed, as CSV",
    ),
];
const SAVE: &str = "open it and save the sheet as CSV";
const UNPACK: &str = "unpack it; gzip is read as it is";

/// Refuses bytes that are no text.
///
/// # Errors
/// What they are.
pub(crate) fn refuse_bytes(file: &str, beginning: &[u8]) -> Result<(), Error> {
    let known = KNOWN.iter().find(|(mark, _, _)| beginning.starts_with(mark));
    known.map_or(Ok(()), |(_, what, instead)| Err(foreign(file, what, instead)))
}

/// Refuses a text that is no table.
///
/// # Errors
/// What it is.
pub(crate) fn refuse_text(file: &str, beginning: &str) -> Result<(), Error> {
    let begins = beginning.trim_start_matches('\u{feff}').trim_start();
    let tag = begins
        .get(..begins.len().min(64))
        .unwrap_or_default()
        .to_lowercase();
    let page = ["<!doctype html", "<html", "<table", "<meta"];
    if page.iter().any(|page| tag.starts_with(page)) {
        let what = "a web page, as some portals save with a spreadsheet's name";
        return Err(foreign(file, what, SAVE));
    }
    let json = begins.starts_with('{')
        || begins
            .strip_prefix('[')
            .is_some_and(|rest| rest.trim_start().starts_with(['{', '[']));
    if json {
        return Err(foreign(file, "JSON", "write it as CSV"));
    }
    if begins.is_empty() {
        return Err(foreign(file, "nothing", "was it saved to its end?"));
    }
    Ok(())
}

fn foreign(file: &str, got: &str, instead: &str) -> Error {
    Error::Foreign {
        file: file.to_owned(),
        got: got.to_owned(),
        instead: instead.to_owned(),
    }
}
