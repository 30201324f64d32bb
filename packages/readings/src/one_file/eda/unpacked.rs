//! What a workbook unpacks to, looked through before anything of it is understood: a small file may unpack to any size, and its reader
//! holds shared texts, styles and whole texts of cells in memory, and multiplies names of cells without looking how long they are.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::events::Event;
use quick_xml::Reader;

/// Entries of the archive: a workbook has a dozen, and a few a sheet.
const MAX_ENTRIES: usize = 1_000;
/// The most bytes that its sheets unpack to together.
const MAX_SHEETS: u64 = 4 << 30;
/// The most bytes of everything else in it: names, styles, and texts that cells share.
const MAX_OTHERS: u64 = 16 << 20;
/// The most bytes from one mark of XML to the next: a cell has at most 32,767 letters.
const MAX_APART: usize = 1 << 18;
/// The most letters and digits of a cell's name: the last of a sheet is `XFD1048576`.
const LETTERS: usize = 3;
const DIGITS: usize = 7;

/// Refuses what is too large, saying how.
pub(super) fn check(packed: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(packed)).map_err(|error| error.to_string())?;
    if archive.len() > MAX_ENTRIES {
        return Err(format!("{} entries", archive.len()));
    }
    let of_workbook = |name: &str| name.to_ascii_lowercase().starts_with("xl/");
    if !archive
        .file_names()
        .any(|name| name.is_ok_and(|name| of_workbook(&name)))
    {
        return Err("a zip archive without one; unpack it".to_owned());
    }
    let (mut sheets, mut others) = (MAX_SHEETS, MAX_OTHERS);
    for entry in 0..archive.len() {
        let entry = archive.by_index(entry).map_err(|error| error.to_string())?;
        let name = entry
            .name()
            .map_err(|error| error.to_string())?
            .to_ascii_lowercase();
        // What an archive says of its own size is no proof: it is unpacked and counted.
        let mut unpacked = Counted {
            bytes: entry,
            left: others,
            apart: 0,
        };
        if name.starts_with("xl/worksheets/sheet") {
            unpacked.left = sheets;
            check_names(&mut unpacked)?;
            // What stands behind the XML's end, or behind what is no XML.
            io::copy(&mut unpacked, &mut io::sink()).map_err(|error| error.to_string())?;
            sheets = unpacked.left;
        } else {
            io::copy(&mut unpacked, &mut io::sink()).map_err(|error| error.to_string())?;
            others = unpacked.left;
        }
    }
    Ok(())
}

/// Refuses names of rows and cells that no sheet has.
fn check_names(sheet: &mut impl Read) -> Result<(), String> {
    let mut xml = Reader::from_reader(BufReader::new(sheet));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml
            .read_event_into(&mut buffer)
            .map_err(|error| error.to_string())?;
        let (Event::Start(element) | Event::Empty(element)) = event else {
            if matches!(event, Event::Eof) {
                return Ok(());
            }
            continue;
        };
        let attribute = match element.local_name().as_ref() {
            "c" | "row" => "r",
            "dimension" => "ref",
            _ => continue,
        };
        for found in element.attributes() {
            let found = found.map_err(|error| error.to_string())?;
            if found.key.as_ref() == attribute && !found.value.split(':').all(is_name) {
                return Err(format!("`{}` as the name of a cell", found.value));
            }
        }
    }
}

/// A cell's name, or a row's, which has no letters.
fn is_name(text: &str) -> bool {
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let letters = text.len().saturating_sub(digits.len());
    letters <= LETTERS && digits.len() <= DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Bytes that are counted down, and looked at for how far marks are apart.
struct Counted<R> {
    bytes: R,
    left: u64,
    apart: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!(
                "one that unpacks to more than {MAX_SHEETS} bytes of sheets or {MAX_OTHERS} of all else"
            ))
        })?;
        for byte in buffer.get(..read).unwrap_or_default() {
            self.apart = if matches!(byte, b'<' | b'>') {
                0
            } else {
                self.apart.saturating_add(1)
            };
            if self.apart > MAX_APART {
                return Err(io::Error::other(format!(
                    "more than {MAX_APART} bytes without a mark of XML"
                )));
            }
        }
        Ok(read)
    }
}
