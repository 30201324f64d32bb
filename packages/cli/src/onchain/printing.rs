//! Results on standard output, for programs or for people.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

/// Prints a result to standard output, all of it or, where the reader has seen enough (`| head`), a part.
///
/// # Errors
/// Standard output cannot be written to.
pub fn print<T: Serialize>(as_json: bool, value: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
    let shown = if as_json {
        serde_json::to_string_pretty(value)? + "\n"
    } else {
        text(value)
    };
    let mut out = io::stdout().lock();
    match out.write_all(shown.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
