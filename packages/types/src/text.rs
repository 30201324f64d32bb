//! What people read in one line: titles and labels.

/// The first character that would break a line, or turn it around where it stands: control characters; ends of lines and
/// paragraphs; Unicode's marks, embeddings, overrides and isolates of direction.
pub fn control(text: &str) -> Option<char> {
    text.chars().find(|character| {
        character.is_control()
            || matches!(
                character,
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            )
    })
}
