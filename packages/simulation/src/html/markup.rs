//! What the page consists of beside pictures: sections, legends, tables.

use core::fmt::Write;

use super::text::escape;

/// A section with a heading, a sentence that says what to look for, and its pictures.
pub fn section(id: &str, title: &str, lead: &str, body: &str) -> String {
    format!("<section id=\"{id}\">\n<h2>{title}</h2>\n<p class=\"lead\">{lead}</p>\n{body}\n</section>")
}

/// A line of colours and their names.
pub fn legend(entries: &[(&str, &str)]) -> String {
    let mut out = String::from("<div class=\"legend\">");
    for (class, name) in entries {
        let name = escape(name);
        let _ = write!(
            out,
            "<span><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"12\" height=\"12\" rx=\"2\"/></svg>{name}</span>"
        );
    }
    out.push_str("</div>");
    out
}

/// A table; the first column is text, the others figures.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = &str>| -> String {
        cells.fold(String::new(), |row, cell| row + &format!("<{tag}>{cell}</{tag}>"))
    };
    let mut out = format!(
        "<div class=\"wide\"><table>\n<tr>{}</tr>\n",
        cells("th", &mut head.iter().copied())
    );
    for row in rows {
        let _ = writeln!(
            out,
            "<tr>{}</tr>",
            cells("td", &mut row.iter().map(String::as_str))
        );
    }
    out.push_str("</table></div>");
    out
}
