//! `report.html`: one self-contained page, pictures first, made from a [`Run`] and nothing else.
//!
//! No script and no outside resource: the page opens from a disk, prints, and says the same in ten years. A module a section
//! writes what there is to read; `charts` draws.

mod bill;
mod charts;
mod checks;
mod completeness;
mod day;
mod energy_sources;
mod events;
mod homes;
mod interval;
mod markup;
mod project;
mod readings_page;
mod rules;
mod spent;
mod statements;
mod summary;
mod text;

use crate::run::Run;
use text::escape;

pub use readings_page::{readings_page, told};
pub use statements::statements;

const STYLE: &str = include_str!("style.css");

/// The page.
pub fn render(run: &Run) -> String {
    let sections = [
        summary::section(run),
        completeness::section(&run.completeness),
        completeness::doubtful(&run.dataset.findings),
        project::section(run),
        day::section(run),
        energy_sources::section(run),
        homes::savings(run),
        rules::section(run),
        interval::section(run),
        bill::section(run),
        homes::deposits(run),
        homes::payback(run),
        spent::section(run),
        checks::section(run),
    ];
    page(&run.dataset.name, &sections)
}

/// A page of these sections.
fn page(name: &str, sections: &[String]) -> String {
    let name = escape(name);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Gridpact: {name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         {}\n</main>\n</body>\n</html>\n",
        sections.join("\n")
    )
}
