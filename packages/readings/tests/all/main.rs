//! Tests of the readers, in one binary, without a file on a disk.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod cases;
mod files;
mod formats;
mod fuzz;
mod odd;
mod order;
mod our_table;
mod published;
mod registers;
mod selection;
mod times;

use std::io::{self, Read, Write};

use gridpact_readings::file::Folder;

/// A folder in memory.
#[derive(Clone, Default)]
struct Memory(Vec<(String, Vec<u8>)>);

impl Memory {
    fn of(files: &[(&str, &str)]) -> Self {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        Self(files.iter().map(file).collect())
    }

    /// With one more file, compressed.
    fn and_gzip(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), gzip(text)));
        self
    }
}

impl Folder for Memory {
    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.0.iter().map(|(name, _)| name.clone()).collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let file = self.0.iter().find(|(known, _)| known == name);
        let (_, bytes) = file.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.as_slice()))
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

/// An error with its causes, as a program shows it.
fn told(error: &(dyn core::error::Error + 'static)) -> String {
    let causes = core::iter::successors(Some(error), |error| error.source());
    let texts: Vec<String> = causes.map(ToString::to_string).collect();
    texts.join(": ")
}
