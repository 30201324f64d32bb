//! Where a table begins: above it portals write whose it is and what was asked for, and spreadsheets what stands between cells.

use std::io::{self, Read};

use crate::csv_rows::delimiter_of;

/// Lines before a header.
const MAX_LINES: usize = 60;

/// A header's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Bytes before it.
    pub bytes: u64,
    /// Lines before it.
    pub lines: u64,
    /// What stands between its cells.
    pub delimiter: u8,
}

/// The first line of a text that is the header looked for; the first of all where none is, or the header is longer than the text.
pub(crate) fn find(text: &str, is: impl Fn(&[String]) -> bool) -> Place {
    let found = places(text).find(|(place, rest)| is(&header_at(rest, place.delimiter)));
    found.map_or_else(|| first(text), |(place, _)| place)
}

/// The header of a table that nobody described: the first of the longest run of lines with as many cells, where it is no row.
pub(crate) fn likely(text: &str) -> Place {
    let lines: Vec<(Place, &str)> = places(text).collect();
    // All lines, not only those in which a header may stand, say how long a run is.
    let all: Vec<&str> = text.lines().collect();
    let mut best: Option<(usize, Place)> = None;
    for delimiter in [b'\t', b';', b','] {
        let count = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count();
        let headers = lines.iter().filter(|(place, rest)| {
            let line = rest.lines().next().unwrap_or_default();
            let first = line
                .trim_start_matches([' ', '"'])
                .chars()
                .find(|sign| *sign != char::from(delimiter));
            place.delimiter == delimiter
                && count(line) > 0
                && !first.is_some_and(|sign| sign.is_ascii_digit())
        });
        for (place, _) in headers {
            let from = usize::try_from(place.lines).unwrap_or(usize::MAX);
            let run = all.iter().skip(from).map(|line| count(line));
            let cells = all.get(from).map_or(0, |line| count(line));
            let length = run.take_while(|count| *count == cells).count();
            if best.is_none_or(|(longest, _)| length > longest) {
                best = Some((length, *place));
            }
        }
    }
    // A header alone says nothing against the first line.
    best.filter(|(length, _)| *length > 2)
        .map_or_else(|| first(text), |(_, place)| place)
}

fn first(text: &str) -> Place {
    Place {
        bytes: 0,
        lines: 0,
        delimiter: delimiter_of(text.lines().next().unwrap_or_default()),
    }
}

/// Places where a header may begin, and the text from each on.
fn places(text: &str) -> impl Iterator<Item = (Place, &str)> {
    let mut from = 0_usize;
    (0..)
        .zip(text.split_inclusive('\n'))
        .take(MAX_LINES)
        .map(move |(lines, line)| {
            let rest = text.get(from..).unwrap_or_default();
            let place = Place {
                bytes: from as u64,
                lines,
                delimiter: delimiter_of(line),
            };
            from = from.saturating_add(line.len());
            (place, rest)
        })
}

/// The names of the columns that begin here.
fn header_at(text: &str, delimiter: u8) -> Vec<String> {
    let name = |name: &str| name.trim_start_matches('\u{feff}').trim().to_owned();
    let line = text.lines().next().unwrap_or_default();
    if !line.contains('"') {
        return line.split(char::from(delimiter)).map(name).collect();
    }
    // A name may have the delimiter in it, or an end of a line.
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    header.iter().map(name).collect()
}

/// Passes over what stands before a header.
pub(crate) fn skip(bytes: &mut impl Read, count: u64) -> io::Result<()> {
    io::copy(&mut bytes.take(count), &mut io::sink()).map(|_| ())
}
