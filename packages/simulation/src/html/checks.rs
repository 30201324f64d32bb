//! The promises, checked from outside the contracts, and where the data comes from.

use core::fmt::Write;

use super::markup::section as frame;
use super::text::{count, escape};
use crate::run::Run;

pub fn section(run: &Run) -> String {
    let mut body = String::from("<ul>\n");
    for check in &run.checks {
        let (class, word) = if check.passed {
            ("ok", "kept")
        } else {
            ("breach", "broken")
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            body,
            "<li><span class=\"{class}\">{word}</span> {} <span class=\"small\">{}</span></li>",
            escape(&check.name),
            escape(&check.detail)
        );
    }
    body.push_str("</ul>\n<h3>Data</h3>\n");
    let _ = writeln!(
        body,
        "<p class=\"small\">{} {}</p>",
        escape(&run.dataset.name),
        escape(&run.dataset.attribution)
    );
    for note in &run.dataset.notes {
        let _ = writeln!(body, "<p class=\"small\">{}</p>", escape(note));
    }
    let broken = run.checks.iter().filter(|check| !check.passed).count();
    let lead = if broken == 0 {
        format!(
            "{}, recomputed from the reports without the contracts: all kept.",
            count(run.checks.len(), "promise")
        )
    } else {
        format!("{broken} of {} broken.", count(run.checks.len(), "promise"))
    };
    frame("checks", "The promises, checked", &lead, &body)
}
