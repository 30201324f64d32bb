//! How long a row may be.

use core::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The most bytes of a row: a row of a year of minutes is 10 MB. A quote that is never closed would take the rest of a file into
/// memory.
const MAX_ROW: usize = 16 << 20;

/// How much of a row may still come.
#[derive(Clone)]
pub(crate) struct RowLimit(Rc<Cell<usize>>);

impl RowLimit {
    /// Bytes of which no row is longer than it may be, and who says where rows begin.
    pub fn on<'a>(bytes: impl Read + 'a) -> (Self, Box<dyn Read + 'a>) {
        let limit = Self(Rc::new(Cell::new(MAX_ROW)));
        let left = Rc::clone(&limit.0);
        (limit, Box::new(Limited { bytes, left }))
    }

    /// A row begins here, or a little before: whoever cuts rows reads ahead.
    pub fn begin(&self) {
        self.0.set(MAX_ROW);
    }
}

struct Limited<R> {
    bytes: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let left = self.left.get().checked_sub(read).ok_or_else(|| {
            io::Error::other(format!(
                "expected rows of at most {MAX_ROW} bytes, got a longer one: a quote may not be closed"
            ))
        })?;
        self.left.set(left);
        Ok(read)
    }
}
