//! Bytes that are no table at all.

use std::io::{self, Read};

use gridpact_readings::error::Error;
use gridpact_readings::file::NamedFile;
use gridpact_readings::format::Source;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_readings::selection::Selection;
use proptest::prelude::*;

use crate::{gzip, told, Memory};

const ROWS: &str = "interval_start,meter,import_kwh,export_kwh
2024-06-01T10:00:00Z,a,1,0
2024-06-01T10:30:00Z,a,1,0
";

fn read(file: NamedFile) -> Result<(), Error> {
    ReadingsTable::by_meter(file).map(|_| ())
}

#[test]
fn a_file_over_the_limit_is_refused_and_not_cut_off() {
    let whole = ROWS.len() as u64;
    assert!(read(NamedFile::limited("rows.csv", ROWS.as_bytes(), whole)).is_ok());
    let packed = gzip(ROWS);
    // The limit is on what comes out of a gzip, not on what goes in.
    for file in [
        NamedFile::limited("rows.csv", ROWS.as_bytes(), whole - 1),
        NamedFile::limited("rows.csv.gz", packed.as_slice(), whole - 1),
    ] {
        let error = told(&read(file).unwrap_err());
        assert!(error.starts_with("cannot read rows.csv"), "{error}");
        let expected = format!(
            "expected at most {} bytes after decompression, got more",
            whole - 1
        );
        assert!(error.ends_with(&expected), "{error}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    let mut bytes = ROWS.as_bytes().to_vec();
    bytes.extend(b"2024-06-01T11:00:00Z,\xff,1,0\n");
    let error = told(&read(NamedFile::new("rows.csv", bytes.as_slice())).unwrap_err());
    assert!(
        error.starts_with("rows.csv, line 4: expected text in UTF-8, got other bytes; state the `encoding`"),
        "{error}"
    );
    let error = told(&read(NamedFile::new("rows.csv", &b"\xff\xff"[..])).unwrap_err());
    assert!(
        error.starts_with("rows.csv, line 1: expected text in UTF-8, got other bytes; state the `encoding`"),
        "{error}"
    );
}

#[test]
fn a_file_that_is_not_there_or_breaks_off_says_so() {
    let error = Source::Citylearn(&Memory::default())
        .load(&Selection::default())
        .unwrap_err();
    assert!(matches!(&error, Error::Unreadable { file, .. } if file == "cons_kwh_hourly.csv"));

    struct Breaks;
    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let bytes = ROWS.as_bytes().chain(Breaks);
    let error = told(&read(NamedFile::new("rows.csv", bytes)).unwrap_err());
    assert_eq!(error, "cannot read rows.csv: the disk is gone");
}

/// A quote that is never closed, or a gzip of one line, would else take gigabytes into memory.
#[test]
fn a_row_that_never_ends_is_refused_before_it_fills_the_memory() {
    let expected = "cannot read rows.csv: expected rows of at most 16777216 bytes, got a longer one: a quote may not be closed";
    for begun in [
        ROWS.to_owned() + "\"",
        "interval_start,".to_owned(),
        "200,".to_owned(),
    ] {
        let mut taken = 0;
        let endless = Counted {
            bytes: begun.as_bytes().chain(io::repeat(b'a')),
            taken: &mut taken,
        };
        let error = told(&read(NamedFile::new("rows.csv", endless)).unwrap_err());
        assert_eq!(error, expected);
        assert!(taken < 17 << 20, "{taken} bytes were read");
    }
}

struct Counted<'a, R> {
    bytes: R,
    taken: &'a mut usize,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        *self.taken += read;
        Ok(read)
    }
}

#[test]
fn a_long_cell_is_cut_where_an_error_shows_it() {
    let rows = ROWS.to_owned() + "2024-06-01T11:00:00Z,a," + &"x".repeat(5_000) + ",0\n";
    let error = told(&read(NamedFile::new("rows.csv", rows.as_bytes())).unwrap_err());
    let shown = format!("got `{}…`", "x".repeat(240));
    assert!(error.ends_with(&shown), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_at_all_stop_a_reader(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        at in 0..ROWS.len(),
    ) {
        // Noise alone, and noise in the middle of a good table.
        let spoilt = [&ROWS.as_bytes()[..at], &bytes, &ROWS.as_bytes()[at..]].concat();
        for bytes in [bytes, spoilt] {
            for name in ["rows.csv", "rows.csv.gz"] {
                let _ = read(NamedFile::new(name, bytes.as_slice()));
                let file = NamedFile::new(name, bytes.as_slice());
                let _ = Source::Ausgrid(file).load(&Selection::default());
            }
        }
    }
}
