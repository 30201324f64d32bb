//! What is wrong with a file, gathered while it is read.

use std::cell::RefCell;
use std::path::Path;

use crate::onchain::exit::bad_argument;

/// What is wrong with a file so far.
#[derive(Debug)]
pub struct Problems<'t> {
    text: &'t str,
    found: RefCell<Vec<(usize, String)>>,
}

impl<'t> Problems<'t> {
    /// None yet, of a file with this text.
    pub fn of(text: &'t str) -> Self {
        Self {
            text,
            found: RefCell::default(),
        }
    }

    /// One more, about what stands at a byte of the text.
    pub fn add(&self, at: usize, problem: String) {
        let before = self.text.get(..at).unwrap_or_default();
        let ended = before.bytes().filter(|byte| *byte == b'\n').count();
        let line = ended.saturating_add(1);
        self.found.borrow_mut().push((line, problem));
    }

    /// All of them in the order of their lines, as one error; none: all is well.
    ///
    /// # Errors
    /// Something was found.
    pub fn check(&self, file: &Path) -> anyhow::Result<()> {
        let mut found = self.found.borrow().clone();
        if found.is_empty() {
            return Ok(());
        }
        found.sort();
        let lines = found
            .iter()
            .map(|(line, problem)| format!("\n  line {line}: {problem}"));
        Err(bad_argument(format!(
            "{}:{}",
            file.display(),
            lines.collect::<String>()
        )))
    }
}
